"""Comparing two rankings: an experiment of the desk, what came of it, and which ranking holds afterwards.

Which devices see the challenger is worked out on each of them, from a random number that never leaves it. What arrives
here is the arm alone, and counts are of nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Integer, Select, String, bindparam, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Columns, Conflict, Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.catalog.asked import Asked
from domain.catalog.finding import Arm, Ranking
from domain.catalog.tuning import SearchTuned, Tuning, tuning
from domain.statements import NO_COLUMNS, ManyBy, Statement
from models.base import new_id
from models.search import SearchExperiment, SearchExperimentDay

TABLE, DAY = SearchExperiment.__table__.c, SearchExperimentDay.__table__.c
# What a form may weigh; 1 is the weight of the words as they are written.
LEAST_WEIGHT, MOST_WEIGHT = 0.05, 3.0
LONGEST_DAYS = 90
ALREADY = "已有实验在进行，请先停止它"
# Beginning an experiment and giving up what was adopted take turns.
DECIDING = func.pg_advisory_xact_lock(func.hashtext("search_experiments"))
# Below so many searches in an arm nothing is said, whatever the figures.
LEAST_SEARCHES = 200
# Of the normal distribution: one in twenty errs once the experiment has ended. Whoever looks before errs more often, so
# that much more is asked of a figure meanwhile: one in a hundred.
AFTERWARDS, MEANWHILE = 1.96, 2.576


@dataclass(frozen=True)
class ExperimentWanted:
    """`share`: per cent of the devices that see the challenger; `days`: how long, at most."""

    name: str
    challenger: Ranking
    share: int
    days: int


@dataclass(frozen=True)
class Running:
    id: UUID
    share: int
    challenger: Ranking
    ends_at: datetime


# ------------------------------------------------------------------------------------------------ which ranking holds
def ranking_of(weights: Mapping[str, float]) -> Ranking:
    """As it was stored; what a later version weighs besides is as in the code."""
    known = {field.name for field in fields(Ranking)}
    return Ranking(**{name: float(weight) for name, weight in weights.items() if name in known})


def _is_running(now: Any) -> Any:
    return TABLE.stopped_at.is_(None) & (TABLE.ends_at > now)


def _adopted_last() -> Select[Any]:
    chosen = select(TABLE.id).where(TABLE.adopted_at.is_not(None), TABLE.given_up_at.is_(None))
    return chosen.order_by(TABLE.adopted_at.desc(), TABLE.id.desc()).limit(1)


async def adopted(session: AsyncSession) -> Ranking | None:
    """The challenger that was adopted last; None where none is, or all were given up: the ranking in the code holds."""
    weights = await session.scalar(select(TABLE.weights).where(TABLE.id == _adopted_last().scalar_subquery()))
    return ranking_of(weights) if weights else None


async def current(session: AsyncSession) -> Ranking:
    """The ranking that holds."""
    return await adopted(session) or Ranking()


def _running(_columns: Columns) -> Select[Any]:
    chosen = select(TABLE.id, TABLE.share, TABLE.weights, TABLE.ends_at)
    return chosen.where(_is_running(bindparam("now", type_=DateTime(timezone=True)))).limit(1)


RUNNING = Statement(SearchExperiment.__table__, _running)


async def running(session: AsyncSession) -> Running | None:
    """The experiment that takes searches now."""
    rows = await RUNNING.rows(session, NO_COLUMNS, now=clock.now())
    if not rows:
        return None
    row = rows[0]
    return Running(row["id"], row["share"], ranking_of(row["weights"]), row["ends_at"])


async def decided(session: AsyncSession) -> Tuning:
    """All that the desk decided, with the rankings, in three statements; for the copies that searches read."""
    known = await tuning(session)
    of_use = or_(_is_running(clock.now()), TABLE.id == _adopted_last().scalar_subquery())
    for weights, adopted_at, ends_at in await session.execute(
        select(TABLE.weights, TABLE.adopted_at, TABLE.ends_at).where(of_use)
    ):
        if adopted_at is None:
            known = replace(known, challenger=ranking_of(weights), compared_until=ends_at)
        else:
            known = replace(known, ranking=ranking_of(weights))
    return known


# ------------------------------------------------------------------------------------------------ deciding
async def start(uow: UnitOfWork, viewer: Viewer, wanted: ExperimentWanted) -> UUID:
    """Begins to compare. Invalid with its field; Conflict while another experiment runs, also for the later of two."""
    await uow.session.execute(select(DECIDING))
    values, now = await _checked(uow, wanted), clock.now()
    over = update(SearchExperiment).where(TABLE.stopped_at.is_(None), TABLE.ends_at <= now)
    await uow.session.execute(over.values(stopped_at=TABLE.ends_at))
    id = new_id()
    row = {"id": id, "started_at": now, "ends_at": now + timedelta(days=wanted.days), "created_at": now, **values}
    try:
        async with uow.session.begin_nested():
            await uow.session.execute(insert(SearchExperiment).values(row))
    except IntegrityError:
        raise Conflict(ALREADY, field="name") from None
    uow.emit(SearchTuned())
    await audit.record(uow, viewer, "search.experiment.start", "search", id, values)
    return id


async def _checked(uow: UnitOfWork, wanted: ExperimentWanted) -> dict[str, Any]:
    name = clean_text(wanted.name, field="name", least=2, most=40, label="实验名称")
    if not 1 <= wanted.share <= 50:
        raise Invalid("挑战者的流量须在 1% 到 50% 之间", field="share")
    if not 1 <= wanted.days <= LONGEST_DAYS:
        raise Invalid(f"天数须在 1 到 {LONGEST_DAYS} 之间", field="days")
    weights = {name: round(weight, 2) for name, weight in asdict(wanted.challenger).items()}
    for weighed, weight in weights.items():
        if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
            raise Invalid(f"权重须在 {LEAST_WEIGHT} 到 {MOST_WEIGHT:g} 之间", field=f"challenger.{weighed}")
    if weights == asdict(await current(uow.session)):
        raise Invalid("挑战者与现在的排序相同，没有可比的", field="challenger")
    return {"name": name, "weights": weights, "share": wanted.share}


async def stop(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Everybody sees the current ranking again; what was counted stays."""
    await _end(uow, id)
    uow.emit(SearchTuned())
    await audit.record(uow, viewer, "search.experiment.stop", "search", id, {})


