"""What buyers ask for, counted by day and of nobody in particular: hot words, queries without result, clicks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, Invalid, RowDict, UnitOfWork, clean_text, clock, page_size
from domain.catalog.finding import Arm
from domain.statements import NO_COLUMNS, Statement
from models.search import SearchCount

LONGEST = 60
MOST_POSITION = 1000
# A word is hot when so many asked for it within these days: fewer would tell of single people.
HOT_DAYS, HOT_LEAST = 7, 5
COUNT = SearchCount.__table__.c


@dataclass(frozen=True)
class Asked:
    """A page of results that was shown, or one of them that was followed (`position` from 1)."""

    words: str
    total: int
    ranking: Arm = Arm.A
    position: int | None = None


def checked(asked: Asked) -> Asked:
    """What was asked, cleaned; refused when out of bounds."""
    words = " ".join(clean_text(asked.words, field="query", least=1, most=LONGEST, label="搜索内容").lower().split())
    if not 0 <= asked.total <= 2**31 - 1:
        raise Invalid("结果数不正确", field="total")
    if asked.position is not None and not 1 <= asked.position <= MOST_POSITION:
        raise Invalid("位置不正确", field="position")
    return Asked(words, asked.total, asked.ranking, asked.position)


async def record_asked(uow: UnitOfWork, asked: Asked) -> None:
    """Counts it, for today."""
    clicked = asked.position is not None
    news = {
        "shown": int(not clicked),
        "empty": int(not clicked and asked.total == 0),
        "clicked": int(clicked),
        "positions": asked.position or 0,
    }
    row = {"day": clock.today(), "words": asked.words, "ranking": asked.ranking}
    more = {name: COUNT[name] + value for name, value in news.items()}
    first = insert(SearchCount).values(row | news)
    await uow.session.execute(first.on_conflict_do_update(index_elements=[*row], set_=more))


# ------------------------------------------------------------------------------------------------ hot words
def _hot(_columns: Columns) -> Select[Any]:
    shown = func.sum(COUNT.shown)
    chosen = select(COUNT.words, shown.label("count")).where(COUNT.day >= bindparam("since", type_=Date))
    # What mostly finds nothing is no advice.
    useful = chosen.group_by(COUNT.words).having(shown >= HOT_LEAST, func.sum(COUNT.empty) * 2 < shown)
    return useful.order_by(shown.desc(), COUNT.words).limit(bindparam("first", type_=Integer))


HOT = Statement(SearchCount.__table__, _hot)


async def hot(session: AsyncSession, first: int) -> Sequence[RowDict]:
    """What most people asked for in the last days, most asked first."""
    since = clock.today() - timedelta(days=HOT_DAYS - 1)
    return await HOT.rows(session, NO_COLUMNS, since=since, first=page_size(first, most=20))


# ------------------------------------------------------------------------------------------------ the desk
def _queries(empty: bool) -> Statement:
    def chosen(_columns: Columns) -> Select[Any]:
        sums = {name: func.sum(COUNT[name]) for name in ("shown", "empty", "clicked", "positions")}
        found = select(COUNT.words, *[value.label(name) for name, value in sums.items()])
        found = found.where(COUNT.day >= bindparam("since", type_=Date)).group_by(COUNT.words)
        if empty:
            found = found.having(sums["empty"] > 0)
        order = sums["empty"] if empty else sums["shown"]
        return found.order_by(order.desc(), COUNT.words).limit(bindparam("first", type_=Integer))

    return Statement(SearchCount.__table__, chosen)


TOP, WITHOUT_RESULT = _queries(empty=False), _queries(empty=True)


async def queries(session: AsyncSession, days: int, first: int, *, empty: bool) -> Sequence[RowDict]:
    """What was asked most in the last days; or what found nothing, most often first."""
    if not 1 <= days <= 90:
        raise Invalid("天数须在 1 到 90 之间", field="days")
    since = clock.today() - timedelta(days=days - 1)
    statement = WITHOUT_RESULT if empty else TOP
    return await statement.rows(session, NO_COLUMNS, since=since, first=page_size(first))


def _by_day(_columns: Columns) -> Select[Any]:
    sums = [func.sum(COUNT[name]).label(name) for name in ("shown", "empty", "clicked")]
    chosen = select(COUNT.day, *sums).where(COUNT.day >= bindparam("since", type_=Date))
    return chosen.group_by(COUNT.day).order_by(COUNT.day)


BY_DAY = Statement(SearchCount.__table__, _by_day)


async def days(session: AsyncSession, days: int) -> Sequence[RowDict]:
    """How often there was a search, nothing was found, something was followed; by day."""
    return await BY_DAY.rows(session, NO_COLUMNS, since=clock.today() - timedelta(days=days - 1))
