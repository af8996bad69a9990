"""Reading orders: by key for nested fields, on somebody's behalf, and in pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    Columns,
    Invalid,
    NotFound,
    RowDict,
    Viewer,
    ViewerKind,
    clean_text,
    lists_by,
    page_offset,
    page_size,
    pick,
    rows_by,
)
from domain.crypto import mask_name, mask_phone, vault
from domain.members.permissions import Permission
from models.members import Member
from models.orders import Order, OrderLine, OrderState, OrderStep, Trade

OWNERS = frozenset({"member_id", "merchant_id"})
ADDRESS = ("id", "state", "member_id", "merchant_id", "name_sealed", "phone_sealed", "detail_sealed", "region_name")


# ------------------------------------------------------------------------------------------------ by key
async def orders_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    return await rows_by(session, Order, keys, columns)


async def orders_by_trade(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """The orders of each trade, with their owners: a viewer may see only some of them (`visible`)."""
    table = Order.__table__.c
    return await lists_by(session, Order, keys, columns | OWNERS, key="trade_id", order_by=(table.number, table.id))


async def trades_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    return await rows_by(session, Trade, keys, columns)


async def lines_by_order(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    table = OrderLine.__table__.c
    return await lists_by(session, OrderLine, keys, columns, key="order_id", order_by=(table.id,))


async def steps_by_order(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """The log of each order, oldest entry first."""
    table = OrderStep.__table__.c
    order = (table.created_at, table.id)
    return await lists_by(session, OrderStep, keys, columns, key="order_id", order_by=order)


async def buyers_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    """`nickname` of members: what a shop may know of who bought."""
    return await rows_by(session, Member, keys, frozenset({"nickname"}))


# ------------------------------------------------------------------------------------------------ on behalf
def sees(viewer: Viewer, order: RowDict) -> bool:
    """Whether an order is the viewer's own, sold by the viewer's shop, or looked at by the platform."""
    if viewer.kind is ViewerKind.MEMBER:
        return bool(order["member_id"] == viewer.id)
    if viewer.kind is ViewerKind.MERCHANT:
        return bool(order["merchant_id"] == viewer.merchant_id)
    return viewer.kind in (ViewerKind.PLATFORM, ViewerKind.SYSTEM)


def visible(viewer: Viewer, orders: Sequence[RowDict]) -> list[RowDict]:
    """Those of a trade's orders the viewer sees: a shop does not learn what its buyers bought elsewhere."""
    return [order for order in orders if sees(viewer, order)]


async def access(session: AsyncSession, viewer: Viewer, order_id: UUID, columns: Columns) -> RowDict:
    """An order on somebody's behalf; NotFound when there is none, or none the viewer sees."""
    order = (await orders_by_id(session, [order_id], columns | OWNERS)).get(order_id)
    if order is None or not sees(viewer, order):
        raise NotFound("订单不存在")
    return order


async def access_trade(session: AsyncSession, viewer: Viewer, trade_id: UUID, columns: Columns) -> RowDict:
    """A trade for its buyer; NotFound for anybody else."""
    trade = (await trades_by_id(session, [trade_id], columns | {"member_id"})).get(trade_id)
    if trade is None or trade["member_id"] != viewer.member_id:
        raise NotFound("订单不存在")
    return trade


@dataclass(frozen=True)
class ShownAddress:
    name: str
    phone: str
    region_name: str
    detail: str


def address_for(viewer: Viewer, order: RowDict) -> ShownAddress:
    """Where an order goes, as the viewer may see it; `order` has the columns of `ADDRESS`.

    Whole for the buyer, and for merchant staff who ship while there is something to ship. Otherwise masked, and
    without the house (PIPL Art. 6: no more than the purpose needs).
    """
    opened = {
        name: vault.open(order[f"{name}_sealed"], table="orders", column=f"{name}_sealed", row=order["id"])
        for name in ("name", "phone", "detail")
    }
    if not _sees_whole(viewer, order):
        phone = mask_phone(opened["phone"])
        opened = {"name": mask_name(opened["name"]), "phone": phone, "detail": "****"}
    return ShownAddress(region_name=order["region_name"], **opened)


def _sees_whole(viewer: Viewer, order: RowDict) -> bool:
    if viewer.kind is ViewerKind.MERCHANT and order["merchant_id"] == viewer.merchant_id:
        ships = Permission.MERCHANT_ORDERS_SHIP in viewer.permissions
        return ships and order["state"] in (OrderState.AWAITING_SHIPMENT, OrderState.SHIPPED)
    return viewer.kind is ViewerKind.MEMBER and order["member_id"] == viewer.id


