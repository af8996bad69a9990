"""News of payments: lost, doubled, forged, of nothing we know; one trade's trouble holds up no other."""

from __future__ import annotations

import asyncio
import copy
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from domain import payments
from domain.base import clock
from jobs.orders import close_unpaid
from models.orders import Order
from models.payments import Payment, PaymentNotice, PaymentState
from server.worker import _sweep, tools_of
from tests.client import Client
from tests.factories import orders as shops
from tests.journey import documents
from tests.journey.mall import count, work_off
from tests.journey.market import TOTAL, Market, Shopper, shopkeeper
from tests.journey.news import AWAITING, PAID, PREPAY, notice_of, tell, time_passes, used
from tests.wechat.simulator import Simulator


# ------------------------------------------------------------------------------------------------ lost news
async def test_a_lost_notice_is_made_good_by_the_buyers_own_question(
    buyer: Shopper, market: Market, wxsim: Simulator
) -> None:
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"], lose_notice=True)
    assert await buyer.states(trade) == AWAITING
    seen = await buyer.phone.ask(documents.CONFIRM_PAYMENT, trade=trade["id"])
    assert seen == {"state": "PAID", "orders": [{"state": "AWAITING_SHIPMENT"}] * 2}


async def test_a_lost_notice_is_made_good_by_the_reconciling_job(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator
) -> None:
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"], lose_notice=True)
    clock.advance(timedelta(seconds=9))
    await work_off(mall.mall, "payment.check")
    assert await buyer.states(trade) == AWAITING
    clock.advance(timedelta(seconds=2))
    await work_off(mall.mall, "payment.check")
    assert await buyer.states(trade) == PAID
    assert await count(mall.mall.database, "select count(*) from payment_notices") == 0


async def test_a_payment_in_the_last_second_beats_the_closing_job(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator
) -> None:
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"], lose_notice=True)
    await time_passes(wxsim, timedelta(minutes=16))
    assert await work_off(mall.mall, "trade.expire") == []
    assert (await shops.trade(mall.mall.database, trade["id"]))["state"] == "PAID"


@pytest.mark.parametrize("kind", ["accept_then_timeout", "accept_then_reset", "http500"])
async def test_prepay_without_an_answer_makes_one_payable_order(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, kind: str
) -> None:
    trade = await buyer.place(market.lines, TOTAL)
    await wxsim.fault(PREPAY, kind)
    first = await buyer.phone.ask(documents.PAY, trade=trade["id"])
    again = await buyer.phone.ask(documents.PAY, trade=trade["id"])
    assert first["__typename"] == again["__typename"] == "Prepay"
    assert first["prepayId"] == again["prepayId"]
    (known,) = (await wxsim.dump())["trades"]
    assert (known["no"], known["prepay_id"]) == (trade["number"] + "P1", first["prepayId"])
    assert len(await shops.rows(mall.mall.database, Payment)) == 1
    await wxsim.user_pays(known["no"])
    assert await buyer.states(trade) == PAID


async def test_two_tabs_open_one_cashier(buyer: Shopper, market: Market, wxsim: Simulator) -> None:
    trade = await buyer.place(market.lines, TOTAL)
    opened = await asyncio.gather(*(buyer.phone.ask(documents.PAY, trade=trade["id"]) for _ in range(5)))
    assert len({each.get("prepayId") for each in opened}) == 1
    assert len((await wxsim.dump())["trades"]) == 1


