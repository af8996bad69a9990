"""Coupons at the checkout: used by one trade, given back when it is closed or wholly refunded, never twice."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

import pytest

from domain import orders, promotions
from domain.base import clock
from domain.orders import PriceChanged
from domain.orders.placing import PAY_WITHIN
from domain.payments import Outcome
from domain.promotions import BEST, CouponUnusable
from models.orders import CloseReason, OrderState
from models.pricing import Party
from models.promotions import Coupon, CouponState
from server.database import Database
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.factories.orders import Buyer
from tests.orders.gateway import FakeGateway
from tests.races.test_orders import all_at_once


async def state(database: Database, coupon: UUID) -> CouponState:
    return CouponState((await market.row(database, Coupon, coupon))["state"])


async def test_the_preview_picks_the_best_and_the_order_uses_it(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    small = await making.coupon(database, who.viewer, shop.keeper, off=300)
    large = await making.coupon(database, who.viewer, shop.keeper, off=800)
    preview = await making.shown(database, who, {shop.sku: 1}, BEST)
    assert preview.priced.total == 3990 - 800
    assert [(each.coupon.id, each.saved) for each in preview.choices] == [(large, 800), (small, 0)]
    assert preview.choices[1].note == "已使用更优惠的券"
    trade_id = await making.bought(database, who, {shop.sku: 1}, large)
    assert (await market.trade(database, trade_id))["total"] == preview.priced.total
    assert [await state(database, each) for each in (small, large)] == [CouponState.HELD, CouponState.USED]


async def test_an_exclusive_coupon_is_used_alone_and_the_other_stays_in_hand(database: Database) -> None:
    """Picked together or not: the buyer pays least with one of them, reads why, and the order agrees."""
    shop, who = await market.shop(database), await market.buyer(database)
    own = await making.coupon(database, who.viewer, shop.keeper, off=300)
    campaign = await making.published(database, coupon=making.terms(off=700), exclusive=True)
    alone = await making.claimed(database, who.viewer, campaign)
    picks = promotions.Picks(frozenset({own, alone}))
    for asked in (BEST, picks):
        preview = await making.shown(database, who, {shop.sku: 1}, asked)
        assert preview.priced.total == 3990 - 700
        assert preview.choices[1].note == "与「满 30 减 5」不同享，已选实付更少的"
    await making.bought(database, who, {shop.sku: 1}, own, alone)
    assert [await state(database, each) for each in (own, alone)] == [CouponState.HELD, CouponState.USED]


async def test_without_a_pick_nothing_is_used(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer)
    trade_id = await making.bought(database, who, {shop.sku: 1})
    assert (await market.trade(database, trade_id))["total"] == 3990
    assert await state(database, held) is CouponState.HELD


async def test_a_picked_coupon_that_saves_nothing_is_left(database: Database) -> None:
    shop, who = await market.shop(database, price=1000), await market.buyer(database)
    held = await making.coupon(database, who.viewer)
    await making.bought(database, who, {shop.sku: 1}, held)
    assert await state(database, held) is CouponState.HELD


async def test_voucher_two_threads_same_checkout(database: Database) -> None:
    """Two pages of one buyer use one coupon at the same moment: one order stands, the other is told in words."""
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer)
    pages = [await making.page_with(database, who, {shop.sku: 1}, held) for _ in range(10)]
    done = await all_at_once(*(market.place(database, who, page) for page in pages))
    assert sum(isinstance(outcome, CouponUnusable) for outcome in done) == 9
    assert await market.stock(database, shop.sku) == (100, 1)


async def test_of_two_orders_in_one_group_the_first_has_the_coupon(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer)
    pages = [await making.page_with(database, who, {shop.sku: 1}, held) for _ in range(2)]
    async with database.begin() as uow:
        first, second = await orders.place_many(uow, [(who.viewer, page) for page in pages])
    assert isinstance(first, orders.Placed)
    assert isinstance(second, CouponUnusable)
    assert (await market.row(database, Coupon, held))["trade_id"] == first.trade["id"]
    assert await market.stock(database, shop.sku) == (100, 1)


async def test_promotion_recalc_concurrent_no_duplicates(database: Database) -> None:
    """The same page sent many times at once gives one trade, one discount, one used coupon."""
    shop, who = await market.shop(database), await market.buyer(database)
    await making.published(database, shop.keeper, steps=((3000, 200),))
    held = await making.coupon(database, who.viewer)
    page = await making.page_with(database, who, {shop.sku: 1}, held)
    done = await all_at_once(*(market.place(database, who, page) for _ in range(20)))
    assert len(set(done)) == 1
    order = await market.order_of(database, done[0])
    assert (order["discount_total"], order["total"]) == (700, 3290)


async def test_the_coupon_of_another_is_none(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    other = await market.buyer(database)
    theirs = await making.coupon(database, other.viewer)
    page = await making.page_with(database, other, {shop.sku: 1}, theirs)
    mine = await market.wanted(database, who, {shop.sku: 1}, expected_total=page.expected_total, picks=page.picks)
    with pytest.raises(CouponUnusable):
        await market.place(database, who, mine)


async def test_a_coupon_that_ran_out_on_the_page_is_refused(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer, valid_days=1)
    page = await making.page_with(database, who, {shop.sku: 1}, held)
    clock.advance(timedelta(days=1))
    with pytest.raises(CouponUnusable):
        await market.place(database, who, page)
    assert await market.stock(database, shop.sku) == (100, 0)


async def test_the_same_key_with_another_coupon_is_another_order(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer)
    key = secrets.token_hex(8)
    plain = await market.wanted(database, who, {shop.sku: 1}, idempotency_key=key)
    picked = await market.wanted(
        database, who, {shop.sku: 1}, idempotency_key=key, picks=promotions.Picks(frozenset({held}))
    )
    assert plain.request_hash != picked.request_hash


# ------------------------------------------------------------------------------------------------ given back
async def test_cancelled_or_timed_out_the_coupon_comes_back(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer)
    first = await making.bought(database, who, {shop.sku: 1}, held)
    await orders.cancel(database, gateway, who.viewer, first)
    assert await state(database, held) is CouponState.HELD
    second = await making.bought(database, who, {shop.sku: 1}, held)
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, second)
    assert await state(database, held) is CouponState.HELD


async def test_one_that_came_back_says_so(database: Database, gateway: FakeGateway) -> None:
    """And says it no more once another order uses it."""
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer)

    async def returned() -> bool:
        async with database.read() as session:
            return bool((await promotions.coupon(session, who.viewer, held))["returned"])

    assert not await returned()
    first = await making.bought(database, who, {shop.sku: 1}, held)
    assert not await returned()
    await orders.cancel(database, gateway, who.viewer, first)
    assert await returned()
    await making.bought(database, who, {shop.sku: 1}, held)
    assert not await returned()
    async with database.read() as session:
        assert [row["id"] for row in await promotions.mine(session, who.viewer, False, 1, 20)] == [held]
        assert await promotions.mine(session, who.viewer, True, 1, 20) == []


async def test_one_that_ran_out_meanwhile_comes_back_expired(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer, valid_days=1)
    trade_id = await making.bought(database, who, {shop.sku: 1}, held)
    clock.advance(timedelta(days=2))
    await orders.expire(database, gateway, trade_id)
    assert await state(database, held) is CouponState.EXPIRED


async def test_a_platform_coupon_comes_back_when_all_of_its_orders_are_refunded(
    database: Database, gateway: FakeGateway
) -> None:
    shop, other, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer, threshold=5000)
    own = await making.coupon(database, who.viewer, shop.keeper, off=100)
    trade_id = await making.paid(database, gateway, who, {shop.sku: 1, other.sku: 1}, held, own)
    by_shop = {row["merchant_id"]: row["id"] for row in await market.orders_of(database, trade_id)}
    for at, expected in ((shop, CouponState.USED), (other, CouponState.HELD)):
        async with database.begin() as uow:
            await orders.refund_unshipped(uow, at.keeper, by_shop[at.merchant_id], "缺货", restock=True)
        assert await state(database, held) is expected
        assert await state(database, own) is CouponState.HELD


async def closed(database: Database, gateway: FakeGateway, who: Buyer, lines: dict[UUID, int], *held: UUID) -> UUID:
    """A trade whose payment window was open when it ran out of time."""
    trade_id = await making.bought(database, who, lines, *held)
    await orders.pay(database, gateway, who.viewer, trade_id)
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    return trade_id


async def paid_late(database: Database, gateway: FakeGateway, trade_id: UUID) -> None:
    """The password was typed before our close arrived; the notice comes after it."""
    number = await market.attempt_number(database, trade_id)
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))


async def test_paid_after_closing_the_order_lives_with_its_coupon(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer, valid_days=1)
    trade_id = await closed(database, gateway, who, {shop.sku: 1}, held)
    assert await state(database, held) is CouponState.HELD
    clock.advance(timedelta(days=2))
    await paid_late(database, gateway, trade_id)
    assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
    assert await state(database, held) is CouponState.USED


async def test_paid_after_closing_with_the_coupon_gone_the_money_goes_back(
    database: Database, gateway: FakeGateway
) -> None:
    shop, plain, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer, shop.keeper)
    late = await closed(database, gateway, who, {shop.sku: 1, plain.sku: 1}, held)
    second = await making.bought(database, who, {shop.sku: 1}, held)
    await paid_late(database, gateway, late)
    states = {row["merchant_id"]: (row["state"], row["close_reason"]) for row in await market.orders_of(database, late)}
    assert states == {
        shop.merchant_id: (OrderState.CLOSED, CloseReason.OUT_OF_STOCK_AFTER_PAYMENT),
        plain.merchant_id: (OrderState.AWAITING_SHIPMENT, None),
    }
    assert (await market.row(database, Coupon, held))["trade_id"] == second
    assert await market.stock(database, shop.sku) == (100, 1)


# ------------------------------------------------------------------------------------------------ 满减
async def test_a_reduction_holds_from_publishing_to_stopping(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    lines = {shop.sku: 2}
    assert (await making.shown(database, who, lines, BEST)).priced.total == 7980
    campaign = await making.published(database, shop.keeper, steps=((5000, 500), (10000, 1500)))
    preview = await making.shown(database, who, lines, BEST)
    assert preview.priced.total == 7480
    page = await market.wanted(database, who, lines)
    assert page.expected_total == 7480
    await making.stopped(database, shop.keeper, campaign)
    with pytest.raises(PriceChanged):
        await market.place(database, who, page)
    assert (await making.shown(database, who, lines, BEST)).priced.total == 7980


async def test_who_bears_it_is_stored_with_the_order(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = await making.coupon(database, who.viewer)
    trade_id = await making.paid(database, gateway, who, {shop.sku: 1}, held)
    order = await market.order_of(database, trade_id)
    async with database.read() as session:
        (trace,) = (await orders.price_traces_by_order(session, [order["id"]], frozenset({"label"}))).values()
    assert [(row["kind"], row["amount"], row["party"]) for row in trace if row["kind"] == "PLATFORM_COUPON"] == [
        ("PLATFORM_COUPON", -500, Party.PLATFORM)
    ]
