"""Closing unpaid trades, and money that comes when they are closed."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from domain import orders
from domain.base import Database, Unavailable, WrongState, clock
from domain.orders.placing import PAY_WITHIN
from domain.payments import Outcome
from models.inventory import HoldState, StockHold, StockMove
from models.orders import CloseReason, OrderState, OrderStep, TradeState
from models.outbox import OutboxEvent
from models.payments import Payment, PaymentState, PayWay, Refund
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway, Hook


@pytest.fixture(params=[PayWay.COMBINED, PayWay.DIRECT])
def gateway(request: pytest.FixtureRequest) -> FakeGateway:
    """All of this holds in both ways of being paid."""
    return FakeGateway(way=request.param)


async def opened(
    database: Database, gateway: FakeGateway, *shops: Shop, quantity: int = 1
) -> tuple[Buyer, object, str]:
    """A buyer in front of the payment window of a trade: buyer, trade, attempt."""
    who = await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: quantity for shop in shops})
    await orders.pay(database, gateway, who.viewer, trade_id)
    return who, trade_id, await market.attempt_number(database, trade_id)


async def test_a_trade_nobody_tried_to_pay_closes_at_once(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 3})
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    order = await market.order_of(database, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED
    assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.PAYMENT_TIMEOUT)
    assert await market.stock(database, shop.sku) == (100, 0)
    assert gateway.calls == []


async def test_expiring_twice_gives_back_once(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 3})
    clock.advance(PAY_WITHIN)
    for _ in range(2):
        await orders.expire(database, gateway, trade_id)
    assert await market.stock(database, shop.sku) == (100, 0)
    changes = await market.rows(database, OutboxEvent, name="OrderChanged")
    assert [fact["payload"]["state"] for fact in changes] == ["AWAITING_PAYMENT", "CLOSED"]
    assert await market.rows(database, StockMove) == []


async def test_a_timer_that_rings_early_closes_nothing(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.expire(database, gateway, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.AWAITING_PAYMENT


async def test_it_is_closed_at_wechat_before_it_is_closed_here(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, trade_id, number = await opened(database, gateway, shop)
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    assert gateway.orders[number].state is Outcome.CLOSED
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED
    assert (await market.rows(database, Payment))[0]["state"] is PaymentState.CLOSED


async def test_no_answer_closes_nothing(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    who, trade_id, _ = await opened(database, gateway, shop)
    clock.advance(PAY_WITHIN)
    gateway.down = True
    with pytest.raises(Unavailable):
        await orders.expire(database, gateway, trade_id)
    with pytest.raises(Unavailable):
        await orders.cancel(database, gateway, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.AWAITING_PAYMENT
    assert await market.stock(database, shop.sku) == (100, 1)
    gateway.down = False
    await orders.expire(database, gateway, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED


async def test_a_lost_answer_to_close_is_repaired_by_the_next_run(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, trade_id, _ = await opened(database, gateway, shop)
    clock.advance(PAY_WITHIN)
    for lost in ("query", "close"):
        gateway.lose = 1 if lost == "query" else 0
        if lost == "close":
            gateway.meanwhile["close"] = _lose_one(gateway)
        with pytest.raises(Unavailable):
            await orders.expire(database, gateway, trade_id)
    await orders.expire(database, gateway, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED


def _lose_one(gateway: FakeGateway) -> Hook:
    async def lose() -> None:
        gateway.lose = 1

    return lose


async def test_expiry_finds_the_payment_nobody_told_us_of(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, trade_id, number = await opened(database, gateway, shop)
    gateway.pay(number)
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert await market.stock(database, shop.sku) == (99, 0)


async def test_paid_between_the_question_and_the_close(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    who, trade_id, number = await opened(database, gateway, shop)

    async def buyer_pays() -> None:
        gateway.pay(number)

    gateway.meanwhile["close"] = buyer_pays
    with pytest.raises(WrongState):
        await orders.cancel(database, gateway, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID


async def test_an_attempt_opened_while_we_were_closing_is_closed_too(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    who, trade_id, first = await opened(database, gateway, shop)

    async def other_tab_tries_anew() -> None:
        gateway.orders[first].state = Outcome.CLOSED
        await orders.confirm_payment(database, gateway, who.viewer, trade_id)
        await orders.pay(database, gateway, who.viewer, trade_id)

    gateway.meanwhile["query"] = other_tab_tries_anew
    await orders.cancel(database, gateway, who.viewer, trade_id)
    second = await market.attempt_number(database, trade_id)
    assert second != first
    assert gateway.orders[second].state is Outcome.CLOSED
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED


async def test_an_attempt_closed_while_prepay_was_under_way_is_withdrawn(
    database: Database, gateway: FakeGateway
) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})

    async def other_tab_cancels() -> None:
        await orders.cancel(database, gateway, who.viewer, trade_id)

    gateway.meanwhile["prepay"] = other_tab_cancels
    with pytest.raises(Exception, match="刚刚发生变化"):
        await orders.pay(database, gateway, who.viewer, trade_id)
    number = await market.attempt_number(database, trade_id)
    assert gateway.orders[number].state is Outcome.CLOSED


async def test_the_buyer_cancels(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    who, trade_id, _ = await opened(database, gateway, shop, quantity=4)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    order = await market.order_of(database, trade_id)
    assert order["close_reason"] is CloseReason.BUYER_CANCELLED
    assert await market.stock(database, shop.sku) == (100, 0)
    steps = await market.rows(database, OrderStep, order_id=order["id"])
    assert [step["text"] for step in steps] == ["订单已提交，等待付款", "买家取消了订单"]
    assert steps[-1]["actor_id"] == who.viewer.id


async def test_a_paid_trade_is_not_cancelled(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 1})
    with pytest.raises(WrongState):
        await orders.cancel(database, gateway, who.viewer, trade_id)


async def test_reconciling_after_the_time_closes(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    _, trade_id, number = await opened(database, gateway, shop)
    (payment,) = await market.rows(database, Payment)
    clock.advance(PAY_WITHIN)
    await orders.reconcile(database, gateway, payment["id"])
    assert gateway.orders[number].state is Outcome.CLOSED
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED


async def test_a_closed_answer_never_closes_the_trade(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    who, trade_id, number = await opened(database, gateway, shop)
    gateway.orders[number].state = Outcome.CLOSED
    await orders.confirm_payment(database, gateway, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.AWAITING_PAYMENT
    assert await market.stock(database, shop.sku) == (100, 1)


# ------------------------------------------------------------------------------------------------ paid after closing
async def closed_and_paid(database: Database, gateway: FakeGateway, *shops: Shop, sold_out: Shop | None = None) -> UUID:
    _, trade_id, number = await opened(database, gateway, *shops)
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    if sold_out:
        await market.set_stock(database, sold_out.sku, 0)
    # The password was typed before our close arrived; the notice comes after it.
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))
    return trade_id


async def test_paid_after_timeout_opens_again_what_is_still_there(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    trade_id = await closed_and_paid(database, gateway, shop)
    trade, order = await market.trade(database, trade_id), await market.order_of(database, trade_id)
    assert (trade["state"], order["state"]) == (TradeState.PAID, OrderState.AWAITING_SHIPMENT)
    assert (order["closed_at"], order["close_reason"]) == (None, None)
    assert await market.stock(database, shop.sku) == (99, 0)
    assert len(await market.rows(database, OutboxEvent, name="OrderPaid")) == 1
    assert await market.rows(database, Refund) == []
    steps = [step["event"] for step in await market.rows(database, OrderStep, order_id=order["id"])]
    assert steps == ["PLACE", "EXPIRE", "REOPEN"]


async def test_paid_after_timeout_cancel_autorefund(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    trade_id = await closed_and_paid(database, gateway, shop, sold_out=shop)
    trade, order = await market.trade(database, trade_id), await market.order_of(database, trade_id)
    assert (trade["state"], order["state"]) == (TradeState.CLOSED, OrderState.CLOSED)
    assert order["close_reason"] is CloseReason.OUT_OF_STOCK_AFTER_PAYMENT
    assert order["paid_at"] is not None
    (refund,) = await market.rows(database, Refund)
    assert (refund["amount"], refund["cause"], refund["order_id"]) == (3990, "late", order["id"])
    assert await market.stock(database, shop.sku) == (0, 0)
    assert await market.rows(database, OutboxEvent, name="OrderPaid") == []


async def test_captured_but_order_impossible_refunds_only_that_order(database: Database, gateway: FakeGateway) -> None:
    there, gone = await market.shop(database), await market.shop(database, price=500)
    trade_id = await closed_and_paid(database, gateway, there, gone, sold_out=gone)
    by_shop = {order["merchant_id"]: order for order in await market.orders_of(database, trade_id)}
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert by_shop[there.merchant_id]["state"] is OrderState.AWAITING_SHIPMENT
    assert by_shop[gone.merchant_id]["state"] is OrderState.CLOSED
    (refund,) = await market.rows(database, Refund)
    assert (refund["order_id"], refund["amount"]) == (by_shop[gone.merchant_id]["id"], 500)
    states = {hold["sku_id"]: hold["state"] for hold in await market.rows(database, StockHold)}
    assert states == {there.sku: HoldState.USED, gone.sku: HoldState.RELEASED}


async def test_the_late_notice_repeated_opens_again_once(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    trade_id = await closed_and_paid(database, gateway, shop)
    seen = gateway.orders[await market.attempt_number(database, trade_id)].paid
    assert seen is not None
    await market.record(database, seen)
    assert await market.stock(database, shop.sku) == (99, 0)
    assert len(await market.rows(database, StockMove)) == 1


async def test_what_nobody_took_to_the_cashier_is_closed_when_it_is_due(
    database: Database, gateway: FakeGateway
) -> None:
    shop = await market.shop(database)
    trades = [await market.placed(database, await market.buyer(database), {shop.sku: 1}) for _ in range(3)]
    _, attempted, _ = await opened(database, gateway, shop)
    assert await overdue(database) == []
    clock.advance(PAY_WITHIN)
    assert sorted(await overdue(database)) == sorted(trades)
    # The timer of the one that was to be paid has a minute: asking WeChat Pay is the queue's work.
    assert await timers(database) == [str(attempted)]
    clock.advance(timedelta(minutes=1))
    assert await overdue(database) == [*trades, attempted]


async def overdue(database: Database) -> list[UUID]:
    async with database.read() as session:
        return list(await orders.overdue_trades(session))


async def timers(database: Database) -> list[str]:
    async with database.read() as session:
        queued = text("select payload from pgqueuer where entrypoint = 'trade.expire'")
        return [json.loads(payload)["trade_id"] for payload in await session.scalars(queued)]
