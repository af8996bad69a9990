"""From a WeChat login to a completed order, and every way in which the news of a payment goes astray."""

from __future__ import annotations

import asyncio
import copy
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from domain import payments
from domain.base import clock
from jobs.orders import close_unpaid
from models.orders import Order
from models.payments import Payment, PaymentNotice, PaymentPart, PaymentState, Refund, RefundState
from server.worker import _sweep, tools_of
from tests.client import Client
from tests.factories import merchants
from tests.factories import orders as shops
from tests.journey import documents
from tests.journey.mall import NOTICES, count, relay, work_off
from tests.journey.market import APPLES, POTATOES, TOTAL, Market, Shopper, shopkeeper
from tests.wechat.simulator import Simulator

PREPAY = "POST /v3/combine-transactions/jsapi"
AWAITING = ("AWAITING_PAYMENT", ["AWAITING_PAYMENT", "AWAITING_PAYMENT"])
PAID = ("PAID", ["AWAITING_SHIPMENT", "AWAITING_SHIPMENT"])


async def notice_of(wxsim: Simulator, **how: Any) -> tuple[dict[str, str], bytes]:
    """The content of the one notice there is, signed anew."""
    (lost,) = (await wxsim.dump())["notices"]
    changed = how.pop("resource", lost["resource"])
    return await wxsim.build_notice(changed, **how)


async def tell(mall: Client, headers: dict[str, str], body: bytes) -> int:
    return (await mall.http.post(NOTICES, headers=headers, content=body)).status_code


async def time_passes(wxsim: Simulator, by: timedelta) -> None:
    """For both sides: signatures are only good for five minutes."""
    clock.advance(by)
    await wxsim.advance(by.total_seconds(), wire=True)


async def used(database: Any) -> int:
    """Units that left the shelves for orders."""
    return await count(database, "select coalesce(-sum(delta), 0) from stock_moves where order_id is not null")


# ------------------------------------------------------------------------------------------------ all of it
@pytest.mark.parametrize("pay_mode", ["combined", "direct"])
async def test_from_login_to_completion(mall: Client, database: Any, market: Market, wxsim: Simulator) -> None:
    phone = await _logs_in(mall, wxsim, "oWholeJourney")
    await _finds_both(mall, phone, market)
    await _fills_cart(phone, market)
    trade = await _checks_out(phone, market)
    await _pays(phone, wxsim, trade)
    for place, shop in enumerate(market.shops):
        order = next(each for each in trade["orders"] if each["merchantId"] == str(shop.merchant_id))
        await _ships(mall, database, shop.merchant_id, order["id"], f"SF100000000{place}")
    await _uploads(mall, wxsim)
    await _receives_all(mall, phone, trade)
    # Both shops' parcels, paid by one payment, to the fen.
    assert await shops.stock(database, market.apples.sku) == (98, 0)
    assert await shops.stock(database, market.potatoes.sku) == (99, 0)
    assert await count(database, "select count(*) from outbox") == 0


async def _logs_in(mall: Client, wxsim: Simulator, openid: str) -> Client:
    session = await mall.ask(documents.LOGIN, code=await wxsim.login_code(openid))
    phone = mall.as_(session["accessToken"])
    bound = await phone.ask(documents.BIND_PHONE, code=await wxsim.phone_code(openid, "13900001234"))
    assert bound == {"maskedPhone": "139****1234"}
    again = await mall.ask(documents.LOGIN, code="a-code-nobody-issued")
    assert again["code"] == "BAD_USER_INPUT"
    return phone


async def _finds_both(mall: Client, phone: Client, market: Market) -> None:
    await mall.mall.indexer.apply({shop.product.id for shop in market.shops})
    await mall.mall.indexer.catch_up()
    cheap = {"originCode": merchants.ZHENXIONG, "priceFrom": 1000, "priceTo": 2500, "inStock": True}
    found = await phone.ask(documents.SEARCH, words="洋芋", filter=cheap)
    assert [(node["title"], node["minPrice"]) for node in found["nodes"]] == [("镇雄高山洋芋 10 斤装", POTATOES)]
    nothing = await phone.ask(documents.SEARCH, words="洋芋", filter={**cheap, "priceTo": 1500})
    assert nothing["total"] == 0
    apples = await phone.ask(documents.SEARCH, words="苹果", filter={"originCode": merchants.ZHAOYANG})
    assert [node["id"] for node in apples["nodes"]] == [str(market.apples.product.id)]


