"""Groups and offers to groups as buyers, shops and the platform see them.

A group is open to whoever has its link: how many have paid, until when, and its members by the first letter of their
names. Who they are, and what they ordered besides, is in here for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BindParameter, DateTime, Integer, Select, Uuid, any_, bindparam, case, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog
from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clock, page_offset, pick
from domain.groups.activities import NONE
from domain.groups.seats import ACTIVITY, GROUP, SEAT
from domain.statements import ManyBy, OneBy, Statement, own
from models.groups import ActivityState, Group, GroupActivity, GroupSeat, GroupState, SeatState
from models.members import Member
from models.orders import Order, OrderLine

# Groups shown on the product's page, and offers of one product.
MOST_SHOWN, MOST_OFFERS = 5, 20

activities_by_id = OneBy(GroupActivity.__table__, "id")
groups_by_id = OneBy(Group.__table__, "id")
#: Who has paid and stays, in the order of payment.
members_by_group = ManyBy(
    GroupSeat.__table__, "group_id", order_by=("paid_at", "id"), where=GroupSeat.__table__.c.state == SeatState.PAID
)
_shown = func.concat(func.left(Member.nickname, 1), "**").label("shown_as")
#: A member as strangers see one: `shown_as`.
names_by_member = OneBy(select(Member.id, _shown).subquery("shown_members"), "id")


# ------------------------------------------------------------------------------------------------ buyers
def _running(columns: Columns) -> Select[tuple[object, ...]]:
    chosen = select(*pick(GroupActivity, columns, "id", "sku_id"))
    now = bindparam("now", type_=DateTime(timezone=True))
    chosen = chosen.where(ACTIVITY.product_id == bindparam("product_id", type_=Uuid))
    chosen = chosen.where(ACTIVITY.state == ActivityState.RUNNING, ACTIVITY.starts_at <= now, ACTIVITY.ends_at > now)
    return chosen.order_by(ACTIVITY.price, ACTIVITY.id).limit(MOST_OFFERS)


RUNNING = Statement(GroupActivity.__table__, _running)


async def running(session: AsyncSession, product_id: UUID, columns: Columns) -> list[RowDict]:
    """Offers to groups of a product that can be taken up now, one for a SKU at most."""
    found = await RUNNING.rows(session, columns, product_id=product_id, now=clock.now())
    return list(found)


async def page_of_running(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[list[RowDict], int]:
    """What all shops offer to groups now and is not gone, the newest first; and how many there are."""
    now = clock.now()
    wanted = ACTIVITY.state == ActivityState.RUNNING, ACTIVITY.starts_at <= now, ACTIVITY.ends_at > now
    chosen = select(*pick(GroupActivity, columns, "id")).where(*wanted, ACTIVITY.taken < ACTIVITY.stock)
    chosen = catalog.only_for_sale(chosen, ACTIVITY.product_id)
    total = await session.scalar(select(func.count()).select_from(chosen.subquery()))
    chosen = chosen.order_by(ACTIVITY.starts_at.desc(), ACTIVITY.id.desc())
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    return [dict(row) for row in rows], total or 0


def _forming(columns: Columns) -> Select[tuple[object, ...]]:
    asked = func.unnest(bindparam("keys", type_=ARRAY(Uuid))).table_valued("key", name="asked").render_derived()
    theirs = select(*pick(Group, columns, "id", "activity_id"))
    theirs = theirs.where(GROUP.activity_id == asked.c.key, GROUP.state == GroupState.FORMING)
    theirs = theirs.where(GROUP.expires_at > bindparam("now", type_=DateTime(timezone=True)))
    theirs = theirs.where(GROUP.seats_held < GROUP.size).order_by(GROUP.seats_held.desc(), GROUP.expires_at)
    rows = theirs.limit(bindparam("most", type_=Integer)).lateral("rows")
    return select(rows).select_from(asked).join(rows, true())


FORMING = Statement(Group.__table__, _forming)


async def forming_by_activity(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """Groups that can be joined now, the fullest first: a few of each activity."""
    found: dict[UUID, list[RowDict]] = {}
    rows = await FORMING.rows(session, own(columns), keys=list(keys), now=clock.now(), most=MOST_SHOWN)
    for row in rows:
        found.setdefault(row["activity_id"], []).append(row)
    return found


async def group(session: AsyncSession, id: UUID, columns: Columns) -> RowDict:
    found = (await groups_by_id(session, [id], columns | {"id"})).get(id)
    if found is None:
        raise NotFound("这个团不存在")
    return found


async def mine_in(session: AsyncSession, viewer: Viewer, group_id: UUID, columns: Columns) -> RowDict | None:
    """The viewer's own seat in a group, living or refunded; None for everybody else."""
    if viewer.kind is not ViewerKind.MEMBER:
        return None
    chosen = select(*pick(GroupSeat, columns, "id", "order_id", "state"))
    chosen = chosen.where(SEAT.group_id == group_id, SEAT.member_id == viewer.member_id)
    chosen = chosen.order_by(case((SEAT.state.in_((SeatState.PAID, SeatState.HELD)), 0), else_=1), SEAT.id.desc())
    row = (await session.execute(chosen.limit(1))).mappings().first()
    return dict(row) if row else None


