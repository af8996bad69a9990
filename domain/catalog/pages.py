"""Pages the searches know besides products: shops, places, brands. Who is one, and what the engine must hear."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Text,
    any_,
    bindparam,
    case,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import UnitOfWork, clock
from domain.merchants import OPEN
from models.catalog import Brand, SearchDocument
from models.merchants import Merchant, Region
from models.search import SearchPage

# Writers of pages take turns, or one that read earlier could write later.
WRITERS = func.pg_advisory_xact_lock(func.hashtext("search_pages"))
PAGE = SearchPage.__table__.c
LISTED = SearchDocument.__table__.c


@dataclass(frozen=True)
class PageRow:
    """A page with the names it may be found by, what else it says of itself, and how much sells behind it."""

    target: str
    title: str
    names: tuple[str, ...]
    about: str
    weight: int
    # What else it may be found by, which names other things: typed alone, it does not mean this page.
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """A page as both searches want it."""

    row: PageRow
    spellings: list[str]
    tokens: list[str]
    document: dict[str, Any]
    digest: str


MOST_CONFIRMED = 500

# A page's name among all pages: kind and target.
Key: TypeAlias = tuple[str, str]


# ------------------------------------------------------------------------------------------------ who is one
async def merchants(session: AsyncSession, targets: Collection[str] | None) -> list[PageRow]:
    """Open shops, all or those among `targets`."""
    chosen = select(Merchant.id, Merchant.name, Merchant.intro, Region.full_name, Merchant.sold_count).join(
        Region, Region.code == Merchant.region_code
    )
    chosen = chosen.where(OPEN, _among(Merchant.id, targets))
    rows = await session.execute(chosen)
    return [PageRow(str(id), name, (name,), f"{place}. {intro}", sold) for id, name, intro, place, sold in rows]


async def origins(session: AsyncSession, targets: Collection[str] | None) -> list[PageRow]:
    """Places that something on sale comes from, and what they are part of."""
    places = select(func.unnest(LISTED.origin_codes).label("code"), LISTED.sold_count).subquery()
    counted = select(places.c.code, func.sum(places.c.sold_count).label("sold")).group_by(places.c.code).subquery()
    chosen = select(Region.code, Region.name, Region.full_name, counted.c.sold)
    chosen = chosen.join(counted, counted.c.code == Region.code).where(_among(Region.code, targets))
    rows = await session.execute(chosen)
    return [PageRow(code, name, (name,), full_name, int(sold)) for code, name, full_name, sold in rows]


async def brands(session: AsyncSession, targets: Collection[str] | None) -> list[PageRow]:
    """Brands of which something is on sale."""
    counted = select(LISTED.brand_id, func.sum(LISTED.sold_count).label("sold")).group_by(LISTED.brand_id).subquery()
    chosen = select(Brand.id, Brand.name, func.coalesce(Merchant.name, ""), counted.c.sold)
    chosen = chosen.join(counted, counted.c.brand_id == Brand.id).outerjoin(Merchant, Merchant.id == Brand.merchant_id)
    rows = await session.execute(chosen.where(_among(Brand.id, targets)))
    return [PageRow(str(id), name, (name,), shop, int(sold)) for id, name, shop, sold in rows]


def _among(column: Any, targets: Collection[str] | None) -> ColumnElement[bool]:
    if targets is None:
        return literal(True)
    return column.cast(Text) == any_(literal(sorted(targets), ARRAY(Text)))  # type: ignore[no-any-return]


# ------------------------------------------------------------------------------------------------ writing
async def take_turn(uow: UnitOfWork) -> None:
    """Until the end of the transaction nobody else writes pages; to be called before they are read."""
    await uow.session.execute(select(WRITERS))


async def digests(session: AsyncSession, kind: str, targets: Collection[str] | None) -> dict[str, str]:
    """What is known of each page of a kind, or of those among `targets`; nothing of those that are gone."""
    chosen = select(PAGE.target, PAGE.digest).where(PAGE.kind == kind, ~PAGE.gone, _among(PAGE.target, targets))
    return {target: digest for target, digest in await session.execute(chosen)}


async def write(uow: UnitOfWork, kind: str, pages: Sequence[Prepared], gone: Collection[str]) -> None:
    """Writes these pages and takes away those that are `gone`; the engine has to hear of all of them."""
    if pages:
        await _upsert(uow, kind, pages)
    if gone:
        lost = update(SearchPage).where(PAGE.kind == kind, _among(PAGE.target, gone), ~PAGE.gone)
        news = {"gone": True, "mark": PAGE.mark + 1, "since": clock.now(), "attempts": 0, "error": ""}
        await uow.session.execute(lost.values(news))


async def _upsert(uow: UnitOfWork, kind: str, pages: Sequence[Prepared]) -> None:
    words = func.array_to_tsvector(bindparam("tokens", type_=ARRAY(Text)))
    new = insert(SearchPage).values(words=words)
    copied = ("title", "spellings", "words", "weight", "document", "digest", "gone", "attempts", "error")
    set_ = {name: new.excluded[name] for name in copied} | {
        "mark": PAGE.mark + 1,
        # Still waiting: since when it did.
        "since": case((PAGE.mark > PAGE.confirmed, PAGE.since), else_=new.excluded.since),
    }
    upsert = new.on_conflict_do_update(index_elements=["kind", "target"], set_=set_)
    connection = await uow.session.connection()
    await connection.execute(upsert, [_values(kind, page) for page in pages])


def _values(kind: str, page: Prepared) -> dict[str, object]:
    state = {"gone": False, "since": clock.now(), "mark": 1, "confirmed": 0, "attempts": 0, "error": ""}
    known = {"title": page.row.title, "weight": page.row.weight, "spellings": page.spellings, "tokens": page.tokens}
    return {"kind": kind, "target": page.row.target, "document": page.document, "digest": page.digest} | known | state


# ------------------------------------------------------------------------------------------------ for the engine
@dataclass(frozen=True)
class News:
    """Pages as they now are, or None for one that is gone, with the marks they had when they were read."""

    documents: Mapping[Key, dict[str, Any] | None]
    marks: Mapping[Key, int]


async def pending(session: AsyncSession, limit: int) -> News:
    """What the engine has not confirmed, oldest first; what it refused before comes last."""
    chosen = select(PAGE.kind, PAGE.target, PAGE.mark, PAGE.gone, PAGE.document).where(PAGE.mark > PAGE.confirmed)
    return _news(list(await session.execute(chosen.order_by(PAGE.attempts, PAGE.since).limit(limit))))


async def after(session: AsyncSession, last: Key | None, limit: int) -> News:
    """All pages in the order of their keys, for walking through them."""
    chosen: Select[Any] = select(PAGE.kind, PAGE.target, PAGE.mark, PAGE.gone, PAGE.document)
    if last is not None:
        chosen = chosen.where(tuple_(PAGE.kind, PAGE.target) > tuple_(literal(last[0]), literal(last[1])))
    return _news(list(await session.execute(chosen.order_by(PAGE.kind, PAGE.target).limit(limit))))


def _news(rows: Sequence[Any]) -> News:
    documents = {(kind, target): None if gone else document for kind, target, _, gone, document in rows}
    return News(documents, {(kind, target): mark for kind, target, mark, _, _ in rows})


async def confirm(uow: UnitOfWork, marks: Mapping[Key, int]) -> None:
    """The engine has these pages as they were under these marks; pages that are gone may be forgotten.

    What has changed since has another mark, and still waits. Some at a time, and no join: of thousands together, in a
    table the planner knows nothing of yet, it compared each with each until the statement's time was over.
    """
    listed = list(marks.items())
    for at in range(0, len(listed), MOST_CONFIRMED):
        some = listed[at : at + MOST_CONFIRMED]
        named = PAGE.kind + ":" + PAGE.target + ":" + PAGE.mark.cast(Text)
        told = [f"{kind}:{target}:{mark}" for (kind, target), mark in some]
        step = update(SearchPage).where(
            _among(PAGE.kind, {kind for (kind, _), _ in some}),
            _among(PAGE.target, {target for (_, target), _ in some}),
            named == any_(literal(told, ARRAY(Text))),
        )
        await uow.session.execute(step.values(confirmed=PAGE.mark))
    await uow.session.execute(delete(SearchPage).where(PAGE.gone, PAGE.mark == PAGE.confirmed))


async def forget_gone(uow: UnitOfWork) -> None:
    """For a mall without an engine: nobody has to hear of what is gone."""
    await uow.session.execute(delete(SearchPage).where(PAGE.gone))


async def record_refused(uow: UnitOfWork, key: Key, error: str) -> None:
    """Notes that the engine would not take this page."""
    step = update(SearchPage).where(PAGE.kind == key[0], PAGE.target == key[1])
    await uow.session.execute(step.values(attempts=PAGE.attempts + 1, error=error[:500]))


async def counts(session: AsyncSession) -> tuple[int, int]:
    """How many pages there are, and how many the engine has not confirmed."""
    chosen = select(func.count().filter(~PAGE.gone), func.count().filter(PAGE.mark > PAGE.confirmed))
    found, waiting = (await session.execute(chosen.select_from(SearchPage))).one()
    return found, waiting
