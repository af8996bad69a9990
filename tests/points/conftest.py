"""What the tests of orders use, here too; and room for many at once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from server.database import Database
from server.settings import Settings
from tests.orders.conftest import gateway as gateway
from tests.orders.conftest import running_clock as running_clock


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    """As everywhere, with room for forty at once."""
    opened = Database(settings, pool=40)
    yield opened
    await opened.close()