async def _fills_cart(phone: Client, market: Market) -> None:
    for line in market.lines:
        await phone.ask(documents.ADD, sku=line["skuId"], quantity=line["quantity"])
    cart = await phone.ask(documents.CART)
    assert (cart["lineCount"], cart["total"], len(cart["groups"])) == (2, TOTAL, 2)


async def _checks_out(phone: Client, market: Market) -> dict[str, Any]:
    where = {"name": "王小明", "phone": "13888880001", "regionCode": merchants.SAYU, "detail": "三台村 12 号"}
    address = await phone.ask(documents.SAVE_ADDRESS, input={**where, "isDefault": True})
    preview = await phone.ask(documents.PREVIEW, lines=market.lines, address=address["id"])
    assert (preview["total"], len(preview["groups"])) == (TOTAL, 2)
    page = {"lines": market.lines, "addressId": address["id"], "expectedTotal": preview["total"]}
    trade = await phone.ask(documents.PLACE, input={**page, "idempotencyKey": "whole-journey"})
    assert sorted(order["total"] for order in trade["orders"]) == [POTATOES, 2 * APPLES]
    assert (await phone.ask(documents.CART))["lineCount"] == 0
    again = await phone.ask(documents.PLACE, input={**page, "idempotencyKey": "whole-journey"})
    assert again["id"] == trade["id"]
    return dict(trade)


async def _pays(phone: Client, wxsim: Simulator, trade: dict[str, Any]) -> None:
    prepay = await phone.ask(documents.PAY, trade=trade["id"])
    # The cashier opens only for what the merchant has signed.
    asked = {name: prepay[name] for name in ("timeStamp", "nonceStr", "package", "signType")}
    async with httpx.AsyncClient(base_url=wxsim.base_url, trust_env=False) as cashier:
        sign = prepay["paySign"]
        another = ("A" if sign[0] != "A" else "B") + sign[1:]
        forged = await cashier.post("/h5/pay", json={**asked, "paySign": another})
        assert forged.status_code == 400
        paid = await cashier.post("/h5/pay", json={**asked, "paySign": prepay["paySign"]})
        assert paid.json() == {"errMsg": "requestPayment:ok"}
    await wxsim.settle()
    (notice,) = (await wxsim.dump())["notices"]
    assert (notice["state"], [answer["status"] for answer in notice["answers"]]) == ("DELIVERED", [204])
    seen = await phone.ask(documents.TRADE, trade=trade["id"])
    assert (seen["state"], {order["state"] for order in seen["orders"]}) == ("PAID", {"AWAITING_SHIPMENT"})


async def _ships(mall: Client, database: Any, merchant_id: Any, order_id: str, number: str) -> None:
    desk = await shopkeeper(mall, database, merchant_id, f"keeper-{number.lower()}")
    shipped = await desk.ask(documents.SHIP, order=order_id, number=number)
    assert shipped["state"] == "SHIPPED"
    assert shipped["shipments"] == [{"trackingNumber": number, "upload": "PENDING", "uploadNote": None}]


async def _uploads(mall: Client, wxsim: Simulator) -> None:
    """WeChat's shipping service hears of a payment a minute late, and takes no parcel before."""
    clock.advance(timedelta(seconds=61))
    assert await work_off(mall.mall, "shipment.upload") == ["shipment.upload"] * 2
    assert (await wxsim.dump())["shippings"] == []
    await wxsim.advance(61)
    assert await work_off(mall.mall, "shipment.upload") == []
    told = (await wxsim.dump())["shippings"]
    assert {parcel["tracking_no"] for each in told for parcel in each["parcels"]} == {"SF1000000000", "SF1000000001"}


async def _receives_all(mall: Client, phone: Client, trade: dict[str, Any]) -> None:
    for order in trade["orders"]:
        assert (await phone.ask(documents.RECEIVE, order=order["id"]))["state"] == "RECEIVED"
        seen = await phone.ask(documents.ORDER, order=order["id"])
        assert [each["upload"] for each in seen["shipments"]] == ["DONE"]
    clock.advance(timedelta(days=6, hours=23))
    await work_off(mall.mall)
    assert await count(mall.mall.database, "select count(*) from orders where state = 'RECEIVED'") == 2
    clock.advance(timedelta(hours=26))  # the seventh day after is a whole day
    await work_off(mall.mall)
    await relay(mall.mall)
    assert await count(mall.mall.database, "select count(*) from orders where state = 'COMPLETED'") == 2


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


# ------------------------------------------------------------------------------------------------ too late
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
