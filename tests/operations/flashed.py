"""A flash sale that runs, and more of them; rows, not made by the rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from domain.base import Database, UnitOfWork, among, clock
from domain.catalog import campaigns
from models.base import new_id
from models.catalog import Product, Sku
from models.flash import FlashOffer, FlashSession, FlashState
from models.inventory import Stock


async def flashed(database: Database, sku_id: UUID) -> dict[str, Any]:
    """A session that runs, with an offer of the SKU."""
    async with database.begin() as uow:
        now = clock.now()
        session_id = await _session(uow, now - timedelta(hours=1))
        offer = await _offer(uow, session_id, sku_id, FlashState.PUBLISHED)
        await campaigns.refresh(uow)
    return {"flashSession": str(session_id), "flashOffer": str(offer)}


async def more_flashed(uow: UnitOfWork, ids: dict[str, Any], products: list[UUID], many: int) -> None:
    """The session, the shop and the product get more offers, and there are more sessions."""
    running = UUID(ids["flashSession"])
    own = select(Sku.id).where(among(Sku, "product_id", products[:1])).order_by(Sku.id)
    for sku_id in (await uow.session.scalars(own)).all():
        if str(sku_id) != ids["sku"]:
            await _offer(uow, running, sku_id, FlashState.PUBLISHED)
    for number in range(1, many + 1):
        slot = await _session(uow, clock.now() + timedelta(hours=2 * number))
        await _offer(uow, slot, UUID(ids["sku"]), FlashState.PUBLISHED)
    await campaigns.refresh(uow)


async def _session(uow: UnitOfWork, begins: Any) -> UUID:
    id = new_id()
    row = {"id": id, "name": "整点秒杀", "starts_at": begins, "ends_at": begins + timedelta(hours=2), "pay_minutes": 5}
    await uow.session.execute(insert(FlashSession).values(row))
    return id


async def _offer(uow: UnitOfWork, session_id: UUID, sku_id: UUID, state: FlashState) -> UUID:
    about = select(Sku.price, Sku.product_id, Product.merchant_id).join(Product, Product.id == Sku.product_id)
    sku = (await uow.session.execute(about.where(Sku.id == sku_id))).one()
    id = new_id()
    row = {"id": id, "session_id": session_id, "merchant_id": sku.merchant_id, "product_id": sku.product_id}
    row |= {"sku_id": sku_id, "price": sku.price - 1, "list_price": sku.price, "total": 2, "per_member": 1}
    await uow.session.execute(insert(FlashOffer).values({**row, "state": state}))
    await uow.session.execute(update(Stock).where(Stock.sku_id == sku_id).values(held=Stock.held + 2))
    return id
