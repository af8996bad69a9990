"""Two things at once, on real connections: each race has a named winner (docs/domains/referrals.md)."""

from __future__ import annotations

import asyncio
from uuid import UUID

from domain import referrals
from domain.base import Refusal
from domain.referrals import NotInvitable
from models.promotions import Campaign, Coupon, CouponState
from models.referrals import Missed, Referral, ReferralProgramme, ReferralState
from server.database import Database
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories import referrals as made
from tests.orders.gateway import FakeGateway
from tests.races.test_orders import all_at_once

S = ReferralState


async def ready(database: Database, gateway: FakeGateway, count: int, *, one_inviter: bool = False) -> list[UUID]:
    """So many referrals whose orders count now."""
    shop = await market.shop(database)
    inviter = await members.member(database)
    pairs = []
    for _ in range(count):
        pairs.append(await made.bound(database, inviter))
        inviter = inviter if one_inviter else await members.member(database)
    order_ids = [await made.received(database, gateway, who, shop) for who, _ in pairs]
    await made.complete(database, *order_ids)
    return [id for _, id in pairs]


async def test_of_two_inviters_at_once_one_has_the_member(database: Database) -> None:
    await made.programme(database)
    await market.shop(database)  # which brings the places people live in
    scenes = [await made.scene_of(database, await members.member(database)) for _ in range(8)]
    who = await made.person(database)
    done = await all_at_once(*(made.accept(database, who.viewer, scene) for scene in scenes))
    assert sum(isinstance(outcome, NotInvitable) for outcome in done) == 7
    assert len(await market.rows(database, Referral)) == 1


async def test_two_who_invite_each_other_at_once_are_one_pair(database: Database) -> None:
    await made.programme(database)
    await market.shop(database)
    for _ in range(5):
        a, b = await made.person(database), await made.person(database)
        scenes = [await made.scene_of(database, each.viewer) for each in (a, b)]
        done = await all_at_once(made.accept(database, b.viewer, scenes[0]), made.accept(database, a.viewer, scenes[1]))
        assert sum(isinstance(outcome, NotInvitable) for outcome in done) == 1


async def test_who_orders_and_accepts_at_once_has_done_one_first(database: Database) -> None:
    """Both lock the member: ordered first, he cannot be invited any more; bound first, the order may count."""
    await made.programme(database)
    shop = await market.shop(database, stock=1000)
    scene = await made.scene_of(database, await members.member(database))
    for _ in range(10):
        who = await made.person(database)
        page = await market.wanted(database, who, {shop.sku: 1})
        trade, bound = await all_at_once(market.place(database, who, page), made.accept(database, who.viewer, scene))
        assert isinstance(trade, UUID)
        rows = await market.rows(database, Referral, invitee_id=who.viewer.id)
        assert len(rows) == (0 if isinstance(bound, NotInvitable) else 1)


async def test_a_reward_is_given_once(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database)
    (id,) = await ready(database, gateway, 1)
    await all_at_once(*(made.settle(database, id) for _ in range(12)))
    assert len(await market.rows(database, Coupon)) == 2
    assert (await market.rows(database, ReferralProgramme))[0]["rewarded"] == 1


async def test_two_at_the_desk_decide_once(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database, held_from=2)
    ids = await ready(database, gateway, 2, one_inviter=True)
    for id in ids:
        await made.settle(database, id)
        done = await all_at_once(*(decide(database, id, yes=n % 2 == 0) for n in range(6)))
        assert sum(isinstance(outcome, Refusal) for outcome in done) == 5
        coupons = [row for row in await market.rows(database, Coupon)]
        row = await made.referral(database, id)
        assert (row["inviter_coupon_id"] is not None) == (row["state"] is S.REWARDED)
        assert all(coupon["state"] is CouponState.HELD for coupon in coupons)


async def decide(database: Database, id: UUID, *, yes: bool) -> None:
    async with database.begin() as uow:
        if yes:
            await referrals.approve(uow, merchants.operator(), id)
        else:
            await referrals.refuse(uow, merchants.operator(), id, "同一个人")


async def test_refund_against_reward_nothing_stays_given(database: Database, gateway: FakeGateway) -> None:
    """Both lock the trade: a refund that comes first is seen by the reward, one that comes later takes it back."""
    await made.programme(database)
    ids = await ready(database, gateway, 10)
    seen = set()
    for id in ids:
        order_id = await order_of(database, id)

        async def refund(order_id: UUID = order_id) -> None:
            await made.goes_back(database, order_id)
            await made.hears(database, order_id)

        await all_at_once(made.settle(database, id), refund())
        row = await made.referral(database, id)
        seen.add(row["state"])
        assert row["state"] in (S.BOUND, S.TAKEN_BACK), row["state"]
    assert {row["state"] for row in await market.rows(database, Coupon)} <= {CouponState.EXPIRED}
    assert {row["promised_fen"] for row in await market.rows(database, Campaign)} == {0}


async def order_of(database: Database, id: UUID) -> UUID:
    row = await made.referral(database, id)
    order_id: UUID = (await market.rows(database, made.Order, member_id=row["invitee_id"]))[0]["id"]
    return order_id


async def test_the_budgets_last_reward_goes_to_one(database: Database, gateway: FakeGateway) -> None:
    """Room for three coupons of five each, two a reward: one pair has both, one more has one side, the rest nothing."""
    campaign = await made.coupon_campaign(database, budget_fen=1500)
    await made.programme(database, inviter_campaign_id=campaign, invitee_campaign_id=campaign)
    ids = await ready(database, gateway, 5)
    await all_at_once(*(made.settle(database, id) for id in ids))
    assert len(await market.rows(database, Coupon)) == 3
    states = sorted([(await made.referral(database, id))["state"].value for id in ids])
    assert states == ["MISSED", "MISSED", "MISSED", "REWARDED", "REWARDED"]
    assert (await market.row(database, Campaign, campaign))["promised_fen"] == 1500


async def test_the_programmes_last_reward_goes_to_one(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database, total=1)
    ids = await ready(database, gateway, 5)
    await all_at_once(*(made.settle(database, id) for id in ids))
    rows = [await made.referral(database, id) for id in ids]
    assert sorted(row["state"].value for row in rows) == ["MISSED"] * 4 + ["REWARDED"]
    assert {row["inviter_missed"] for row in rows} == {None, Missed.PROGRAMME_LIMIT}
    assert len(await market.rows(database, Coupon)) == 2


async def test_the_inviters_last_reward_is_one(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database, per_inviter=1, per_month=1)
    ids = await ready(database, gateway, 5, one_inviter=True)
    await all_at_once(*(made.settle(database, id) for id in ids))
    rows = [await made.referral(database, id) for id in ids]
    assert sum(row["inviter_coupon_id"] is not None for row in rows) == 1
    assert sum(row["invitee_coupon_id"] is not None for row in rows) == 5


async def test_lapse_against_reward_one_of_them(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database, order_days=1)
    ids = await ready(database, gateway, 6)
    await asyncio.gather(*(call(database, id) for id in ids for call in (made.settle, made.lapse)))
    assert {(await made.referral(database, id))["state"] for id in ids} == {S.REWARDED}
