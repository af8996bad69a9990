"""Offers to groups, groups that form and who is in them: one of each, then many; rows, not made by the rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from domain.base import Database, UnitOfWork, among, clock
from models.base import new_id
from models.catalog import Product, Sku
from models.groups import ActivityState, Group, GroupActivity, GroupSeat, GroupState, SeatState
from models.orders import Order


async def grouped(database: Database, sku_id: UUID, order_id: UUID) -> dict[str, Any]:
    """A running offer of the SKU, with a group whose leader is the order's buyer."""
    async with database.begin() as uow:
        offer = await _offer(uow, sku_id)
        order = (await uow.session.execute(select(Order.id, Order.member_id).where(Order.id == order_id))).one()
        group = await _group(uow, offer, [(order.id, order.member_id)])
    return {"groupOffer": str(offer), "group": str(group)}


async def more_grouped(uow: UnitOfWork, ids: dict[str, Any], products: list[UUID], many: int) -> None:
    """The group and its member get more of everything, and so do the shop and the product."""
    taken = select(GroupSeat.order_id)
    chosen = select(Order.id, Order.member_id).where(Order.id.not_in(taken)).order_by(Order.id).limit(2 * many)
    orders = [(row.id, row.member_id) for row in await uow.session.execute(chosen)]
    offer = UUID(ids["groupOffer"])
    for place in orders[:many]:
        await _group(uow, offer, [place])
    own = select(Sku.id).where(among(Sku, "product_id", products[:1])).order_by(Sku.id)
    for sku_id in (await uow.session.scalars(own)).all():
        if sku_id != await uow.session.scalar(select(GroupActivity.sku_id).where(GroupActivity.id == offer)):
            await _offer(uow, sku_id)
    for place in orders[many : 2 * many]:
        await uow.session.execute(insert(GroupSeat).values(_seat(offer, UUID(ids["group"]), place, SeatState.REFUNDED)))


async def _offer(uow: UnitOfWork, sku_id: UUID) -> UUID:
    about = select(Sku.price, Sku.product_id, Product.merchant_id).join(Product, Product.id == Sku.product_id)
    sku = (await uow.session.execute(about.where(Sku.id == sku_id))).one()
    now, id = clock.now(), new_id()
    row = {"id": id, "merchant_id": sku.merchant_id, "product_id": sku.product_id, "sku_id": sku_id}
    row |= {"name": "三人团", "price": sku.price - 1, "list_price": sku.price, "size": 50, "ttl_minutes": 60}
    row |= {"per_member": 9, "stock": 1000, "state": ActivityState.RUNNING}
    row |= {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1)}
    await uow.session.execute(insert(GroupActivity).values(row))
    return id


async def _group(uow: UnitOfWork, offer: UUID, places: list[tuple[UUID, UUID]]) -> UUID:
    id, now = new_id(), clock.now()
    row = {"id": id, "activity_id": offer, "leader_id": places[0][1], "size": 50, "state": GroupState.FORMING}
    row |= {"seats_held": len(places), "seats_paid": len(places), "expires_at": now + timedelta(hours=1)}
    await uow.session.execute(insert(Group).values(row))
    for place in places:
        await uow.session.execute(insert(GroupSeat).values(_seat(offer, id, place, SeatState.PAID)))
    return id


def _seat(offer: UUID, group: UUID, place: tuple[UUID, UUID], state: SeatState) -> dict[str, Any]:
    about = {"activity_id": offer, "group_id": group, "order_id": place[0], "member_id": place[1]}
    return {**about, "quantity": 1, "state": state, "may_merge": True, "may_move": False, "paid_at": clock.now()}
