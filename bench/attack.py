"""What strangers send to do harm, as fast as it is answered, from a process of its own.

python -m bench.attack PORT [CONNECTIONS] [--addresses N]     attacks until it is ended
python -m bench.attack PORT --costs [--pid PID]               what each request costs the server, dearest first

With N addresses every request says in X-Forwarded-For whose it is, as a proxy in front of the server would; the server
believes it where it is told to (MALL_TRUSTED_PROXIES).
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.load import burned, post
from tests.graphql.hostile import DOCUMENTS, Hostile, groups
from tests.graphql.probes import PROBES

ROOT = Path(__file__).parent.parent
TRIES = 7
CONNECTIONS = 16
# Seconds until all connections have sent something.
BEGINNING = 1.0


@dataclass(frozen=True)
class Shot:
    """One hostile request; `text` where it is a document, which is then never the same twice."""

    name: str
    whole: bytes = b""
    text: str = ""
    variables: object = None

    def request(self, number: int) -> bytes:
        if not self.text:
            return self.whole
        return post("/graphql", {"query": f"{self.text}\n#{number}", "variables": self.variables})


def sent_from(request: bytes, number: int) -> bytes:
    """The request as a proxy hands it on for the caller of that number."""
    first, _, rest = request.partition(b"\r\n")
    address = b"10.%d.%d.%d" % (number >> 16 & 255, number >> 8 & 255, number & 255)
    return b"%b\r\nX-Forwarded-For: %b\r\n%b" % (first, address, rest)


def shots() -> list[Shot]:
    """Bodies, headers and addresses that are no GraphQL; wrong documents; documents that would be dear."""
    found = [Shot(case.name, whole=_raw(case)) for name, cases in groups() if name != "documents" for case in cases]
    found += [Shot(f"document: {name}", text=text) for name, text in DOCUMENTS.items() if text]
    return found + [Shot(f"probe: {name}", text=text, variables=given) for name, text, given, _ in PROBES]


def _raw(case: Hostile) -> bytes:
    path = f"/graphql?{case.query_string}" if case.query_string else "/graphql"
    lines = [f"{case.method} {path} HTTP/1.1", "Host: bench", f"Content-Length: {len(case.body)}"]
    lines += [f"{name}: {value}" for name, value in case.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + case.body


# ------------------------------------------------------------------------------------------------ sending
class Line:
    """One connection, made anew when the server closes it, as it does on what is too long to read."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> int:
        """The status, or 0 where the line was closed without one."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
            await reader.readexactly(int(length or 0))
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            return 0
        if b"connection: close" in head.lower():
            self.close()
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def attack(port: int, connections: int, addresses: int = 0) -> None:
    """Until cancelled: each connection goes through all the shots in an order of its own, again and again.

    They take turns at being each of the `addresses`; none is told when there are 0. Says so once it begins.
    """
    turns, made = itertools.count(), shots()
    orders = [random.Random(number).sample(made, len(made)) for number in range(connections)]
    print("attacking", flush=True)  # not before, or what it takes to get ready would be taken for the attack
    async with asyncio.TaskGroup() as group:
        for number, chosen in enumerate(orders):
            group.create_task(_attacker(port, number, chosen, lambda: next(turns) % addresses if addresses else None))


async def _attacker(port: int, number: int, chosen: Sequence[Shot], caller: Callable[[], int | None]) -> None:
    line = Line(port)
    for count, shot in zip(itertools.count(number * 10**9), itertools.cycle(chosen)):
        request, address = shot.request(count), caller()
        with suppress(OSError):  # a server that takes no more connections has not been harmed by that
            await line.ask(request if address is None else sent_from(request, address))


@asynccontextmanager
async def attacking(port: int, *, connections: int = CONNECTIONS, addresses: int = 0) -> AsyncIterator[None]:
    """They attack as long as it is entered, from another process."""
    command = (sys.executable, "-m", "bench.attack", str(port), str(connections), f"--addresses={addresses}")
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert child.stdout is not None
        assert await child.stdout.readline() == b"attacking\n", "the attackers did not start"
        await asyncio.sleep(BEGINNING)
        yield
        assert child.returncode is None, "the attackers gave up"
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()


# ------------------------------------------------------------------------------------------------ costs
async def costs(port: int, pid: int | None) -> Iterator[tuple[float, int, str]]:
    """Milliseconds of one after the other, the median of some tries; the status; the name.

    With the server's process id they are of its processor's time, otherwise of what one waits.
    """
    line, found = Line(port), []
    now = time.perf_counter if pid is None else partial(burned, pid)
    for shot in shots():
        spent, status = [], 0
        for number in range(TRIES):
            request, began = shot.request(number), now()
            status = await line.ask(request)
            spent.append((now() - began) * 1000)
        found.append((statistics.median(spent), status, shot.name))
    return iter(sorted(found, reverse=True))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.attack", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("connections", type=int, nargs="?", default=CONNECTIONS)
    parser.add_argument("--addresses", type=int, default=0, help="how many callers they are; 0: the socket's address")
    parser.add_argument("--pid", type=int, help="the server's process: its processor's time instead of the time waited")
    parser.add_argument("--costs", action="store_true", help="tell what each request costs instead")
    asked = parser.parse_args()
    if asked.costs:
        for milliseconds, status, name in asyncio.run(costs(asked.port, asked.pid)):
            print(f"{milliseconds:9.2f} ms  {status}  {name}")
        return
    asyncio.run(attack(asked.port, asked.connections, asked.addresses))


if __name__ == "__main__":
    main()