async def of_member(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """The viewer's seats in groups, the newest first."""
    mine = SEAT.member_id == viewer.member_id, SEAT.group_id.is_not(None)
    chosen = select(*pick(GroupSeat, columns, "id")).where(*mine).order_by(SEAT.created_at.desc(), SEAT.id.desc())
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(GroupSeat).where(*mine))
    return [dict(row) for row in rows], total or 0


# ------------------------------------------------------------------------------------------------ consoles
async def access_activity(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of the shop's own, or any for the platform."""
    row = (await activities_by_id(session, [id], columns | {"id", "merchant_id"})).get(id)
    if row is None or (viewer.kind is not ViewerKind.PLATFORM and row["merchant_id"] != viewer.shop_id):
        raise NotFound(NONE)
    return row


async def page_of_activities(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """The shop's offers, or those of all shops for the platform, the newest first."""
    whose = () if viewer.kind is ViewerKind.PLATFORM else (ACTIVITY.merchant_id == viewer.shop_id,)
    chosen = select(*pick(GroupActivity, columns, "id")).where(*whose)
    chosen = chosen.order_by(ACTIVITY.created_at.desc(), ACTIVITY.id.desc())
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(GroupActivity).where(*whose))
    return [dict(row) for row in rows], total or 0


async def page_of_groups(
    session: AsyncSession,
    viewer: Viewer,
    activity_id: UUID,
    state: GroupState | None,
    page: int,
    size: int,
    columns: Columns,
) -> tuple[list[RowDict], int]:
    """The groups of one activity, in one state or all, the newest first."""
    await access_activity(session, viewer, activity_id, frozenset())
    wanted = [GROUP.activity_id == activity_id, *([GROUP.state == state] if state else [])]
    chosen = select(*pick(Group, columns, "id")).where(*wanted).order_by(GROUP.created_at.desc(), GROUP.id.desc())
    rows = (await session.execute(chosen.offset(page_offset(page, size)).limit(size))).mappings()
    total = await session.scalar(select(func.count()).select_from(Group).where(*wanted))
    return [dict(row) for row in rows], total or 0


@dataclass(frozen=True)
class Results:
    """What came of an activity. `turnover` is what was paid for orders of complete groups, `refunded` what went back
    of any of its orders; both in fen, without freight."""

    opened: int = 0
    succeeded: int = 0
    failed: int = 0
    merged: int = 0
    forming: int = 0
    members: int = 0
    turnover: int = 0
    refunded: int = 0


async def results_by_activity(
    session: AsyncSession, keys: Sequence[UUID], _columns: Columns = frozenset()
) -> Mapping[UUID, RowDict]:
    """`results` of each activity, in one statement however many there are."""
    ids = bindparam("ids", list(keys), ARRAY(Uuid))
    opened, sold = _opened(ids).subquery("opened"), _sold(ids).subquery("sold")
    figures = [column for part in (opened, sold) for name, column in part.c.items() if name != "activity_id"]
    chosen = select(opened.c.activity_id, *(func.coalesce(each, 0).label(each.name) for each in figures))
    chosen = chosen.outerjoin(sold, sold.c.activity_id == opened.c.activity_id)
    names = Results.__dataclass_fields__
    return {
        row["activity_id"]: {
            "activity_id": row["activity_id"],
            "results": Results(**{name: int(row[name]) for name in names}),
        }
        for row in (await session.execute(chosen)).mappings()
    }


def _opened(ids: BindParameter[Any]) -> Select[Any]:
    """How many groups of each activity there are, by what became of them."""
    states = {"succeeded": GroupState.SUCCESS, "failed": GroupState.FAILED, "merged": GroupState.MERGED}
    states |= {"forming": GroupState.FORMING}
    counted = [func.count().filter(GROUP.state == state).label(name) for name, state in states.items()]
    chosen = select(GROUP.activity_id, func.count().label("opened"), *counted)
    return chosen.where(GROUP.activity_id == any_(ids)).group_by(GROUP.activity_id)


def _sold(ids: BindParameter[Any]) -> Select[Any]:
    """What was paid and went back for the orders of each activity."""
    line, order = OrderLine.__table__.c, Order.__table__.c
    sold = GROUP.state == GroupState.SUCCESS
    sums = {
        "members": func.count(SEAT.member_id.distinct()).filter(SEAT.state == SeatState.PAID, sold),
        "turnover": func.sum(line.payable).filter(SEAT.state == SeatState.PAID, sold),
        "refunded": func.sum(line.refunded_amount),
    }
    chosen = select(SEAT.activity_id, *(value.label(name) for name, value in sums.items()))
    chosen = chosen.join_from(GroupSeat, Order, order.id == SEAT.order_id).join(OrderLine, line.order_id == order.id)
    chosen = chosen.join(Group, GROUP.id == SEAT.group_id).where(SEAT.activity_id == any_(ids))
    return chosen.group_by(SEAT.activity_id)