# ------------------------------------------------------------------------------------------------ the webhook
async def test_the_same_notice_three_times_at_once_has_one_effect(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"], lose_notice=True)
    headers, body = await notice_of(wxsim)
    assert await asyncio.gather(*(tell(mall, headers, body) for _ in range(3))) == [204] * 3
    assert await buyer.states(trade) == PAID
    assert await used(database) == 3
    (kept,) = await shops.rows(database, PaymentNotice)
    assert (kept["outcome"], kept["handled_at"] is not None) == ("payment", True)
    assert await count(database, "select count(*) from outbox where name = 'OrderPaid'") == 2
    # Another notice of the same payment, as after an answer they did not get.
    assert await tell(mall, *await notice_of(wxsim)) == 204
    assert await used(database) == 3
    assert await count(database, "select count(*) from refunds") == 0


async def test_what_wechat_pay_did_not_sign_is_refused_and_writes_nothing(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"], lose_notice=True)
    headers, body = await notice_of(wxsim)
    unsigned = {name: value for name, value in headers.items() if not name.lower().startswith("wechatpay")}
    answers = [
        await tell(mall, headers, body.replace(b"TRANSACTION", b"TRANSACTIOM")),
        await tell(mall, unsigned, body),
        await tell(mall, {**headers, "Wechatpay-Nonce": "another"}, body),
        await tell(mall, *await notice_of(wxsim, stale=True)),
        await tell(mall, *await notice_of(wxsim, strange=True)),
        await tell(mall, *await notice_of(wxsim, probe=True)),
    ]
    assert answers == [401] * 6
    assert await tell(mall, headers, b"x" * 2 * 1024 * 1024) == 413
    assert await count(database, "select count(*) from payment_notices") == 0
    assert await buyer.states(trade) == AWAITING
    assert await tell(mall, headers, body) == 204
    assert await buyer.states(trade) == PAID


async def test_a_wrong_amount_ships_nothing_and_waits_for_a_person(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"], lose_notice=True)
    (lost,) = (await wxsim.dump())["notices"]
    resource = copy.deepcopy(lost["resource"])
    resource["sub_orders"][0]["amount"]["total_amount"] -= 1
    assert await tell(mall, *await wxsim.build_notice(resource)) == 204
    (attempt,) = await shops.rows(database, Payment)
    assert attempt["state"] is PaymentState.DISPUTED
    assert "实付" in attempt["dispute"]
    assert await buyer.states(trade) == AWAITING
    assert await used(database) == 0
    desk = await shopkeeper(mall, database, market.apples.merchant_id, "keeper")
    mine = next(order for order in trade["orders"] if order["merchantId"] == str(market.apples.merchant_id))
    assert (await desk.ask(documents.SHIP, order=mine["id"], number="SF10000001"))["code"] == "WRONG_STATE"
    # Nor can it be paid a second time, cancelled or closed meanwhile.
    assert (await buyer.phone.ask(documents.PAY, trade=trade["id"]))["__typename"] == "Refused"
    assert (await buyer.phone.ask(documents.CANCEL, trade=trade["id"]))["code"] == "WRONG_STATE"
    await time_passes(wxsim, timedelta(minutes=16))
    await work_off(mall.mall)
    assert (await shops.trade(database, trade["id"]))["state"] == "AWAITING_PAYMENT"


async def test_a_notice_of_nothing_we_know_holds_up_no_other(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    """Kept, since the attempt may be written a moment later; but those behind it are handled."""
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"], lose_notice=True)
    (lost,) = (await wxsim.dump())["notices"]
    strange = {**lost["resource"], "combine_out_trade_no": "NOBODYKNOWS0001"}
    assert await tell(mall, *await wxsim.build_notice(strange)) == 204
    async with database.begin() as uow:  # kept by a process that died before it acted
        await payments.keep_notice(uow, "later", "TRANSACTION.SUCCESS", lost["resource"])
    clock.advance(timedelta(minutes=1))
    await _sweep(tools_of(mall.mall))
    assert await buyer.states(trade) == PAID
    waiting = "select count(*) from payment_notices where handled_at is null"
    assert await count(database, waiting) == 1
    clock.advance(timedelta(days=1))
    await _sweep(tools_of(mall.mall))
    assert await count(database, waiting) == 0
    assert await count(database, "select count(*) from payment_notices where outcome = 'unknown'") == 1


async def test_one_trade_that_cannot_be_closed_holds_up_no_other(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    """The timers of both are lost; WeChat Pay answers nothing sensible about the first."""
    stuck, other = await buyer.prepaid(market.lines, TOTAL), await buyer.prepaid(market.lines, TOTAL)
    async with database.begin() as uow:
        await uow.session.execute(text("delete from pgqueuer"))
    await time_passes(wxsim, timedelta(minutes=17))
    await wxsim.fault(f"GET /v3/combine-transactions/out-trade-no/{stuck['payment']}", "http500", times=-1)
    await close_unpaid(tools_of(mall.mall))
    assert (await shops.trade(database, stuck["id"]))["state"] == "AWAITING_PAYMENT"
    assert (await shops.trade(database, other["id"]))["state"] == "CLOSED"
    assert await shops.stock(database, market.apples.sku) == (100, 2)


async def test_a_parcel_is_received_although_its_timer_was_lost(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade = await buyer.prepaid(market.lines, TOTAL)
    await wxsim.user_pays(trade["payment"])
    desk = await shopkeeper(mall, database, market.apples.merchant_id, "keeper")
    mine = next(order for order in trade["orders"] if order["merchantId"] == str(market.apples.merchant_id))
    await desk.ask(documents.SHIP, order=mine["id"], number="SF10000001")
    async with database.begin() as uow:
        await uow.session.execute(text("delete from pgqueuer"))
    clock.advance(timedelta(days=11))
    await _sweep(tools_of(mall.mall))
    assert (await shops.row(database, Order, mine["id"]))["state"] == "RECEIVED"
