"""Room for many at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from server.database import Database
from server.settings import Settings


async def until(true: Callable[[], bool]) -> None:
    """Lets everybody else go on until it is so."""
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - what is waited for has no event to tell it
            await asyncio.sleep(0)


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=20)
    yield opened
    await opened.close()
