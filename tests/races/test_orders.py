"""Many at once, on real connections: what is sold, paid and closed comes out the same as one after another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from typing import Any

import pytest

from domain import checkout, inventory, orders
from domain.base import Database as Opens
from domain.base import Refusal, WrongState, clock
from domain.inventory import OutOfStock
from domain.orders.placing import PAY_WITHIN
from domain.payments import Outcome
from models.base import new_id
from models.inventory import AdjustReason, StockMove
from models.orders import Order, OrderState, OrderStep, Trade, TradeState
from models.outbox import OutboxEvent
from models.payments import Payment, PaymentState, Refund
from server.database import Database
from server.settings import Settings
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    """As everywhere, with room for forty at once."""
    opened = Database(settings, pool=40)
    yield opened
    await opened.close()


async def all_at_once(*calls: Awaitable[Any]) -> list[Any]:
    """What each call came to; a refusal is an outcome, anything else is a failure."""
    done = await asyncio.gather(*calls, return_exceptions=True)
    for outcome in done:
        if isinstance(outcome, BaseException) and not isinstance(outcome, Refusal):
            raise outcome
    return done


async def test_last_item_two_buyers(database: Database) -> None:
    shop = await market.shop(database, stock=1)
    buyers = [await market.buyer(database) for _ in range(2)]
    done = await all_at_once(*(market.placed(database, who, {shop.sku: 1}) for who in buyers))
    assert sum(isinstance(outcome, OutOfStock) for outcome in done) == 1
    assert await market.stock(database, shop.sku) == (1, 1)


async def test_forty_buyers_for_ten_items_buy_exactly_ten(database: Database) -> None:
    shop = await market.shop(database, stock=10)
    buyers = [await market.buyer(database) for _ in range(40)]
    done = await all_at_once(*(market.placed(database, who, {shop.sku: 1}) for who in buyers))
    assert sum(isinstance(outcome, OutOfStock) for outcome in done) == 30
    assert await market.stock(database, shop.sku) == (10, 10)
    assert len(await market.rows(database, Order)) == 10
    assert len(await market.rows(database, OutboxEvent, name="StockChanged")) == 1


async def test_double_tap_place_order(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 1})
    done = await all_at_once(*(market.place(database, who, page) for _ in range(40)))
    assert len(set(done)) == 1
    assert len(await market.rows(database, Trade)) == 1
    assert await market.stock(database, shop.sku) == (100, 1)
    assert len(await market.rows(database, OutboxEvent, name="OrderChanged")) == 1


async def test_the_limit_of_unpaid_trades_holds_side_by_side(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    done = await all_at_once(*(market.placed(database, who, {shop.sku: 1}) for _ in range(25)))
    assert sum(isinstance(outcome, Refusal) for outcome in done) == 15
    assert await market.stock(database, shop.sku) == (100, 10)


async def test_lock_order_v1v2_v2v1_no_deadlock(database: Database) -> None:
    one, two = await market.shop(database, stock=1000), await market.shop(database, stock=1000)
    buyers = [await market.buyer(database) for _ in range(30)]

    async def buy_and_cancel(who: market.Buyer, *skus: Any) -> None:
        page = await market.wanted(database, who, dict.fromkeys(skus, 1))
        trade_id = await market.place(database, who, replace(page, lines=[(sku, 1) for sku in skus]))
        await orders.cancel(database, FakeGateway(), who.viewer, trade_id)

    await all_at_once(
        *(
            buy_and_cancel(who, one.sku, two.sku) if place % 2 else buy_and_cancel(who, two.sku, one.sku)
            for place, who in enumerate(buyers)
        )
    )
    assert await market.stock(database, one.sku) == await market.stock(database, two.sku) == (1000, 0)


async def test_holds_asked_for_in_opposite_order_never_wait_in_a_circle(database: Database) -> None:
    shops = [await market.shop(database, stock=1000) for _ in range(4)]
    skus = [shop.sku for shop in shops]

    async def hold(order: list[Any]) -> None:
        async with database.begin() as uow:
            id = new_id()
            await inventory.hold(uow, [inventory.Wanted(id, sku, 1) for sku in order])

    await all_at_once(*(hold(skus if place % 2 else skus[::-1]) for place in range(30)))
    assert {await market.stock(database, sku) for sku in skus} == {(1000, 30)}


async def test_concurrent_payment_create_single_active(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    done = await all_at_once(*(orders.pay(database, gateway, who.viewer, trade_id) for _ in range(20)))
    assert len({prepay.prepay_id for prepay in done}) == 1
    assert len(await market.rows(database, Payment)) == 1


async def opened(database: Database, gateway: FakeGateway, *shops: market.Shop) -> tuple[market.Buyer, Any, str]:
    who = await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1 for shop in shops})
    await orders.pay(database, gateway, who.viewer, trade_id)
    return who, trade_id, await market.attempt_number(database, trade_id)


async def test_same_callback_x3_parallel(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, trade_id, number = await opened(database, gateway, shop)
    seen = gateway.pay(number)
    done = await all_at_once(*(market.record(database, seen) for _ in range(3)))
    assert done == [trade_id] * 3
    assert await market.stock(database, shop.sku) == (99, 0)
    assert len(await market.rows(database, StockMove)) == 1
    assert len(await market.rows(database, OutboxEvent, name="OrderPaid")) == 1
    order = await market.order_of(database, trade_id)
    assert [step["event"] for step in await market.rows(database, OrderStep, order_id=order["id"])] == ["PLACE", "PAY"]


async def test_pay_callback_vs_client_confirm_race(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    who, trade_id, number = await opened(database, gateway, shop)
    seen, (payment,) = gateway.pay(number), await market.rows(database, Payment)
    await all_at_once(
        market.record(database, seen),
        orders.confirm_payment(database, gateway, who.viewer, trade_id),
        orders.reconcile(database, gateway, payment["id"]),
    )
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert len(await market.rows(database, OutboxEvent, name="OrderPaid")) == 1
    assert await market.rows(database, Refund) == []


@pytest.mark.parametrize("round_", range(6))
async def test_pay_against_close_in_any_order(database: Database, gateway: FakeGateway, round_: int) -> None:
    shop, gone = await market.shop(database), await market.shop(database)
    who, trade_id, number = await opened(database, gateway, shop, gone)
    (payment,) = await market.rows(database, Payment)
    clock.advance(PAY_WITHIN)

    async def buyer_pays() -> None:
        for _ in range(round_ * 3):
            await asyncio.sleep(0)
        if gateway.orders[number].state is Outcome.UNPAID:
            await market.record(database, gateway.pay(number))

    await all_at_once(
        orders.expire(database, gateway, trade_id),
        buyer_pays(),
        orders.cancel(database, gateway, who.viewer, trade_id),
        orders.reconcile(database, gateway, payment["id"]),
    )
    # Whoever won: the trade is paid and sold, or closed and given back; never half of each.
    trade = await market.trade(database, trade_id)
    placed = await market.orders_of(database, trade_id)
    (payment,) = await market.rows(database, Payment)
    if trade["state"] is TradeState.PAID:
        assert payment["state"] is PaymentState.PAID
        assert {order["state"] for order in placed} == {OrderState.AWAITING_SHIPMENT}
        assert await market.stock(database, shop.sku) == (99, 0)
    else:
        assert payment["state"] is PaymentState.CLOSED
        assert gateway.orders[number].state is Outcome.CLOSED
        assert {order["state"] for order in placed} == {OrderState.CLOSED}
        assert await market.stock(database, shop.sku) == (100, 0)
    assert await market.rows(database, Refund) == []


async def test_late_payments_of_many_share_what_is_left(database: Database, gateway: FakeGateway) -> None:
    shop, second = await market.shop(database), await market.shop(database)
    late = [await opened(database, gateway, *pair) for pair in [(shop, second), (second, shop)] * 4]
    clock.advance(PAY_WITHIN)
    for _, trade_id, number in late:
        await orders.expire(database, gateway, trade_id)
        gateway.orders[number].state = Outcome.UNPAID
    await market.set_stock(database, shop.sku, 3)
    await all_at_once(*(market.record(database, gateway.pay(number)) for _, _, number in late))
    living = [row for row in await market.rows(database, Order) if row["state"] is OrderState.AWAITING_SHIPMENT]
    assert sum(order["merchant_id"] == shop.merchant_id for order in living) == 3
    assert sum(order["merchant_id"] == second.merchant_id for order in living) == 8
    assert await market.stock(database, shop.sku) == (0, 0)
    assert len(await market.rows(database, Refund)) == 5


async def test_ship_against_refund_has_one_winner(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    for _ in range(4):
        order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))

        async def ship(id: Any = order["id"]) -> None:
            async with database.begin() as uow:
                await orders.ship(uow, shop.keeper, orders.Parcel(id, "SF", "SF1234567890"))

        async def call_off(id: Any = order["id"]) -> None:
            async with database.begin() as uow:
                await orders.refund_unshipped(uow, merchants.operator(), id, "平台取消", restock=True)

        done = await all_at_once(ship(), call_off())
        assert sum(isinstance(outcome, WrongState) for outcome in done) == 1


async def test_autorelease_job_runs_twice(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, trade_id, _ = await opened(database, gateway, shop)
    clock.advance(PAY_WITHIN)
    await all_at_once(*(orders.expire(database, gateway, trade_id) for _ in range(4)))
    assert await market.stock(database, shop.sku) == (100, 0)
    order = await market.order_of(database, trade_id)
    events = [step["event"] for step in await market.rows(database, OrderStep, order_id=order["id"])]
    assert events == ["PLACE", "EXPIRE"]


async def test_parallel_cart_mutations_all_kept(database: Database) -> None:
    shops, who = [await market.shop(database) for _ in range(5)], await market.buyer(database)

    async def add(sku: Any) -> None:
        async with database.begin() as uow:
            await checkout.add(uow, who.viewer, sku, 1)

    await all_at_once(*(add(shop.sku) for shop in shops for _ in range(6)))
    async with database.read() as session:
        cart = await checkout.cart(session, who.viewer)
    assert sorted(item.quantity for item in cart.items) == [6] * 5


async def test_merchant_edit_does_not_overwrite_stock(database: Opens) -> None:
    shop = await market.shop(database, stock=20)
    buyers = [await market.buyer(database) for _ in range(8)]

    async def deliver() -> None:
        async with database.begin() as uow:
            await inventory.adjust(uow, shop.keeper, shop.sku, 5, AdjustReason.PURCHASE, 1)

    await all_at_once(deliver(), *(market.placed(database, who, {shop.sku: 2}) for who in buyers))
    assert await market.stock(database, shop.sku) == (25, 16)
