"""Reading the books: balances, an account's entries, a transaction with both of its sides.

Nothing is kept besides the entries: balances are sums over `ix_ledger_entries_account`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    SHANGHAI,
    Columns,
    Forbidden,
    Invalid,
    NotFound,
    RowDict,
    Viewer,
    ViewerKind,
    page_offset,
    page_size,
)
from domain.statements import ManyBy, OneBy
from models.ledger import AccountKind, LedgerAccount, LedgerEntry, LedgerTransaction

ENTRY, TRANSACTION, ACCOUNT = LedgerEntry.__table__, LedgerTransaction.__table__, LedgerAccount.__table__
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)

_sides = (
    select(*ENTRY.c, ACCOUNT.c.kind.label("account_kind"), ACCOUNT.c.owner_id)
    .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
    .subquery("sides")
)
#: Both sides of each transaction, in order, with `account_kind` and `owner_id`.
entries_by_transaction = ManyBy(_sides, "transaction_id", order_by=("position",))


transactions_by_id = OneBy(TRANSACTION, "id")


@dataclass(frozen=True)
class Period:
    """Days in Shanghai, both included; without `since` from the beginning, without `until` to the end."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, since: str | None, until: str | None) -> Period:
        """Of days as `YYYY-MM-DD`; anything else is refused."""
        return cls(_day(since, "since"), _day(until, "until"))

    def moments(self) -> tuple[datetime, datetime]:
        """Refused when the days are the wrong way round, or none in which anything can have happened here."""
        since, until = self.since or FIRST_DAY, self.until or LAST_DAY
        if not FIRST_DAY <= since <= until <= LAST_DAY:
            raise Invalid("开始日期不能晚于结束日期，且须在 2000 年到 2999 年之间", field="since")
        return _midnight(since), _midnight(until + timedelta(days=1))


def _day(text: str | None, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("日期须写作 2026-01-31", field=field) from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


@dataclass(frozen=True)
class AccountSums:
    """Accounts of one kind, or one account: before the period, in it, and after it. A balance above zero is a debit."""

    kind: AccountKind
    accounts: int
    opening: int
    debits: int
    credits: int
    id: UUID | None = None
    owner_id: UUID | None = None

    @property
    def closing(self) -> int:
        return self.opening + self.debits - self.credits


@dataclass(frozen=True)
class TrialBalance:
    """All accounts by kind. In order when both sides are equal, before and after."""

    rows: Sequence[AccountSums]

    @property
    def debits(self) -> int:
        return sum(row.debits for row in self.rows)

    @property
    def credits(self) -> int:
        return sum(row.credits for row in self.rows)

    @property
    def difference(self) -> int:
        """What all balances add up to: nothing, unless somebody wrote past the rules."""
        return sum(row.closing for row in self.rows)


def _only_platform(viewer: Viewer) -> None:
    if viewer.kind not in (ViewerKind.PLATFORM, ViewerKind.SYSTEM):
        raise Forbidden("仅平台可以查看账本")


async def trial_balance(session: AsyncSession, viewer: Viewer, period: Period) -> TrialBalance:
    """The balances of all kinds of accounts; a kind nobody has used stands there with nothing."""
    _only_platform(viewer)
    sums = _sums(period).subquery("sums")
    chosen = (
        select(ACCOUNT.c.kind, func.count().label("accounts"))
        .add_columns(*(func.coalesce(func.sum(sums.c[name]), 0).label(name) for name in SUMS))
        .join_from(ACCOUNT, sums, sums.c.account_id == ACCOUNT.c.id, isouter=True)
        .group_by(ACCOUNT.c.kind)
    )
    found = {row["kind"]: row for row in (await session.execute(chosen)).mappings()}
    return TrialBalance([_row(kind, found.get(kind)) for kind in AccountKind])


SUMS = ("opening", "debits", "credits")


def _row(kind: AccountKind, found: Any) -> AccountSums:
    if found is None:
        return AccountSums(kind, 0, 0, 0, 0)
    return AccountSums(kind, found["accounts"], int(found["opening"]), int(found["debits"]), int(found["credits"]))


def _sums(period: Period) -> Select[Any]:
    """One row per account with entries, summed from the index alone."""
    since, until = period.moments()
    within, amount = ENTRY.c.at >= since, ENTRY.c.amount
    return (
        select(
            ENTRY.c.account_id,
            func.sum(amount).filter(~within).label("opening"),
            func.sum(amount).filter(within, amount > 0).label("debits"),
            (-func.sum(amount).filter(within, amount < 0)).label("credits"),
        )
        .where(ENTRY.c.at < until)
        .group_by(ENTRY.c.account_id)
    )


async def accounts_of(
    session: AsyncSession, viewer: Viewer, kind: AccountKind, period: Period, page: int, size: int
) -> tuple[Sequence[AccountSums], int]:
    """A page of the accounts of one kind, in the order in which they were opened; and how many there are."""
    _only_platform(viewer)
    mine = select(ACCOUNT).where(ACCOUNT.c.kind == kind).order_by(ACCOUNT.c.created_at, ACCOUNT.c.id)
    mine_page = mine.offset(page_offset(page, size)).limit(size).subquery("mine")
    sums = _sums(period).where(ENTRY.c.account_id.in_(select(mine_page.c.id))).subquery("sums")
    chosen = (
        select(mine_page.c.id, mine_page.c.owner_id)
        .add_columns(*(func.coalesce(sums.c[name], 0).label(name) for name in SUMS))
        .join_from(mine_page, sums, sums.c.account_id == mine_page.c.id, isouter=True)
        .order_by(mine_page.c.created_at, mine_page.c.id)
    )
    rows = (await session.execute(chosen)).all()
    total = await session.scalar(select(func.count()).select_from(ACCOUNT).where(ACCOUNT.c.kind == kind))
    sums_of = (AccountSums(kind, 1, int(r.opening), int(r.debits), int(r.credits), r.id, r.owner_id) for r in rows)
    return list(sums_of), total or 0


async def entries_of(
    session: AsyncSession,
    viewer: Viewer,
    account_id: UUID,
    period: Period,
    first: int,
    after: tuple[datetime, UUID, int] | None,
) -> tuple[Sequence[RowDict], bool]:
    """An account's entries, newest first, after the one at `after`; and whether there are more. New ones shift none."""
    _only_platform(viewer)
    since, until = period.moments()
    place = (ENTRY.c.at, ENTRY.c.transaction_id, ENTRY.c.position)
    about = [TRANSACTION.c[name].label(name) for name in ("kind", "ref", "memo", "order_id", "trade_id")]
    chosen = (
        select(*place, ENTRY.c.amount, *about)
        .join_from(ENTRY, TRANSACTION, TRANSACTION.c.id == ENTRY.c.transaction_id)
        .where(ENTRY.c.account_id == account_id, ENTRY.c.at >= since, ENTRY.c.at < until)
        .order_by(*(column.desc() for column in place))
        .limit(page_size(first) + 1)
    )
    if after is not None:
        chosen = chosen.where(tuple_(*place) < tuple_(*after))
    rows = [dict(row) for row in (await session.execute(chosen)).mappings()]
    return rows[:first], len(rows) > first


async def transaction(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """A transaction, with its sides when `columns` list them. NotFound when there is none."""
    _only_platform(viewer)
    found = (await transactions_by_id(session, [id], columns)).get(id)
    if found is None:
        raise NotFound("没有这笔账")
    return found


async def total(session: AsyncSession) -> int:
    """The sum of all entries: nothing, unless somebody wrote past the rules."""
    return int(await session.scalar(select(func.coalesce(func.sum(ENTRY.c.amount), 0))) or 0)
