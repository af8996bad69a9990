"""老带新 as it goes: who may be invited, what a first order brings, and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain import aftersales, orders, promotions, referrals
from domain.base import Conflict, Invalid, NotFound, clock
from domain.referrals import NotInvitable
from domain.referrals.states import WENT_BACK
from models.catalog import ReturnClass
from models.members import Member
from models.orders import Order, OrderLine
from models.promotions import CampaignAudience, Coupon, CouponOffer
from models.referrals import Missed, ReferralProgramme, ReferralState
from server.database import Database
from tests.factories import aftersales as claims
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories import promotions as coupons
from tests.factories import referrals as made
from tests.orders.gateway import FakeGateway


async def test_a_first_order_that_was_kept_brings_both_a_coupon(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database)
    shop, inviter = await market.shop(database), await members.member(database)
    who, id, order_id = await made.rewarded(database, gateway, inviter, shop)
    row = await made.referral(database, id)
    assert (row["state"], row["order_id"], row["kept"], row["nth"]) == (ReferralState.REWARDED, order_id, 3990, 1)
    assert await made.coupons_of(database, inviter) == await made.coupons_of(database, who.viewer) == ["HELD"]
    assert (await market.rows(database, ReferralProgramme))[0]["rewarded"] == 1
    await made.settle(database, id)  # once
    assert len(await market.rows(database, Coupon)) == 2


async def test_nothing_is_given_for_sharing_coming_registering_ordering_or_paying(
    database: Database, gateway: FakeGateway
) -> None:
    """D10: never for the act of sharing; and not before the goods were kept."""
    await made.programme(database)
    shop, inviter = await market.shop(database), await members.member(database)
    scene = await made.scene_of(database, inviter)
    async with database.begin() as uow:
        await referrals.note_arrival(uow, scene)
    who, id = await made.bound(database, inviter)
    order_id = await made.received(database, gateway, who, shop)
    for _ in range(7):
        await made.settle(database, id)
        await made.complete(database, order_id, after=timedelta(days=1))
    await made.settle(database, id)
    assert await market.rows(database, Coupon) == []
    await made.complete(database, order_id, after=timedelta(days=1))
    await made.settle(database, id)
    assert len(await market.rows(database, Coupon)) == 2


async def test_one_level_only(database: Database, gateway: FakeGateway) -> None:
    """L39: A invites B, B invites C; C's order pays B and C, and nothing ever reaches A for it."""
    await made.programme(database)
    shop, a = await market.shop(database), await members.member(database)
    b, first = await made.bound(database, a)
    c, second = await made.bound(database, b.viewer)
    await made.completed(database, gateway, c, shop)
    for id in (first, second):
        await made.settle(database, id)
    assert await made.coupons_of(database, a) == []
    assert await made.coupons_of(database, b.viewer) == await made.coupons_of(database, c.viewer) == ["HELD"]
    assert (await made.referral(database, first))["state"] is ReferralState.BOUND


async def test_an_order_that_went_back_brings_nothing_and_the_next_may(
    database: Database, gateway: FakeGateway
) -> None:
    await made.programme(database)
    shop, inviter = await market.shop(database), await members.member(database)
    who, id = await made.bound(database, inviter)
    back = await made.received(database, gateway, who, shop)
    await made.goes_back(database, back)
    kept = await made.received(database, gateway, who, shop)
    await made.complete(database, back, kept)
    await made.settle(database, id)
    assert (await made.referral(database, id))["order_id"] == kept


async def test_part_of_an_order_is_enough_if_it_is_enough(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database, least_kept=2000)
    shop, inviter = await market.shop(database), await members.member(database)
    for went_back, brings in ((1990, True), (1991, False)):
        who, id = await made.bound(database, inviter)
        order_id = await made.received(database, gateway, who, shop)
        async with database.begin() as uow:
            line = OrderLine.__table__.c
            await uow.session.execute(
                update(OrderLine).where(line.order_id == order_id).values(refunded_amount=went_back)
            )
        await made.complete(database, order_id)
        await made.settle(database, id)
        assert ((await made.referral(database, id))["state"] is ReferralState.REWARDED) is brings


async def test_a_claim_that_is_open_is_waited_for(database: Database, gateway: FakeGateway) -> None:
    """Between completion, seven days after the receipt, and the end of that day a claim can still be made."""
    await made.programme(database)
    shop = await market.shop(database, return_class=ReturnClass.SEVEN_DAYS)
    inviter = await members.member(database)
    who, id = await made.bound(database, inviter)
    order_id = await made.received(database, gateway, who, shop, signed_days_ago=2)
    order = await market.row(database, Order, order_id)
    clock.stop(order["complete_at"])
    async with database.begin() as uow:
        await aftersales.complete_order(uow, order_id)
    (line,) = await market.rows(database, OrderLine, order_id=order_id)
    it = claims.Bought(shop, who, order["trade_id"], order_id, line["id"])
    case = await claims.applied(database, it, claims.page(it))
    clock.stop(orders.return_deadline(order["received_at"]) + timedelta(hours=1))
    await made.settle(database, id)
    assert (await made.referral(database, id))["state"] is ReferralState.BOUND
    async with database.begin() as uow:
        await aftersales.cancel(uow, who.viewer, case)
    await made.settle(database, id)
    assert (await made.referral(database, id))["state"] is ReferralState.REWARDED


