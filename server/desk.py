"""The queue, the search index and the traffic as the console sees them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.types import JobId

from domain.base import NotFound
from search.sync import Indexer
from server.database import Database
from server.traffic import Traffic

log = structlog.get_logger()


class ConsoleDesk:
    """`schema.base.Desk` over pgqueuer's tables, the indexer and the counters of all processes."""

    def __init__(self, database: Database, indexer: Indexer, traffic: Traffic, *, explorer: bool) -> None:
        self.explorer = explorer
        self._database = database
        self._indexer = indexer
        self._traffic = traffic
        self._rebuild: asyncio.Task[None] | None = None

    async def dead_jobs(self, first: int) -> list[dict[str, Any]]:
        async with self._queries() as queries:
            jobs = await queries.list_failed_jobs(first)
            errors = await _last_errors(queries, [job.id for job in jobs])
            return [
                {
                    "id": UUID(int=int(job.id)),
                    "name": job.entrypoint,
                    "payload": (job.payload or b"").decode(errors="replace"),
                    "error": errors.get(job.id, ""),
                    "attempts": job.attempts,
                    "failed_at": job.updated,
                }
                for job in jobs
            ]

    async def requeue(self, job_id: int) -> None:
        """Refuses a job that is not among the failed ones."""
        async with self._queries() as queries:
            job = await queries.queue_job_by_id(JobId(job_id))
            if job is None or job.status != "failed":
                raise NotFound("没有这个失败任务", field="id")
            await queries.requeue_jobs([JobId(job_id)])

    async def search_status(self) -> dict[str, Any]:
        return await self._indexer.status()

    async def traffic(self) -> dict[str, Any]:
        return await self._traffic.figures()

    async def rebuild_search(self) -> None:
        """Starts a rebuild in the background; one that runs already is left to run."""
        if self._rebuild is None or self._rebuild.done():
            self._rebuild = asyncio.create_task(self._rebuilt())

    async def _rebuilt(self) -> None:
        try:
            await self._indexer.rebuild()
        except Exception as error:
            log.error("search.rebuild_failed", error=repr(error))

    @asynccontextmanager
    async def _queries(self) -> AsyncIterator[Queries]:
        async with self._database.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            yield Queries(AsyncpgDriver(raw.driver_connection))


# Asked here, because pgqueuer reads one history at a time and takes JSON only as text, which SQLAlchemy has decoded.
LAST_ERRORS = """
SELECT DISTINCT ON (job_id) job_id, traceback ->> 'exception_message' AS message
FROM pgqueuer_log WHERE job_id = ANY($1::bigint[]) AND traceback IS NOT NULL
ORDER BY job_id, created DESC, id DESC
"""


async def _last_errors(queries: Queries, job_ids: list[JobId]) -> dict[int, str]:
    rows: list[Any] = await queries.driver.fetch(LAST_ERRORS, job_ids)
    return {row["job_id"]: row["message"] or "" for row in rows}
