"""Claiming coupons: so many of an offer, so many for each, in its time; exact when many come at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain import promotions
from domain.base import Conflict, Forbidden, NotFound, TooMany, clock
from domain.promotions import CouponsGone
from models.promotions import CampaignAudience, Coupon, CouponOffer, CouponState
from server.database import Database
from tests.factories import members
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.orders.gateway import FakeGateway
from tests.races.test_orders import all_at_once


async def test_voucher_limit_1_two_buyers(database: Database) -> None:
    campaign = await making.published(database, coupon=making.terms(total=1))
    buyers = [await members.member(database) for _ in range(2)]
    done = await all_at_once(*(making.claimed(database, who, campaign) for who in buyers))
    assert sum(isinstance(outcome, CouponsGone) for outcome in done) == 1
    assert len(await market.rows(database, Coupon)) == 1


async def test_of_forty_who_want_ten_exactly_ten_get_one(database: Database) -> None:
    campaign = await making.published(database)
    buyers = [await members.member(database) for _ in range(40)]
    done = await all_at_once(*(making.claimed(database, who, campaign) for who in buyers))
    assert sum(isinstance(outcome, CouponsGone) for outcome in done) == 30
    assert (await market.rows(database, CouponOffer))[0]["claimed"] == len(await market.rows(database, Coupon)) == 10


async def test_one_member_at_once_gets_no_more_than_the_limit(database: Database) -> None:
    campaign = await making.published(database, coupon=making.terms(per_member=2))
    who = await members.member(database)
    done = await all_at_once(*(making.claimed(database, who, campaign) for _ in range(20)))
    assert sum(isinstance(outcome, TooMany) for outcome in done) == 18
    assert [row["nth"] for row in await market.rows(database, Coupon)] == [1, 2]


async def test_a_budget_is_never_promised_twice(database: Database) -> None:
    campaign = await making.published(database, budget_fen=1200)
    buyers = [await members.member(database) for _ in range(8)]
    done = await all_at_once(*(making.claimed(database, who, campaign) for who in buyers))
    assert sum(isinstance(outcome, CouponsGone) for outcome in done) == 6


async def test_before_and_after_its_time_nobody_claims(database: Database) -> None:
    now = clock.now()
    clock.stop(now)
    campaign = await making.published(database, starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))
    who = await members.member(database)
    for hours, inside in ((0.99, False), (1, True), (2, False)):
        clock.stop(now + timedelta(hours=hours))
        if inside:
            await making.claimed(database, who, campaign)
        else:
            with pytest.raises(Conflict):
                await making.claimed(database, who, campaign)


async def test_a_code_is_needed_where_there_is_one(database: Database) -> None:
    campaign = await making.published(database, coupon=making.terms(code="zhaotong2026"))
    who = await members.member(database)
    with pytest.raises(NotFound):
        await making.claimed(database, who, campaign)
    async with database.begin() as uow:
        await promotions.claim_by_code(uow, who, " ZhaoTong2026 ")
    assert (await market.rows(database, Coupon))[0]["campaign_id"] == campaign
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await promotions.claim_by_code(uow, who, "nothing")


async def test_new_buyers_are_those_who_paid_for_nothing_yet(database: Database, gateway: FakeGateway) -> None:
    campaign = await making.published(database, audience=CampaignAudience.NEW_BUYERS)
    shop, old, new = await market.shop(database), await market.buyer(database), await market.buyer(database)
    await market.paid(database, gateway, old, {shop.sku: 1})
    await market.placed(database, new, {shop.sku: 1})
    await making.claimed(database, new.viewer, campaign)
    with pytest.raises(Forbidden):
        await making.claimed(database, old.viewer, campaign)


async def test_what_is_in_hand_stays_good_after_the_campaign_was_stopped(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    campaign = await making.published(database, shop.keeper)
    held = await making.claimed(database, who.viewer, campaign)
    await making.stopped(database, shop.keeper, campaign)
    with pytest.raises(Conflict):
        await making.claimed(database, (await market.buyer(database)).viewer, campaign)
    await making.bought(database, who, {shop.sku: 1}, held)
    assert (await market.row(database, Coupon, held))["state"] is CouponState.USED


async def test_a_coupon_is_good_to_the_moment_it_says(database: Database) -> None:
    now = clock.now()
    clock.stop(now)
    who = await members.member(database)
    days = await making.coupon(database, who, valid_days=7)
    until = await making.coupon(database, who, valid_until=now + timedelta(days=40))
    kept = [(await market.row(database, Coupon, id))["valid_until"] - now for id in (days, until)]
    assert kept == [timedelta(days=7), timedelta(days=40)]
