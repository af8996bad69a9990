"""Telling the engine what changed, until it has confirmed it; and whose turn it is to do so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import structlog

from domain.base import Database
from domain.catalog import indexing
from search import documents
from search.engine import Engine, TaskFailed

log = structlog.get_logger()

BATCH = 500
# A killed process is waited for so long; a living one prolongs its turn long before.
TURN_SECONDS = 30
BEAT_SECONDS = 5


class Turn:
    """One process at a time writes to an index, or an older state could arrive after a newer one."""

    def __init__(self, database: Database, index: str) -> None:
        self._database = database
        self._index = index
        self._inside = asyncio.Lock()
        # One mark for the process: a turn it could not give back, since PostgreSQL was away, is still its own.
        self._holder = uuid4()
        self._rebuilding = False

    @asynccontextmanager
    async def taken(self, wait: float = 0.0) -> AsyncIterator[UUID | None]:
        """The holder's mark while it is ours; None when another process did not give it up within `wait` seconds."""
        holder, deadline = self._holder, time.monotonic() + wait
        async with self._inside:
            held = await self.prolong(holder)
            while not held and time.monotonic() < deadline:
                await asyncio.sleep(0.2)
                held = await self.prolong(holder)
            if not held:
                yield None
                return
            beat = asyncio.create_task(self._keep(holder))
            try:
                yield holder
            finally:
                beat.cancel()
                with suppress(asyncio.CancelledError):
                    await beat
                await self._release(holder)

    async def _keep(self, holder: UUID) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self.prolong(holder, rebuilding=self._rebuilding)
            except Exception as error:
                # Whoever works in this turn meets the same trouble, and tells of it.
                log.warning("search turn not prolonged", error=repr(error))

    async def prolong(self, holder: UUID, *, rebuilding: bool = False) -> bool:
        self._rebuilding = rebuilding
        async with self._database.begin() as uow:
            return await indexing.hold(uow, self._index, holder, TURN_SECONDS, rebuilding=rebuilding)

    async def _release(self, holder: UUID) -> None:
        async with self._database.begin() as uow:
            await indexing.release(uow, self._index, holder)


class Feed:
    """Sends what is pending, in batches."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    async def push(self, indexes: Sequence[str]) -> int:
        """One batch of what is pending to each of `indexes`; how many products all of them confirmed."""
        async with self._database.read() as session:
            marks = await indexing.pending(session, BATCH)
            rows = await indexing.rows(session, list(marks))
        if not marks:
            return 0
        listed = await documents.documents(rows)
        gone = marks.keys() - {row.id for row in rows}
        refused: dict[UUID, str] = {}
        for index in indexes:
            refused |= await self._send(index, listed, gone)
        return await self._settle(marks, refused)

    async def push_all(self, indexes: Sequence[str]) -> int:
        """Everything pending, as long as the engine takes something."""
        done = 0
        while sent := await self.push(indexes):
            done += sent
        return done

    async def _send(self, index: str, listed: Sequence[dict[str, Any]], gone: set[UUID]) -> dict[UUID, str]:
        if gone:
            await self._engine.remove(index, [str(id) for id in gone])
        return await self._put(index, listed) if listed else {}

    async def _put(self, index: str, listed: Sequence[dict[str, Any]]) -> dict[UUID, str]:
        """What the engine would not take, with its reason: one bad document must not keep the others out."""
        try:
            await self._engine.put(index, listed)
        except TaskFailed as failure:
            if len(listed) == 1:
                return {UUID(listed[0]["id"]): str(failure)}
            half = len(listed) // 2
            return await self._put(index, listed[:half]) | await self._put(index, listed[half:])
        return {}

    async def _settle(self, marks: Mapping[UUID, int], refused: Mapping[UUID, str]) -> int:
        taken = {id: mark for id, mark in marks.items() if id not in refused}
        async with self._database.begin() as uow:
            for id, error in refused.items():
                log.error("search engine refused a document", product_id=str(id), error=error)
                await indexing.record_refused(uow, id, error)
            await indexing.confirm(uow, taken)
        return len(taken)
