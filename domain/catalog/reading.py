"""Reading products, SKUs, categories, brands and banners; what of them the public sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Select, and_, func, literal, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import merchants
from domain.base import (
    Columns,
    NotFound,
    RowDict,
    Viewer,
    ViewerKind,
    among,
    clock,
    lists_by,
    page_size,
    pick,
    rows_by,
)
from models.catalog import Banner, Brand, Category, Product, Sku
from models.merchants import Merchant

# Written out, not bound: with a parameter the planner could not know that the partial indexes fit.
ON_SALE: ColumnElement[bool] = literal_column("products.state = 'ON_SALE'", Boolean)
OPEN: ColumnElement[bool] = literal_column("merchants.state = 'OPEN'", Boolean)
BEST_SELLING = (Product.__table__.c.sold_count.desc(), Product.__table__.c.id.desc())


# ------------------------------------------------------------------------------------------------ by key
async def products_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    """Products in any state: whoever holds a line of a cart or an order may read what it was."""
    return await rows_by(session, Product, keys, columns)


async def skus_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    return await rows_by(session, Sku, keys, columns)


async def skus_by_product(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """All SKUs of each product, those on sale first."""
    table = Sku.__table__.c
    order = (table.active.desc(), table.position, table.id)
    return await lists_by(session, Sku, keys, columns, key="product_id", order_by=order)


async def categories_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    return await rows_by(session, Category, keys, columns)


async def categories_by_parent(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    order = (Category.__table__.c.position, Category.__table__.c.name)
    return await lists_by(session, Category, keys, columns, key="parent_id", order_by=order)


async def brands_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    return await rows_by(session, Brand, keys, columns)


# ------------------------------------------------------------------------------------------------ counts
async def product_counts_by_merchant(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, RowDict]:
    """`count`: how many products of each shop are on sale."""
    return await _counts(session, "merchant_id", keys)


async def product_counts_by_brand(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, RowDict]:
    return await _counts(session, "brand_id", keys)


async def product_counts_by_category(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, RowDict]:
    """`count`: products on sale in each category and everything below it."""
    root = Category.__table__.c.id
    tree = select(root.label("top"), root.label("id")).where(among(Category, "id", keys)).cte("tree", recursive=True)
    tree = tree.union_all(select(tree.c.top, root).join(tree, Category.__table__.c.parent_id == tree.c.id))
    chosen = (
        select(tree.c.top, func.count())
        .join(Product, Product.category_id == tree.c.id)
        .join(Merchant, Merchant.id == Product.merchant_id)
        .where(ON_SALE, OPEN)
        .group_by(tree.c.top)
    )
    return {key: {"count": count} for key, count in await session.execute(chosen)}


async def _counts(session: AsyncSession, column: str, keys: Sequence[UUID]) -> Mapping[UUID, RowDict]:
    by = Product.__table__.c[column]
    chosen = select(by, func.count()).join(Merchant, Merchant.id == Product.merchant_id)
    chosen = chosen.where(ON_SALE, OPEN, among(Product, column, keys)).group_by(by)
    return {key: {"count": count} for key, count in await session.execute(chosen)}


# ------------------------------------------------------------------------------------------------ for the public
def for_sale(columns: Columns) -> Select[tuple[object, ...]]:
    """Selects products anybody may buy: on sale, in a shop that is open."""
    chosen = select(*pick(Product, columns, "id")).join(Merchant, Merchant.id == Product.merchant_id)
    return chosen.where(ON_SALE, OPEN)


async def product_for_sale(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    found = await _rows(session, for_sale(columns).where(Product.id == id))
    return found[0] if found else None


async def seasonal(session: AsyncSession, first: int, columns: Columns) -> Sequence[RowDict]:
    """What is harvested this month, best selling first; goods of the whole year are not seasonal."""
    chosen = for_sale(columns).where(in_season_in(clock.today().month)).order_by(*BEST_SELLING)
    return await _rows(session, chosen.limit(page_size(first)))


async def from_origin(session: AsyncSession, origin_code: str, first: int, columns: Columns) -> Sequence[RowDict]:
    """What comes from a place or from anywhere below it, best selling first."""
    if not merchants.CODE.fullmatch(origin_code):
        return []
    here = Product.origin_code.in_(merchants.codes_under(origin_code))
    return await _rows(session, for_sale(columns).where(here).order_by(*BEST_SELLING).limit(page_size(first)))


def in_season_in(month: int) -> ColumnElement[bool]:
    """Products harvested in `month` (1–12); a harvest may run over the turn of the year."""
    begins, ends = Product.__table__.c.harvest_from, Product.__table__.c.harvest_to
    number = literal(month)
    within = and_(begins <= ends, number.between(begins, ends))
    return or_(within, and_(begins > ends, or_(number >= begins, number <= ends)))


async def banners(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    chosen = select(*pick(Banner, columns, "id")).where(Banner.active).order_by(Banner.position, Banner.id)
    return await _rows(session, chosen)


async def root_categories(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    chosen = select(*pick(Category, columns, "id")).where(Category.parent_id.is_(None))
    return await _rows(session, chosen.order_by(Category.position, Category.name))


async def category(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    return (await categories_by_id(session, [id], columns)).get(id)


async def brands(session: AsyncSession, first: int, columns: Columns) -> Sequence[RowDict]:
    chosen = select(*pick(Brand, columns, "id")).order_by(Brand.name, Brand.id).limit(page_size(first))
    return await _rows(session, chosen)


async def _rows(session: AsyncSession, chosen: Select[tuple[object, ...]]) -> Sequence[RowDict]:
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


# ------------------------------------------------------------------------------------------------ for consoles
async def find(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict | None:
    """The product for the console of its own shop or of the platform; None for anybody else."""
    found = (await products_by_id(session, [id], columns | {"merchant_id"})).get(id)
    allowed = found and (viewer.kind is ViewerKind.PLATFORM or found["merchant_id"] == viewer.merchant_id)
    return found if allowed else None


async def access(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """As `find`, but NotFound for anybody else."""
    found = await find(session, viewer, id, columns)
    if found is None:
        raise NotFound("商品不存在")
    return found
