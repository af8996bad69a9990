"""PostgreSQL is away: callers are told to come again, not that something broke."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import text

from server.app import create_app
from server.database import Database
from server.outage import is_outage
from server.settings import Settings
from tests.client import lifespan

NOBODY = "postgresql+asyncpg://postgres@127.0.0.1:9/mall"


async def test_without_postgresql_callers_are_told_to_come_again(settings: Settings) -> None:
    app = create_app(
        settings.model_copy(update={"database_url": NOBODY, "database_read_url": NOBODY, "meili_url": None})
    )
    async with lifespan(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://mall") as http:
            asked = await http.post("/graphql", json={"query": "{ categories { id } }"})
            with_token = await http.post(
                "/graphql", json={"query": "{ me { id } }"}, headers={"authorization": "Bearer " + "x" * 43}
            )
            live, ready = await http.get("/livez"), await http.get("/readyz")
    assert asked.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert with_token.status_code == 503
    assert with_token.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert with_token.headers["retry-after"] == "2"
    assert (live.status_code, ready.status_code) == (200, 503)


RAISE = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}', MESSAGE = 'as the test wants it' ; END $$"


@pytest.mark.parametrize(
    ("state", "outage"),
    [("57P03", True), ("53100", True), ("40001", True), ("40P01", True), ("08006", True), ("23505", False)],
)
async def test_what_passes_is_told_from_what_is_wrong(database: Database, state: str, outage: bool) -> None:
    """Starting up, a full disk, two that cannot both be right: the library wraps them all in one class.

    The fault rig found buyers who were shown an internal error while PostgreSQL was starting.
    """
    with pytest.raises(Exception, match="as the test wants it") as writing:
        async with database.begin() as uow:
            await uow.session.execute(text(RAISE.format(state)))
    with pytest.raises(Exception, match="as the test wants it") as reading:
        async with database.read() as session:
            await session.execute(text(RAISE.format(state)))
    assert [is_outage(writing.value), is_outage(reading.value)] == [outage, outage]
