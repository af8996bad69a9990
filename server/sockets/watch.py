"""One task for all sockets of a process: who does not introduce themselves, who has fallen silent, whose token is over.

Revocations come as one topic for everybody, so that a socket costs neither a task nor a subscription for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

import structlog

from domain.base import clock
from domain.members import sessions
from integrations.topics import RESYNC
from server.near import REVOKED
from server.outage import is_outage
from server.services import Mall
from server.sockets import protocol
from server.sockets.wires import Text

if TYPE_CHECKING:
    from server.sockets.connection import Connection

# Seconds between two looks, and sockets looked at before others have their turn.
TICK = 1.0
STRIDE = 500
PING = Text(protocol.PING)

log = structlog.get_logger()


class Patience(Protocol):
    """Seconds, see SocketLimits."""

    @property
    def introduction(self) -> float: ...

    @property
    def quiet(self) -> float: ...

    @property
    def silent(self) -> float: ...


class Watch:
    """All connections of the process, and those of each token."""

    def __init__(self, mall: Mall, patience: Patience) -> None:
        self.connections: set[Connection] = set()
        self._by_token: dict[str, set[Connection]] = {}
        self._mall = mall
        self._patience = patience
        self._task: asyncio.Task[None] | None = None
        self._checking: asyncio.Task[None] | None = None
        self._leave: Callable[[], None] | None = None

    def start(self) -> None:
        self._leave = self._mall.topics.watch(REVOKED, self._revoked)
        self._task = asyncio.create_task(self._look_again_and_again())

    async def close(self) -> None:
        if self._leave:
            self._leave()
        for task in (self._task, self._checking):
            if task:
                task.cancel()

    def add(self, connection: Connection) -> None:
        self.connections.add(connection)

    def introduced(self, connection: Connection) -> None:
        self._by_token.setdefault(connection.token_hash, set()).add(connection)

    def remove(self, connection: Connection) -> None:
        self.connections.discard(connection)
        same = self._by_token.get(connection.token_hash)
        if same is not None:
            same.discard(connection)
            if not same:
                del self._by_token[connection.token_hash]

    # -------------------------------------------------------------------------------------------- time
    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            try:
                await self.look()
            except Exception as error:
                # Nothing foreseen raises here; whatever it was, the next look must come.
                log.error("sockets.watch_failed", exc_info=error)

    async def look(self) -> None:
        """Once at every socket."""
        for number, connection in enumerate(tuple(self.connections), 1):
            self._look_at(connection, asyncio.get_running_loop().time())
            if number % STRIDE == 0:
                await asyncio.sleep(0)

    def _look_at(self, connection: Connection, now: float) -> None:
        silent = now - connection.heard
        if not connection.initialised and silent > self._patience.introduction:
            connection.wire.end(protocol.TIMEOUT, "Connection initialisation timeout")
        elif connection.expires_at is not None and connection.expires_at <= clock.now():
            connection.wire.end(protocol.FORBIDDEN, "Signed out")
        elif silent > self._patience.silent:
            connection.wire.end(protocol.TIMEOUT, "No sign of life")
        elif silent > self._patience.quiet and not connection.asked_for_life:
            connection.asked_for_life = True
            connection.wire.push(PING)

    # -------------------------------------------------------------------------------------------- revocations
    def _revoked(self, message: str) -> None:
        if message == RESYNC:
            # Some may have been revoked while nobody could be told.
            if self._by_token and (self._checking is None or self._checking.done()):
                self._checking = asyncio.create_task(self._check_all())
            return
        self._sign_out(message)

    def _sign_out(self, token_hash: str) -> None:
        for connection in tuple(self._by_token.get(token_hash, ())):
            connection.wire.end(protocol.FORBIDDEN, "Signed out")

    async def _check_all(self) -> None:
        pause = TICK
        while True:
            try:
                await self._check(tuple(self._by_token))
                return
            except Exception as error:
                if not is_outage(error):
                    log.error("sockets.check_failed", exc_info=error)
                    return
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)

    async def _check(self, hashes: Iterable[str]) -> None:
        asked = [bytes.fromhex(each) for each in hashes]
        async with self._mall.database.read() as session:
            good = await sessions.still_good(session, asked)
        for token_hash in asked:
            if token_hash not in good:
                self._sign_out(token_hash.hex())
