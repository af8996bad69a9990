"""From login to completion, as one buyer lives it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from domain.base import clock
from tests.client import Client
from tests.factories import merchants
from tests.factories import orders as shops
from tests.journey import documents
from tests.journey.mall import count, relay, work_off
from tests.journey.market import APPLES, POTATOES, TOTAL, Market, shopkeeper
from tests.wechat.simulator import Simulator


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