# ------------------------------------------------------------------------------------------------ who may be invited
async def test_who_cannot_be_invited_is_told_why(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database)
    shop, inviter = await market.shop(database), await members.member(database, unionid="u-1")
    scene = await made.scene_of(database, inviter)
    old = await made.person(database, created_at=clock.now() - timedelta(days=7))
    twin = await made.person(database, unionid="u-1")
    buyer = await made.person(database)
    await market.paid(database, gateway, buyer, {shop.sku: 1})
    waiting = await made.person(database)
    await market.placed(database, waiting, {shop.sku: 1})
    expected = {inviter: "自己", old.viewer: "7 天", twin.viewer: "自己"}
    expected |= {buyer.viewer: "从未下过单", waiting.viewer: "从未下过单"}
    for who, words in expected.items():
        with pytest.raises(NotInvitable, match=words):
            await made.accept(database, who, scene)


async def test_bound_once_and_for_good(database: Database) -> None:
    await made.programme(database)
    first, second = await members.member(database), await members.member(database)
    who, id = await made.bound(database, first)
    assert await made.accept(database, who.viewer, await made.scene_of(database, first)) == id
    with pytest.raises(NotInvitable, match="不能更换"):
        await made.accept(database, who.viewer, await made.scene_of(database, second))
    with pytest.raises(NotInvitable, match="互相"):
        await made.accept(database, first, await made.scene_of(database, who.viewer))


async def test_codes_and_members_that_are_none(database: Database) -> None:
    await made.programme(database)
    who, inviter = await members.member(database), await members.member(database)
    scene = await made.scene_of(database, inviter)
    for text in ("", "r=", "x=ABCDEFGH", "r=ABCDEFG0", scene + "1", "r" * 100):
        with pytest.raises(Invalid):
            await made.accept(database, who, text)
    for text in ("r=ABCDEFGH", "c=ABCDEFGH"):
        with pytest.raises(NotFound):
            await made.accept(database, who, text)
    with pytest.raises(Invalid):
        await made.accept(database, who, scene, "d" * 65)
    async with database.begin() as uow:
        await uow.session.execute(update(Member).where(Member.id == inviter.id).values(blocked_at=clock.now()))
    with pytest.raises(NotFound, match="失效"):
        await made.accept(database, who, scene)


async def test_outside_of_a_programme_nobody_is_bound_and_who_is_bound_is_rewarded(
    database: Database, gateway: FakeGateway
) -> None:
    inviter = await members.member(database)
    scene = await made.scene_of(database, inviter)
    with pytest.raises(Conflict):
        await made.accept(database, await members.member(database), scene)
    programme_id = await made.programme(database)
    who, id = await made.bound(database, inviter)
    async with database.begin() as uow:
        await referrals.stop(uow, merchants.operator(), programme_id, "提前结束")
    with pytest.raises(Conflict):
        await made.accept(database, await members.member(database), scene)
    await made.completed(database, gateway, who, await market.shop(database))
    await made.settle(database, id)
    assert (await made.referral(database, id))["state"] is ReferralState.REWARDED


async def test_without_an_order_in_time_it_lapses(database: Database, gateway: FakeGateway) -> None:
    """Paid in time is enough; it may arrive later."""
    await made.programme(database, order_days=10)
    shop, inviter = await market.shop(database), await members.member(database)
    _, idle = await made.bound(database, inviter)
    buyer, busy = await made.bound(database, inviter)
    clock.advance(timedelta(days=9))
    order_id = await made.received(database, gateway, buyer, shop)
    clock.advance(timedelta(days=2))
    for id in (idle, busy):
        await made.lapse(database, id)
    assert (await made.referral(database, idle))["state"] is ReferralState.LAPSED
    assert (await made.referral(database, busy))["state"] is ReferralState.BOUND
    await made.complete(database, order_id)
    async with database.read() as session:
        assert list(await referrals.ready(session)) == [busy]
        assert list(await referrals.overdue(session)) == []
    await made.settle(database, busy)
    assert (await made.referral(database, busy))["state"] is ReferralState.REWARDED


# ------------------------------------------------------------------------------------------------ limits
async def test_the_inviters_limits_leave_the_invited_their_own(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database, per_inviter=2, per_month=1)
    shop, inviter = await market.shop(database), await members.member(database)
    pairs = [await made.bound(database, inviter) for _ in range(4)]
    order_ids = [await made.received(database, gateway, who, shop) for who, _ in pairs]
    await made.complete(database, *order_ids)
    for _, id in pairs[:2]:
        await made.settle(database, id)
    clock.advance(timedelta(days=32))
    for _, id in pairs[2:]:
        await made.settle(database, id)
    rows = [await made.referral(database, id) for _, id in pairs]
    assert [row["inviter_missed"] for row in rows] == [None, Missed.MONTH_LIMIT, None, Missed.INVITER_LIMIT]
    assert {row["state"] for row in rows} == {ReferralState.REWARDED}
    assert [row["nth"] for row in rows] == [1, None, 2, None]
    assert len(await made.coupons_of(database, inviter)) == 2


