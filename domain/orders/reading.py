"""Reading orders: by key for nested fields, on somebody's behalf, and in pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, DateTime, Integer, Select, Uuid, any_, bindparam, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from domain import delivery, traces
from domain.base import (
    MAX_PAGE,
    Columns,
    Invalid,
    NotFound,
    RowDict,
    Viewer,
    ViewerKind,
    clean_text,
    page_offset,
    page_size,
    pick,
)
from domain.crypto import mask_name, mask_phone, vault
from domain.members.permissions import Permission
from domain.statements import NO_COLUMNS, ManyBy, OneBy, Statement
from models.members import Member
from models.orders import Order, OrderLine, OrderState, OrderStep, Trade

ORDER = Order.__table__
OWNERS = frozenset({"member_id", "merchant_id"})
# While an order is on its way from the shop to the buyer.
WHILE_SHIPPED = (OrderState.AWAITING_SHIPMENT, OrderState.PARTLY_SHIPPED, OrderState.SHIPPED)
ADDRESS = ("id", "state", "member_id", "merchant_id", "name_sealed", "phone_sealed", "detail_sealed", "region_name")


# ------------------------------------------------------------------------------------------------ by key
orders_by_id = OneBy(ORDER, "id")
#: The orders of each trade, with their owners: a viewer may see only some of them (`visible`).
orders_by_trade = ManyBy(ORDER, "trade_id", order_by=("number", "id"), always=OWNERS)
trades_by_id = OneBy(Trade.__table__, "id")
lines_by_order = ManyBy(OrderLine.__table__, "order_id", order_by=("id",))
#: The log of each order, oldest entry first.
steps_by_order = ManyBy(OrderStep.__table__, "order_id", order_by=("created_at", "id"))
#: `nickname` of members: what a shop may know of who bought.
buyers_by_id = OneBy(select(Member.id, Member.nickname).subquery("buyers"), "id", always=frozenset({"nickname"}))


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


async def lots_sent(session: AsyncSession, viewer: Viewer, order_id: UUID, columns: Columns) -> Sequence[RowDict]:
    """Of which lots the goods of an order came; NotFound for an order the viewer does not see."""
    await access(session, viewer, order_id, frozenset({"id"}))
    return (await traces.lots_by_order(session, [order_id], columns)).get(order_id, [])


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


def address_for(viewer: Viewer, order: RowDict) -> ShownAddress | None:
    """Where an order goes, as the viewer may see it; `order` has the columns of `ADDRESS`. None: it is picked up.

    Whole for the buyer, and for merchant staff who ship while there is something to ship. Otherwise masked, and
    without the house (PIPL Art. 6: no more than the purpose needs).
    """
    if order["name_sealed"] is None:
        return None
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
        return ships and order["state"] in WHILE_SHIPPED
    return viewer.kind is ViewerKind.MEMBER and order["member_id"] == viewer.id


# ------------------------------------------------------------------------------------------------ of a buyer
@dataclass(frozen=True)
class OrdersSeen:
    """One page of a buyer's orders, newest first; `total` counts all that match."""

    rows: Sequence[RowDict]
    total: int
    has_next: bool


def _mine(*, in_state: bool) -> list[ColumnElement[bool]]:
    mine = [ORDER.c.member_id == bindparam("member_id", type_=Uuid)]
    states = bindparam("states", type_=ARRAY(ORDER.c.state.type))
    return [*mine, ORDER.c.state == any_(states)] if in_state else mine


def _page_of_member(columns: Columns, *, in_state: bool, beyond: bool) -> Select[Any]:
    chosen = select(*pick(Order, columns, "id", "created_at")).where(*_mine(in_state=in_state))
    if beyond:
        place = tuple_(bindparam("at", type_=DateTime(timezone=True)), bindparam("id", type_=Uuid))
        chosen = chosen.where(tuple_(ORDER.c.created_at, ORDER.c.id) < place)
    newest_first = (ORDER.c.created_at.desc(), ORDER.c.id.desc())
    return chosen.order_by(*newest_first).limit(bindparam("most", type_=Integer))


def _total_of_member(_columns: Columns, *, in_state: bool) -> Select[Any]:
    return select(func.count().label("total")).select_from(ORDER).where(*_mine(in_state=in_state))


# By whether a state is asked for, and whether it is a further page.
OF_MEMBER = {
    (in_state, beyond): Statement(ORDER, partial(_page_of_member, in_state=in_state, beyond=beyond))
    for in_state in (False, True)
    for beyond in (False, True)
}
TOTAL_OF_MEMBER = {
    in_state: Statement(ORDER, partial(_total_of_member, in_state=in_state)) for in_state in (False, True)
}
COUNTS_OF_MEMBER = Statement(
    ORDER,
    lambda _: select(ORDER.c.state, func.count().label("many")).where(*_mine(in_state=False)).group_by(ORDER.c.state),
)


async def of_member(
    session: AsyncSession,
    viewer: Viewer,
    states: Collection[OrderState],
    first: int,
    after: tuple[datetime, UUID] | None,
    columns: Columns,
) -> OrdersSeen:
    """The viewer's orders in any of `states` (none: in all) after the one placed at `after`.

    New orders do not shift the pages.
    """
    mine: dict[str, Any] = {"member_id": viewer.member_id}
    if states:
        mine["states"] = sorted(set(states))
    place = {} if after is None else {"at": in_range(after[0], field="after"), "id": after[1]}
    page = OF_MEMBER[bool(states), after is not None]
    rows = await page.rows(session, columns, most=page_size(first) + 1, **mine, **place)
    total = await TOTAL_OF_MEMBER[bool(states)].scalar(session, **mine)
    return OrdersSeen(rows[:first], total, len(rows) > first)


async def counts_of_member(session: AsyncSession, viewer: Viewer) -> dict[OrderState, int]:
    """How many orders the viewer has in each state; 0 where none."""
    rows = await COUNTS_OF_MEMBER.rows(session, NO_COLUMNS, member_id=viewer.member_id)
    found = {row["state"]: row["many"] for row in rows}
    return {state: found.get(state, 0) for state in OrderState}


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
    # Only those with a parcel that is held up or on its way back.
    in_trouble: bool = False
    # Only these, as many as a page holds.
    ids: Sequence[UUID] | None = None
    # Only those that wait at a counter to be picked up.
    to_pick_up: bool = False


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
    if wanted.ids is not None:
        if len(wanted.ids) > MAX_PAGE:
            raise Invalid(f"一次最多 {MAX_PAGE} 个订单", field="ids")
        where.append(table.id.in_(wanted.ids))
    if wanted.merchant_id is not None:
        where.append(table.merchant_id == wanted.merchant_id)
    if wanted.to_pick_up:
        where += [table.pickup_point_id.is_not(None), table.state == OrderState.AWAITING_SHIPMENT]
    if wanted.in_trouble:
        where.append(delivery.in_trouble(table.id))
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
