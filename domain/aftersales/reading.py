"""Reading cases: by key for nested fields, on somebody's behalf, and in pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from domain import orders
from domain.aftersales.states import OPEN
from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, page_offset, page_size, pick
from domain.members.permissions import Permission
from domain.orders.reading import in_range
from domain.statements import ManyBy, OneBy
from models.aftersales import AfterSale, AfterSaleMessage, AfterSaleState
from models.orders import OrderLine

CASE = AfterSale.__table__
OWNERS = frozenset({"member_id", "merchant_id"})

after_sales_by_id = OneBy(CASE, "id")
#: The cases of each order, oldest first, with their owners.
after_sales_by_order = ManyBy(CASE, "order_id", order_by=("created_at", "id"), always=OWNERS)
#: What was said and done in each case, oldest first.
messages_by_case = ManyBy(AfterSaleMessage.__table__, "after_sale_id", order_by=("created_at", "id"))
lines_by_id = OneBy(OrderLine.__table__, "id")


def sees(viewer: Viewer, case: RowDict) -> bool:
    """Whether a case is the viewer's own, one of the viewer's shop, or looked at by the platform."""
    if viewer.kind is ViewerKind.MEMBER:
        return bool(case["member_id"] == viewer.id)
    if viewer.kind is ViewerKind.MERCHANT:
        mine = case["merchant_id"] == viewer.merchant_id
        return bool(mine) and Permission.MERCHANT_AFTERSALES in viewer.permissions
    if viewer.kind is ViewerKind.PLATFORM:
        return Permission.PLATFORM_AFTERSALES in viewer.permissions
    return viewer.kind is ViewerKind.SYSTEM


async def access(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """A case on somebody's behalf; NotFound when there is none, or none the viewer sees."""
    case = (await after_sales_by_id(session, [id], columns | OWNERS)).get(id)
    if case is None or not sees(viewer, case):
        raise NotFound("售后单不存在")
    return case


async def of_order(session: AsyncSession, viewer: Viewer, order_id: UUID, columns: Columns) -> Sequence[RowDict]:
    """The cases of an order the viewer sees, oldest first; NotFound for any other order."""
    await orders.access(session, viewer, order_id, frozenset({"id"}))
    found = (await after_sales_by_order(session, [order_id], columns)).get(order_id, [])
    return [case for case in found if sees(viewer, case)]


# ------------------------------------------------------------------------------------------------ of a buyer
@dataclass(frozen=True)
class CasesSeen:
    """One page of a buyer's cases, newest first; `total` counts all that match."""

    rows: Sequence[RowDict]
    total: int
    has_next: bool


async def of_member(
    session: AsyncSession,
    viewer: Viewer,
    open_only: bool,
    first: int,
    after: tuple[datetime, UUID] | None,
    columns: Columns,
) -> CasesSeen:
    """The viewer's cases before the one applied for at `after`."""
    table = CASE.c
    mine: list[ColumnElement[bool]] = [table.member_id == viewer.member_id]
    if open_only:
        mine.append(table.state.in_(OPEN))
    chosen = select(*pick(AfterSale, columns, "id", "created_at")).where(*mine)
    if after is not None:
        chosen = chosen.where(tuple_(table.created_at, table.id) < (in_range(after[0], field="after"), after[1]))
    chosen = chosen.order_by(table.created_at.desc(), table.id.desc()).limit(page_size(first) + 1)
    rows = [dict(row) for row in (await session.execute(chosen)).mappings()]
    total = await session.scalar(select(func.count()).select_from(CASE).where(*mine))
    return CasesSeen(rows[:first], total or 0, len(rows) > first)


# ------------------------------------------------------------------------------------------------ of desks
class AfterSaleDesk(StrEnum):
    """Cases by what is to be done with them."""

    TO_ANSWER = "TO_ANSWER"
    TO_RECEIVE = "TO_RECEIVE"
    TO_SETTLE = "TO_SETTLE"
    WITH_BUYER = "WITH_BUYER"
    ARBITRATION = "ARBITRATION"
    UNDER_WAY = "UNDER_WAY"
    ENDED = "ENDED"


S = AfterSaleState
DESKS: Mapping[AfterSaleDesk, tuple[AfterSaleState, ...]] = {
    AfterSaleDesk.TO_ANSWER: (S.APPLIED,),
    AfterSaleDesk.TO_RECEIVE: (S.RETURN_SHIPPED,),
    AfterSaleDesk.TO_SETTLE: (S.RECEIVED,),
    AfterSaleDesk.WITH_BUYER: (S.WAIT_RETURN, S.REJECTED),
    AfterSaleDesk.ARBITRATION: (S.ESCALATED,),
    AfterSaleDesk.UNDER_WAY: (S.REFUNDING, S.REPLACED),
    AfterSaleDesk.ENDED: (S.DONE, S.CANCELLED, S.CLOSED),
}


def _of_viewer(viewer: Viewer) -> list[ColumnElement[bool]]:
    if viewer.kind is ViewerKind.MERCHANT and Permission.MERCHANT_AFTERSALES in viewer.permissions:
        return [CASE.c.merchant_id == viewer.shop_id]
    if viewer.kind is ViewerKind.PLATFORM and Permission.PLATFORM_AFTERSALES in viewer.permissions:
        return []
    raise NotFound("售后单不存在")


async def page(
    session: AsyncSession, viewer: Viewer, desk: AfterSaleDesk, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of a desk, what is due first (what ended last, where nothing is), and how many there are.

    A shop's own for its staff, everybody's for the platform.
    """
    where = [*_of_viewer(viewer), CASE.c.state.in_(DESKS[desk])]
    soonest = (CASE.c.deadline_at.asc().nulls_last(), CASE.c.created_at.desc(), CASE.c.id.desc())
    chosen = select(*pick(AfterSale, columns, "id")).where(*where).order_by(*soonest)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(CASE).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


async def counts(session: AsyncSession, viewer: Viewer) -> dict[AfterSaleDesk, int]:
    """How many cases lie on each desk; what has ended is not counted."""
    chosen = select(CASE.c.state, func.count()).where(*_of_viewer(viewer), CASE.c.state.in_(OPEN))
    found = {row[0]: row[1] for row in await session.execute(chosen.group_by(CASE.c.state))}
    return {desk: sum(found.get(state, 0) for state in states) for desk, states in DESKS.items()}
