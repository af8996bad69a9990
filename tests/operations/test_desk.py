"""The console's view of the queue."""

from __future__ import annotations

from typing import Any

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from search.sync import Indexer
from server.counters import Counters
from server.desk import ConsoleDesk
from server.traffic import Traffic
from tests.operations.world import LAST_ERROR, dead_jobs


def desk(database: Any) -> ConsoleDesk:
    valkey: Any = None  # the queue asks for none
    indexer = Indexer(database, None, "products", "pages")
    return ConsoleDesk(database, indexer, Traffic(valkey, Counters()), explorer=False)


async def test_failed_jobs_tell_their_last_error(database: Any) -> None:
    async with database.begin() as uow:
        await dead_jobs(uow.session, 2)
    found = await desk(database).dead_jobs(10)
    told = [(job["name"], job["error"], job["payload"], job["attempts"]) for job in found]
    assert told == [("payment.check", LAST_ERROR, "{}", 5)] * 2


async def test_a_job_without_an_error_tells_none(database: Any) -> None:
    async with database.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        await AsyncpgDriver(raw).execute(
            "insert into pgqueuer (priority, status, entrypoint, payload) values (0, 'failed', 'order.complete', null)"
        )
    (job,) = await desk(database).dead_jobs(10)
    assert (job["error"], job["payload"]) == ("", "")
