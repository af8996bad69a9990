"""The mall as its clients see it: GraphQL over HTTP on the real application, real servers behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import httpx
from sqlalchemy import event
from starlette.applications import Starlette

from domain.statements import Reads
from server.app import create_app
from server.database import Database
from server.services import Mall
from server.settings import Settings


class Failed(AssertionError):
    """The reply has errors where the test expected none."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors

    @property
    def code(self) -> str:
        return str(self.errors[0]["extensions"]["code"])


@dataclass
class Client:
    """One caller. `as_(token)` gives the same mall seen by somebody else."""

    http: httpx.AsyncClient
    mall: Mall
    token: str | None = None

    def as_(self, token: str | None) -> Client:
        return Client(self.http, self.mall, token)

    async def post(self, query: str, **variables: Any) -> httpx.Response:
        """The reply of one operation, whatever it is."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)

    async def send(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole reply of one operation."""
        reply = await self.post(query, **variables)
        assert reply.status_code < 500, reply.text
        found: dict[str, Any] = reply.json()
        return found

    async def ask(self, query: str, **variables: Any) -> Any:
        """The data of one operation; Failed when there are errors. With one root field, that field's value."""
        reply = await self.send(query, **variables)
        if reply.get("errors"):
            raise Failed(reply["errors"])
        data = reply["data"]
        return next(iter(data.values())) if len(data) == 1 else data


@asynccontextmanager
async def open_client(settings: Settings) -> AsyncIterator[Client]:
    app = create_app(settings)
    async with lifespan(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_base_url, timeout=30) as http:
            yield Client(http, app.state.mall)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    async with app.router.lifespan_context(app):
        yield


@asynccontextmanager
async def counting(mall: Mall) -> AsyncIterator[list[str]]:
    """The SQL statements sent meanwhile, through sessions and straight to the driver."""
    async with counting_on(mall.database) as sent:
        yield sent


@asynccontextmanager
async def counting_on(database: Database) -> AsyncIterator[list[str]]:
    sent: list[str] = []
    fetch = Reads.fetch

    async def noted(reads: Reads, text: str, arguments: Sequence[Any]) -> Any:
        sent.append(text)
        return await fetch(reads, text, arguments)

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with patch.object(Reads, "fetch", noted):
            yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
