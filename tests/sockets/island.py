"""The sockets alone under a real server, and a client that hides nothing: every frame is what the server sent."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from server.doors import first_party
from server.services import Mall, open_mall
from server.settings import Settings
from server.sockets import SocketLimits, Sockets, open_sockets
from server.sockets.serving import UVICORN

PATIENCE = 20  # seconds; the machine may be busy with other tests
PROTOCOL = "graphql-transport-ws"


@dataclass
class Island:
    """One process's sockets. `url` has no path."""

    mall: Mall
    sockets: Sockets
    url: str

    async def announce(self, order: UUID) -> None:
        await self.mall.topics.publish(f"order:{order}", "changed")

    async def until(self, what: str, number: int) -> None:
        """Until the hub or the door count that many: `topics`, `executed`, `delivered`, `dropped`, `count`."""
        owner = self.sockets if what == "count" else self.sockets.hub
        async with asyncio.timeout(PATIENCE):
            while getattr(owner, what) != number:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


class Raw:
    """One connection of a client. `next` and `closed` wait, but not for ever."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: Any) -> None:
        await self.connection.send(message if isinstance(message, str | bytes) else json.dumps(message))

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            found: dict[str, Any] = json.loads(await self.connection.recv(decode=True))
            return found

    async def begin(self, token: str | None = None) -> None:
        await self.send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"} if token else {}})
        assert await self.next() == {"type": "connection_ack"}

    async def subscribe(self, id: str, query: str, /, **variables: Any) -> None:
        await self.send({"id": id, "type": "subscribe", "payload": {"query": query, "variables": variables}})

    async def data(self, id: str | None = None) -> Any:
        """The value of the one root field of the next result."""
        message = await self.next()
        assert message["type"] == "next", message
        assert id is None or message["id"] == id
        assert "errors" not in message["payload"], message
        return next(iter(message["payload"]["data"].values()))

    async def refused(self, id: str) -> str:
        """The code with which the operation ends."""
        message = await self.next()
        assert (message["type"], message["id"]) == ("error", id), message
        return str(message["payload"][0]["extensions"]["code"])

    async def quiet(self) -> None:
        """Nothing but the answer to a ping is on its way."""
        await self.send({"type": "ping"})
        assert await self.next() == {"type": "pong"}

    async def closed(self) -> tuple[int, str]:
        """Code and reason with which the server closes; whatever it still sends before is thrown away."""
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
        assert self.connection.close_code is not None
        return self.connection.close_code, self.connection.close_reason or ""


@asynccontextmanager
async def open_raw(
    island: Island, token: str | None = None, *, begin: bool = True, **options: Any
) -> AsyncIterator[Raw]:
    options = {"subprotocols": [Subprotocol(PROTOCOL)], "compression": None, **options}
    async with connect(
        f"ws://{island.url}/graphql", proxy=None, open_timeout=PATIENCE, close_timeout=2, **options
    ) as connection:
        raw = Raw(connection)
        if begin:
            await raw.begin(token)
        yield raw


@asynccontextmanager
async def serve(
    settings: Settings, limits: SocketLimits | None = None, *, frames: bool = True
) -> AsyncIterator[Island]:
    """Sockets on a free port; without `frames` the server offers nothing beyond plain ASGI."""
    listener = socket.create_server(("127.0.0.1", 0))
    # The system would keep megabytes for a client that does not read.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)
    url = f"127.0.0.1:{listener.getsockname()[1]}"
    async with open_mall(settings.model_copy(update={"public_base_url": f"http://{url}", "meili_url": None})) as mall:
        options: dict[str, Any] = {**UVICORN, "timeout_graceful_shutdown": 2}
        if not frames:
            options["ws"] = "websockets-sansio"
        async with open_sockets(mall, first_party(mall), limits) as sockets:
            config = uvicorn.Config(sockets, log_level="warning", lifespan="off", **options)
            async with _running(uvicorn.Server(config), listener):
                yield Island(mall, sockets, url)


@asynccontextmanager
async def _running(server: uvicorn.Server, listener: socket.socket) -> AsyncIterator[None]:
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            assert not task.done(), "the server did not start"
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await task
