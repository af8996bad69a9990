"""Responses in one piece over a real connection: the same bytes on the wire as uvicorn's own, in one write."""

from __future__ import annotations

import asyncio
import gc
import socket
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from server.sockets.serving import UVICORN
from server.whole import EXTENSION, spelt, whole_of

HEADERS = ((b"content-type", b"text/plain"), (b"x-two", b"2"))


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers `/whole` in one piece, anything else by messages."""
    if scope["type"] != "http":
        return
    body = scope["path"].encode()
    length = (b"content-length", b"%d" % len(body))
    whole = whole_of(scope)
    assert whole is not None
    if scope["path"].startswith("/whole") and whole(200, spelt((*HEADERS, length)), body):
        return
    await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, length]})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def served(application: Any) -> AsyncIterator[int]:
    """The port on which uvicorn serves it, as it serves the mall."""
    listener = socket.create_server(("127.0.0.1", 0))  # who connects from now on waits until it is served
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", lifespan="off", **UVICORN))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    yield listener.getsockname()[1]
    server.should_exit = True
    await task


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with served(app) as found:
        yield found


async def ask(port: int, *heads: str) -> bytes:
    """What the server sends for these requests until it ends the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("".join(f"{head}\r\nHost: mall\r\n\r\n" for head in heads).encode())
    found = await asyncio.wait_for(reader.read(), 30)
    writer.close()
    return found


def without_date(response: bytes) -> list[bytes]:
    return [line for line in response.split(b"\r\n") if not line.startswith(b"date:")]


async def test_the_wire_looks_the_same(port: int) -> None:
    ending = "HTTP/1.1\r\nConnection: close"
    whole, parts = await ask(port, f"GET /whole {ending}"), await ask(port, f"GET /parts {ending}")
    assert b"connection: close" in whole
    assert without_date(whole) == without_date(parts.replace(b"/parts", b"/whole"))


async def test_requests_that_come_together_are_answered_in_turn(port: int) -> None:
    found = await ask(port, "GET /whole1 HTTP/1.1", "GET /parts HTTP/1.1", "GET /whole2 HTTP/1.1\r\nConnection: close")
    bodies = [part.split(b"HTTP/1.1", 1)[0] for part in found.split(b"\r\n\r\n")[1:]]
    assert bodies == [b"/whole1", b"/parts", b"/whole2"]


async def test_a_caller_of_old_is_let_go(port: int) -> None:
    assert (await ask(port, "GET /whole HTTP/1.0")).endswith(b"connection: close\r\n\r\n/whole")


async def test_a_second_answer_is_not_taken(port: int) -> None:
    taken: list[bool] = []

    async def twice(scope: Scope, receive: Receive, send: Send) -> None:
        whole: Any = scope["extensions"][EXTENSION]
        taken.extend(whole(200, spelt(((b"content-length", b"2"),)), b"ab") for _ in range(2))

    async with served(twice) as port:
        assert (await ask(port, "GET / HTTP/1.1\r\nConnection: close")).endswith(b"\r\n\r\nab")
    assert taken == [True, False]


async def test_a_request_is_gone_when_it_is_answered() -> None:
    """Were it a circle, it would lie there until garbage is looked for, which costs more than the request."""
    made: list[weakref.ref[Any]] = []

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            made.append(weakref.ref(scope["extensions"][EXTENSION]))
        await app(scope, receive, send)

    gc.disable()
    try:
        async with served(noting) as port:
            await ask(port, "GET /whole HTTP/1.1", "GET /parts HTTP/1.1", "GET /whole HTTP/1.1\r\nConnection: close")
        assert [each() for each in made[:2]] == [None, None]  # the last one is its connection's
    finally:
        gc.enable()
