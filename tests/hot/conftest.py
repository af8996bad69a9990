"""Room for many at once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from server.database import Database
from server.settings import Settings


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=20)
    yield opened
    await opened.close()