async def test_when_nothing_is_left_both_read_why(database: Database, gateway: FakeGateway) -> None:
    campaign = await made.coupon_campaign(database, budget_fen=1000)
    await made.programme(database, inviter_campaign_id=campaign, invitee_campaign_id=campaign)
    shop, inviter = await market.shop(database), await members.member(database)
    await made.rewarded(database, gateway, inviter, shop)
    _, id, _ = await made.rewarded(database, gateway, inviter, shop)
    row = await made.referral(database, id)
    assert (row["state"], row["inviter_missed"], row["invitee_missed"]) == (
        ReferralState.MISSED,
        Missed.COUPONS_GONE,
        Missed.COUPONS_GONE,
    )
    assert "已发完" in referrals.told(row["state"], row["inviter_missed"], row["reason"], paid=True)


async def test_a_blocked_inviter_gets_nothing_and_the_invited_does(database: Database, gateway: FakeGateway) -> None:
    await made.programme(database)
    shop, inviter = await market.shop(database), await members.member(database)
    who, id = await made.bound(database, inviter)
    async with database.begin() as uow:
        await uow.session.execute(update(Member).where(Member.id == inviter.id).values(blocked_at=clock.now()))
    await made.completed(database, gateway, who, shop)
    await made.settle(database, id)
    assert (await made.referral(database, id))["inviter_missed"] is Missed.BLOCKED
    assert await made.coupons_of(database, who.viewer) == ["HELD"]


# ------------------------------------------------------------------------------------------------ what went back
async def test_what_goes_back_after_the_reward_takes_back_what_is_unused(
    database: Database, gateway: FakeGateway
) -> None:
    await made.programme(database)
    shop, inviter = await market.shop(database), await made.person(database)
    who, id, order_id = await made.rewarded(database, gateway, inviter.viewer, shop)
    (mine,) = await market.rows(database, Coupon, member_id=inviter.viewer.id)
    await coupons.bought(database, inviter, {shop.sku: 1}, mine["id"])
    await made.goes_back(database, order_id)
    async with database.read() as session:
        assert list(await referrals.gone_back(session)) == [order_id]
    await made.hears(database, order_id)
    await made.hears(database, order_id)
    row = await made.referral(database, id)
    assert (row["state"], row["reason"], row["kept"]) == (ReferralState.TAKEN_BACK, WENT_BACK, 0)
    assert await made.coupons_of(database, inviter.viewer) == ["USED"]
    assert await made.coupons_of(database, who.viewer) == ["EXPIRED"]
    async with database.read() as session:
        assert list(await referrals.gone_back(session)) == []


async def test_what_was_taken_back_is_free_in_the_budget(database: Database, gateway: FakeGateway) -> None:
    campaign = await made.coupon_campaign(database, budget_fen=1000)
    await made.programme(database, inviter_campaign_id=campaign, invitee_campaign_id=campaign)
    shop, inviter = await market.shop(database), await members.member(database)
    _, _, order_id = await made.rewarded(database, gateway, inviter, shop)
    await made.goes_back(database, order_id)
    await made.hears(database, order_id)
    _, id, _ = await made.rewarded(database, gateway, inviter, shop)
    assert (await made.referral(database, id))["state"] is ReferralState.REWARDED


# ------------------------------------------------------------------------------------------------ coupons by events
async def test_nobody_claims_a_coupon_that_is_given_by_events(database: Database) -> None:
    campaign, who = await made.coupon_campaign(database), await members.member(database)
    with pytest.raises(NotFound):
        await coupons.claimed(database, who, campaign)
    plain = await coupons.published(database)
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await promotions.give(uow, who.member_id, plain)
    assert await market.rows(database, CouponOffer, claimed=1) == []


async def test_a_programme_needs_coupons_it_can_give(database: Database) -> None:
    wrong = {
        "按事件": await coupons.published(database),
        "所有人": await coupons.published(
            database, coupon=coupons.terms(by_event=True), audience=CampaignAudience.NEW_BUYERS
        ),
    }
    for words, campaign in wrong.items():
        with pytest.raises(Invalid, match=words):
            await made.programme(database, inviter_campaign_id=campaign)
    short = await coupons.published(database, coupon=coupons.terms(by_event=True))
    with pytest.raises(Invalid, match="首单期限"):
        await made.programme(database, inviter_campaign_id=short)
    await made.programme(database)
    with pytest.raises(Conflict, match="进行中"):
        await made.programme(database)
    shop = await market.shop(database)
    with pytest.raises(Invalid, match="只有平台"):
        await coupons.saved(database, shop.keeper, coupons.draft(coupon=coupons.terms(by_event=True)))
