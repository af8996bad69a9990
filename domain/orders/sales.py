"""What follows from a sale a moment later: sold counts, and buying the same again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update

from domain import checkout
from domain.base import Event, UnitOfWork, Viewer, WrongState, clock
from domain.orders.reading import access, lines_by_order
from models.aftersales import LineClaim
from models.catalog import Product
from models.merchants import Merchant
from models.orders import Order, OrderLine, OrderState

Units: TypeAlias = list[tuple[UUID, int]]
UNSOLD = (
    OrderState.AWAITING_PAYMENT,
    OrderState.AWAITING_GROUP,
    OrderState.RESERVED,
    OrderState.AWAITING_BALANCE,
    OrderState.CLOSED,
)


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
    sold, counted = table.state.not_in(UNSOLD), table.sale_counted_at.is_not(None)
    # Most that is told of an order changes nothing here: then looking is all there is to do.
    back = exists().where(LineClaim.line_id == OrderLine.id, OrderLine.refunded_quantity > LineClaim.uncounted)
    chosen = select(table.merchant_id, sold.label("sold"), counted.label("counted"))
    chosen = chosen.add_columns(back.where(OrderLine.order_id == order_id).label("back")).where(table.id == order_id)
    now = (await uow.session.execute(chosen)).one_or_none()
    if now is None:
        return
    if now.sold and not now.counted:
        if await _mark(uow, order_id, sold & ~counted, counted=True):
            await _count(uow, now.merchant_id, await _units(uow, order_id), 1)
    elif now.counted and not now.sold:
        if await _mark(uow, order_id, ~sold & counted, counted=False):
            await _count(uow, now.merchant_id, await _units(uow, order_id), -1)
        return
    # What was given back of an order that stands is sold no longer.
    if now.sold and now.back and (units := await _uncount(uow, order_id)):
        await _count(uow, now.merchant_id, units, -1)


async def _mark(uow: UnitOfWork, order_id: UUID, when: ColumnElement[bool], *, counted: bool) -> bool:
    """Whether it was this one who marked it."""
    marked = update(Order).where(Order.id == order_id, when).values(sale_counted_at=clock.now() if counted else None)
    return await uow.session.scalar(marked.returning(Order.id)) is not None


async def _units(uow: UnitOfWork, order_id: UUID) -> Units:
    """Units of each product that the order counts for, without those that were taken off already."""
    total = func.sum(OrderLine.quantity - func.coalesce(LineClaim.uncounted, 0))
    chosen = (
        select(OrderLine.product_id, total)
        .join(LineClaim, LineClaim.line_id == OrderLine.id, isouter=True)
        .where(OrderLine.order_id == order_id)
        .group_by(OrderLine.product_id)
    )
    return [(row[0], row[1]) for row in await uow.session.execute(chosen) if row[1]]


async def _uncount(uow: UnitOfWork, order_id: UUID) -> Units:
    """Marks refunded units as taken off, once; answers those that were not yet."""
    before = LineClaim.__table__.alias("before")
    line = OrderLine.__table__.c
    chosen = (
        select(before.c.line_id, before.c.uncounted, line.refunded_quantity, line.product_id)
        .join_from(before, OrderLine, line.id == before.c.line_id)
        .where(line.order_id == order_id, line.refunded_quantity > before.c.uncounted)
        .order_by(before.c.line_id)
        .with_for_update(of=before)
    )
    found = (await uow.session.execute(chosen)).all()
    for row in found:
        marked = update(LineClaim).where(LineClaim.line_id == row.line_id).values(uncounted=row.refunded_quantity)
        await uow.session.execute(marked)
    return [(row.product_id, row.refunded_quantity - row.uncounted) for row in found]


async def _count(uow: UnitOfWork, merchant_id: UUID, units: Units, sign: int) -> None:
    # By id: two consumers that count the same products never wait in a circle.
    sold = sorted(units)
    for product_id, quantity in sold:
        more = Product.sold_count + sign * quantity
        counted = update(Product).where(Product.id == product_id).values(sold_count=more)
        await uow.session.execute(counted)
        # Search sorts by what sold; the product itself has not changed, so its version stays.
        uow.emit(SoldCountChanged(product_id))
    more = Merchant.sold_count + sign * sum(row[1] for row in sold)
    await uow.session.execute(update(Merchant).where(Merchant.id == merchant_id).values(sold_count=more))


@dataclass(frozen=True)
class Missing:
    """What of an order's line could not be put into the cart again, and why."""

    title: str
    sku_name: str
    short: checkout.Shortfall


async def buy_again(uow: UnitOfWork, viewer: Viewer, order_id: UUID) -> list[Missing]:
    """Puts what can still be had of one of the viewer's orders into the cart; answers what could not.

    WrongState when nothing could, and the sentence says why.
    """
    order = await access(uow.session, viewer, order_id, frozenset({"id"}))
    columns = frozenset({"sku_id", "quantity", "title", "sku_name"})
    rows = {row["sku_id"]: row for row in (await lines_by_order(uow.session, [order["id"]], columns))[order["id"]]}
    short = await checkout.add_available(uow, viewer, {sku_id: row["quantity"] for sku_id, row in rows.items()})
    if len(short) == len(rows) and not any(each.added or each.why is checkout.Short.LESS_LEFT for each in short):
        full = any(each.why is checkout.Short.CART_FULL for each in short)
        raise WrongState("购物车已满，请先清理" if full else "该订单的商品都已下架或售罄")
    return [Missing(rows[each.sku_id]["title"], rows[each.sku_id]["sku_name"], each) for each in short]
