"""PostgreSQL is away: callers are told to come again, not that something broke."""

from __future__ import annotations

import httpx

from server.app import create_app
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
