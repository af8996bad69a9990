"""Figures for the first page of the consoles, by days in Shanghai, in a constant number of statements.

An order counts on the day its payment came, and no longer once it is closed (its money went back). Sales are what
buyers paid, freight included; of products, what their lines cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Date, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import inventory
from domain.base import SHANGHAI, Forbidden, Invalid, Viewer, ViewerKind, clock
from domain.orders.reading import counts
from models.catalog import Product, ProductState
from models.members import Member
from models.merchants import Merchant, MerchantState, Region
from models.orders import Order, OrderLine, OrderState

TOP = 10
# Zhaotong has eleven; goods from elsewhere may come on top.
COUNTIES = 20
MOST_DAYS = 90


@dataclass(frozen=True)
class DayFigure:
    """One day, `2026-11-22`; sales in fen."""

    day: str
    orders: int
    sales: int


@dataclass(frozen=True)
class NamedFigure:
    """A product, merchant or origin; sales in fen."""

    id: str
    name: str
    orders: int
    sales: int


Figures: TypeAlias = Sequence[NamedFigure]


@dataclass(frozen=True)
class MerchantOverview:
    days: Sequence[DayFigure]
    states: dict[OrderState, int]
    top_products: Figures
    low_stock: int
    on_sale: int


@dataclass(frozen=True)
class PlatformOverview:
    days: Sequence[DayFigure]
    states: dict[OrderState, int]
    top_products: Sequence[NamedFigure]
    top_merchants: Sequence[NamedFigure]
    origins: Sequence[NamedFigure]
    members: int
    merchants: int
    products_on_sale: int


async def overview_of_merchant(session: AsyncSession, viewer: Viewer, days: int) -> MerchantOverview:
    """The viewer's shop over the last `days` days, today included."""
    since, own = _since(days), Order.__table__.c.merchant_id == viewer.shop_id
    on_sale = select(func.count()).select_from(Product)
    on_sale = on_sale.where(Product.merchant_id == viewer.shop_id, Product.state == ProductState.ON_SALE)
    return MerchantOverview(
        days=await _by_day(session, since, own),
        states=await counts(session, own),
        top_products=await _by_product(session, since, own),
        low_stock=await inventory.count_low(session, viewer.shop_id),
        on_sale=await session.scalar(on_sale) or 0,
    )


async def overview_of_platform(session: AsyncSession, viewer: Viewer, days: int) -> PlatformOverview:
    """The whole mall over the last `days` days, today included."""
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以查看")
    since = _since(days)
    members, merchants, on_sale = await _sizes(session)
    return PlatformOverview(
        days=await _by_day(session, since),
        states=await counts(session),
        top_products=await _by_product(session, since),
        top_merchants=await _by_merchant(session, since),
        origins=await _by_origin(session, since),
        members=members,
        merchants=merchants,
        products_on_sale=on_sale,
    )


async def _sizes(session: AsyncSession) -> tuple[int, int, int]:
    """How many members, open shops and products on sale there are, by one statement."""
    members = select(func.count()).select_from(Member)
    merchants = select(func.count()).select_from(Merchant).where(Merchant.state == MerchantState.OPEN)
    on_sale = select(func.count()).select_from(Product).where(Product.state == ProductState.ON_SALE)
    counted = (each.scalar_subquery() for each in (members, merchants, on_sale))
    found = (await session.execute(select(*counted))).one()
    return found[0], found[1], found[2]


def _since(days: int) -> date:
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"天数须在 1 到 {MOST_DAYS} 之间", field="days")
    return clock.today() - timedelta(days=days - 1)


def _counted(since: date) -> list[ColumnElement[bool]]:
    table = Order.__table__.c
    midnight = datetime.combine(since, time(), SHANGHAI)
    return [table.paid_at >= midnight, table.state != OrderState.CLOSED]


async def _by_day(session: AsyncSession, since: date, *where: ColumnElement[bool]) -> list[DayFigure]:
    """Every day, those without a sale too."""
    table = Order.__table__.c
    day = cast(func.timezone(literal("Asia/Shanghai"), table.paid_at), Date).label("day")
    chosen = select(day, func.count(), func.sum(table.total)).where(*_counted(since), *where).group_by(day)
    found = {row[0]: (row[1], int(row[2])) for row in await session.execute(chosen)}
    all_days = [since + timedelta(days=n) for n in range((clock.today() - since).days + 1)]
    return [DayFigure(each.isoformat(), *found.get(each, (0, 0))) for each in all_days]


async def _by_product(session: AsyncSession, since: date, *where: ColumnElement[bool]) -> list[NamedFigure]:
    sales = func.sum(OrderLine.amount).label("sales")
    chosen = (
        select(OrderLine.product_id, Product.title, func.count(OrderLine.order_id.distinct()), sales)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(*_counted(since), *where)
        .group_by(OrderLine.product_id, Product.title)
    )
    return await _top(session, chosen, sales, OrderLine.product_id)


async def _by_merchant(session: AsyncSession, since: date) -> list[NamedFigure]:
    sales = func.sum(Order.total).label("sales")
    chosen = (
        select(Order.merchant_id, Merchant.name, func.count(), sales)
        .join(Merchant, Merchant.id == Order.merchant_id)
        .where(*_counted(since))
        .group_by(Order.merchant_id, Merchant.name)
    )
    return await _top(session, chosen, sales, Order.merchant_id)


async def _by_origin(session: AsyncSession, since: date) -> list[NamedFigure]:
    """Sales of each county, those of its towns included: a share of the whole, not a list of the best."""
    sales = func.sum(OrderLine.amount).label("sales")
    chosen = (
        select(Region.code, Region.name, func.count(OrderLine.order_id.distinct()), sales)
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Product, Product.id == OrderLine.product_id)
        .join(Region, Region.code == func.left(Product.origin_code, 6))
        .where(*_counted(since))
        .group_by(Region.code, Region.name)
    )
    return await _top(session, chosen, sales, Region.code, most=COUNTIES)


async def _top(session: AsyncSession, chosen: Any, sales: Any, key: Any, *, most: int = TOP) -> list[NamedFigure]:
    rows = await session.execute(chosen.order_by(sales.desc(), key).limit(most))
    return [NamedFigure(str(id), name, orders, int(sold)) for id, name, orders, sold in rows]
