"""Building the searches anew from the tables while the old index goes on answering."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.base import Database
from domain.catalog import indexing, tuning
from search import documents
from search.engine import Engine
from search.feed import BATCH, Feed
from search.settings import fingerprint, index_settings

# Told after every batch: products written so far, products on sale when it began.
Progress = Callable[[int, int], None]
# Of an index that is being filled: its name is the index's own and this and something random.
MARK = "__new_"


def quietly(done: int, total: int) -> None:
    """No news of the progress."""


@dataclass(frozen=True)
class Rebuild:
    """One rebuild of `index`; whoever runs it has the turn and prolongs it by `prolong`."""

    database: Database
    engine: Engine | None
    index: str
    prolong: Callable[[], Awaitable[object]]
    progress: Progress = quietly

    async def run(self) -> None:
        async with self.database.read() as session:
            same = (await tuning.tuning(session)).same
        if self.engine is None:
            await self._fill(None, [])
        else:
            await self._replace(self.engine, index_settings(same))
        async with self.database.begin() as uow:
            await indexing.prune(uow)
            await indexing.record_built(uow, self.index, fingerprint(same))

    async def _replace(self, engine: Engine, settings: dict[str, Any]) -> None:
        """A new index is filled and then swapped in; what changes meanwhile goes to the old and to the new one."""
        for leftover in await engine.indexes(self.index + MARK):
            await engine.drop(leftover)
        fresh = f"{self.index}{MARK}{secrets.token_hex(4)}"
        await engine.create(fresh, settings)
        exists = await engine.documents(self.index) is not None
        await self._fill(engine, [self.index, fresh] if exists else [fresh])
        if not exists:
            await engine.create(self.index)  # a swap needs two
        await engine.swap(self.index, fresh)
        await engine.drop(fresh)

    async def _fill(self, engine: Engine | None, indexes: Sequence[str]) -> None:
        """While the engine works on one batch, words of the next are cut: each keeps a processor of its own busy."""
        async with self.database.read() as session:
            total, done = await indexing.on_sale_count(session), 0
        async with _one_behind() as send:
            async for ids in self._batches():
                async with self.database.begin() as uow:
                    await indexing.note(uow, ids, documents.tokens, for_engine=False)
                if engine is not None:
                    await send(self._send(engine, indexes, ids))
                done += len(ids)
                self.progress(done, total)
                await self.prolong()

    async def _send(self, engine: Engine, indexes: Sequence[str], ids: Sequence[UUID]) -> None:
        async with self.database.read() as session:
            rows = await indexing.rows(session, ids)
        if rows:
            await engine.put(indexes[-1], await documents.documents(rows))
        # After the batch: whatever changed while it was read comes later and so has the last word.
        await Feed(self.database, engine).push(indexes)

    async def _batches(self) -> AsyncIterator[list[UUID]]:
        last: UUID | None = None
        while True:
            async with self.database.read() as session:
                ids = await indexing.on_sale_after(session, last, BATCH)
            if not ids:
                return
            yield ids
            last = ids[-1]


@asynccontextmanager
async def _one_behind() -> AsyncIterator[Callable[[Coroutine[Any, Any, None]], Awaitable[None]]]:
    """Runs what it is given in the background, each after the one before has ended; all have ended at the end."""
    running: list[asyncio.Task[None]] = []

    async def begin(work: Coroutine[Any, Any, None]) -> None:
        while running:
            await running.pop()
        running.append(asyncio.create_task(work))

    try:
        yield begin
        while running:
            await running.pop()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
