"""A mall with rows in it, and WeChat Pay in memory."""

from __future__ import annotations

import pytest

from server.database import Database
from tests.orders.gateway import FakeGateway
from tests.statements.market import filled


@pytest.fixture
async def mall(database: Database) -> Database:
    await filled(database, FakeGateway())
    return database
