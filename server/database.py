"""Engines, sessions and the unit of work over them."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from domain.base import Job, UnitOfWork
from domain.bulk import Writes
from domain.statements import Reads
from server.settings import Settings

POOL = 15
# A connection that was given back so many seconds ago is taken for alive.
FRESH_SECONDS = 1.0
USED = "given back at"


class Database:
    """The primary for units of work; a replica, where there is one, for reading."""

    def __init__(self, settings: Settings, *, pool: int = POOL, most_ms: int | None = None) -> None:
        """`most_ms`: after so many milliseconds PostgreSQL itself ends a statement, whoever still waits for it."""
        server_settings = _server_settings(settings, most_ms)
        self._write = _engine(settings.database_url, settings, pool, server_settings)
        # Reading needs no transaction: one statement, one round trip.
        one_by_one = {"isolation_level": "AUTOCOMMIT"}
        if settings.database_read_url == settings.database_url:
            self._read = self._write.execution_options(**one_by_one)
        else:
            replica = _engine(settings.database_read_url, settings, pool, server_settings)
            self._read = replica.execution_options(**one_by_one)
        self._begin = async_sessionmaker(self._write, class_=Writes, expire_on_commit=False)
        self._pool_options = _pool_options(settings, pool, server_settings)
        self._pool: Pool | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with self._begin.begin() as session:
            uow = UnitOfWork(session)
            yield uow
            await session.flush()
            await uow.write_events()
            await enqueue(session, uow.jobs)

    def read(self) -> Reading:
        return Reading(self)

    async def reads(self) -> Reads:
        """What `read` enters; to be told when it is `done`."""
        return Reads(self._read, self._pool or await self._open_pool())

    async def _open_pool(self) -> Pool:
        # Without connections to open it does not pause, so nobody meets a pool that is half open.
        opened = asyncpg.create_pool(**self._pool_options)
        self._pool = Pool(opened)
        await opened
        return self._pool

    @property
    def engine(self) -> AsyncEngine:
        return self._write

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()
        await self._read.dispose()
        await self._write.dispose()


class Pool:
    """The driver's pool, before which lie the connections that were given back whole, to be taken up again.

    Asking the driver's pool costs as much as a small statement: it makes a task for each that is given back. So it is
    asked only where none lies here, where somebody waits in it, or where a statement did not end as it should: then it
    is its business to wait for the cancelling, or to open another connection.
    """

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool
        self._at_hand: list[Any] = []
        self._waiting = 0

    async def acquire(self) -> Any:
        while self._at_hand:
            found = self._at_hand.pop()
            if not found.is_closed():
                return found
            await self._pool.release(found)
        self._waiting += 1
        try:
            return await self._pool.acquire()
        finally:
            self._waiting -= 1

    async def release(self, connection: Any, *, whole: bool) -> None:
        if whole and not self._waiting and not connection.is_closed():
            self._at_hand.append(connection)
        else:
            await self._pool.release(connection)

    async def close(self) -> None:
        at_hand, self._at_hand = self._at_hand, []
        for connection in at_hand:
            await self._pool.release(connection)
        await self._pool.close()


class Reading:
    """`async with database.read() as session:`, without a generator: it is entered for every page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __aenter__(self) -> Reads:
        self._reads = await self._database.reads()
        return self._reads

    async def __aexit__(self, *_error: object) -> None:
        await self._reads.done()


async def enqueue(session: AsyncSession, jobs: list[Job]) -> None:
    """Puts jobs into the queue within the session's transaction; a key that is queued already is left as it is."""
    if not jobs:
        return
    raw = await (await session.connection()).get_raw_connection()
    assert raw.driver_connection is not None
    await Queries(AsyncpgDriver(raw.driver_connection)).enqueue(
        [job.name for job in jobs],
        [json.dumps(job.payload).encode() for job in jobs],
        [0] * len(jobs),
        [job.after for job in jobs],
        [job.key for job in jobs],
        on_conflict="skip",
    )


async def _nothing_to_reset(_connection: object) -> None:
    """Reading leaves nothing behind on a connection; the usual reset would be a round trip for every reader."""


def _server_settings(settings: Settings, most_ms: int | None) -> dict[str, str]:
    found = {"timezone": "UTC"}
    # PgBouncer turns away connections that ask for what it does not know; there the time is set for the role.
    if most_ms is not None and not settings.pgbouncer:
        found["statement_timeout"] = str(most_ms)
    return found


def _pool_options(settings: Settings, pool: int, server_settings: dict[str, str]) -> dict[str, Any]:
    """For readers that need no session: nothing but statements, each on its own."""
    return {
        "dsn": settings.database_read_url.replace("+asyncpg", ""),
        "min_size": 0,
        "max_size": pool,
        "reset": _nothing_to_reset,
        "timeout": 5,
        "statement_cache_size": 0 if settings.pgbouncer else 512,
        "server_settings": server_settings,
    }


def _engine(url: str, settings: Settings, pool: int, server_settings: dict[str, str]) -> AsyncEngine:
    # PgBouncer in transaction mode hands out connections that do not know our prepared statements.
    pooled = {"statement_cache_size": 0, "prepared_statement_cache_size": 0} if settings.pgbouncer else {}
    engine = create_async_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=5,
        connect_args={"server_settings": server_settings, "timeout": 5, "command_timeout": 30, **pooled},
    )
    if not settings.pgbouncer:
        _look_before_use(engine)
    return engine


def _look_before_use(engine: AsyncEngine) -> None:
    """Leaves a dead connection aside. One that was used a moment ago is not asked: that is three statements more for
    every transaction, and the driver is told at once of a server that ends."""

    @event.listens_for(engine.sync_engine, "checkin")
    def given_back(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[USED] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def taken(connection: Any, record: ConnectionPoolEntry, _fairy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError("the server has closed it")
        if time.monotonic() - record.info.get(USED, 0.0) < FRESH_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as error:
            raise DisconnectionError("it no longer answers") from error
