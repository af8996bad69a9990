"""Where sockets come in: whose page may open one, how many there may be, who it is, and for how long."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Collection, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from domain.base import Viewer, ViewerKind
from schema.base import Context
from server.addresses import Addresses, counted_as
from server.operations import Operations
from server.services import Mall
from server.sizes import Sizes
from server.sockets import protocol
from server.sockets.connection import Connection
from server.sockets.hub import MOST_WAITING, Hub
from server.sockets.protocol import Ended
from server.sockets.watch import Watch
from server.sockets.wires import wire_of

NO_PROTOCOL = f"Speak {protocol.SUBPROTOCOL}"

log = structlog.get_logger()


@dataclass(frozen=True)
class SocketLimits:
    """Sockets of the process, of one address (a village may share one), of one viewer; seconds; bytes."""

    in_all: int = 20_000
    per_address: int = 500
    per_viewer: int = 20
    # For connection_init, without a sign of life before we ask for one, and before we give up.
    introduction: float = 10.0
    quiet: float = 30.0
    silent: float = 75.0
    # Bytes a client may leave untaken before it loses the operation they are of.
    waiting: int = MOST_WAITING

    @classmethod
    def of(cls, sizes: Sizes) -> SocketLimits:
        return cls(sizes.sockets, sizes.sockets_of_address, sizes.sockets_of_viewer)


class Sockets:
    """The ASGI application of one path; `open_sockets` starts and ends what it does by itself."""

    def __init__(self, mall: Mall, operations: Operations, limits: SocketLimits | None = None) -> None:
        self.limits = limits or SocketLimits.of(mall.settings)
        self.operations = operations
        self.hub = Hub(mall.topics, self._context, self.limits.waiting)
        self._mall = mall
        self._origins = {mall.settings.public_base_url, *mall.settings.allowed_origins}
        self._addresses = Addresses(mall.settings.trusted_proxies)
        self._by_address: Counter[Hashable] = Counter()
        self._by_viewer: Counter[Hashable] = Counter()
        self.watch = Watch(mall, self.limits)

    @property
    def count(self) -> int:
        """Sockets open now."""
        return len(self.watch.connections)

    def snapshot(self) -> dict[str, int]:
        """Open now; since the start: executions, messages delivered, operations ended because a client was slow."""
        hub = self.hub
        told = {"executed": hub.executed, "delivered": hub.delivered, "dropped": hub.dropped}
        return {"open": self.count, "topics": hub.topics, **told}

    # -------------------------------------------------------------------------------------------- one socket
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = counted_as(self._addresses.of(scope))
        if (status := self._refused(scope, address)) is not None:
            await self.late(address)
            await _refuse(scope, send, status)
            return
        await receive()
        if protocol.SUBPROTOCOL not in scope.get("subprotocols", ()):
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": protocol.NOT_ACCEPTABLE, "reason": NO_PROTOCOL})
            return
        await send({"type": "websocket.accept", "subprotocol": protocol.SUBPROTOCOL})
        scope["headers"] = []  # read, and kept by every frame of the stack for as long as the socket lives
        heard = asyncio.get_running_loop().time()
        await self._serve(Connection(self, receive, send, wire_of(scope, send), address, heard))

    async def _serve(self, connection: Connection) -> None:
        self._by_address[connection.address] += 1
        self.watch.add(connection)
        try:
            await connection.run()
        finally:
            self.watch.remove(connection)
            _less(self._by_address, connection.address)
            if connection.token_hash:
                _less(self._by_viewer, _who(connection.viewer))

    async def late(self, address: str) -> None:
        """Waits before a refusal of this address is told, as over HTTP."""
        await self._mall.late.wait(address)

    def _refused(self, scope: Scope, address: str) -> int | None:
        """The HTTP status with which the handshake is turned down; None when it is welcome."""
        if not _same_origin(Headers(scope=scope), self._origins):
            return 403
        if self._by_address[address] >= self.limits.per_address:
            return 429
        return 503 if self.count >= self.limits.in_all else None

    # -------------------------------------------------------------------------------------------- who it is
    async def introduce(self, connection: Connection, payload: protocol.Payload) -> None:
        """By connection_init's `authorization`: none means anonymous, a wrong one is refused."""
        given = payload.get("authorization")
        if not given:
            return
        authorization = str(given)
        viewer, expires_at = await self._mall.viewers.of(authorization)
        if viewer.kind is ViewerKind.ANONYMOUS:
            raise Ended(protocol.FORBIDDEN, "Forbidden")
        if self._by_viewer[_who(viewer)] >= self.limits.per_viewer:
            raise Ended(protocol.TOO_MANY, "Too many sockets")
        self._by_viewer[_who(viewer)] += 1
        connection.viewer, connection.expires_at = viewer, expires_at
        token = authorization.partition(" ")[2]
        connection.token_hash = hashlib.sha256(token.encode()).hexdigest()
        self.watch.introduced(connection)

    def context_for(self, connection: Connection) -> Context:
        context = self._context(connection.viewer)
        context.client_address, context.expires_at = connection.address, connection.expires_at
        return context

    def _context(self, viewer: Viewer) -> Context:
        return Context(viewer, self._mall.database, self._mall.services)


@asynccontextmanager
async def open_sockets(
    mall: Mall, operations: Operations, limits: SocketLimits | None = None
) -> AsyncIterator[Sockets]:
    """The sockets of this process, watched and counted."""
    sockets = Sockets(mall, operations, limits)
    mall.counters.watch("sockets", sockets.snapshot)
    sockets.watch.start()
    try:
        yield sockets
    finally:
        sockets.hub.close()
        await sockets.watch.close()


def _who(viewer: Viewer) -> Hashable:
    return viewer.kind, viewer.id


def _less(counter: Counter[Hashable], key: Hashable) -> None:
    """One less; a key that is zero is forgotten."""
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]


def _same_origin(headers: Headers, allowed: Collection[str]) -> bool:
    """Browsers name the page's origin, and no CORS protects a socket; what is no browser names none."""
    origin = headers.get("origin")
    if origin is None or headers.get("sec-fetch-site") == "same-origin":
        return True
    try:
        page = urlsplit(origin.lower()).netloc
    except ValueError:
        return False
    return origin.lower() in allowed or (page != "" and page == headers.get("host", "").lower())


async def _refuse(scope: Scope, send: Send, status: int) -> None:
    """Before it is accepted: with its status where the server can say it, else by the 403 of a plain close."""
    log.info("sockets.refused", status=status)
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close"})
        return
    headers = [(b"retry-after", b"30")] if status in (429, 503) else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})
