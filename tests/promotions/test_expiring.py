"""Coupons that ran out: their money is promised to others, but never what a late payment may still claim."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from domain import orders, promotions
from domain.base import clock
from domain.orders.placing import PAY_WITHIN
from domain.payments import Outcome
from domain.promotions import CouponsGone
from jobs import promotions as jobs
from models.catalog import Product
from models.orders import OrderState
from models.promotions import Campaign, Coupon, CouponState
from server.database import Database
from tests.factories import members
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.orders.gateway import FakeGateway

DAY = timedelta(days=1)


async def swept(database: Database) -> None:
    tools: Any = SimpleNamespace(database=database)
    await jobs.sweep(tools)


async def promised(database: Database, campaign: UUID) -> int:
    return int((await market.row(database, Campaign, campaign))["promised_fen"])


async def states(database: Database) -> list[CouponState]:
    return [CouponState(row["state"]) for row in await market.rows(database, Coupon)]


async def test_what_ran_out_is_promised_to_others(database: Database) -> None:
    # Of 1,200 fen two coupons of 500 each, and not three.
    campaign = await making.published(database, coupon=making.terms(valid_days=1), budget_fen=1200)
    early, late, third = [await members.member(database) for _ in range(3)]
    await making.claimed(database, early, campaign)
    clock.advance(DAY / 2)
    await making.claimed(database, late, campaign)
    with pytest.raises(CouponsGone):
        await making.claimed(database, third, campaign)
    clock.advance(DAY / 2)
    await swept(database)
    assert await states(database) == [CouponState.EXPIRED, CouponState.HELD]
    assert await promised(database, campaign) == 500
    await making.claimed(database, third, campaign)
    await swept(database)  # again and again: nothing is freed twice
    assert await promised(database, campaign) == 1000


async def test_what_an_order_used_stays_set_aside_for_its_late_payment(
    database: Database, gateway: FakeGateway
) -> None:
    """Given back in time, run out, its budget wanted by others: late money takes the coupon again all the same."""
    shop, who, other = await market.shop(database), await market.buyer(database), await members.member(database)
    campaign = await making.published(database, coupon=making.terms(valid_days=1), budget_fen=500)
    held = await making.claimed(database, who.viewer, campaign)
    trade_id = await making.bought(database, who, {shop.sku: 1}, held)
    await orders.pay(database, gateway, who.viewer, trade_id)
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    assert await states(database) == [CouponState.HELD]
    clock.advance(DAY)
    await swept(database)
    assert await states(database) == [CouponState.EXPIRED]
    with pytest.raises(CouponsGone):
        await making.claimed(database, other, campaign)
    number = await market.attempt_number(database, trade_id)
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))
    assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
    assert await states(database) == [CouponState.USED]
    assert await promised(database, campaign) == 500


async def test_who_uses_a_coupon_at_the_last_moment_keeps_it(database: Database) -> None:
    """A coupon that a checkout has locked is passed over; what it became is looked at in the next round."""
    campaign = await making.published(database, coupon=making.terms(valid_days=1))
    who = await members.member(database)
    held = await making.claimed(database, who, campaign)
    async with database.begin() as uow:
        await promotions.claim(uow, [promotions.Picks(frozenset({held}))])
        clock.advance(DAY)
        await swept(database)
    assert await states(database) == [CouponState.HELD]
    await swept(database)
    assert await states(database) == [CouponState.EXPIRED]


async def test_a_member_is_reminded_three_days_before(database: Database) -> None:
    who = await members.member(database)
    for days in (2, 5):
        campaign = await making.published(database, coupon=making.terms(valid_days=days))
        await making.claimed(database, who, campaign)
    found = []
    for _ in range(5):
        async with database.read() as session:
            found.append(await promotions.ending_soon(session, who))
        clock.advance(DAY)
    assert found == [1, 1, 1, 1, 1]
    async with database.read() as session:
        assert await promotions.ending_soon(session, who) == 0


async def test_a_products_page_tells_the_reductions_it_takes_part_in(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    all_goods = await making.published(database, shop.keeper, steps=((5000, 500),))
    named = await making.published(database, shop.keeper, steps=((6000, 700),), product_ids=[shop.product.id])
    category_id = (await market.row(database, Product, shop.product.id))["category_id"]
    by_category = await making.published(database, shop.keeper, steps=((7000, 800),), category_ids=[category_id])
    await making.published(database, other.keeper, steps=((5000, 500),))
    stopped = await making.published(database, shop.keeper, steps=((5000, 600),))
    await making.stopped(database, shop.keeper, stopped)
    async with database.read() as session:
        rows = await promotions.reducing(session, shop.product.id, 10, frozenset({"name"}))
        none = await promotions.reducing(session, other.sku, 10, frozenset({"name"}))
    assert {row["id"] for row in rows} == {all_goods, named, by_category}
    assert none == []
