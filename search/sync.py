"""Keeping both searches as the tables are: after every change, and again after every outage."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any
from uuid import UUID

import structlog

from domain.base import Conflict, Database
from domain.catalog import indexing, tuning
from search import documents
from search.client import EngineFault
from search.engine import Engine
from search.feed import BATCH, Feed, Turn
from search.pages import PageFeed
from search.rebuild import Progress, Rebuild, quietly
from search.settings import INDEX_SETTINGS, fingerprint

log = structlog.get_logger()

# How often everything is compared, in case news of a change was lost or the engine came back with old data.
COMPARE_SECONDS = 300.0


class Indexer:
    """Feeds `search_documents` and, where there is one, the engine's `index`.

    `apply` belongs to the relay: it writes PostgreSQL and remembers what the engine must hear. `catch_up` tells the
    engine and forgets what it has confirmed; the worker calls it every few seconds.
    """

    def __init__(self, database: Database, engine: Engine | None, index: str, pages: str) -> None:
        self.pages = PageFeed(database, engine, pages)
        self._database = database
        self._engine = engine
        self._index = index
        self._turn = Turn(database, index)
        self._compared_at = -COMPARE_SECONDS
        self._mended_at = -COMPARE_SECONDS

    # ---------------------------------------------------------------------------------------- changes
    async def apply(self, product_ids: Collection[UUID]) -> None:
        """Reads these products anew and writes or deletes their documents, whatever the caller knows of them."""
        ids = sorted(product_ids)
        for at in range(0, len(ids), BATCH):
            async with self._database.begin() as uow:
                batch = ids[at : at + BATCH]
                await indexing.note(uow, batch, documents.tokens, for_engine=self._engine is not None)

    async def apply_named(
        self, *, merchant_id: UUID | None = None, category_id: UUID | None = None, brand_id: UUID | None = None
    ) -> None:
        """As `apply`, for all products of a shop that was closed, opened or renamed, of a category or of a brand."""
        async with self._database.read() as session:
            ids = await indexing.products_named_by(
                session, merchant_id=merchant_id, category_id=category_id, brand_id=brand_id
            )
        await self.apply(ids)
        await self.pages.apply_named({"merchant_id": merchant_id, "brand_id": brand_id})
        if merchant_id is not None:
            # What a shop told comes and goes with it: the next round compares everything.
            self.pages.look_again()

    async def apply_post(self, post_id: UUID) -> None:
        """Brings the page of a story up to date: it is shown, was changed, hidden or taken away."""
        await self.pages.apply_named({"post_id": post_id})

    # ---------------------------------------------------------------------------------------- the engine
    async def catch_up(self) -> int:
        """Tells the engine what is pending, building its index first when that is missing or was built otherwise.

        Returns how many products it confirmed; 0 while another process does this. Raises EngineFault while the
        engine cannot be reached, and everything stays pending.
        """
        done = await self._catch_up()
        await self.pages.catch_up()
        return done

    async def _catch_up(self) -> int:
        async with self._turn.taken() as holder:
            if holder is None:
                return 0
            try:
                if await self._is_outdated():
                    await self._rebuild(holder, quietly)
                return await self._converge(holder)
            except EngineFault:
                # PostgreSQL answers meanwhile, so it must have everything; and nobody knows how the engine comes back.
                await self._mend()
                await self.pages.compare()
                self._compared_at = -COMPARE_SECONDS
                raise

    async def _converge(self, holder: UUID) -> int:
        await self._mend()
        done = await self._push()
        if self._engine is not None and time.monotonic() - self._compared_at >= COMPARE_SECONDS:
            if await self._lost_something(self._engine):
                log.warning("search engine lost documents; building it anew")
                await self._rebuild(holder, quietly)
            self._compared_at = time.monotonic()
        return done

    async def rebuild(self, progress: Progress = quietly, *, wait: float = 60.0) -> None:
        """Builds everything anew without an interruption of searches; Conflict while another process does."""
        async with self._turn.taken(wait) as holder:
            if holder is None:
                raise Conflict("搜索索引正在重建，请稍后再试")
            await self._rebuild(holder, progress)
            await self._push()
        self.pages.look_again()
        await self.pages.catch_up(rebuild=True)

    async def _rebuild(self, holder: UUID, progress: Progress) -> None:
        async def prolong() -> None:
            await self._turn.prolong(holder, rebuilding=True)

        await prolong()
        await Rebuild(self._database, self._engine, self._index, prolong, progress).run()
        await self._turn.prolong(holder)

    async def _push(self) -> int:
        return 0 if self._engine is None else await Feed(self._database, self._engine).push_all([self._index])

    async def _is_outdated(self) -> bool:
        async with self._database.read() as session:
            built_as = await indexing.fingerprint_of(session, self._index)
            same = (await tuning.tuning(session)).same
        if built_as != fingerprint(same):
            return True
        if self._engine is None:
            return False
        # Gone, or made by a mere upload after it was gone: an engine that lost its data and came back empty.
        searched = await self._engine.searched(self._index)
        return bool(searched != INDEX_SETTINGS["searchableAttributes"])

    async def _mend(self) -> None:
        """Now and then finds documents that are not as the tables say, because news of a change was lost."""
        if time.monotonic() - self._mended_at < COMPARE_SECONDS:
            return
        strays: list[UUID] = []
        while True:
            before = strays
            async with self._database.read() as session:
                strays = await indexing.strays(session, BATCH)
            if not strays or strays == before:
                break
            log.warning("search documents were astray", products=len(strays))
            await self.apply(strays)
        self._mended_at = time.monotonic()

    async def _lost_something(self, engine: Engine) -> bool:
        has = await engine.documents(self._index)
        async with self._database.read() as session:
            pending, _ = await indexing.backlog(session)
            wanted = await indexing.document_count(session)
        return pending == 0 and has != wanted

    # ---------------------------------------------------------------------------------------- the console
    async def status(self) -> dict[str, Any]:
        """What answers and whether it does, how much it has, how many products it has not confirmed for how long."""
        async with self._database.read() as session:
            pending, lag = await indexing.backlog(session)
            found = {
                "products_on_sale": await indexing.on_sale_count(session),
                "lag_seconds": lag,
                "pending_events": pending,
                "rebuilding": await indexing.is_rebuilding(session, self._index),
            }
            documents_here = await indexing.document_count(session)
        if self._engine is None:
            return found | {"engine": "PostgreSQL", "healthy": True, "documents": documents_here}
        healthy = await self._engine.healthy()
        count = await self._engine.documents(self._index) if healthy else None
        return found | {"engine": "Meilisearch", "healthy": healthy and count is not None, "documents": count or 0}
