"""The products a story is about: on sale when it is written, or really bought by who writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domain.base import Invalid, UnitOfWork, Viewer, ViewerKind, among
from domain.catalog import searching
from models.catalog import Product
from models.orders import Order, OrderLine, OrderState

MOST_GOODS = 3
PRODUCT, LINE, ORDER = Product.__table__.c, OrderLine.__table__.c, Order.__table__.c
# 已购 is what somebody has in his hands, not what he has merely paid for.
HAS_IT = (OrderState.RECEIVED, OrderState.COMPLETED)


async def linked(uow: UnitOfWork, viewer: Viewer, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """The products with their names, and whether the author had bought them, in this order.

    Invalid (`productIds`) for too many, twice the same, another shop's where a shop writes, and what neither is on
    sale nor was bought.
    """
    if not ids:
        return []
    if len(ids) > MOST_GOODS or len(set(ids)) != len(ids):
        raise Invalid(f"最多关联 {MOST_GOODS} 件不同的商品", field="productIds")
    bought = await _bought(uow, viewer, ids)
    chosen = select(PRODUCT.id, PRODUCT.title, PRODUCT.merchant_id).where(among(Product, "id", ids))
    known = {row.id: row for row in await uow.session.execute(chosen)}
    selling = await searching.shown_by_id(uow.session, ids, frozenset({"id"}))
    for id in ids:
        own = viewer.kind is not ViewerKind.MERCHANT or (id in known and known[id].merchant_id == viewer.shop_id)
        if not own or not (id in selling or id in bought):
            raise Invalid("只能关联在售的商品，或者自己买过的商品", field="productIds")
    return [{"product_id": id, "title": known[id].title, "bought": id in bought} for id in ids]


async def _bought(uow: UnitOfWork, viewer: Viewer, ids: Sequence[UUID]) -> set[UUID]:
    """Those that came to the viewer by an order of his own and were not all given back before they were shipped."""
    if viewer.kind is not ViewerKind.MEMBER:
        return set()
    chosen = select(LINE.product_id).join(Order, ORDER.id == LINE.order_id)
    chosen = chosen.where(ORDER.member_id == viewer.member_id, ORDER.state.in_(HAS_IT), LINE.shipped_quantity > 0)
    return set(await uow.session.scalars(chosen.where(among(OrderLine, "product_id", ids))))


async def bought_lately(session: Any, viewer: Viewer, most: int) -> list[UUID]:
    """What the viewer received last, for choosing from."""
    chosen = select(LINE.product_id, ORDER.received_at).join(Order, ORDER.id == LINE.order_id)
    chosen = chosen.where(ORDER.member_id == viewer.member_id, ORDER.state.in_(HAS_IT), LINE.shipped_quantity > 0)
    rows = await session.execute(chosen.order_by(ORDER.received_at.desc(), LINE.id).limit(most * 3))
    return list(dict.fromkeys(row.product_id for row in rows))[:most]
