"""One order, many sockets: how many copies of its news are delivered a second, against raw sockets that send text."""

from __future__ import annotations

import asyncio
import time

import orjson
from redis.asyncio import Redis
from websockets.asyncio.client import ClientConnection, connect

from bench.world import World

EVENTS = 10
QUERY = "subscription($id: ID!) { orderChanged(id: $id) { id number state total version } }"


async def deliveries(port: int, path: str, world: World, order_id: str, fans: int) -> tuple[float, list[float]]:
    """Copies per second over a burst of EVENTS, and how long each event took to reach each socket, in ms."""
    redis = Redis.from_url(world.settings.redis_url)
    sockets = await asyncio.gather(*(_subscribe(port, path, world.buyers[0].token, order_id) for _ in range(fans)))
    started = time.perf_counter()
    took: list[float] = []
    for _ in range(EVENTS):
        sent_at = time.perf_counter()
        await redis.publish(f"mall:order:{order_id}", "bench")
        took += await asyncio.gather(*(_next(socket, sent_at) for socket in sockets))
    spent = time.perf_counter() - started
    await asyncio.gather(*(socket.close() for socket in sockets))
    await redis.aclose()
    return fans * EVENTS / spent, sorted(took)


async def _subscribe(port: int, path: str, token: str, order_id: str) -> ClientConnection:
    socket = await connect(
        f"ws://127.0.0.1:{port}{path}", subprotocols=["graphql-transport-ws"], max_queue=None, compression=None
    )
    await socket.send(_frame({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
    await socket.recv()
    payload = {"query": QUERY, "variables": {"id": order_id}}
    await socket.send(_frame({"id": "1", "type": "subscribe", "payload": payload}))
    await socket.recv()
    return socket


async def _next(socket: ClientConnection, sent_at: float) -> float:
    message = await socket.recv()
    if b'"next"' not in (message if isinstance(message, bytes) else message.encode()):
        raise RuntimeError(f"not an event: {message!r}")
    return (time.perf_counter() - sent_at) * 1000


def _frame(message: object) -> str:
    return orjson.dumps(message).decode()
