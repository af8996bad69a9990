"""Counts the SQL statements of requests given as JSON, `[[body, token], …]`: `python -m bench.counted`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from server.settings import load_settings
from tests.client import Client, counting, open_client


async def count(requests: list[tuple[dict[str, Any], str | None]]) -> list[int | str]:
    async with open_client(load_settings()) as client:
        for body, token in requests:  # what is kept from request to request is read now
            await _count(client, body, token)
        return [await _count(client, body, token) for body, token in requests]


async def _count(client: Client, body: dict[str, Any], token: str | None) -> int | str:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with counting(client.mall) as sent:
        with _counting_jobs(sent):
            reply = (await client.http.post("/graphql", json=body, headers=headers)).json()
    if reply.get("errors"):
        return json.dumps(reply["errors"], ensure_ascii=False)
    if any(value is None for value in reply["data"].values()):
        return "there was nothing to show"
    return len(sent)


@contextmanager
def _counting_jobs(sent: list[str]) -> Iterator[None]:
    """The queue speaks to the connection itself, past SQLAlchemy."""
    fetch: Callable[..., Any] = AsyncpgDriver.fetch

    async def noted(self: AsyncpgDriver, query: str, *arguments: Any) -> Any:
        sent.append(query)
        return await fetch(self, query, *arguments)

    with patch.object(AsyncpgDriver, "fetch", noted):
        yield


def main() -> None:
    json.dump(asyncio.run(count(json.load(sys.stdin))), sys.stdout)


if __name__ == "__main__":
    main()