async def adopt(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """The challenger is the ranking from now on; an experiment that still runs is stopped by it. WrongState twice."""
    row = await _end(uow, id, or_is_over=True)
    if row.adopted_at is not None:
        raise WrongState("这个排序已经采用过")
    step = update(SearchExperiment).where(TABLE.id == id).values(adopted_at=clock.now())
    await uow.session.execute(step)
    uow.emit(SearchTuned())
    await audit.record(uow, viewer, "search.experiment.adopt", "search", id, {"weights": row.weights})


async def give_up(uow: UnitOfWork, viewer: Viewer) -> None:
    """Takes the ranking in the code again, whatever was adopted since. Conflict while an experiment runs, whose figures
    would mix two comparisons; WrongState where that ranking holds already."""
    # Of two who give up at once the second finds nothing; an experiment cannot begin meanwhile.
    await uow.session.execute(select(DECIDING))
    if await running(uow.session) is not None:
        raise Conflict(ALREADY)
    held = (TABLE.adopted_at.is_not(None), TABLE.given_up_at.is_(None))
    step = update(SearchExperiment).where(*held).values(given_up_at=clock.now()).returning(TABLE.id)
    given_up = list(await uow.session.scalars(step))
    if not given_up:
        raise WrongState("现在用的就是内置排序")
    uow.emit(SearchTuned())
    await audit.record(uow, viewer, "search.ranking.give_up", "search", max(given_up), {"experiments": len(given_up)})


async def _end(uow: UnitOfWork, id: UUID, *, or_is_over: bool = False) -> Any:
    chosen = select(TABLE.stopped_at, TABLE.ends_at, TABLE.adopted_at, TABLE.weights).where(TABLE.id == id)
    row = (await uow.session.execute(chosen.with_for_update())).one_or_none()
    if row is None:
        raise NotFound("没有这个实验")
    if row.stopped_at is None:
        ends = update(SearchExperiment).where(TABLE.id == id)
        await uow.session.execute(ends.values(stopped_at=func.least(literal(clock.now()), TABLE.ends_at)))
    elif not or_is_over:
        raise WrongState("实验已经结束")
    return row


# ------------------------------------------------------------------------------------------------ counting
async def record(uow: UnitOfWork, experiment_id: UUID, asked: Asked, *, again: bool) -> None:
    """Counts a page that was shown or a result that was opened, for its arm; nothing of an experiment that is over.

    `again`: another result of this page was opened before. A page counts once for the share of those followed.
    """
    opened = asked.position is not None
    news = {
        "shown": int(not opened),
        "empty": int(not opened and asked.total == 0),
        "followed": int(opened and not again),
        "opened": int(opened),
        "positions": asked.position or 0,
    }
    key = {"day": literal(clock.today(), Date), "arm": literal(asked.ranking, String(1))}
    values = {name: literal(value, Integer) for name, value in news.items()}
    found = select(TABLE.id, *key.values(), *values.values()).where(TABLE.id == experiment_id, _is_running(clock.now()))
    new = insert(SearchExperimentDay).from_select(["experiment_id", *key, *values], found)
    more = {name: DAY[name] + new.excluded[name] for name in news}
    await uow.session.execute(new.on_conflict_do_update(index_elements=["experiment_id", "day", "arm"], set_=more))


# ------------------------------------------------------------------------------------------------ results
class Verdict(StrEnum):
    """Of the challenger, beside the current ranking."""

    BETTER = "BETTER"
    WORSE = "WORSE"
    UNCLEAR = "UNCLEAR"


@dataclass(frozen=True)
class Sums:
    """What came of an arm. `followed`: pages of which something was opened; `positions`: their sum, from 1."""

    shown: int = 0
    empty: int = 0
    followed: int = 0
    opened: int = 0
    positions: int = 0

    @property
    def click_through(self) -> float | None:
        """Pages that were followed among those shown. What was opened after an experiment's last page is no more."""
        return min(self.followed, self.shown) / self.shown if self.shown else None

    @property
    def empty_share(self) -> float | None:
        return self.empty / self.shown if self.shown else None

    @property
    def mean_position(self) -> float | None:
        return self.positions / self.opened if self.opened else None


@dataclass(frozen=True)
class Difference:
    """Between two shares, challenger minus current: between `low` and `high`, as sure as `z` says."""

    z: float
    low: float
    high: float
    verdict: Verdict


def difference(one: tuple[int, int], other: tuple[int, int], *, sure: float, more_is_better: bool) -> Difference | None:
    """The two-proportion z test of (successes, of how many) in the current arm and in the challenger's; None below
    `LEAST_SEARCHES`. It takes searches for independent, which those of one device are not quite.
    """
    (hits, of), (other_hits, other_of) = one, other
    if min(of, other_of) < LEAST_SEARCHES:
        return None
    share, other_share = hits / of, other_hits / other_of
    pooled = (hits + other_hits) / (of + other_of)
    spread = sqrt(pooled * (1 - pooled) * (1 / of + 1 / other_of))
    z = (other_share - share) / spread if spread else 0.0
    own = sure * sqrt(share * (1 - share) / of + other_share * (1 - other_share) / other_of)
    apart = other_share - share
    verdict = Verdict.UNCLEAR
    if abs(z) >= sure:
        verdict = Verdict.BETTER if (z > 0) is more_is_better else Verdict.WORSE
    return Difference(z, apart - own, apart + own, verdict)


def compared(arms: Mapping[Arm, Sums], *, over: bool) -> tuple[Difference | None, Difference | None]:
    """What can be said of the click-through and of searches without result."""
    one, other, sure = arms[Arm.A], arms[Arm.B], AFTERWARDS if over else MEANWHILE
    followed = [(min(each.followed, each.shown), each.shown) for each in (one, other)]
    empty = [(each.empty, each.shown) for each in (one, other)]
    return (
        difference(followed[0], followed[1], sure=sure, more_is_better=True),
        difference(empty[0], empty[1], sure=sure, more_is_better=False),
    )


def sums(days: Sequence[Mapping[str, Any]]) -> dict[Arm, Sums]:
    """By arm, over all days; an arm without a search is there, too."""
    names = [field.name for field in fields(Sums)]
    of = {arm: [day for day in days if day["arm"] == arm] for arm in Arm}
    return {arm: Sums(**{name: sum(day[name] for day in rows) for name in names}) for arm, rows in of.items()}


def _listed(_columns: Columns) -> Select[Any]:
    return select(*TABLE).order_by(TABLE.started_at.desc(), TABLE.id.desc()).limit(bindparam("first", type_=Integer))


LISTED = Statement(SearchExperiment.__table__, _listed)
days_by_experiment = ManyBy(SearchExperimentDay.__table__, "experiment_id", order_by=("day", "arm"))


async def experiments(session: AsyncSession, first: int = 20) -> Sequence[RowDict]:
    """The newest first."""
    return await LISTED.rows(session, NO_COLUMNS, first=first)


def is_over(row: Mapping[str, Any]) -> bool:
    return row["stopped_at"] is not None or row["ends_at"] <= clock.now()
