"""Points as members and the platform read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Integer, Select, Uuid, bindparam, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    SHANGHAI,
    Columns,
    Invalid,
    NotFound,
    RowDict,
    Viewer,
    clean_text,
    clock,
    page_offset,
    page_size,
    pick,
)
from domain.crypto import vault
from domain.statements import NO_COLUMNS, Statement
from models.members import Member
from models.orders import Order
from models.points import (
    PointsAccount,
    PointsEarning,
    PointsEarningState,
    PointsEntry,
    PointsEntryKind,
    PointsLot,
    PointsUse,
    PointsUseState,
)

ACCOUNT, ENTRY, LOT = PointsAccount.__table__.c, PointsEntry.__table__.c, PointsLot.__table__.c
EARNING, USE = PointsEarning.__table__.c, PointsUse.__table__.c
K = PointsEntryKind
SOON = timedelta(days=30)
GAINS = (K.EARNED, K.GRANTED, K.RELEASED, K.RETURNED)


@dataclass(frozen=True)
class Wallet:
    """What a member has now. `waiting`: what complete orders are going to bring when their claims are over."""

    balance: int
    debt: int
    soon: int
    soon_at: datetime | None
    waiting: int


def _wallet(_: Columns) -> Select[Any]:
    member_id, now = bindparam("member_id", type_=Uuid), bindparam("now", type_=DateTime(timezone=True))
    lots = [LOT.member_id == member_id, LOT.left_over > 0, LOT.expires_at > now]
    soon = [*lots, LOT.expires_at <= bindparam("soon", type_=DateTime(timezone=True))]
    have = select(func.coalesce(func.sum(LOT.left_over), 0)).where(*lots).scalar_subquery()
    ending = select(func.coalesce(func.sum(LOT.left_over), 0)).where(*soon).scalar_subquery()
    first = select(func.min(LOT.expires_at)).where(*soon).scalar_subquery()
    owed = select(ACCOUNT.debt).where(ACCOUNT.member_id == member_id).scalar_subquery()
    mine = EARNING.member_id == member_id, EARNING.state == PointsEarningState.WAITING
    bringing = func.sum(EARNING.basis // 100 * EARNING.per_yuan)
    waiting = select(func.coalesce(bringing, 0)).where(*mine).scalar_subquery()
    return select(
        have.label("balance"),
        func.coalesce(owed, 0).label("debt"),
        ending.label("soon"),
        first.label("soon_at"),
        waiting.label("waiting"),
    )


WALLET = Statement(PointsAccount.__table__, _wallet)


async def wallet(session: AsyncSession, viewer: Viewer) -> Wallet:
    """The viewer's own, in one statement; what has run out is not counted, whether that was written down or not."""
    return await _of(session, viewer.member_id)


async def _of(session: AsyncSession, member_id: UUID) -> Wallet:
    now = clock.now()
    row = await WALLET.first(session, NO_COLUMNS, member_id=member_id, now=now, soon=now + SOON)
    if row is None:
        return Wallet(0, 0, 0, None, 0)
    numbers = {name: int(row[name]) for name in ("balance", "debt", "soon", "waiting")}
    return Wallet(**numbers, soon_at=row["soon_at"])


def _entries(columns: Columns) -> Select[Any]:
    mine = select(*pick(PointsEntry, columns, "id")).where(ENTRY.member_id == bindparam("member_id", type_=Uuid))
    ordered = mine.order_by(ENTRY.position.desc())
    return ordered.offset(bindparam("skip", type_=Integer)).limit(bindparam("first", type_=Integer))


ENTRIES = Statement(PointsEntry.__table__, _entries)
# Said one by one: a list of values cannot be prepared.
IS_GAIN = or_(*(ENTRY.kind == kind for kind in GAINS))
INS = Statement(PointsEntry.__table__, lambda columns: _entries(columns).where(IS_GAIN))
OUTS = Statement(PointsEntry.__table__, lambda columns: _entries(columns).where(~IS_GAIN))


