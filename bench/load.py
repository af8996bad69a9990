"""A load generator small enough not to be the thing measured: raw HTTP/1.1 over keep-alive connections."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import orjson
import psutil


@dataclass(frozen=True)
class Load:
    """What one run found: requests per second, latencies in milliseconds, replies that were not 2xx, and microseconds
    of the server's processor time for one of them."""

    per_second: float
    p50: float
    p99: float
    failed: int
    cpu_us: float
    body: bytes = field(repr=False)


def post(path: str, body: object, *, token: str | None = None) -> bytes:
    """A whole POST request."""
    payload = orjson.dumps(body)
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{authorization}"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()


class Caller(asyncio.Protocol):
    """One connection that sends the next request as soon as the last reply is whole."""

    def __init__(self, request: Callable[[], bytes | None], spent: list[float]) -> None:
        self._request = request
        self._spent = spent
        self._waiting = b""
        self._sent_at = 0.0
        self.failed = 0
        self.last = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none of asyncio's
        self._send()

    def _send(self) -> None:
        request = self._request()
        if request is None:
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        head, found, rest = self._waiting.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0])
        if len(rest) < length:
            return
        self._spent.append(time.perf_counter() - self._sent_at)
        self.failed += not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 204"))
        self.last, self._waiting = rest[:length], rest[length:]
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def ask_all(port: int, requests: Iterable[bytes], *, connections: int = 16) -> None:
    """Each of them once; raises when one was turned away."""
    left, callers = iter(requests), []
    for _ in range(connections):
        _, caller = await asyncio.get_running_loop().create_connection(
            lambda: Caller(lambda: next(left, None), []), "127.0.0.1", port
        )
        callers.append(caller)
    await asyncio.gather(*(caller.done for caller in callers))
    if any(caller.failed for caller in callers):
        raise RuntimeError(f"buyers were turned away at the door: {callers[0].last!r}")


async def drive(port: int, request: Callable[[], bytes], *, seconds: float, connections: int = 8, pid: int) -> Load:
    """Keeps `connections` to the process `pid` busy for `seconds`, after a tenth of that to warm up."""
    await _drive(port, request, seconds / 10, connections, pid)
    return await _drive(port, request, seconds, connections, pid)


def burned(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e9


def burned_by(pid: int) -> dict[int, float]:
    """The same of a process and of all its children, by process id."""
    found = dict[int, float]()
    with suppress(psutil.NoSuchProcess):
        for each in (pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))):
            with suppress(OSError):  # it has ended
                found[each] = burned(each)
    return found


def burned_since(before: Mapping[int, float], pid: int) -> float:
    """Seconds of processor time since then, of the process and of all its children that are still there."""
    return sum(now - before.get(each, 0.0) for each, now in burned_by(pid).items())


async def _drive(port: int, request: Callable[[], bytes], seconds: float, connections: int, pid: int) -> Load:
    before = burned(pid)
    ends_at = time.perf_counter() + seconds
    spent: list[float] = []

    def next_request() -> bytes | None:
        return request() if time.perf_counter() < ends_at else None

    loop = asyncio.get_running_loop()
    callers = []
    started = time.perf_counter()
    for _ in range(connections):
        _, caller = await loop.create_connection(lambda: Caller(next_request, spent), "127.0.0.1", port)
        callers.append(caller)
    await asyncio.gather(*(caller.done for caller in callers))
    took = time.perf_counter() - started
    spent.sort()
    return Load(
        per_second=len(spent) / took,
        p50=spent[len(spent) // 2] * 1000,
        p99=spent[int(len(spent) * 0.99)] * 1000,
        failed=sum(caller.failed for caller in callers),
        cpu_us=(burned(pid) - before) / len(spent) * 1e6,
        body=callers[0].last,
    )
