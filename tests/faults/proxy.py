"""A gate between one program and PostgreSQL that can cut the line at the moment that hurts most."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from threading import Thread
from typing import Any, TypeVar, cast

T = TypeVar("T")
# A transaction of the driver ends with this, in one piece.
COMMIT = b"COMMIT;\x00"


class Link:
    """One connection: what comes from either side goes to the other, if the gate lets it."""

    def __init__(self, gate: Gate, program: asyncio.Transport) -> None:
        self._gate, self._program = gate, program
        self._server: asyncio.Transport | None = None
        self._held: list[tuple[bool, bytes]] = []
        #: The commit went out; its answer will not come back.
        self._doomed = False

    def connected(self, server: asyncio.Transport) -> None:
        self._server = server
        self.flow()

    def sent(self, data: bytes) -> None:
        """By the program."""
        if self._server is None or self._gate.stalled:
            self._held.append((True, data))
        elif COMMIT not in data or not self._meets_its_end():
            self._server.write(data)

    def _meets_its_end(self) -> bool:
        if self._gate.cut_before:
            self._gate.struck("before")
            self.cut()
            return True
        if self._gate.cut_after:
            self._gate.struck("after")
            self._doomed = True
        return False

    def answered(self, data: bytes) -> None:
        """By PostgreSQL."""
        if self._doomed:
            self.cut()
        elif self._gate.stalled:
            self._held.append((False, data))
        else:
            self._program.write(data)

    def flow(self) -> None:
        """Passes on what was held back."""
        held, self._held = self._held, []
        for by_program, data in held:
            if by_program:
                self.sent(data)
            else:
                self.answered(data)

    @property
    def waits(self) -> bool:
        return bool(self._held)

    def cut(self) -> None:
        self._gate.links.discard(self)
        for side in (self._program, self._server):
            if side is not None:
                side.abort()


class _FromProgram(asyncio.Protocol):
    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._link = Link(self._gate, cast("asyncio.Transport", transport))
        self._opening = asyncio.ensure_future(self._gate.open(self._link))

    def data_received(self, data: bytes) -> None:
        self._link.sent(data)

    def connection_lost(self, error: Exception | None) -> None:
        self._link.cut()


class _FromServer(asyncio.Protocol):
    def __init__(self, link: Link) -> None:
        self._link = link

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._link.connected(cast("asyncio.Transport", transport))

    def data_received(self, data: bytes) -> None:
        self._link.answered(data)

    def connection_lost(self, error: Exception | None) -> None:
        self._link.cut()


class Gate:
    """What one program's connections go through. Only its own loop touches it; see `Gates`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.links: set[Link] = set()
        self.happened: Counter[str] = Counter()
        self.cut_before = self.cut_after = 0
        self.stalled = False

    async def listen(self) -> int:
        self._listening = await asyncio.get_running_loop().create_server(lambda: _FromProgram(self), "127.0.0.1", 0)
        port: int = self._listening.sockets[0].getsockname()[1]
        return port

    async def open(self, link: Link) -> None:
        self.links.add(link)
        try:
            await asyncio.get_running_loop().create_connection(lambda: _FromServer(link), "127.0.0.1", self._port)
        except OSError:
            link.cut()

    def struck(self, what: str) -> None:
        self.happened[what] += 1
        if what == "before":
            self.cut_before -= 1
        else:
            self.cut_after -= 1

    def cut_all(self) -> int:
        links = list(self.links)
        for link in links:
            link.cut()
        return len(links)

    def flow(self) -> int:
        """Ends a stall; answers how many connections had something to say meanwhile."""
        self.stalled = False
        waiting = [link for link in self.links if link.waits]
        for link in waiting:
            link.flow()
        return len(waiting)


class Gates:
    """A loop of their own for all gates, in a thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.by_name: dict[str, Gate] = {}

    def add(self, name: str, port: int) -> int:
        """A new gate to the server's port; the port to use instead."""
        self.by_name[name] = gate = Gate(port)
        return self.wait(gate.listen())

    def wait(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(30)

    def act(self, name: str, doing: Callable[[Gate], T]) -> T:
        """Does something with a gate in its own loop."""

        async def act() -> T:
            return doing(self.by_name[name])

        return self.wait(act())

    def stop(self) -> None:
        for gate in list(self.by_name):
            self.act(gate, Gate.cut_all)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
