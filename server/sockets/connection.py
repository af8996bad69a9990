"""One client's socket: graphql-transport-ws over plain ASGI messages, one task and no other while nothing happens."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from starlette.types import Message, Receive, Send

from domain.base import ANONYMOUS, Viewer
from schema.base import Context
from server.operations import Asked, Operations
from server.sockets import protocol
from server.sockets.hub import Hub, Subscriber
from server.sockets.protocol import Complete, Ended, Init, Ping, Pong, Subscribe
from server.sockets.refusals import ended_by, errors_of
from server.sockets.selecting import wanted
from server.sockets.wires import Text, Wire

MOST_OPERATIONS = 20
# Seconds for the closing handshake.
MOST_CLOSING = 15.0
TOO_MANY = {"message": "同时进行的操作过多，请先结束一些", "extensions": {"code": "TOO_MANY"}}


class House(Protocol):
    """What all connections of the process share."""

    operations: Operations
    hub: Hub

    async def introduce(self, connection: Connection, payload: protocol.Payload) -> None:
        """Finds out who it is and counts them in; Ended for a bad token, or when they have too many sockets."""
        ...

    async def late(self, address: str) -> None:
        """Waits before a refusal of this address is told."""
        ...

    def context_for(self, connection: Connection) -> Context: ...


class Connection:
    """From the accepted handshake to the end."""

    __slots__ = (
        "_operations",
        "_receive",
        "_send",
        "acknowledged",
        "address",
        "asked_for_life",
        "expires_at",
        "heard",
        "house",
        "initialised",
        "token_hash",
        "viewer",
        "wire",
    )

    def __init__(self, house: House, receive: Receive, send: Send, wire: Wire, address: str, heard: float) -> None:
        self.house = house
        self.wire = wire
        self.address = address
        self.viewer: Viewer = ANONYMOUS
        # When the token ends, and the SHA-256 by which its revocation is announced.
        self.expires_at: datetime | None = None
        self.token_hash = ""
        self.initialised = self.acknowledged = False
        # The loop's time of the last message, and whether it was answered by a ping of ours.
        self.heard = heard
        self.asked_for_life = False
        self._receive = receive
        self._send = send
        self._operations: dict[str, asyncio.Task[None] | Subscriber] = {}

    # -------------------------------------------------------------------------------------------- receiving
    async def run(self) -> None:
        """Takes messages until the socket closes, from either side."""
        try:
            while (message := await self._receive())["type"] != "websocket.disconnect":
                await self._take(message)
        except Ended as ended:
            await self.house.late(self.address)
            self.wire.end(ended.code, ended.reason)
            await self._until_closed()
        finally:
            self.stop()

    async def _until_closed(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(MOST_CLOSING):
                while (await self._receive())["type"] != "websocket.disconnect":
                    pass

    async def _take(self, message: Message) -> None:
        if self.initialised:  # until then only the introduction counts
            self.heard = asyncio.get_running_loop().time()
            self.asked_for_life = False
        found = protocol.read(message.get("text"))
        if isinstance(found, Subscribe):
            await self._subscribe(found)
        elif isinstance(found, Ping):
            await self._say(protocol.pong(found.payload))
        elif isinstance(found, Complete):
            self._forget(found.id)
        elif isinstance(found, Init):
            await self._initialise(found)
        else:
            assert isinstance(found, Pong)

    async def _initialise(self, message: Init) -> None:
        if self.initialised:
            raise Ended(protocol.TOO_MANY, "Too many initialisation requests")
        self.initialised = True
        self.heard = asyncio.get_running_loop().time()
        try:
            await self.house.introduce(self, message.payload)
        except Exception as error:
            raise ended_by(error) from None
        self.acknowledged = True
        await self._say(protocol.ACK)

    async def _say(self, body: bytes) -> None:
        """By the server's own sending, which waits for a client that does not read."""
        with suppress(OSError, RuntimeError):  # it is gone, or told to go: the receiving side ends the connection
            await self._send({"type": "websocket.send", "text": body.decode()})

    # -------------------------------------------------------------------------------------------- operations
    @property
    def busy(self) -> int:
        """Operations under way, subscriptions included."""
        return len(self._operations)

    async def _subscribe(self, message: Subscribe) -> None:
        if not self.acknowledged:
            raise Ended(protocol.UNAUTHORIZED, "Unauthorized")
        if message.id in self._operations:
            raise Ended(protocol.ALREADY_EXISTS, f"Subscriber for {message.id} already exists")
        if len(self._operations) >= MOST_OPERATIONS:
            await self.house.late(self.address)  # nothing else is read from who asks for too much
            self.wire.push(Text(protocol.error(message.id, [TOO_MANY])))
            return
        self._operations[message.id] = asyncio.create_task(self._operate(message.id, message.asked))

    async def _operate(self, id: str, asked: Asked) -> None:
        """A query or mutation to its end, a subscription to its beginning; the hub goes on from there."""
        try:
            await self._begin(id, asked)
        except Exception as error:
            # It counts among the operations under way as long as it waits: twenty wait, and nothing more is begun.
            await self.house.late(self.address)
            await self._finish(id, protocol.error(id, errors_of(error)))

    async def _begin(self, id: str, asked: Asked) -> None:
        context = self.house.context_for(self)
        operations = self.house.operations
        prepared = await operations.prepare(asked, context)
        if prepared.kind == "subscription":
            self._operations[id] = self.house.hub.join(self, id, wanted(operations, prepared))
            return
        body = await operations.run(prepared, context)
        await self._finish(id, protocol.next_(id, body), protocol.complete(id))

    async def _finish(self, id: str, *bodies: bytes) -> None:
        """The id is free before the client reads that it is."""
        self.ended(id)
        for body in bodies:
            await self._say(body)

    def ended(self, id: str) -> None:
        """The operation is over; its id is free again."""
        self._operations.pop(id, None)

    def _forget(self, id: str) -> None:
        operation = self._operations.pop(id, None)
        if isinstance(operation, Subscriber):
            self.house.hub.leave(operation)
        elif operation is not None:
            operation.cancel()

    def stop(self) -> None:
        """Ends everything under way; nothing is sent any more."""
        for id in list(self._operations):
            self._forget(id)
