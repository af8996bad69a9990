"""A shop's own stock: lists, movements, and changes by hand."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, traces
from domain.base import (
    Conflict,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    clean_text,
    page_offset,
    page_size,
)
from domain.inventory.holding import MOST_IN_STOCK, OPENED, StockChanged, StockLow, lock, note_moves
from models.catalog import Product, Sku
from models.inventory import AdjustReason, Stock, StockMove
from models.orders import Order

NO_STOCK = "该规格没有库存记录"
REASONS = {
    AdjustReason.COUNT: "盘点",
    AdjustReason.LOSS: "报损",
    AdjustReason.PURCHASE: "进货",
    AdjustReason.RETURN: "退货入库",
    AdjustReason.OTHER: "其他",
}


class MoveKind(StrEnum):
    """What movements can be filtered by: orders and after-sales, the first stock, or a reason of the shop's own."""

    ORDERS = "ORDERS"
    OPENING = "OPENING"
    COUNT = "COUNT"
    LOSS = "LOSS"
    PURCHASE = "PURCHASE"
    RETURN = "RETURN"
    OTHER = "OTHER"


async def page_of_merchant(
    session: AsyncSession, merchant_id: UUID, text: str | None, low_only: bool, page: int, size: int
) -> tuple[Sequence[RowDict], int]:
    """A merchant's stock, what runs low first; `text` is part of a product's title or a SKU's name."""
    chosen = _of_merchant(merchant_id, text, low_only)
    scarce = (Stock.actual - Stock.held - Stock.low_at, Stock.sku_id)
    rows = await session.execute(chosen.order_by(*scarce).offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(chosen.subquery()))
    return [dict(row) for row in rows.mappings()], total or 0


async def count_low(session: AsyncSession, merchant_id: UUID) -> int:
    """How many active SKUs of the merchant have run low."""
    chosen = _of_merchant(merchant_id, None, True).subquery()
    return await session.scalar(select(func.count()).select_from(chosen)) or 0


def _of_merchant(merchant_id: UUID, text: str | None, low_only: bool) -> Select[*tuple[Any, ...]]:
    available = (Stock.actual - Stock.held).label("available")
    chosen = (
        select(Stock.sku_id, Stock.actual, Stock.held, available, Stock.low_at, Stock.version)
        .join(Sku, Sku.id == Stock.sku_id)
        .join(Product, Product.id == Sku.product_id)
        .where(Product.merchant_id == merchant_id)
    )
    if low_only:
        chosen = chosen.where(Sku.active, Stock.actual - Stock.held <= Stock.low_at)
    if words := clean_text(text or "", field="text", most=60, label="搜索内容"):
        chosen = chosen.where(_named(words))
    return chosen


def _named(words: str) -> ColumnElement[bool]:
    return Product.title.icontains(words, autoescape=True) | Sku.name.icontains(words, autoescape=True)


async def moves(session: AsyncSession, viewer: Viewer, sku_id: UUID, first: int) -> Sequence[RowDict]:
    """The latest movements of one of the viewer's own SKUs, newest first; `reference` is the order's number."""
    await _own(session, viewer, sku_id)
    table = StockMove.__table__.c
    chosen = select(*table, Order.number.label("reference")).join(Order, Order.id == table.order_id, isouter=True)
    chosen = chosen.where(table.sku_id == sku_id).order_by(table.created_at.desc(), table.id.desc())
    return [dict(row) for row in (await session.execute(chosen.limit(page_size(first)))).mappings()]


async def history(
    session: AsyncSession, viewer: Viewer, text: str | None, wanted: MoveKind | None, page: int, size: int
) -> tuple[Sequence[RowDict], int]:
    """A numbered page of all movements of the viewer's shop, newest first; `text` as for the stock itself."""
    table = StockMove.__table__.c
    own = select(table.id).join(Sku, Sku.id == table.sku_id).join(Product, Product.id == Sku.product_id)
    own = own.where(Product.merchant_id == viewer.shop_id)
    if words := clean_text(text or "", field="text", most=60, label="搜索内容"):
        own = own.where(_named(words))
    if wanted is not None:
        own = own.where(_of_kind(wanted))
    total = await session.scalar(select(func.count()).select_from(own.subquery()))
    newest = own.order_by(table.created_at.desc(), table.id.desc()).offset(page_offset(page, size)).limit(size)
    shown = newest.subquery("shown")
    chosen = select(*table, Order.number.label("reference")).join(shown, shown.c.id == table.id)
    chosen = chosen.join(Order, Order.id == table.order_id, isouter=True)
    rows = await session.execute(chosen.order_by(table.created_at.desc(), table.id.desc()))
    return [dict(row) for row in rows.mappings()], total or 0


