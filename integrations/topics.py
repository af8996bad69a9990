"""Announcements between processes: one subscription per topic and process, whatever the number of listeners.

A message is only a hint that something changed; a listener reads the row itself. After a lost connection every listener
gets RESYNC, since anything may have happened in between.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

RESYNC = ""
# A listener this far behind is cut off: it comes back, reads the present state, and has lost nothing.
MOST_WAITING = 256
KEEP = "mall:keep"

log = structlog.get_logger()


class TooSlow(Exception):
    """The listener did not take its messages in time."""


class RedisTopics:
    """Publish and listen over Valkey's pub/sub. Start it before listening; close it at the end."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._listeners: defaultdict[str, set[asyncio.Queue[str | None]]] = defaultdict(set)
        self._standing: dict[str, asyncio.Event] = {}
        self._pubsub: PubSub | None = None
        self._task: asyncio.Task[None] | None = None

    async def publish(self, topic: str, message: str) -> None:
        await self._redis.publish(f"mall:{topic}", message)

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep_receiving())

    async def close(self) -> None:
        # The client library loses a cancellation that meets it while it connects, so it is told until it listens.
        while self._task and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=0.5)
        for queues in self._listeners.values():
            for queue in queues:
                _offer(queue, None)

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[AsyncIterator[str]]:
        """Entered, the subscription stands: nothing published from then on is missed."""
        channel = f"mall:{topic}"
        queue: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING)
        self._listeners[channel].add(queue)
        try:
            await self._stand(channel)
            yield _messages(queue)
        finally:
            await self._leave(channel, queue)

    async def _stand(self, channel: str) -> None:
        event = self._standing.get(channel)
        if event is None:
            event = self._standing[channel] = asyncio.Event()
            if self._pubsub is not None:
                with suppress(RedisError):  # the receiving task notices too, reconnects, and subscribes to everything
                    await self._pubsub.subscribe(channel)
        await event.wait()

    async def _leave(self, channel: str, queue: asyncio.Queue[str | None]) -> None:
        self._listeners[channel].discard(queue)
        if not self._listeners[channel]:
            del self._listeners[channel]
            self._standing.pop(channel, None)
            if self._pubsub is not None:
                with suppress(RedisError):
                    await self._pubsub.unsubscribe(channel)

    async def _keep_receiving(self) -> None:
        pause = 0.05
        while True:
            try:
                await self._receive()
            except (RedisError, OSError) as error:
                log.warning("topics.disconnected", error=str(error), again_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
            else:
                pause = 0.05

    async def _receive(self) -> None:
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(KEEP, *self._standing)
            self._pubsub = pubsub
            try:
                self._resync()
                async for message in pubsub.listen():
                    self._take(message["type"], _text(message["channel"]), message["data"])
            finally:
                self._pubsub = None

    def _take(self, kind: str, channel: str, data: bytes | int) -> None:
        if kind == "subscribe" and channel in self._standing:
            self._standing[channel].set()
        elif kind == "message":
            for queue in list(self._listeners.get(channel, ())):
                _offer(queue, _text(data))

    def _resync(self) -> None:
        for channel, event in self._standing.items():
            if event.is_set():
                for queue in self._listeners[channel]:
                    _offer(queue, RESYNC)


def _text(data: bytes | str | int) -> str:
    return data.decode() if isinstance(data, bytes) else str(data)


def _offer(queue: asyncio.Queue[str | None], message: str | None) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        message = None
    queue.put_nowait(message)


async def _messages(queue: asyncio.Queue[str | None]) -> AsyncIterator[str]:
    while (message := await queue.get()) is not None:
        yield message
    raise TooSlow
