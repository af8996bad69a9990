"""Every subscription, tried by everybody on a socket: refused as the tables say, or let in to what is his."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.settings import Settings
from tests.access.asking import document
from tests.access.test_roots import told
from tests.access.world import CALLERS, Access, everybody
from tests.sockets.island import PATIENCE, Island, Raw, open_raw, serve
from tests.test_conventions import root_fields

FIELDS = [(name, field) for kind, name, field in root_fields() if kind == "Subscription"]
# Seconds in which a refusal would have come, once what is asked for is listened to.
WHILE = 1.0


@pytest.fixture
async def island(settings: Settings, database: Any, clean_redis: None) -> AsyncIterator[Island]:
    async with serve(settings) as found:
        yield found


async def test_everybody_is_told_what_the_tables_say(island: Island) -> None:
    access = await everybody(island.mall.database)
    wrong = []
    for name, field in FIELDS:
        text = document("subscription", name, field, access, "{ id }")
        for caller in CALLERS:
            found, stated = await _begun(island, access, caller, text), told(f"Subscription.{name}", caller)
            if found != stated:
                wrong.append(f"Subscription.{name} for {caller}: {found}, not {stated}")
    assert not wrong, "\n" + "\n".join(wrong)


async def _begun(island: Island, access: Access, caller: str, text: str) -> str:
    await island.until("topics", 0)
    async with open_raw(island, access.tokens[caller]) as raw:
        await raw.subscribe("1", text)
        return await _refusal(island, raw)


async def _refusal(island: Island, raw: Raw) -> str:
    """The code; `allowed` where nothing is said and the socket goes on listening."""
    said = asyncio.create_task(raw.connection.recv())
    async with asyncio.timeout(PATIENCE):
        while not said.done() and not island.sockets.hub.topics:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await asyncio.wait([said], timeout=WHILE)
    if not said.done():
        said.cancel()
        return "allowed"
    message = json.loads(said.result())
    errors = message["payload"] if message["type"] == "error" else message["payload"].get("errors")
    return str(errors[0]["extensions"]["code"]) if errors else "allowed"
