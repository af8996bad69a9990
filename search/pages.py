"""Keeping the index of pages as the tables are: shops, places, brands, stories, whatever `kinds` names."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
import structlog

from domain.base import Database
from domain.catalog import indexing, pages
from domain.catalog.pages import Key, News, PageRow, Prepared
from search import words
from search.engine import Engine, TaskFailed
from search.feed import BATCH, Turn
from search.kinds import KINDS, Kind
from search.rebuild import MARK
from search.settings import PAGE_SETTINGS, page_fingerprint

log = structlog.get_logger()

# What sells where changes all the time, and nobody tells: so often everything is compared.
COMPARE_SECONDS = 60.0


class PageFeed:
    """Feeds `search_pages` and, where there is one, the engine's `index`; see `search.sync.Indexer`."""

    def __init__(self, database: Database, engine: Engine | None, index: str) -> None:
        self._database = database
        self._engine = engine
        self._index = index
        self._turn = Turn(database, index)
        self._compared_at = -COMPARE_SECONDS

    async def apply(self, kind: Kind, targets: Collection[str]) -> None:
        """Reads these pages anew and writes what became of them."""
        await self._write(kind, targets)

    async def apply_named(self, named: Mapping[str, Any]) -> None:
        """The pages that a change names, such as the shop's own."""
        for kind in KINDS:
            if (target := named.get(kind.named_by)) is not None:
                await self._write(kind, [str(target)])

    async def compare(self) -> None:
        """Everything as the tables say, now and then."""
        if time.monotonic() - self._compared_at < COMPARE_SECONDS:
            return
        for kind in KINDS:
            strays = await self._strays(kind)
            for at in range(0, len(strays), BATCH):
                await self._write(kind, strays[at : at + BATCH])
        self._compared_at = time.monotonic()

    def look_again(self) -> None:
        """The next `compare` does not wait."""
        self._compared_at = -COMPARE_SECONDS

    async def catch_up(self, *, rebuild: bool = False) -> None:
        """As `Indexer.catch_up`: compares, builds the index anew when it must, and tells the engine what is pending."""
        async with self._turn.taken() as holder:
            if holder is None:
                return
            await self.compare()
            if self._engine is None:
                return
            if rebuild or await self._is_outdated(self._engine):
                await self._rebuild(self._engine)
            await self._push(self._engine)

    async def _strays(self, kind: Kind) -> list[str]:
        """Pages that are not as the tables say. They are read again when they are written, some at a time: of
        thousands together the writing would outlast what a statement may take, and everybody else would wait."""
        async with self._database.read() as session:
            known = await pages.digests(session, kind.name, None)
            found = await kind.read(session, None)
        digests = await asyncio.to_thread(lambda: {row.target: _digest(kind, row) for row in found})
        return sorted(target for target in known | digests if known.get(target) != digests.get(target))

    async def _write(self, kind: Kind, targets: Collection[str]) -> None:
        """The transaction begins with the turn, so that what is read is not older than what another wrote."""
        async with self._database.begin() as uow:
            await pages.take_turn(uow)
            known = await pages.digests(uow.session, kind.name, targets)
            found = await kind.read(uow.session, targets)
            changed = await asyncio.to_thread(_changed, kind, found, known)
            await pages.write(uow, kind.name, changed, known.keys() - {row.target for row in found})
            if self._engine is None:
                await pages.forget_gone(uow)

    async def _is_outdated(self, engine: Engine) -> bool:
        async with self._database.read() as session:
            if await indexing.fingerprint_of(session, self._index) != page_fingerprint():
                return True
            wanted, waiting = await pages.counts(session)
        has = await engine.documents(self._index)
        return has is None or (waiting == 0 and has != wanted)

    async def _rebuild(self, engine: Engine) -> None:
        for leftover in await engine.indexes(self._index + MARK):
            await engine.drop(leftover)
        fresh = f"{self._index}{MARK}{secrets.token_hex(4)}"
        await engine.create(fresh, PAGE_SETTINGS)
        last: Key | None = None
        marks: dict[Key, int] = {}
        while news := await self._after(last):
            await self._send(engine, fresh, news)
            marks |= news.marks
            last = list(news.marks)[-1]
        if await engine.documents(self._index) is None:
            await engine.create(self._index)  # a swap needs two
        await engine.swap(self._index, fresh)
        await engine.drop(fresh)
        async with self._database.begin() as uow:
            await pages.confirm(uow, marks)
            await indexing.record_built(uow, self._index, page_fingerprint())

    async def _after(self, last: Key | None) -> News | None:
        async with self._database.read() as session:
            news = await pages.after(session, last, BATCH)
        return news if news.marks else None

    async def _push(self, engine: Engine) -> None:
        while True:
            async with self._database.read() as session:
                news = await pages.pending(session, BATCH)
            if not news.marks:
                return
            refused = await self._send(engine, self._index, news)
            async with self._database.begin() as uow:
                for key, error in refused.items():
                    log.error("search engine refused a page", kind=key[0], target=key[1], error=error)
                    await pages.record_refused(uow, key, error)
                await pages.confirm(uow, {key: mark for key, mark in news.marks.items() if key not in refused})
            if refused:
                return

    async def _send(self, engine: Engine, index: str, news: News) -> dict[Key, str]:
        gone = [_id(key) for key, document in news.documents.items() if document is None]
        if gone:
            await engine.remove(index, gone)
        return await self._put(engine, index, {key: each for key, each in news.documents.items() if each is not None})

    async def _put(self, engine: Engine, index: str, listed: dict[Key, dict[str, Any]]) -> dict[Key, str]:
        """What the engine would not take, with its reason; the others are in."""
        if not listed:
            return {}
        try:
            await engine.put(index, list(listed.values()))
        except TaskFailed as failure:
            if len(listed) == 1:
                return dict.fromkeys(listed, str(failure))
            both, half = list(listed.items()), len(listed) // 2
            first = await self._put(engine, index, dict(both[:half]))
            return first | await self._put(engine, index, dict(both[half:]))
        return {}