# ------------------------------------------------------------------------------------------------ of a buyer
@dataclass(frozen=True)
class OrdersSeen:
    """One page of a buyer's orders, newest first; `total` counts all that match."""

    rows: Sequence[RowDict]
    total: int
    has_next: bool


async def of_member(
    session: AsyncSession,
    viewer: Viewer,
    state: OrderState | None,
    first: int,
    after: tuple[datetime, UUID] | None,
    columns: Columns,
) -> OrdersSeen:
    """The viewer's orders after the one placed at `after`; new orders do not shift the pages."""
    table = Order.__table__.c
    mine = [table.member_id == viewer.member_id]
    if state is not None:
        mine.append(table.state == state)
    newest_first = (table.created_at.desc(), table.id.desc())
    chosen = select(*pick(Order, columns, "id", "created_at")).where(*mine).order_by(*newest_first)
    if after is not None:
        place = (in_range(after[0], field="after"), after[1])
        chosen = chosen.where(tuple_(table.created_at, table.id) < place)
    rows = await _rows(session, chosen.limit(page_size(first) + 1))
    total = await session.scalar(select(func.count()).select_from(Order).where(*mine))
    return OrdersSeen(rows[:first], total or 0, len(rows) > first)


async def counts_of_member(session: AsyncSession, viewer: Viewer) -> dict[OrderState, int]:
    """How many orders the viewer has in each state; 0 where none."""
    return await counts(session, Order.__table__.c.member_id == viewer.member_id)


async def counts(session: AsyncSession, *where: ColumnElement[bool]) -> dict[OrderState, int]:
    table = Order.__table__.c
    chosen = select(table.state, func.count()).where(*where).group_by(table.state)
    found = {row[0]: row[1] for row in await session.execute(chosen)}
    return {state: found.get(state, 0) for state in OrderState}


# ------------------------------------------------------------------------------------------------ of consoles
@dataclass(frozen=True)
class OrderFilter:
    """`text`: how an order's number begins. Times of placing, `since` inclusive, `until` exclusive."""

    text: str | None = None
    state: OrderState | None = None
    merchant_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


async def page_of_merchant(
    session: AsyncSession, viewer: Viewer, wanted: OrderFilter, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of the orders of the viewer's shop, newest first; another merchant in the filter finds nothing."""
    return await _page(session, wanted, page, size, columns, Order.__table__.c.merchant_id == viewer.shop_id)


async def page_of_platform(
    session: AsyncSession, viewer: Viewer, wanted: OrderFilter, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of all orders, newest first; only for the platform."""
    if viewer.kind is not ViewerKind.PLATFORM:
        raise NotFound("订单不存在")
    return await _page(session, wanted, page, size, columns)


async def _page(
    session: AsyncSession, wanted: OrderFilter, page: int, size: int, columns: Columns, *more: ColumnElement[bool]
) -> tuple[Sequence[RowDict], int]:
    where = [*more, *_matches(wanted)]
    table = Order.__table__.c
    chosen = select(*pick(Order, columns, "id")).where(*where).order_by(table.created_at.desc(), table.id.desc())
    rows = await _rows(session, chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(Order).where(*where))
    return rows, total or 0


def _matches(wanted: OrderFilter) -> list[ColumnElement[bool]]:
    table = Order.__table__.c
    where: list[ColumnElement[bool]] = []
    if words := clean_text(wanted.text or "", field="text", most=32, label="订单号"):
        where.append(table.number.startswith(words.upper(), autoescape=True))
    if wanted.state is not None:
        where.append(table.state == wanted.state)
    if wanted.merchant_id is not None:
        where.append(table.merchant_id == wanted.merchant_id)
    return where + _between(wanted.since, wanted.until)


def _between(since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    placed = Order.__table__.c.created_at
    if since and until and since >= until:
        raise Invalid("开始时间须早于结束时间", field="from")
    where: list[ColumnElement[bool]] = []
    if since is not None:
        where.append(placed >= in_range(since, field="from"))
    if until is not None:
        where.append(placed < in_range(until, field="to"))
    return where


def in_range(moment: datetime, *, field: str) -> datetime:
    """`moment` in UTC; refused outside the years in which anything can have happened here."""
    if not 2000 <= moment.year <= 2999:
        raise Invalid("时间须在 2000 年到 2999 年之间", field=field)
    return moment.astimezone(UTC)


async def _rows(session: AsyncSession, chosen: Any) -> list[RowDict]:
    return [dict(row) for row in (await session.execute(chosen)).mappings()]
