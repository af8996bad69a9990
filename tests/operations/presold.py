"""Offers before a harvest and who booked of them: one of each, then many; rows, not made by the rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from domain.base import Database, UnitOfWork, among, clock
from models.base import new_id
from models.catalog import Product, Sku
from models.orders import Order
from models.presales import BookingState, DepositKind, PresaleBooking, PresaleKind, PresaleOffer, PresaleState


async def presold(database: Database, sku_id: UUID, order_id: UUID) -> dict[str, Any]:
    """A running offer of the SKU and a booking of it, whose shop owes its deposit once more."""
    async with database.begin() as uow:
        offer = await _offer(uow, sku_id)
        member = await uow.session.scalar(select(Order.member_id).where(Order.id == order_id))
        await uow.session.execute(insert(PresaleBooking).values(_booking(offer, order_id, member)))
    return {"presale": str(offer), "today": str(clock.today())}


async def more_presold(uow: UnitOfWork, ids: dict[str, Any], products: list[UUID], many: int) -> None:
    """The offer gets more bookings, and the shop and the product more offers."""
    taken, offer = select(PresaleBooking.order_id), UUID(ids["presale"])
    chosen = select(Order.id, Order.member_id).where(Order.id.not_in(taken)).order_by(Order.id)
    for row in (await uow.session.execute(chosen.limit(many))).all():
        await uow.session.execute(insert(PresaleBooking).values(_booking(offer, row.id, row.member_id)))
    own = select(Sku.id).where(among(Sku, "product_id", products[:1])).order_by(Sku.id)
    for sku_id in (await uow.session.scalars(own)).all():
        if sku_id != await uow.session.scalar(select(PresaleOffer.sku_id).where(PresaleOffer.id == offer)):
            await _offer(uow, sku_id)


async def _offer(uow: UnitOfWork, sku_id: UUID) -> UUID:
    about = select(Sku.price, Sku.product_id, Product.merchant_id).join(Product, Product.id == Sku.product_id)
    sku = (await uow.session.execute(about.where(Sku.id == sku_id))).one()
    now, id = clock.now(), new_id()
    row = {"id": id, "merchant_id": sku.merchant_id, "product_id": sku.product_id, "sku_id": sku_id}
    row |= {"name": "新果预售", "kind": PresaleKind.DEPOSIT, "price": sku.price, "list_price": sku.price}
    row |= {"deposit": sku.price // 10, "deposit_kind": DepositKind.DINGJIN, "per_member": 9, "stock": 1000}
    row |= {"state": PresaleState.RUNNING, "starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1)}
    row |= {"balance_from": now + timedelta(days=2), "balance_until": now + timedelta(days=4)}
    row |= {"ships_at": now + timedelta(days=3), "ship_days": 7}
    await uow.session.execute(insert(PresaleOffer).values(row))
    return id


def _booking(offer: UUID, order_id: UUID, member_id: UUID | None) -> dict[str, Any]:
    now = clock.now()
    row = {"offer_id": offer, "order_id": order_id, "member_id": member_id, "quantity": 1, "goods": 3000}
    row |= {"state": BookingState.REFUNDED, "deposit": 300, "balance": 2700, "deposit_kind": DepositKind.DINGJIN}
    return row | {"rules": "规则", "agreed_at": now, "paid_at": now, "ended_at": now, "compensation": 300}
