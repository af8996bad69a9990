"""Paying: attempts, notices in any order, money that is not what was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest

from domain import orders
from domain.base import Database, NotFound, Unavailable, WrongState, clock
from domain.orders.placing import PAY_WITHIN
from domain.payments import Outcome, PartPaid, PaymentSeen
from models.inventory import HoldState, StockHold, StockMove
from models.orders import OrderState, OrderStep, TradeState
from models.outbox import OutboxEvent
from models.payments import Payment, PaymentPart, PaymentState, PayWay, Refund
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway


@pytest.fixture(params=[PayWay.COMBINED, PayWay.DIRECT])
def gateway(request: pytest.FixtureRequest) -> FakeGateway:
    """All of this holds in both ways of being paid."""
    return FakeGateway(way=request.param)


async def facts(database: Database, name: str) -> int:
    return len(await market.rows(database, OutboxEvent, name=name))


async def test_a_payment_pays_every_order_of_the_trade(database: Database, gateway: FakeGateway) -> None:
    near, far, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {near.sku: 2, far.sku: 1})
    trade = await market.trade(database, trade_id)
    assert trade["state"] is TradeState.PAID
    assert {order["state"] for order in await market.orders_of(database, trade_id)} == {OrderState.AWAITING_SHIPMENT}
    assert await market.stock(database, near.sku) == (98, 0)
    assert {hold["state"] for hold in await market.rows(database, StockHold)} == {HoldState.USED}
    assert sorted(move["delta"] for move in await market.rows(database, StockMove)) == [-2, -1]
    (payment,) = await market.rows(database, Payment)
    assert (payment["state"], payment["number"]) == (PaymentState.PAID, trade["number"] + "P1")
    assert all(part["transaction_id"] for part in await market.rows(database, PaymentPart))
    assert await facts(database, "OrderPaid") == 2


async def test_pay_answers_what_the_phone_needs(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    prepay = await orders.pay(database, gateway, who.viewer, trade_id, "203.0.113.7")
    asked = gateway.orders[await market.attempt_number(database, trade_id)].asked
    assert prepay.parameters["package"] == f"prepay_id={prepay.prepay_id}"
    assert prepay.expires_at == (await market.trade(database, trade_id))["expires_at"]
    assert (asked.client_address, asked.parts[0].amount) == ("203.0.113.7", 3990)
    assert asked.parts[0].number == (await market.order_of(database, trade_id))["number"] + "P1"


async def test_two_tabs_get_the_same_attempt(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    first = await orders.pay(database, gateway, who.viewer, trade_id)
    second = await orders.pay(database, gateway, who.viewer, trade_id)
    assert first.prepay_id == second.prepay_id
    assert len(await market.rows(database, Payment)) == 1


async def test_a_lost_answer_to_prepay_is_repaired_by_the_next_try(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    gateway.lose = 1
    with pytest.raises(Unavailable):
        await orders.pay(database, gateway, who.viewer, trade_id)
    await orders.pay(database, gateway, who.viewer, trade_id)
    assert list(gateway.orders) == [await market.attempt_number(database, trade_id)]


async def test_a_lost_answer_and_a_new_address_make_way_for_a_new_attempt(
    database: Database, gateway: FakeGateway
) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    gateway.lose = 1
    with pytest.raises(Unavailable):
        await orders.pay(database, gateway, who.viewer, trade_id, "203.0.113.7")
    first = await market.attempt_number(database, trade_id)
    # From the mobile network the same number has other content, which WeChat Pay refuses.
    for _ in range(2):
        with pytest.raises(WrongState):
            await orders.pay(database, gateway, who.viewer, trade_id, "198.51.100.9")
        clock.advance(timedelta(seconds=61))
    assert gateway.orders[first].state is Outcome.CLOSED
    prepay = await orders.pay(database, gateway, who.viewer, trade_id, "198.51.100.9")
    assert prepay.prepay_id == gateway.orders[first[:-1] + "2"].prepay_id


async def test_another_tabs_prepay_id_serves_as_well(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    other: list[orders.Prepay] = []

    async def other_tab_is_faster() -> None:
        other.append(await orders.pay(database, gateway, who.viewer, trade_id, "198.51.100.9"))

    gateway.meanwhile["prepay"] = other_tab_is_faster
    prepay = await orders.pay(database, gateway, who.viewer, trade_id, "203.0.113.7")
    assert prepay == other[0]
    assert len(await market.rows(database, Payment)) == 1


async def test_attempts_are_checked_at_10_s_30_s_2_min_and_10_min(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    await orders.pay(database, gateway, who.viewer, await market.placed(database, who, {shop.sku: 1}))
    connection = await asyncpg.connect(database.engine.url.render_as_string(False).replace("+asyncpg", ""))
    wait = "extract(epoch from execute_after - created)::int"
    waits = await connection.fetch(f"select {wait} as wait from pgqueuer where entrypoint = 'payment.check' order by 1")
    await connection.close()
    assert [row["wait"] for row in waits] == [10, 30, 120, 600]


async def test_somebody_elses_trade_is_not_found(database: Database, gateway: FakeGateway) -> None:
    shop, who, other = await market.shop(database), await market.buyer(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    with pytest.raises(NotFound):
        await orders.pay(database, gateway, other.viewer, trade_id)
    with pytest.raises(NotFound):
        await orders.confirm_payment(database, gateway, other.viewer, trade_id)
    with pytest.raises(NotFound):
        await orders.cancel(database, gateway, other.viewer, trade_id)
    assert gateway.calls == []


async def test_an_expired_or_paid_trade_cannot_be_paid(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    paid = await market.paid(database, gateway, who, {shop.sku: 1})
    late = await market.placed(database, who, {shop.sku: 1})
    clock.advance(PAY_WITHIN)
    for trade_id in (paid, late):
        with pytest.raises(WrongState):
            await orders.pay(database, gateway, who.viewer, trade_id)


async def test_before_a_new_attempt_the_old_one_is_asked_about(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    number = await market.attempt_number(database, trade_id)
    # WeChat Pay said closed, and yet the money came: its word changed.
    await market.record(database, PaymentSeen(number, Outcome.CLOSED))
    gateway.pay(number)
    with pytest.raises(WrongState):
        await orders.pay(database, gateway, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert len(await market.rows(database, Payment)) == 1


async def test_a_closed_attempt_is_followed_by_a_new_one(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    first = await market.attempt_number(database, trade_id)
    gateway.orders[first].state = Outcome.CLOSED
    await orders.confirm_payment(database, gateway, who.viewer, trade_id)
    await orders.pay(database, gateway, who.viewer, trade_id)
    assert await market.attempt_number(database, trade_id) == first[:-1] + "2"
    assert (await market.trade(database, trade_id))["state"] is TradeState.AWAITING_PAYMENT


async def test_two_tabs_pay_same_order_the_second_goes_back(database: Database, gateway: FakeGateway) -> None:
    near, far, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {near.sku: 1, far.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    first = await market.attempt_number(database, trade_id)
    await market.record(database, PaymentSeen(first, Outcome.CLOSED))
    gateway.orders[first].state = Outcome.CLOSED
    await orders.pay(database, gateway, who.viewer, trade_id)
    second = await market.attempt_number(database, trade_id)
    gateway.orders[first].state = Outcome.UNPAID
    await market.record(database, gateway.pay(second))
    await market.record(database, gateway.pay(first))
    refunds = await market.rows(database, Refund)
    assert {(refund["cause"], refund["amount"]) for refund in refunds} == {("double", 3990)}
    assert {refund["number"][-4:] for refund in refunds} == {refunds[0]["number"][-4:]}
    assert len(refunds) == 2
    assert await market.stock(database, near.sku) == (99, 0)
    assert await facts(database, "OrderPaid") == 2


async def test_a_repeated_notice_is_one_payment(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 1})
    seen = gateway.orders[await market.attempt_number(database, trade_id)].paid
    assert seen is not None
    for _ in range(3):
        await market.record(database, seen)
    assert await market.stock(database, shop.sku) == (99, 0)
    assert await facts(database, "OrderPaid") == 1


async def test_callback_after_shipped_is_noop_200(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 1})
    order = await market.order_of(database, trade_id)
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "SF", "SF1234567890"))
    seen = gateway.orders[await market.attempt_number(database, trade_id)].paid
    assert seen is not None
    await market.record(database, seen)
    assert (await market.order_of(database, trade_id))["state"] is OrderState.SHIPPED
    assert await market.rows(database, Refund) == []


async def test_callback_before_commit_or_order(database: Database) -> None:
    with pytest.raises(NotFound):
        await market.record(database, PaymentSeen("T261122000000000P1", Outcome.PAID))


async def test_callback_never_comes_reconcile(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    (payment,) = await market.rows(database, Payment)
    await orders.reconcile(database, gateway, payment["id"])
    assert (await market.trade(database, trade_id))["state"] is TradeState.AWAITING_PAYMENT
    gateway.pay(payment["number"])
    await orders.reconcile(database, gateway, payment["id"])
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID


@pytest.mark.parametrize("wrong", ["amount", "payer", "parts", "transaction"])
async def test_amount_or_currency_mismatch_held(database: Database, gateway: FakeGateway, wrong: str) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    seen = gateway.pay(await market.attempt_number(database, trade_id))
    await market.record(database, _otherwise(seen, wrong))
    (payment,) = await market.rows(database, Payment)
    assert payment["state"] is PaymentState.DISPUTED
    assert payment["dispute"]
    assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_PAYMENT
    assert await facts(database, "PaymentDisputed") == 1
    assert await market.stock(database, shop.sku) == (100, 1)
    # It waits for a person: neither the buyer nor the clock decides.
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    with pytest.raises(WrongState):
        await orders.cancel(database, gateway, who.viewer, trade_id)
    with pytest.raises(WrongState):
        await orders.pay(database, gateway, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.AWAITING_PAYMENT
    async with database.read() as session:
        assert await orders.overdue_trades(session) == []


def _otherwise(seen: PaymentSeen, wrong: str) -> PaymentSeen:
    """The payment with something else than was asked for."""
    if wrong == "payer":
        return replace(seen, openid="o-somebody-else")
    if seen.whole is not None:
        whole = {
            "amount": replace(seen.whole, amount=seen.whole.amount - 1),
            "parts": replace(seen.whole, amount=seen.whole.amount + 1),
            "transaction": replace(seen.whole, transaction_id=""),
        }
        return replace(seen, whole=whole[wrong])
    (part,) = seen.parts
    parts = {
        "amount": (replace(part, amount=part.amount - 1),),
        "parts": (part, PartPaid("S9", "42", 1)),
        "transaction": (replace(part, transaction_id=""),),
    }
    return replace(seen, parts=parts[wrong])


async def test_the_right_sum_in_the_wrong_parts_is_held_too(database: Database) -> None:
    gateway = FakeGateway()
    near, far, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {near.sku: 1, far.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    seen = gateway.pay(await market.attempt_number(database, trade_id))
    one, two = seen.parts
    shifted = (replace(one, amount=one.amount + 1), replace(two, amount=two.amount - 1))
    await market.record(database, replace(seen, parts=shifted))
    assert (await market.rows(database, Payment))[0]["state"] is PaymentState.DISPUTED
    assert (await market.trade(database, trade_id))["state"] is TradeState.AWAITING_PAYMENT


async def test_no_external_call_while_rows_locked(database: Database, gateway: FakeGateway) -> None:
    url = database.engine.url.render_as_string(False).replace("+asyncpg", "")
    connection = await asyncpg.connect(url)

    async def nobody_waits_in_a_transaction() -> None:
        idle = await connection.fetchval(
            "select count(*) from pg_stat_activity where datname = current_database() and state ~ 'in transaction'"
        )
        assert idle == 0

    gateway.every_call = nobody_waits_in_a_transaction
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    await orders.confirm_payment(database, gateway, who.viewer, trade_id)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED
    gateway.orders[await market.attempt_number(database, trade_id)].state = Outcome.UNPAID
    await market.set_stock(database, shop.sku, 0)
    gateway.pay(await market.attempt_number(database, trade_id))
    (payment,) = await market.rows(database, Payment)
    await orders.reconcile(database, gateway, payment["id"])
    (refund,) = await market.rows(database, Refund)
    await orders.submit_refund(database, gateway, refund["id"])
    await connection.close()
    assert set(gateway.calls) == {"prepay", "query", "close", "query_refund", "refund"}


async def test_every_step_is_told_in_a_sentence(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))
    steps = await market.rows(database, OrderStep, order_id=order["id"])
    assert [step["text"] for step in steps] == ["订单已提交，等待付款", "付款成功，等待商家发货"]
    assert order["version"] == 2
