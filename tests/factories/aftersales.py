"""Orders that something is wrong with, and cases in any state."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import update

from domain import aftersales, orders
from domain.aftersales import WantedAfterSale, WantedUnits
from domain.base import Database, Viewer, clock
from models.aftersales import AfterSale, AfterSaleKind, AfterSaleReason
from models.catalog import ReturnClass
from models.inventory import Stock
from models.orders import Order, OrderLine
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway

KEY = "ab" * 32


@dataclass(frozen=True)
class Bought:
    """A paid order of one shop, its line, and the two people."""

    shop: Shop
    who: Buyer
    trade_id: UUID
    order_id: UUID
    line_id: UUID

    @property
    def buyer(self) -> Viewer:
        return self.who.viewer

    @property
    def keeper(self) -> Viewer:
        return self.shop.keeper


async def bought(database: Database, gateway: FakeGateway, *, price: int = 1000, units: int = 3, **shop: Any) -> Bought:
    made = await market.shop(database, price=price, **{"return_class": ReturnClass.SEVEN_DAYS, **shop})
    who = await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {made.sku: units})
    order = await market.order_of(database, trade_id)
    (line,) = await market.rows(database, OrderLine, order_id=order["id"])
    return Bought(made, who, trade_id, order["id"], line["id"])


async def shipped(database: Database, gateway: FakeGateway, **how: Any) -> Bought:
    it = await bought(database, gateway, **how)
    async with database.begin() as uow:
        await orders.ship(uow, it.keeper, orders.Parcel(it.order_id, "ZTO", f"7831{secrets.randbelow(10**9):09d}"))
    return it


async def received(database: Database, gateway: FakeGateway, **how: Any) -> Bought:
    it = await shipped(database, gateway, **how)
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, it.buyer, it.order_id)
    return it


async def evidence(database: Database, viewer: Viewer, key: str = KEY) -> str:
    async with database.begin() as uow:
        await aftersales.record_evidence(uow, viewer, key=key, width=800, height=600, byte_size=1234)
    return key


def page(
    it: Bought,
    units: int = 1,
    kind: AfterSaleKind = AfterSaleKind.REFUND_ONLY,
    reason: AfterSaleReason = AfterSaleReason.OTHER,
    **changes: Any,
) -> WantedAfterSale:
    """The apply page, filled in."""
    of_line = {name: changes.pop(name) for name in ("amount", "pieces_damaged", "pieces_received") if name in changes}
    lines = [WantedUnits(it.line_id, units, **of_line)]
    filled = {"request_key": secrets.token_hex(8), "text": "请尽快处理", **changes}
    return WantedAfterSale(order_id=it.order_id, kind=kind, reason=reason, lines=lines, **filled)


async def applied(database: Database, it: Bought, wanted: WantedAfterSale) -> UUID:
    async with database.begin() as uow:
        (id,) = await aftersales.apply(uow, it.buyer, wanted)
    return id


async def case(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, AfterSale, id)


async def line(database: Database, it: Bought) -> dict[str, Any]:
    return await market.row(database, OrderLine, it.line_id)


async def order(database: Database, it: Bought) -> dict[str, Any]:
    return await market.row(database, Order, it.order_id)


async def with_address(database: Database, it: Bought) -> None:
    """The shop says where it takes goods back."""
    async with database.begin() as uow:
        await aftersales.save_address(
            uow, it.keeper, name="赵师傅", phone="13987000001", region_code=merchants.ZHAOYANG, detail="洒渔镇仓库 3 号"
        )


async def set_line(database: Database, it: Bought, **values: Any) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(OrderLine).where(OrderLine.id == it.line_id).values(**values))


async def tick(database: Database, id: UUID) -> None:
    async with database.begin() as uow:
        await aftersales.tick(uow, id)


async def do(database: Database, verb: Any, *given: Any, **named: Any) -> Any:
    """One verb of the domain in a transaction of its own."""
    async with database.begin() as uow:
        return await verb(uow, *given, **named)


def stopped() -> None:
    """The clock stands, and moves only by hand."""
    clock.stop(clock.now())


async def actual(database: Database, it: Bought) -> int:
    """How many of the goods lie on the shop's shelf."""
    (row,) = await market.rows(database, Stock, sku_id=it.shop.sku)
    return int(row["actual"])
