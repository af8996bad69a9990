"""The product lists of the consoles: in any state, filtered, numbered pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, RowDict, Viewer, ViewerKind, clean_text, page_offset, pick
from domain.statements import own, read_along
from models.catalog import Category, Product, ProductState


@dataclass(frozen=True)
class Filter:
    """What to show; `text` is part of a title."""

    text: str | None = None
    state: ProductState | None = None
    category_id: UUID | None = None
    merchant_id: UUID | None = None


async def products_page(
    session: AsyncSession, viewer: Viewer, wanted: Filter, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Products, newest first, and how many match: a shop's staff see its own, the platform everybody's."""
    matches = _matches(viewer, wanted)
    table = Product.__table__.c
    chosen = select(*pick(Product, own(columns), "id")).where(*matches)
    chosen = chosen.order_by(table.created_at.desc(), table.id.desc()).offset(page_offset(page, size)).limit(size)
    rows = await session.execute(read_along(chosen, Product.__table__, columns))
    total = await session.scalar(select(func.count()).select_from(Product).where(*matches))
    return [dict(row) for row in rows.mappings()], total or 0


def _matches(viewer: Viewer, wanted: Filter) -> list[ColumnElement[bool]]:
    shop = wanted.merchant_id if viewer.kind is ViewerKind.PLATFORM else viewer.shop_id
    found: list[ColumnElement[bool]] = []
    if shop is not None:
        found.append(Product.merchant_id == shop)
    if wanted.state is not None:
        found.append(Product.state == wanted.state)
    if words := clean_text(wanted.text or "", field="text", most=60, label="搜索内容"):
        found.append(Product.title.icontains(words, autoescape=True))
    if wanted.category_id is not None:
        found.append(Product.category_id.in_(_below(wanted.category_id)))
    return found


def _below(category_id: UUID) -> Select[UUID]:
    """Selects a category and everything below it."""
    tree = select(Category.id).where(Category.id == category_id).cte("below", recursive=True)
    tree = tree.union_all(select(Category.id).join(tree, Category.parent_id == tree.c.id))
    return select(tree.c.id)
