"""A small market: shops with goods, a buyer with an address, trades in any stage."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from domain import checkout, orders
from domain.base import Database, Viewer
from domain.members import addresses
from domain.payments import PaymentSeen
from models.base import Base
from models.inventory import Stock
from models.orders import Order, Trade
from models.payments import Payment
from tests.factories import catalog, members, merchants
from tests.factories.catalog import Made
from tests.orders.gateway import FakeGateway


@dataclass(frozen=True)
class Shop:
    """One merchant with one product of one SKU."""

    merchant_id: UUID
    product: Made
    sku: UUID
    keeper: Viewer


@dataclass(frozen=True)
class Buyer:
    viewer: Viewer
    address_id: UUID


async def shop(database: Database, *, price: int = 3990, stock: int = 100, freight: int = 0, **product: Any) -> Shop:
    about = {name: product.pop(name) for name in ("free_freight_from",) if name in product}
    merchant_id = await merchants.merchant(database, freight=freight, **about)
    made = await catalog.product(database, merchant_id, skus=(catalog.sku(price=price),), stock=stock, **product)
    return Shop(merchant_id, made, made.skus[0], merchants.shopkeeper(merchant_id))


async def buyer(database: Database) -> Buyer:
    return await with_address(database, await members.member(database))


async def with_address(database: Database, viewer: Viewer) -> Buyer:
    where = addresses.Wanted("王小明", "13888880001", merchants.ZHAOYANG, "洒渔镇三台村 12 号", is_default=True)
    async with database.begin() as uow:
        return Buyer(viewer, await addresses.save(uow, viewer, None, where))


async def wanted(database: Database, who: Buyer, lines: dict[UUID, int], /, **changes: Any) -> orders.WantedOrder:
    """The checkout page of `lines` with the total as it is now."""
    async with database.read() as session:
        priced = await checkout.price_wanted(session, lines)
    page: dict[str, Any] = {
        "idempotency_key": secrets.token_hex(8),
        "lines": list(lines.items()),
        "address_id": who.address_id,
        "expected_total": priced.total,
        "return_waivers": frozenset(checkout.need_return_waiver(priced)),
        **changes,
    }
    return orders.WantedOrder(**page)


async def place(database: Database, who: Buyer, page: orders.WantedOrder) -> UUID:
    async with database.begin() as uow:
        return await orders.place(uow, who.viewer, page)


async def placed(database: Database, who: Buyer, lines: dict[UUID, int], /, **changes: Any) -> UUID:
    return await place(database, who, await wanted(database, who, lines, **changes))


async def record(database: Database, seen: PaymentSeen) -> UUID:
    async with database.begin() as uow:
        return await orders.record_payment(uow, seen)


async def paid(database: Database, gateway: FakeGateway, who: Buyer, lines: dict[UUID, int]) -> UUID:
    """A trade that was placed, paid and heard of."""
    trade_id = await placed(database, who, lines)
    await orders.pay(database, gateway, who.viewer, trade_id)
    await record(database, gateway.pay(await attempt_number(database, trade_id)))
    return trade_id


# ------------------------------------------------------------------------------------------------ looking
async def row(database: Database, model: type[Base], id: UUID, key: str = "id") -> dict[str, Any]:
    found = await rows(database, model, **{key: id})
    assert len(found) == 1, found
    return found[0]


async def rows(database: Database, model: type[Base], **where: Any) -> list[dict[str, Any]]:
    table = model.__table__
    chosen = select(table).where(*(table.c[name] == value for name, value in where.items()))
    chosen = chosen.order_by(*table.primary_key.columns)
    async with database.read() as session:
        return [dict(found) for found in (await session.execute(chosen)).mappings()]


async def trade(database: Database, id: UUID) -> dict[str, Any]:
    return await row(database, Trade, id)


async def orders_of(database: Database, trade_id: UUID) -> list[dict[str, Any]]:
    return await rows(database, Order, trade_id=trade_id)


async def order_of(database: Database, trade_id: UUID) -> dict[str, Any]:
    (only,) = await orders_of(database, trade_id)
    return only


async def attempt_number(database: Database, trade_id: UUID) -> str:
    """The number of the latest attempt."""
    found = await rows(database, Payment, trade_id=trade_id)
    return str(max(found, key=lambda each: each["attempt"])["number"])


async def stock(database: Database, sku: UUID) -> tuple[int, int]:
    """`actual` and `held`."""
    found = await row(database, Stock, sku, key="sku_id")
    return found["actual"], found["held"]


async def set_stock(database: Database, sku: UUID, actual: int) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(Stock).where(Stock.sku_id == sku).values(actual=actual))
