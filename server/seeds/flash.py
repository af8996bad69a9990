"""A flash session that runs and one that is to come, each with goods of the first shop. Nobody has bought anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from domain.base import UnitOfWork
from models.catalog import Product, ProductState, Sku
from models.flash import FlashOffer, FlashSession, FlashState
from models.inventory import Stock
from server.seeds.catalogue import shops
from server.seeds.ids import demo_id

PIECES = 20
# When each begins, and how long it lasts, in hours from now.
SLOTS = (("今日秒杀", -1, 21), ("明日早市", 20, 4))


async def add_flash(uow: UnitOfWork, now: datetime) -> None:
    """Two offers in each session at three quarters of the list price; their pieces are set apart."""
    for number, (name, begins, hours) in enumerate(SLOTS):
        slot = demo_id("flash-session", number)
        starts = now + timedelta(hours=begins)
        row = {"id": slot, "name": name, "starts_at": starts, "ends_at": starts + timedelta(hours=hours)}
        await uow.session.execute(insert(FlashSession).values({**row, "pay_minutes": 5, "created_at": now}))
        # The one is a price on its card, the other, of the dearest SKU, only a mark.
        for place, order in enumerate((Sku.price.desc(), Sku.price.asc())):
            sku = (await _goods(uow, order))[2 * number + place]
            await _offer(uow, demo_id("flash-offer", 10 * number + place), slot, sku, now)


async def _goods(uow: UnitOfWork, order: UnaryExpression[Any]) -> list[Any]:
    """SKUs with plenty in stock, one of a product. The group offer is for the cheapest of the first product."""
    chosen = select(Sku.id, Sku.price, Sku.product_id, Product.merchant_id).join(Product, Product.id == Sku.product_id)
    chosen = chosen.join(Stock, Stock.sku_id == Sku.id).where(Stock.actual - Stock.held >= 3 * PIECES, Sku.active)
    chosen = chosen.where(Product.merchant_id == shops()[0].id, Product.state == ProductState.ON_SALE)
    chosen = chosen.ext(distinct_on(Sku.product_id)).order_by(Sku.product_id, order, Sku.id)
    return list((await uow.session.execute(chosen)).all())


async def _offer(uow: UnitOfWork, id: UUID, session_id: UUID, sku: Any, now: datetime) -> None:
    row = {"id": id, "session_id": session_id, "merchant_id": sku.merchant_id, "product_id": sku.product_id}
    row |= {"sku_id": sku.id, "price": sku.price * 3 // 4, "list_price": sku.price, "total": PIECES, "per_member": 2}
    row |= {"state": FlashState.PUBLISHED, "decided_at": now, "created_at": now}
    await uow.session.execute(insert(FlashOffer).values(row))
    await uow.session.execute(update(Stock).where(Stock.sku_id == sku.id).values(held=Stock.held + PIECES))
