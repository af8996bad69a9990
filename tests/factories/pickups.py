"""Counters of shops, and vouchers redeemed at them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import aftersales, orders, pickups
from domain.base import Database, Viewer
from models.pickups import OrderPickup
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import vouchers as made


async def point(database: Database, keeper: Viewer, id: UUID | None = None, **changes: str) -> UUID:
    about = {"name": "昭阳直营店", "region_code": merchants.ZHAOYANG, "detail": "龙泉路 18 号"}
    about |= {"hours": "每天 9:00–18:00", "phone": "0870-2123456", **changes}
    async with database.begin() as uow:
        return await pickups.save_point(uow, keeper, id, pickups.PointDraft(**about))


async def waiting(database: Database, held: made.Held, quantity: int = 2, **changes: Any) -> dict[str, Any]:
    """An order that waits at a counter of the voucher's shop, paid by the voucher."""
    where = changes.pop("pickup_point_id", None) or await point(database, held.shop.keeper)
    to = {"address_id": None, "pickup_point_id": where, **changes}
    trade_id = await made.placed(database, held, quantity, **to)
    await made.confirm(database, held, trade_id)
    return await market.order_of(database, trade_id)


async def pickup(database: Database, order_id: UUID) -> dict[str, Any]:
    return await market.row(database, OrderPickup, order_id, key="order_id")


async def code(database: Database, held: made.Held, order_id: UUID) -> str:
    """As its buyer reads it."""
    told = pickups.code_for(held.who.viewer, await pickup(database, order_id))
    assert told is not None
    return told


async def cancelled(database: Database, held: made.Held, order_id: UUID) -> None:
    async with database.begin() as uow:
        await aftersales.cancel_pickup(uow, held.who.viewer, order_id)


async def expired(database: Database, order_id: UUID) -> None:
    async with database.begin() as uow:
        await aftersales.expire_pickup(uow, order_id)


async def handed_over(database: Database, keeper: Viewer, text: str) -> UUID:
    return await orders.hand_over(database, keeper, text)


async def called_off(database: Database, held: made.Held, order_id: UUID) -> None:
    """By its shop."""
    async with database.begin() as uow:
        await aftersales.refund_order(uow, held.shop.keeper, order_id, "今天不能交付", restock=True)
