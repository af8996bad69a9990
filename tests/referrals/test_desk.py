"""What looks suspicious is held for a person, who gives it or refuses with a reason."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain import cards, referrals
from domain.base import Invalid, WrongState, clock
from domain.referrals.states import WENT_BACK_HELD
from models.promotions import Coupon
from models.referrals import ReferralState, Suspicion
from server.database import Database
from tests.factories import cards as carding
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories import referrals as made
from tests.orders.gateway import FakeGateway


async def test_who_looks_like_one_is_held_for_a_person(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database)
    shop, inviter = await market.shop(database), await made.person(database)
    scene = await made.scene_of(database, inviter.viewer, "device-one")
    cousin = await made.at_home(database, await members.member(database, created_at=clock.now()), 700_001)
    alone = await made.person(database)
    neighbour = await made.at_home(database, await members.member(database, created_at=clock.now()), 700_001)
    for who, device in ((cousin, "device-two"), (alone, "device-one"), (neighbour, "device-two")):
        await made.accept(database, who.viewer, scene, device)
    order_ids = [await made.received(database, gateway, who, shop) for who in (cousin, alone, neighbour)]
    await made.complete(database, *order_ids)
    async with database.read() as session:
        ready = await referrals.ready(session)
    for id in ready:
        await made.settle(database, id)
    found = {row["invitee_id"]: row for row in [await made.referral(database, id) for id in ready]}
    assert found[alone.viewer.id]["suspicions"] == [Suspicion.SAME_DEVICE]
    shared = {Suspicion.SHARED_PHONE, Suspicion.SHARED_ADDRESS, Suspicion.SHARED_DEVICE}
    assert set(found[neighbour.viewer.id]["suspicions"]) == shared
    assert found[cousin.viewer.id]["suspicions"] == [Suspicion.SHARED_DEVICE]
    assert {row["state"] for row in found.values()} == {ReferralState.HELD}
    assert await market.rows(database, Coupon) == []
    for row in found.values():
        assert "人工审核" in referrals.told(row["state"], None, row["reason"], paid=True)


async def test_the_inviters_own_house_and_phone_are_seen(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database)
    shop = await market.shop(database)
    inviter = await made.at_home(database, await members.member(database), 800_001)
    await made.scene_of(database, inviter.viewer)
    who = await made.at_home(database, await members.member(database, created_at=clock.now()), 800_001)
    id = await made.accept(database, who.viewer, await made.scene_of(database, inviter.viewer))
    assert id is not None
    await made.completed(database, gateway, who, shop)
    await made.settle(database, id)
    assert (await made.referral(database, id))["suspicions"] == [Suspicion.SAME_PHONE, Suspicion.SAME_ADDRESS]


async def test_who_pays_with_the_inviters_card_is_held(database: Database, gateway: FakeGateway) -> None:
    """A card that the inviter bought and gave away; one of the invited member's own says nothing."""
    await made.programme(database)
    shop = await carding.own_shop(database, price=6000)
    sale = await carding.for_sale(database, shop)
    found = []
    for own in (False, True):
        inviter = await made.person(database)
        who, id = await made.bound(database, inviter.viewer)
        (card,) = await carding.bought(database, gateway, who if own else inviter, sale, 10_000)
        if not own:
            async with database.begin() as uow:
                given = await cards.give(uow, inviter.viewer, card["id"], "")
            async with database.begin() as uow:
                await cards.accept(uow, who.viewer, given.token)
        trade_id = await carding.placed(database, who, {shop.sku: 1}, [card["id"]])
        await carding.confirm(database, who, trade_id)
        await made.complete(database, await made.received(database, gateway, who, shop, trade_id=trade_id))
        await made.settle(database, id)
        row = await made.referral(database, id)
        found.append((row["state"], row["suspicions"]))
    assert found == [(ReferralState.HELD, [Suspicion.SAME_PAYER]), (ReferralState.REWARDED, [])]


async def test_many_in_a_day_are_held(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database, held_from=2)
    shop, inviter = await market.shop(database), await members.member(database)
    pairs = [await made.bound(database, inviter) for _ in range(2)]
    order_ids = [await made.received(database, gateway, who, shop) for who, _ in pairs]
    await made.complete(database, *order_ids)
    for _, id in pairs:
        await made.settle(database, id)
        assert (await made.referral(database, id))["suspicions"] == [Suspicion.MANY_IN_A_DAY]


async def held(database: Database, gateway: FakeGateway) -> tuple[market.Buyer, market.Buyer, UUID, UUID]:
    await made.programme(database)
    shop, inviter = await market.shop(database), await made.person(database)
    scene = await made.scene_of(database, inviter.viewer, "one-device")
    who = await made.person(database)
    id = await made.accept(database, who.viewer, scene, "one-device")
    assert id is not None
    order_id = await made.completed(database, gateway, who, shop)
    await made.settle(database, id)
    return inviter, who, id, order_id


async def test_the_desk_gives_what_was_held(database: Database, gateway: FakeGateway) -> None:
    inviter, who, id, _ = await held(database, gateway)
    async with database.begin() as uow:
        await referrals.approve(uow, merchants.operator(), id, "已电话核实")
    assert await made.coupons_of(database, inviter.viewer) == await made.coupons_of(database, who.viewer) == ["HELD"]
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await referrals.refuse(uow, merchants.operator(), id, "改主意")


async def test_the_desk_refuses_with_a_reason_that_the_inviter_reads(database: Database, gateway: FakeGateway) -> None:
    _, _, id, _ = await held(database, gateway)
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await referrals.refuse(uow, merchants.operator(), id, " ")
    async with database.begin() as uow:
        await referrals.refuse(uow, merchants.operator(), id, "两个账号在同一台手机上登录")
    row = await made.referral(database, id)
    assert referrals.told(row["state"], None, row["reason"], paid=True) == "两个账号在同一台手机上登录"
    assert await market.rows(database, Coupon) == []


async def test_what_went_back_before_the_desk_looked_is_refused(database: Database, gateway: FakeGateway) -> None:
    _, _, id, order_id = await held(database, gateway)
    await made.goes_back(database, order_id)
    async with database.begin() as uow:
        await referrals.approve(uow, merchants.operator(), id)
    row = await made.referral(database, id)
    assert (row["state"], row["reason"]) == (ReferralState.REFUSED, WENT_BACK_HELD)
    assert await market.rows(database, Coupon) == []