async def entries(
    session: AsyncSession, viewer: Viewer, gains: bool | None, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """The viewer's own, the newest first: all, or those that brought something, or those that took something."""
    return await _entries_of(session, viewer.member_id, gains, page, size, columns)


async def _entries_of(
    session: AsyncSession, member_id: UUID, gains: bool | None, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    bounds = {"skip": page_offset(page, size), "first": page_size(size, field="size")}
    statement = ENTRIES if gains is None else INS if gains else OUTS
    rows = await statement.rows(session, columns, member_id=member_id, **bounds)
    counted = select(func.count()).where(ENTRY.member_id == member_id)
    if gains is not None:
        counted = counted.where(ENTRY.kind.in_(GAINS) if gains else ENTRY.kind.not_in(GAINS))
    return list(rows), await session.scalar(counted) or 0


# ------------------------------------------------------------------------------------------------ the console
@dataclass(frozen=True)
class MemberPoints:
    """A member as the desk finds one."""

    member_id: UUID
    wallet: Wallet
    rows: list[RowDict]
    total: int


async def of_member(session: AsyncSession, who: str, page: int, size: int, columns: Columns) -> MemberPoints:
    """What a member has, and a page of what happened to it; `who`: the number of an order of his, his account's phone,
    or his id. NotFound for nobody.
    """
    member_id = await _found(session, clean_text(who, field="who", least=4, most=40, label="订单号或手机号"))
    if member_id is None:
        raise NotFound("没有找到该用户，请输入订单号或账号绑定的手机号", field="who")
    rows, total = await _entries_of(session, member_id, None, page, size, columns)
    return MemberPoints(member_id, await _of(session, member_id), rows, total)


async def _found(session: AsyncSession, who: str) -> UUID | None:
    if len(who) == 11 and who.isdigit():
        index = vault.index(who, purpose="member-phone")
        return await session.scalar(select(Member.id).where(Member.phone_index == index))
    try:
        return await session.scalar(select(Member.id).where(Member.id == UUID(who)))
    except ValueError:
        return await session.scalar(select(Order.member_id).where(Order.number == who))


async def desk(
    session: AsyncSession, kind: PointsEntryKind | None, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """What happened to everybody's, the newest first: all, or of one kind."""
    where = () if kind is None else (ENTRY.kind == kind,)
    chosen = select(*pick(PointsEntry, columns, "id")).where(*where)
    bounded = chosen.order_by(ENTRY.created_at.desc(), ENTRY.id.desc()).offset(page_offset(page, size))
    rows = (await session.execute(bounded.limit(page_size(size, field="size")))).mappings()
    total = await session.scalar(select(func.count()).select_from(PointsEntry).where(*where))
    return [dict(row) for row in rows], total or 0


@dataclass(frozen=True)
class Day:
    """What happened on one day of Shanghai's, and what was owed to all members at the end of it, in points."""

    day: date
    granted: int
    spent: int
    returned: int
    ended: int
    liability: int


async def days(session: AsyncSession, many: int) -> list[Day]:
    """The last so many days, today the last of them; what unpaid orders hold counts as spent."""
    if not 1 <= many <= 366:
        raise Invalid("天数须在 1 到 366 之间", field="days")
    today = clock.today()
    first = today - timedelta(days=many - 1)
    day = cast(func.timezone(str(SHANGHAI), ENTRY.created_at), Date)
    begins = datetime.combine(first, datetime.min.time(), SHANGHAI)
    chosen = select(day.label("day"), ENTRY.kind, func.sum(ENTRY.amount).label("amount"))
    chosen = chosen.where(ENTRY.created_at >= begins).group_by("day", ENTRY.kind)
    moved: dict[date, dict[PointsEntryKind, int]] = {}
    for row in await session.execute(chosen):
        moved.setdefault(row.day, {})[row.kind] = int(row.amount)
    left = int(await session.scalar(select(func.coalesce(func.sum(ACCOUNT.balance), 0))) or 0)
    found = []
    for back in range(many):
        at = today - timedelta(days=back)
        of = moved.get(at, {})
        found.append(Day(at, *_sums(of), left))
        left -= sum(of.values())
    return found[::-1]


def _sums(of: dict[PointsEntryKind, int]) -> tuple[int, int, int, int]:
    def total(*kinds: PointsEntryKind) -> int:
        return sum(of.get(kind, 0) for kind in kinds)

    return (
        total(K.EARNED, K.GRANTED),
        -total(K.SPENT),
        total(K.RELEASED, K.RETURNED),
        -total(K.EXPIRED, K.TAKEN_BACK, K.TAKEN),
    )


@dataclass(frozen=True)
class Liability:
    """Points that members have, those that unpaid orders hold, and what members owe; a fen each."""

    balance: int
    held: int
    debt: int
    soon: int


async def liability(session: AsyncSession) -> Liability:
    sums = await session.execute(
        select(func.coalesce(func.sum(ACCOUNT.balance), 0), func.coalesce(func.sum(ACCOUNT.debt), 0))
    )
    balance, debt = sums.one()
    held = await session.scalar(select(func.coalesce(func.sum(USE.amount), 0)).where(USE.state == PointsUseState.HELD))
    ending = select(func.coalesce(func.sum(LOT.left_over), 0)).where(LOT.left_over > 0)
    soon = await session.scalar(ending.where(LOT.expires_at <= clock.now() + SOON))
    return Liability(int(balance), int(held or 0), int(debt), int(soon or 0))
