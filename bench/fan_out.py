"""One order, many sockets: how many copies of its news are delivered a second, and what an idle socket costs."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict, dataclass

from bench.fans import Orders
from bench.world import World

EVENTS = 10
FANS = 5000
QUERY = "subscription($id: ID!) { orderChanged(id: $id) { id number state total version } }"


@dataclass(frozen=True)
class FanOut:
    """Copies per second over a burst of EVENTS; how long each took to reach its socket, in ms, sorted; KiB of the
    server's memory per idle socket; microseconds of its CPU per copy, in the best round."""

    rate: float
    took: list[float]
    kib: float
    cpu_us: float


async def fanned_out(port: int, path: str, world: World, order_id: str, fans: int = FANS) -> FanOut:
    """The whole measurement of one server, by a process of its own."""
    redis_url, token = world.settings.redis_url, world.buyers[0].token
    orders = Orders(port, path, token, QUERY, order_id, redis_url, fans, EVENTS, world.pids[port])
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.fans", json.dumps(asdict(orders)), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError(f"the clients of {path} failed")
    return FanOut(**json.loads(out))


async def deliveries(port: int, path: str, world: World, order_id: str, fans: int) -> tuple[float, list[float]]:
    """Copies per second, and how long each took to reach its socket, in ms."""
    found = await fanned_out(port, path, world, order_id, fans)
    return found.rate, found.took
