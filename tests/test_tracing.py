"""One line of log per request, with the trace id that the caller was told."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog

from domain.base import trace_id
from server.logs import LINES, WAIT
from server.settings import Settings
from tests.client import Client, open_client

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
async def client(settings: Settings, clean_redis: None) -> AsyncIterator[Client]:
    async with open_client(settings) as opened:
        yield opened


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    LINES.flush()
    found = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    return [line for line in found if line["event"] == "request"]


async def test_a_request_is_told_once_with_what_it_was(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    lines(capsys)
    before = datetime.now(UTC)
    reply = await client.http.post("/graphql", json={"query": "mutation { __typename }"})
    (line,) = lines(capsys)
    assert (line["method"], line["path"], line["status"], line["level"]) == ("POST", "/graphql", 200, "info")
    assert line["trace_id"] == reply.headers["x-trace-id"]
    assert re.fullmatch(r"[0-9a-f]{32}", line["trace_id"])
    assert before <= datetime.fromisoformat(line["timestamp"]) <= datetime.now(UTC)
    assert line["ms"] >= 0


async def test_the_callers_trace_goes_on(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    lines(capsys)
    headers = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    reply = await client.http.post("/graphql", json={"query": "mutation { __typename }"}, headers=headers)
    assert reply.headers["x-trace-id"] == TRACE
    assert [line["trace_id"] for line in lines(capsys)] == [TRACE]


@pytest.mark.parametrize("given", [f"00-{TRACE}", f"00-{TRACE.upper()}-b7ad6b7169203331-01", "\n", ""])
async def test_a_trace_that_is_none_is_replaced(client: Client, given: str) -> None:
    reply = await client.http.post("/graphql", json={"query": "{ __typename }"}, headers={"traceparent": given.strip()})
    assert reply.headers["x-trace-id"].lower() != TRACE
    assert re.fullmatch(r"[0-9a-f]{32}", reply.headers["x-trace-id"])


async def test_probes_are_not_told(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    lines(capsys)
    await client.http.get("/livez")
    assert lines(capsys) == []


async def test_the_line_is_what_structlog_would_write(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    lines(capsys)
    token = trace_id.set(TRACE)
    LINES.note("GET", "/苹果", 404, 1.5)
    made: Any = {"method": "GET", "path": "/苹果", "status": 404, "ms": 1.5, "event": "request"}
    for processor in structlog.get_config()["processors"]:
        made = processor(None, "info", made)
    trace_id.reset(token)
    (mine,), theirs = lines(capsys), json.loads(made)
    assert list(mine) == list(theirs)
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:.]+Z", each.pop("timestamp")) for each in (mine, theirs))
    assert mine == theirs


async def test_lines_are_written_soon(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    lines(capsys)
    LINES.note("GET", "/", 200, 0.1)
    told = ""
    async with asyncio.timeout(20):
        while '"event":"request"' not in told:
            await asyncio.sleep(WAIT)
            told += capsys.readouterr().err