def _of_kind(wanted: MoveKind) -> ColumnElement[bool]:
    reason = StockMove.__table__.c.reason
    if wanted is MoveKind.ORDERS:
        return StockMove.__table__.c.order_id.is_not(None) | reason.startswith("售后")
    if wanted is MoveKind.OPENING:
        return reason == OPENED
    begun = REASONS[AdjustReason(wanted.value)]
    return (reason == begun) | reason.startswith(f"{begun}：")


async def _own(session: AsyncSession, viewer: Viewer, sku_id: UUID) -> UUID:
    """The product of a SKU of the viewer's own merchant."""
    chosen = (
        select(Sku.product_id)
        .join(Product, Product.id == Sku.product_id)
        .where(Sku.id == sku_id, Product.merchant_id == viewer.shop_id)
    )
    product_id = await session.scalar(chosen)
    if product_id is None:
        raise NotFound("商品规格不存在")
    return product_id


async def adjust(
    uow: UnitOfWork,
    viewer: Viewer,
    sku_id: UUID,
    delta: int,
    why: AdjustReason,
    version: int,
    note: str = "",
    lot_id: UUID | None = None,
) -> RowDict:
    """Adds `delta` to a SKU of the viewer's own. Never overwrites: what was sold meanwhile stays sold.

    Conflict when somebody adjusted since `version` was read; Invalid when less would be left than is promised, when
    the reason does not fit the direction, or when OTHER has no note. A traced SKU names the lot: see `traces.change`.
    """
    product_id = await _own(uow.session, viewer, sku_id)
    reason = _reason(why, delta, note)
    before = await lock(uow.session, [sku_id])
    row = _adjusted(before.get(sku_id), delta, version)
    await uow.session.execute(
        update(Stock).where(Stock.sku_id == sku_id).values(actual=row["actual"], version=row["version"])
    )
    await traces.change(uow, viewer, lot_id, sku_id, delta, lost=why is not AdjustReason.COUNT)
    await note_moves(uow, [(sku_id, None, delta)], reason, viewer.name, lot_id)
    await audit.record(uow, viewer, "stock.adjust", "sku", sku_id, {"delta": delta, "reason": reason})
    if (row["available"] > 0) != (row["available"] - delta > 0):
        uow.emit(StockChanged(product_id))
    if row["available"] <= row["low_at"] < row["available"] - delta:
        uow.emit(StockLow(sku_id, row["available"]))
    return row


async def set_low_stock(uow: UnitOfWork, viewer: Viewer, sku_id: UUID, low_at: int) -> RowDict:
    """From how few pieces on a SKU of the viewer's own runs low; the row as it is now.

    Whoever raises the line above what is there sees so at once and is not told again (`StockLow`). Invalid for less
    than 0 and for more than a shelf may hold; 0 warns when it is sold out.
    """
    await _own(uow.session, viewer, sku_id)
    if not 0 <= low_at <= MOST_IN_STOCK:
        raise Invalid(f"预警线须在 0 到 {MOST_IN_STOCK} 之间", field="lowAt")
    before = (await lock(uow.session, [sku_id])).get(sku_id)
    if before is None:
        raise NotFound(NO_STOCK)
    await uow.session.execute(update(Stock).where(Stock.sku_id == sku_id).values(low_at=low_at))
    about = {"low_at": low_at, "before": before["low_at"]}
    await audit.record(uow, viewer, "stock.low", "sku", sku_id, about)
    return {**before, "low_at": low_at}


def _reason(why: AdjustReason, delta: int, note: str) -> str:
    """The reason as the movement keeps it: 盘点, or 报损：运输压坏."""
    if not delta or abs(delta) > MOST_IN_STOCK:
        raise Invalid("调整数量不能为 0，且不超过 9999999", field="delta")
    if why is AdjustReason.LOSS and delta > 0:
        raise Invalid("报损只能减少库存", field="delta")
    if why in (AdjustReason.PURCHASE, AdjustReason.RETURN) and delta < 0:
        raise Invalid(f"{REASONS[why]}只能增加库存", field="delta")
    least = 2 if why is AdjustReason.OTHER else 0
    words = clean_text(note, field="note", least=least, most=40, label="说明")
    return f"{REASONS[why]}：{words}" if words else REASONS[why]


def _adjusted(before: RowDict | None, delta: int, version: int) -> dict[str, Any]:
    if before is None:
        raise NotFound(NO_STOCK)
    if before["version"] != version:
        raise Conflict("库存刚被他人调整过，请刷新后重试", field="version")
    actual = before["actual"] + delta
    if actual < before["held"]:
        raise Invalid(f"有 {before['held']} 件已被未支付订单或秒杀占用，调整后库存不能低于此数", field="delta")
    if actual > MOST_IN_STOCK:
        raise Invalid(f"库存不能超过 {MOST_IN_STOCK}", field="delta")
    return {**before, "actual": actual, "version": version + 1, "available": actual - before["held"]}
