"""Two shops and a buyer who came through WeChat, and the steps of a purchase as her phone takes them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.client import Client
from tests.factories import members, merchants
from tests.factories import orders as shops
from tests.factories.orders import Shop
from tests.journey import documents
from tests.wechat.simulator import Simulator

APPLES, POTATOES = 3990, 1980


@dataclass(frozen=True)
class Market:
    """Apples of Zhaoyang and potatoes of Zhenxiong, each of another shop."""

    apples: Shop
    potatoes: Shop

    @property
    def shops(self) -> tuple[Shop, Shop]:
        return self.apples, self.potatoes

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Two crates of apples, one sack of potatoes."""
        return [{"skuId": str(self.apples.sku), "quantity": 2}, {"skuId": str(self.potatoes.sku), "quantity": 1}]


TOTAL = 2 * APPLES + POTATOES


@dataclass
class Shopper:
    """A member on her phone."""

    phone: Client
    openid: str
    address_id: str

    async def place(self, lines: list[dict[str, Any]], total: int, key: str | None = None) -> dict[str, Any]:
        page = {"lines": lines, "addressId": self.address_id, "expectedTotal": total, "fromCart": False}
        trade = await self.phone.ask(documents.PLACE, input={**page, "idempotencyKey": key or secrets.token_hex(8)})
        assert trade["__typename"] == "Trade", trade
        return dict(trade)

    async def prepaid(self, lines: list[dict[str, Any]], total: int) -> dict[str, Any]:
        """A trade for which the cashier is open; `payment` is its number at WeChat Pay."""
        trade = await self.place(lines, total)
        prepay = await self.phone.ask(documents.PAY, trade=trade["id"])
        assert prepay["__typename"] == "Prepay", prepay
        return {**trade, "payment": trade["number"] + "P1", "prepay": prepay}

    async def states(self, trade: dict[str, Any]) -> tuple[str, list[str]]:
        seen = await self.phone.ask(documents.TRADE, trade=trade["id"])
        return seen["state"], [order["state"] for order in seen["orders"]]


async def open_market(database: Any, *, stock: int = 100) -> Market:
    apples = await shops.shop(database, price=APPLES, stock=stock, title="洒渔红富士苹果 5 斤装")
    place = {"origin_code": merchants.ZHENXIONG, "title": "镇雄高山洋芋 10 斤装"}
    return Market(apples, await shops.shop(database, price=POTATOES, stock=stock, **place))


async def come(client: Client, wxsim: Simulator, openid: str = "oJourneyBuyer0001") -> Shopper:
    """Logs in with a code of WeChat's and writes an address down."""
    session = await client.ask(documents.LOGIN, code=await wxsim.login_code(openid))
    phone = client.as_(session["accessToken"])
    where = {"name": "王小明", "phone": "13888880001", "regionCode": merchants.ZHAOYANG, "detail": "洒渔镇三台村 12 号"}
    address = await phone.ask(documents.SAVE_ADDRESS, input={**where, "isDefault": True})
    return Shopper(phone, openid, address["id"])


async def shopkeeper(client: Client, database: Any, merchant_id: UUID, login: str) -> Client:
    """Staff of a shop, signed in with a password."""
    await members.shopkeeper(database, merchant_id, login)
    session = await client.ask(documents.STAFF_LOGIN, login=login, password=members.PASSWORD)
    assert session["__typename"] == "StaffSession", session
    return client.as_(session["accessToken"])
