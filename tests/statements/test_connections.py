"""Connections come back to the pool whatever happens to who took them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest
from sqlalchemy import Float, Integer, bindparam, func, literal, select, text

from domain import catalog
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Product
from server.database import Database
from server.settings import Settings

SLEEP = Statement(Product.__table__, lambda _: select(func.pg_sleep(bindparam("seconds", type_=Float))))
DIVIDE = Statement(Product.__table__, lambda _: select(literal(1, Integer) / bindparam("by", type_=Integer)))
SMALL = 3


@pytest.fixture
async def small(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    """A database with three connections for reading."""
    opened = Database(settings, pool=SMALL)
    yield opened
    # Closing waits for every connection that was taken, for ever if one never comes back.
    async with asyncio.timeout(30):
        await opened.close()


async def serves(database: Database) -> None:
    """All connections can be had at the same time, and more readers than there are get their turn."""
    together = asyncio.Barrier(SMALL)

    async def read(wait: bool) -> None:
        async with database.read() as session:
            await catalog.products_by_id(session, [], NO_COLUMNS)
            if wait:
                await together.wait()

    async with asyncio.timeout(30):
        await asyncio.gather(*[read(True) for _ in range(SMALL)])
        await asyncio.gather(*[read(False) for _ in range(50)])


async def test_after_cancelled_reads_the_pool_serves(small: Database) -> None:
    dice = random.Random(1)

    async def read() -> None:
        async with small.read() as session:
            await catalog.banners(session, NO_COLUMNS)
            await SLEEP.rows(session, NO_COLUMNS, seconds=30.0)

    # Some are cancelled before they begin, some while they wait for a connection, some while PostgreSQL works.
    for _ in range(10):
        tasks = [asyncio.create_task(read()) for _ in range(10)]
        for task in tasks:
            await asyncio.sleep(dice.choice((0, 0, 0.002, 0.01)))
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends)
    await serves(small)


async def test_after_reads_that_ran_out_of_time_the_pool_serves(small: Database) -> None:
    for _ in range(10):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02), small.read() as session:
                await SLEEP.rows(session, NO_COLUMNS, seconds=30.0)
    await serves(small)


async def test_after_errors_the_pool_serves(small: Database) -> None:
    async def read() -> None:
        async with small.read() as session:
            await DIVIDE.rows(session, NO_COLUMNS, by=0)

    for end in await asyncio.gather(*[read() for _ in range(30)], return_exceptions=True):
        assert isinstance(end, asyncpg.DivisionByZeroError)
    await serves(small)


async def test_a_reader_that_raises_on_its_own_gives_its_connection_back(small: Database) -> None:
    for _ in range(SMALL * 3):
        with suppress(LookupError):
            async with small.read() as session:
                await catalog.banners(session, NO_COLUMNS)
                raise LookupError
    await serves(small)


async def test_after_an_error_the_same_reader_goes_on(small: Database) -> None:
    async with small.read() as session:
        with pytest.raises(asyncpg.DivisionByZeroError):
            await DIVIDE.rows(session, NO_COLUMNS, by=0)
        assert await DIVIDE.scalar(session, by=1) == 1


async def test_one_reader_may_go_both_ways(small: Database) -> None:
    for _ in range(SMALL * 3):
        async with small.read() as session:
            assert await catalog.banners(session, NO_COLUMNS) == []
            assert await session.scalar(text("select 1")) == 1
    await serves(small)


async def test_reading_that_was_not_needed_takes_no_connection(small: Database) -> None:
    async with small.read(), small.read(), small.read(), small.read():
        await serves(small)