# ------------------------------------------------------------------------------------------------ preparing
def _changed(kind: Kind, rows: Sequence[PageRow], known: Mapping[str, str]) -> list[Prepared]:
    """Only what is not known like this is prepared: cutting words takes far longer than comparing."""
    digests = ((row, _digest(kind, row)) for row in rows)
    return [_prepared(kind, row, digest) for row, digest in digests if known.get(row.target) != digest]


def _digest(kind: Kind, row: PageRow) -> str:
    said = [page_fingerprint(), kind.endings, row.target, row.title, row.names, row.about, row.weight, row.also]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _prepared(kind: Kind, row: PageRow, digest: str) -> Prepared:
    spellings = _spellings(kind, row)
    document = _document(kind, row) | {"spellings": spellings}
    return Prepared(row, spellings, words.tokens(_found_by(kind, row)), document, digest)


def _spellings(kind: Kind, row: PageRow) -> list[str]:
    """What names this page and nothing else: its names, without their endings too, in characters and in pinyin."""
    found: dict[str, None] = {}
    for name in row.names:
        plain = words.typed(name)
        for ending in ("", *kind.endings):
            short = plain.removesuffix(ending)
            if len(short) > 1:
                found |= dict.fromkeys((short, words.typed_pinyin(short)))
    return list(found)


def _found_by(kind: Kind, row: PageRow) -> list[str]:
    """Where there is no engine, what a page tells counts as much as what it is called."""
    return [*row.names, *row.also, *([row.about] if kind.tells else [])]


def _document(kind: Kind, row: PageRow) -> dict[str, Any]:
    """Every searchable field is there even when empty: the engine refuses to search one that no document has."""
    names = (*row.names, *row.also)
    return {
        "id": _id((kind.name, row.target)),
        "kind": kind.name,
        "target": row.target,
        "title": row.title,
        "words": words.simplified(". ".join(names)),
        "about": words.simplified(row.about),
        "characters": words.spaced(names),
        "pinyin": words.joined_pinyin(names),
        "syllables": words.spaced_syllables(names),
        "initials": " ".join(words.initials(names)),
        "weight": row.weight,
    }


def _id(key: Key) -> str:
    return f"{key[0]}-{key[1]}"
