"""Money that comes after its trade was closed, and refunds whose answer was lost."""

from __future__ import annotations

from typing import Any

from domain import payments
from models.orders import Order
from models.payments import PaymentPart, Refund, RefundState
from tests.client import Client
from tests.factories import orders as shops
from tests.journey import documents
from tests.journey.mall import count, work_off
from tests.journey.market import APPLES, POTATOES, TOTAL, Market, Shopper
from tests.journey.news import PAID, PREPAY
from tests.wechat.simulator import Simulator


async def late_payment(mall: Client, buyer: Shopper, market: Market, wxsim: Simulator) -> dict[str, Any]:
    """A trade cancelled while its prepay was still on the wire: it arrives afterwards, and is paid."""
    trade = await buyer.place(market.lines, TOTAL)
    await wxsim.fault(PREPAY, "http500", times=3)
    assert (await buyer.phone.ask(documents.PAY, trade=trade["id"]))["__typename"] == "Refused"
    assert (await buyer.phone.ask(documents.CANCEL, trade=trade["id"])) == {"state": "CLOSED"}
    async with mall.mall.database.read() as session:
        (attempt,) = await payments.attempts_of(session, trade["id"])
    await mall.mall.services.gateway.prepay(attempt.asked())
    return {**trade, "payment": attempt.number}


async def test_paid_after_closing_is_opened_again_while_the_goods_are_there(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade = await late_payment(mall, buyer, market, wxsim)
    await wxsim.user_pays(trade["payment"])
    assert await buyer.states(trade) == PAID
    assert await shops.stock(database, market.apples.sku) == (98, 0)


async def test_paid_after_closing_goes_back_where_the_goods_are_gone(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade = await late_payment(mall, buyer, market, wxsim)
    await shops.set_stock(database, market.apples.sku, 1)
    await wxsim.user_pays(trade["payment"])
    seen = {order["merchantId"]: order["id"] for order in trade["orders"]}
    apples = await shops.row(database, Order, seen[str(market.apples.merchant_id)])
    assert (apples["state"], apples["close_reason"]) == ("CLOSED", "OUT_OF_STOCK_AFTER_PAYMENT")
    (refund,) = await shops.rows(database, Refund)
    assert (refund["amount"], refund["state"]) == (2 * APPLES, RefundState.REQUESTED)
    assert await work_off(mall.mall, "refund.submit") == []
    (asked,) = (await wxsim.dump())["refunds"]
    assert (asked["refund"], asked["status"]) == (2 * APPLES, "PROCESSING")
    await wxsim.advance(4)  # the bank has sent it; REFUND.SUCCESS comes to the webhook
    (refund,) = await shops.rows(database, Refund)
    assert refund["state"] is RefundState.SUCCEEDED
    events = [(notice["event_type"], notice["state"]) for notice in (await wxsim.dump())["notices"]]
    assert ("REFUND.SUCCESS", "DELIVERED") in events
    # The other shop's goods were there: they are sold, and paid.
    assert (await buyer.states(trade))[0] == "PAID"
    assert await count(database, "select count(*) from orders where state = 'AWAITING_SHIPMENT'") == 1
    assert len(await shops.rows(database, PaymentPart)) == 2


async def test_a_lost_refund_answer_makes_one_refund(
    mall: Client, buyer: Shopper, market: Market, wxsim: Simulator, database: Any
) -> None:
    trade = await late_payment(mall, buyer, market, wxsim)
    for shop in market.shops:
        await shops.set_stock(database, shop.sku, 0)
    await wxsim.user_pays(trade["payment"])
    await wxsim.fault("POST /v3/ecommerce/refunds/apply", "accept_then_reset", times=3)
    await work_off(mall.mall, "refund.submit")
    await work_off(mall.mall, "refund.submit")
    refunds = (await wxsim.dump())["refunds"]
    assert sorted(refund["refund"] for refund in refunds) == [POTATOES, 2 * APPLES]
    await wxsim.advance(4)
    assert {refund["state"] for refund in await shops.rows(database, Refund)} == {RefundState.SUCCEEDED}
