"""What the platform decides about searches: words that mean the same, products a query shows first or last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Conflict, Event, Invalid, NotFound, RowDict, UnitOfWork, Viewer, among, clean_text
from domain.catalog.finding import Arm, Picks, Ranking
from domain.statements import NO_COLUMNS, Statement
from models.base import new_id
from models.catalog import Product
from models.search import SearchPick, SearchSynonym

LONGEST = 60
MOST_PICKS = 10
MOST_SYNONYMS = 500
PICK = SearchPick.__table__.c
# The topic on which the relay announces that something was decided.
TOLD = "search-desk"


@dataclass(frozen=True)
class SearchTuned(Event):
    """Something was decided here: whoever searches has to read it anew."""


@dataclass(frozen=True)
class Tuning:
    """All that was decided. `picks` by the query as it is typed without blanks."""

    same: tuple[tuple[str, ...], ...] = ()
    picks: Mapping[str, Picks] = field(default_factory=dict)
    # The ranking that holds, and the one it is compared with, until when.
    ranking: Ranking = Ranking()
    challenger: Ranking | None = None
    compared_until: datetime | None = None

    def ranking_of(self, arm: Arm, now: datetime) -> Ranking:
        """The challenger's only while it is compared: who asks for it later gets what everybody does."""
        if arm is Arm.B and self.challenger and self.compared_until and now < self.compared_until:
            return self.challenger
        return self.ranking


async def tuning(session: AsyncSession) -> Tuning:
    """Synonyms and picks, in two statements."""
    words = select(SearchSynonym.words).order_by(SearchSynonym.id)
    same = tuple(tuple(each) for each in await session.scalars(words))
    chosen = select(PICK.query, PICK.product_id, PICK.place).order_by(PICK.query, PICK.place, PICK.product_id)
    first: dict[str, list[UUID]] = {}
    last: dict[str, list[UUID]] = {}
    for query, id, place in await session.execute(chosen):
        (first if place else last).setdefault(query, []).append(id)
    queries = first.keys() | last.keys()
    return Tuning(same, {query: Picks(tuple(first.get(query, ())), tuple(last.get(query, ()))) for query in queries})


# ------------------------------------------------------------------------------------------------ synonyms
def _synonyms(_columns: Any) -> Select[Any]:
    table = SearchSynonym.__table__.c
    return select(table.id, table.words).order_by(table.id.desc()).limit(bindparam("first", type_=Integer))


SYNONYMS = Statement(SearchSynonym.__table__, _synonyms)


async def synonyms(session: AsyncSession) -> Sequence[RowDict]:
    """Groups of the desk, the newest first."""
    return await SYNONYMS.rows(session, NO_COLUMNS, first=100)


async def add_synonyms(uow: UnitOfWork, viewer: Viewer, words: Sequence[str]) -> UUID:
    """Makes these words mean the same. The engine knows it after its index was built anew, within a minute."""
    cleaned = list(dict.fromkeys(_word(word) for word in words))
    if not 2 <= len(cleaned) <= 12:
        raise Invalid("一组同义词须有 2 到 12 个不同的词", field="words")
    if (await uow.session.scalar(select(func.count()).select_from(SearchSynonym)) or 0) >= MOST_SYNONYMS:
        raise Conflict(f"同义词最多 {MOST_SYNONYMS} 组")
    id = new_id()
    await uow.session.execute(insert(SearchSynonym).values(id=id, words=cleaned))
    uow.emit(SearchTuned())
    await audit.record(uow, viewer, "search.synonyms.add", "search", id, {"words": cleaned})
    return id


def _word(word: str) -> str:
    cleaned = clean_text(word, field="words", least=1, most=20, label="同义词").lower()
    if not cleaned.isalnum():
        raise Invalid("同义词只能由文字和数字组成", field="words")
    return cleaned


async def remove_synonyms(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    gone = delete(SearchSynonym).where(SearchSynonym.id == id).returning(SearchSynonym.words)
    words = await uow.session.scalar(gone)
    if words is None:
        raise NotFound("同义词不存在")
    uow.emit(SearchTuned())
    await audit.record(uow, viewer, "search.synonyms.remove", "search", id, {"words": words})


# ------------------------------------------------------------------------------------------------ picks
def _picks(_columns: Any) -> Select[Any]:
    chosen = select(PICK.query, PICK.product_id, PICK.place)
    order = (PICK.query, PICK.place == 0, PICK.place, PICK.product_id)
    return chosen.order_by(*order).limit(bindparam("first", type_=Integer))


PICKS = Statement(SearchPick.__table__, _picks)


async def picks(session: AsyncSession) -> Sequence[RowDict]:
    """What was picked, query by query, first ones first."""
    return await PICKS.rows(session, NO_COLUMNS, first=100)


def checked(picks: Picks) -> Picks:
    """Refused when there are too many, or one of them twice."""
    both = [*picks.first, *picks.last]
    if len(picks.first) > MOST_PICKS or len(picks.last) > MOST_PICKS:
        raise Invalid(f"置顶和沉底各最多 {MOST_PICKS} 件商品", field="first")
    if len(set(both)) != len(both):
        raise Invalid("同一件商品只能出现一次", field="first")
    return picks


async def save_picks(uow: UnitOfWork, viewer: Viewer, query: str, picks: Picks) -> None:
    """Replaces what this query (as typed without blanks) shows first and last; none of either forgets it."""
    if not 1 <= len(query) <= LONGEST:
        raise Invalid("请填写搜索词", field="query")
    checked(picks)
    both = [*picks.first, *picks.last]
    known = set(await uow.session.scalars(select(Product.id).where(among(Product, "id", both))))
    if known != set(both):
        raise Invalid("商品不存在", field="first")
    # Two at the desk for the same query take turns; the later one's picks stay.
    await uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"search_picks {query}"))))
    await uow.session.execute(delete(SearchPick).where(PICK.query == query))
    places = [(id, at) for at, id in enumerate(picks.first, 1)] + [(id, 0) for id in picks.last]
    if places:
        rows = [{"id": new_id(), "query": query, "product_id": id, "place": place} for id, place in places]
        await uow.session.execute(insert(SearchPick).values(rows))
    uow.emit(SearchTuned())
    detail = {"query": query, "first": [*map(str, picks.first)], "last": [*map(str, picks.last)]}
    await audit.record(uow, viewer, "search.picks", "search", query, detail)
