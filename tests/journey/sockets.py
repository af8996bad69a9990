"""A graphql-transport-ws client that hides nothing: every frame is what the server sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.client import Client

PATIENCE = 20  # seconds; the machine may be busy with other tests


class Socket:
    """One connection. `next` and `closed` wait, but not for ever."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = count(1)

    async def send(self, message: dict[str, Any]) -> None:
        await self._connection.send(json.dumps(message))

    async def send_raw(self, frame: str | bytes) -> None:
        await self._connection.send(frame)

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            found: dict[str, Any] = json.loads(await self._connection.recv())
            return found

    async def begin(self, token: str | None = None) -> None:
        await self.send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"} if token else {}})
        assert await self.next() == {"type": "connection_ack"}

    async def subscribe(self, query: str, **variables: Any) -> str:
        id = str(next(self._ids))
        await self.send({"id": id, "type": "subscribe", "payload": {"query": query, "variables": variables}})
        return id

    async def data(self) -> Any:
        """The value of the one root field of the next result."""
        message = await self.next()
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        return next(iter(message["payload"]["data"].values()))

    async def closed(self) -> int:
        """The code with which the server closes; whatever it still sends before is thrown away."""
        async with asyncio.timeout(PATIENCE):
            with suppress(ConnectionClosed):
                while True:
                    await self._connection.recv()
        assert self._connection.close_code is not None
        return self._connection.close_code


@asynccontextmanager
async def open_socket(client: Client, token: str | None = None, *, begin: bool = True) -> AsyncIterator[Socket]:
    url = str(client.http.base_url).replace("http", "ws", 1).rstrip("/") + "/graphql"
    protocol = [Subprotocol("graphql-transport-ws")]
    async with connect(url, subprotocols=protocol, proxy=None, open_timeout=PATIENCE, close_timeout=2) as connection:
        socket = Socket(connection)
        if begin:
            await socket.begin(token)
        yield socket
