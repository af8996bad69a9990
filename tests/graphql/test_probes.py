"""What is cheap to send and dear to answer is turned away before it is dear."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.client import Client
from tests.graphql.probes import PROBES

# Seconds of this process's time, client included; the quickest of three, so that a busy machine does not count.
MOST_SECONDS = 0.5


async def refused(client: Client, document: str, variables: dict[str, Any]) -> tuple[int, dict[str, Any], float]:
    started = time.process_time()
    reply = await client.http.post(
        "/graphql",
        json={"query": document, "variables": variables},
        headers={"accept": "application/graphql-response+json"},
    )
    return reply.status_code, reply.json(), time.process_time() - started


def limit_of(body: dict[str, Any]) -> str:
    """The limit that refused it, or the code where it was none."""
    extensions = body["errors"][0]["extensions"]
    return str(extensions.get("limit", extensions["code"]))


@pytest.mark.parametrize("group", range(0, len(PROBES), 12))
async def test_a_probe_ends_at_its_limit_and_soon(client: Client, group: int) -> None:
    wrong: list[Any] = []
    for name, document, variables, limit in PROBES[group : group + 12]:
        # Each time another text: what was refused once is remembered.
        tries = [await refused(client, f"{document}#{n}", variables) for n in range(3)]
        status, body, _ = tries[0]
        if not 400 <= status < 500 or set(body) != {"errors"} or limit_of(body) != limit:
            wrong.append((name, status, str(body)[:200], "instead of", limit))
        if min(seconds for _, _, seconds in tries) >= MOST_SECONDS:
            wrong.append((name, "took", [round(seconds, 2) for _, _, seconds in tries]))
    assert wrong == []


async def test_a_megabyte_is_not_even_read(client: Client) -> None:
    sent = 0

    async def body() -> Any:
        nonlocal sent
        for _ in range(1000):
            sent += 1024
            yield b" " * 1024

    reply = await client.http.post("/graphql", content=body(), headers={"content-type": "application/json"})
    assert reply.status_code == 413
    assert sent < 200 * 1024


async def test_what_is_refused_once_is_refused_from_memory(client: Client) -> None:
    """A hostile text sent again and again is parsed once."""
    name, document, variables, _ = PROBES[3]
    first = await refused(client, document, variables)
    again = await refused(client, document, variables)
    assert first[:2] == again[:2], name


def test_there_are_at_least_40() -> None:
    assert len(PROBES) >= 40
    assert len({probe[0] for probe in PROBES}) == len(PROBES)
