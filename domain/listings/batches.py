"""Prices and stock of many SKUs at once: looked at first, then each row in a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog, inventory, policies
from domain.base import Conflict, Forbidden, Invalid, NotFound, UnitOfWork, Viewer, among
from domain.catalog.skus import MOST_FEN
from domain.listings.changes import is_near, save_product
from domain.members.permissions import Permission
from models.catalog import Product, Sku
from models.inventory import AdjustReason, Stock

MOST_ROWS = 200


@dataclass(frozen=True)
class BatchWanted:
    """What a SKU shall cost and how many there shall be; None: as it is. What was seen of both must still be so."""

    sku_id: UUID
    price: int | None = None
    stock: int | None = None
    price_seen: int | None = None
    stock_seen: int | None = None


class BatchEffect(StrEnum):
    """Nothing changes; it holds at once; the price waits for review."""

    NOTHING = "NOTHING"
    AT_ONCE = "AT_ONCE"
    REVIEW = "REVIEW"


@dataclass(frozen=True)
class BatchRow:
    sku_id: UUID
    product_title: str
    sku_name: str
    old_price: int
    new_price: int
    old_stock: int
    new_stock: int
    effect: BatchEffect


def check_batch(wanted: Sequence[BatchWanted]) -> None:
    if not 1 <= len(wanted) <= MOST_ROWS:
        raise Invalid(f"一次最多修改 {MOST_ROWS} 个规格", field="rows")
    if len({row.sku_id for row in wanted}) < len(wanted):
        raise Invalid("同一规格出现了两次", field="rows")


async def preview_batch(
    session: AsyncSession, viewer: Viewer, wanted: Sequence[BatchWanted]
) -> list[BatchRow | NotFound]:
    """Old and new of every row, in order; NotFound where it is not the shop's."""
    check_batch(wanted)
    found = await _found(session, viewer, [row.sku_id for row in wanted])
    free = {
        id: (await policies.policy_of(session, id)).price_free_percent for id in {r.category_id for r in found.values()}
    }
    return [_row(row, found.get(row.sku_id), free) for row in wanted]


def _row(wanted: BatchWanted, now: Any, free: dict[UUID, int]) -> BatchRow | NotFound:
    if now is None:
        return NotFound("商品规格不存在")
    price = now.price if wanted.price is None else wanted.price
    stock = now.actual if wanted.stock is None else wanted.stock
    effect = BatchEffect.AT_ONCE
    if (price, stock) == (now.price, now.actual):
        effect = BatchEffect.NOTHING
    elif (
        price != now.price
        and now.published_at
        and not is_near(now.reviewed_price or now.price, price, free[now.category_id])
    ):
        effect = BatchEffect.REVIEW
    return BatchRow(wanted.sku_id, now.title, now.name, now.price, price, now.actual, stock, effect)


async def _found(session: AsyncSession, viewer: Viewer, ids: Sequence[UUID]) -> dict[UUID, Any]:
    chosen = select(Sku.id, Sku.name, Sku.price, Sku.reviewed_price, Product.title, Product.category_id)
    chosen = chosen.add_columns(Product.id.label("product_id"), Product.published_at, Stock.actual, Stock.version)
    chosen = chosen.join(Product, Product.id == Sku.product_id).join(Stock, Stock.sku_id == Sku.id)
    rows = await session.execute(chosen.where(among(Sku, "id", ids), Product.merchant_id == viewer.shop_id))
    return {row.id: row for row in rows}


async def apply_row(uow: UnitOfWork, viewer: Viewer, wanted: BatchWanted) -> BatchEffect:
    """One row, whole or not at all. Conflict when price or stock is no longer what was seen."""
    now = (await _found(uow.session, viewer, [wanted.sku_id])).get(wanted.sku_id)
    if now is None:
        raise NotFound("商品规格不存在")
    if (wanted.price is not None and wanted.price_seen != now.price) or (
        wanted.stock is not None and wanted.stock_seen != now.actual
    ):
        raise Conflict("预览之后价格或库存又有变化，请重新预览")
    effect = BatchEffect.NOTHING
    if wanted.price is not None and wanted.price != now.price:
        effect = await _price(uow, viewer, now.product_id, wanted.sku_id, wanted.price)
    if wanted.stock is not None and wanted.stock != now.actual:
        if Permission.MERCHANT_STOCK_WRITE not in viewer.permissions:
            raise Forbidden("没有权限修改库存")
        if not 0 <= wanted.stock <= inventory.MOST_IN_STOCK:
            raise Invalid(f"库存须在 0 到 {inventory.MOST_IN_STOCK} 之间", field="stock")
        delta = wanted.stock - now.actual
        await inventory.adjust(uow, viewer, wanted.sku_id, delta, AdjustReason.COUNT, now.version, "批量修改")
        effect = BatchEffect.AT_ONCE if effect is BatchEffect.NOTHING else effect
    return effect


async def _price(uow: UnitOfWork, viewer: Viewer, product_id: UUID, sku_id: UUID, price: int) -> BatchEffect:
    if not 1 <= price <= MOST_FEN:
        raise Invalid("价格须在 0.01 元到 100 万元之间", field="price")
    form = await catalog.as_wanted(uow.session, product_id, lock=True)
    skus = tuple(replace(sku, price=price) if sku.id == sku_id else sku for sku in form.skus)
    kept = tuple(sku for sku in skus if sku.active or sku.id == sku_id)
    saved = await save_product(uow, viewer, product_id, replace(form, skus=kept))
    await inventory.open_stock(uow, saved.openings)
    return BatchEffect.REVIEW if saved.change_id else BatchEffect.AT_ONCE


async def copy_product(uow: UnitOfWork, viewer: Viewer, id: UUID) -> UUID:
    """A draft that says what the product says, with nothing in stock."""
    await catalog.access(uow.session, viewer, id, frozenset())
    form = await catalog.as_wanted(uow.session, id)
    skus = tuple(replace(sku, id=None, stock=0) for sku in form.skus if sku.active)
    wanted = replace(form, title=f"{form.title[:57]}（副本）"[:60], skus=skus, version=None, ships_from=None)
    saved = await save_product(uow, viewer, None, wanted)
    await inventory.open_stock(uow, saved.openings)
    return saved.id
