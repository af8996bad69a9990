"""A mall with rows in it, and WeChat Pay in memory."""

from __future__ import annotations

import pytest

from domain.traces import anchor
from server.database import Database
from tests.factories import orders, traces
from tests.operations import world
from tests.orders.gateway import FakeGateway
from tests.statements.market import filled


@pytest.fixture
async def mall(database: Database) -> Database:
    await filled(database, FakeGateway())
    return database


@pytest.fixture
async def everything(database: Database) -> Database:
    """A mall with a row for every list of every page, and so for every reader."""
    await world.make(database)
    lot = await traces.grown(database, await orders.shop(database))
    await traces.traced(database, lot)
    async with database.begin() as uow:
        await anchor(uow)
    return database
