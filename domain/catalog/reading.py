"""Reading products, SKUs, categories, brands and banners; what of them the public sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain import merchants
from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clock, page_size, pick
from domain.statements import NO_COLUMNS, ManyBy, OneBy, Statement
from models.catalog import Banner, Brand, Category, Product, Sku
from models.merchants import Merchant

COUNT = frozenset({"count"})
# Written out, not bound: with a parameter the planner could not know that the partial indexes fit.
ON_SALE: ColumnElement[bool] = literal_column("products.state = 'ON_SALE'", Boolean)
BEST_SELLING = (Product.__table__.c.sold_count.desc(), Product.__table__.c.id.desc())


# ------------------------------------------------------------------------------------------------ by key
#: Products in any state: whoever holds a line of a cart or an order may read what it was.
products_by_id = OneBy(Product.__table__, "id")
skus_by_id = OneBy(Sku.__table__, "id")
#: All SKUs of each product, those on sale first.
skus_by_product = ManyBy(Sku.__table__, "product_id", order_by=(Sku.__table__.c.active.desc(), "position", "id"))
categories_by_id = OneBy(Category.__table__, "id")
categories_by_parent = ManyBy(Category.__table__, "parent_id", order_by=("position", "name"))
brands_by_id = OneBy(Brand.__table__, "id")


# ------------------------------------------------------------------------------------------------ for the public
def for_sale(columns: Columns) -> Select[tuple[object, ...]]:
    """Selects products anybody may buy: on sale, in a shop that is open."""
    chosen = select(*pick(Product, columns, "id")).join(Merchant, Merchant.id == Product.merchant_id)
    return chosen.where(ON_SALE, merchants.OPEN)


def only_for_sale(rows: Select[Any], product_id: ColumnElement[UUID]) -> Select[Any]:
    """Of these rows those whose product anybody may buy."""
    rows = rows.join(Product, Product.__table__.c.id == product_id)
    return rows.join(Merchant, Merchant.id == Product.merchant_id).where(ON_SALE, merchants.OPEN)


def in_season_in(month: ColumnElement[int]) -> ColumnElement[bool]:
    """Products harvested in `month` (1–12); a harvest may run over the turn of the year."""
    begins, ends = Product.__table__.c.harvest_from, Product.__table__.c.harvest_to
    within = and_(begins <= ends, month.between(begins, ends))
    return or_(within, and_(begins > ends, or_(month >= begins, month <= ends)))


FIRST = bindparam("first", type_=Integer)
FOR_SALE = Statement(
    Product.__table__, lambda columns: for_sale(columns).where(Product.id == bindparam("id", type_=Uuid))
)
SEASONAL = Statement(
    Product.__table__,
    lambda columns: (
        for_sale(columns).where(in_season_in(bindparam("month", type_=Integer))).order_by(*BEST_SELLING).limit(FIRST)
    ),
)
FROM_ORIGIN = Statement(
    Product.__table__,
    lambda columns: (
        for_sale(columns)
        .where(Product.origin_code.in_(merchants.codes_under(bindparam("code", type_=String))))
        .order_by(*BEST_SELLING)
        .limit(FIRST)
    ),
)
BANNERS = Statement(
    Banner.__table__,
    lambda columns: select(*pick(Banner, columns, "id")).where(Banner.active).order_by(Banner.position, Banner.id),
)
ROOT_CATEGORIES = Statement(
    Category.__table__,
    lambda columns: (
        select(*pick(Category, columns, "id"))
        .where(Category.parent_id.is_(None))
        .order_by(Category.position, Category.name)
    ),
)
BRANDS = Statement(
    Brand.__table__, lambda columns: select(*pick(Brand, columns, "id")).order_by(Brand.name, Brand.id).limit(FIRST)
)


async def product_for_sale(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    return await FOR_SALE.first(session, columns, id=id)


async def seasonal(session: AsyncSession, first: int, columns: Columns) -> Sequence[RowDict]:
    """What is harvested this month, best selling first; goods of the whole year are not seasonal."""
    return await SEASONAL.rows(session, columns, month=clock.today().month, first=page_size(first))


async def from_origin(session: AsyncSession, origin_code: str, first: int, columns: Columns) -> Sequence[RowDict]:
    """What comes from a place or from anywhere below it, best selling first."""
    if not merchants.CODE.fullmatch(origin_code):
        return []
    return await FROM_ORIGIN.rows(session, columns, code=origin_code, first=page_size(first))


async def banners(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    return await BANNERS.rows(session, columns)


async def root_categories(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    return await ROOT_CATEGORIES.rows(session, columns)


async def category(session: AsyncSession, id: UUID, columns: Columns) -> RowDict | None:
    return (await categories_by_id(session, [id], columns)).get(id)


async def brands(session: AsyncSession, first: int, columns: Columns) -> Sequence[RowDict]:
    return await BRANDS.rows(session, columns, first=page_size(first))


# ------------------------------------------------------------------------------------------------ counts
def _counts(by: str) -> Subquery:
    column = Product.__table__.c[by]
    chosen = select(column, func.count().label("count")).join(Merchant, Merchant.id == Product.merchant_id)
    return chosen.where(ON_SALE, merchants.OPEN).group_by(column).subquery(f"counts_by_{by}")


#: `count`: how many products of each shop, and of each brand, are on sale; none is missing.
product_counts_by_merchant = OneBy(_counts("merchant_id"), "merchant_id", always=COUNT, joinable=False)
product_counts_by_brand = OneBy(_counts("brand_id"), "brand_id", always=COUNT, joinable=False)


def _counts_below(_columns: Columns) -> Select[tuple[object, ...]]:
    root, keys = Category.__table__.c.id, bindparam("keys", type_=ARRAY(Uuid))
    tree = select(root.label("top"), root.label("id")).where(root == any_(keys)).cte("tree", recursive=True)
    tree = tree.union_all(select(tree.c.top, root).join(tree, Category.__table__.c.parent_id == tree.c.id))
    return (
        select(tree.c.top, func.count().label("count"))
        .join(Product, Product.category_id == tree.c.id)
        .join(Merchant, Merchant.id == Product.merchant_id)
        .where(ON_SALE, merchants.OPEN)
        .group_by(tree.c.top)
    )


COUNTS_BELOW = Statement(Category.__table__, _counts_below)


async def product_counts_by_category(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, RowDict]:
    """`count`: products on sale in each category and everything below it; none is missing."""
    return {row["top"]: row for row in await COUNTS_BELOW.rows(session, NO_COLUMNS, keys=keys)}


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
