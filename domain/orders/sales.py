"""What follows from a sale a moment later: sold counts, and buying the same again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from domain import checkout
from domain.base import Event, UnitOfWork, Viewer, WrongState, clock
from domain.orders.reading import access, lines_by_order
from models.catalog import Product
from models.merchants import Merchant
from models.orders import Order, OrderLine, OrderState

UNSOLD = (OrderState.AWAITING_PAYMENT, OrderState.CLOSED)


@dataclass(frozen=True)
class SoldCountChanged(Event):
    """How often the product sold has changed and nothing else of it: lists are sorted by it, pages may lag."""

    product_id: UUID


async def count_sale(uow: UnitOfWork, order_id: UUID) -> None:
    """Makes the sold counts of products and merchant agree with the order: counted once while it is sold, else not.

    For the consumer of OrderPaid and of OrderChanged to CLOSED; safe to repeat and in any order. The counts are kept
    off the buyer's path: every payment for a popular product would wait for the same row.
    """
    table = Order.__table__.c
    sold = table.state.not_in(UNSOLD)
    if merchant_id := await _mark(uow, order_id, sold & table.sale_counted_at.is_(None), counted=True):
        await _count(uow, order_id, merchant_id, 1)
    elif merchant_id := await _mark(uow, order_id, ~sold & table.sale_counted_at.is_not(None), counted=False):
        await _count(uow, order_id, merchant_id, -1)


async def _mark(uow: UnitOfWork, order_id: UUID, when: ColumnElement[bool], *, counted: bool) -> UUID | None:
    marked = update(Order).where(Order.id == order_id, when).values(sale_counted_at=clock.now() if counted else None)
    return await uow.session.scalar(marked.returning(Order.merchant_id))


async def _count(uow: UnitOfWork, order_id: UUID, merchant_id: UUID, sign: int) -> None:
    total = func.sum(OrderLine.quantity)
    chosen = select(OrderLine.product_id, total).where(OrderLine.order_id == order_id).group_by(OrderLine.product_id)
    # By id: two consumers that count the same products never wait in a circle.
    sold = (await uow.session.execute(chosen.order_by(OrderLine.product_id))).all()
    for product_id, quantity in sold:
        more = Product.sold_count + sign * quantity
        counted = update(Product).where(Product.id == product_id).values(sold_count=more)
        await uow.session.execute(counted)
        # Search sorts by what sold; the product itself has not changed, so its version stays.
        uow.emit(SoldCountChanged(product_id))
    more = Merchant.sold_count + sign * sum(row[1] for row in sold)
    await uow.session.execute(update(Merchant).where(Merchant.id == merchant_id).values(sold_count=more))


async def buy_again(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> None:
    """Puts what can still be had of one of the viewer's orders into the cart. WrongState when nothing can."""
    order = await access(uow.session, viewer, order_id, frozenset({"id"}))
    rows = (await lines_by_order(uow.session, [order["id"]], frozenset({"sku_id", "quantity"})))[order["id"]]
    if not await checkout.add_available(uow, viewer, {row["sku_id"]: row["quantity"] for row in rows}):
        raise WrongState("该订单的商品都已下架或售罄")
