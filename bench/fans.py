"""Thousands of sockets in one process that do nothing but count: `python -m bench.fans` with its orders as JSON.

A process of its own, on its own event loop, so that what is measured is the server and not a client library.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import struct
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvloop
from redis.asyncio import Redis

# Handshakes under way at the same time; more overflow the server's backlog.
AT_ONCE = 50
# Connections made and closed before memory is looked at, so that what the process keeps once for all is not counted.
WARMING = 300
PATIENCE = 60.0


@dataclass(frozen=True)
class Orders:
    """What to do, and to whom. `pid` is the server's."""

    port: int
    path: str
    token: str
    query: str
    order_id: str
    redis_url: str
    fans: int
    events: int
    pid: int


class Counter:
    """Counts the messages of one round over all sockets."""

    def __init__(self) -> None:
        self.wanted = 0
        self.started = 0.0
        self.took: list[float] = []
        self.done = asyncio.Event()

    def expect(self, wanted: int) -> None:
        self.wanted, self.started, self.took = wanted, time.perf_counter(), []
        self.done.clear()

    def arrived(self, number: int) -> None:
        self.took.extend([(time.perf_counter() - self.started) * 1000] * number)
        if len(self.took) >= self.wanted:
            self.done.set()


class Fan(asyncio.Protocol):
    """One client: the handshake, the introduction, one subscription, then only counting."""

    def __init__(self, orders: Orders, counter: Counter) -> None:
        self._orders = orders
        self._counter = counter
        self._data = b""
        self._shaken = False
        self.frames = 0
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none of asyncio's
        self.transport.write(
            f"GET {self._orders.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._orders.port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._data = self._data + data if self._data else data
        if not self._shaken:
            self._shake()
        before = self.frames
        while self._frame():
            pass
        if self.frames > before and self.ready.done():
            self._counter.arrived(self.frames - before)

    def _shake(self) -> None:
        head, found, rest = self._data.partition(b"\r\n\r\n")
        if not found:
            return
        if b" 101 " not in head[:20]:
            self.ready.set_exception(RuntimeError(head.decode(errors="replace")))
            return
        self._shaken, self._data = True, rest
        self._say({"type": "connection_init", "payload": {"authorization": f"Bearer {self._orders.token}"}})

    def _frame(self) -> bool:
        """Takes one whole frame off the data; what is in it matters only until the client is ready."""
        data = self._data
        if not self._shaken or len(data) < 2:
            return False
        size, start = data[1], 2
        if size >= 126:
            form, start = ("!H", 4) if size == 126 else ("!Q", 10)
            if len(data) < start:
                return False
            (size,) = struct.unpack(form, data[2:start])
        if len(data) < start + size:
            return False
        self._data = data[start + size :]
        self.frames += 1
        if not self.ready.done():
            self._introduced(data[start : start + size])
        return True

    def _introduced(self, body: bytes) -> None:
        if b"connection_ack" in body:
            payload = {"query": self._orders.query, "variables": {"id": self._orders.order_id}}
            self._say({"id": "1", "type": "subscribe", "payload": payload})
        elif b'"next"' in body:
            self.ready.set_result(None)
        else:
            self.ready.set_exception(RuntimeError(body.decode(errors="replace")))

    def _say(self, message: object) -> None:
        assert self.transport is not None
        body = json.dumps(message).encode()
        size = struct.pack("!B", 0x80 | len(body)) if len(body) < 126 else struct.pack("!BH", 254, len(body))
        self.transport.write(b"\x81" + size + bytes(4) + body)  # masked by zeros

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("closed"))


async def _come(orders: Orders, counter: Counter, number: int) -> list[Fan]:
    loop, turns = asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)

    async def one() -> Fan:
        async with turns:
            _, fan = await loop.create_connection(lambda: Fan(orders, counter), "127.0.0.1", orders.port)
            await asyncio.wait_for(fan.ready, PATIENCE)
            return fan

    return await asyncio.gather(*(one() for _ in range(number)))


def _go(fans: list[Fan]) -> None:
    for fan in fans:
        if fan.transport:
            fan.transport.abort()


def _resident(pid: int) -> int:
    """KiB of memory that a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def _burned(pid: int) -> float:
    """Seconds of CPU that a process has used, to the nanosecond."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


async def _run(orders: Orders) -> dict[str, object]:
    counter, redis = Counter(), Redis.from_url(orders.redis_url)
    _go(await _come(orders, counter, WARMING))
    await asyncio.sleep(1.0)
    before = _resident(orders.pid)
    fans = await _come(orders, counter, orders.fans)
    await asyncio.sleep(0.5)
    grown = _resident(orders.pid) - before
    took, burned = list[float](), list[float]()
    started = time.perf_counter()
    for _ in range(orders.events):
        before_it = _burned(orders.pid)
        counter.expect(orders.fans)
        await redis.publish(f"mall:order:{orders.order_id}", "bench")
        await asyncio.wait_for(counter.done.wait(), PATIENCE)
        took += counter.took
        burned.append((_burned(orders.pid) - before_it) / orders.fans * 1e6)
    rate = orders.fans * orders.events / (time.perf_counter() - started)
    _go(fans)
    await redis.aclose()
    # Of the CPU the least: whatever else the machine does can only add to it.
    return {"rate": rate, "took": sorted(took), "kib": grown / orders.fans, "cpu_us": min(burned)}


def main() -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print(json.dumps(uvloop.run(_run(Orders(**json.loads(sys.argv[1]))))))


if __name__ == "__main__":
    main()
