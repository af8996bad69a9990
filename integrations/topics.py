"""Announcements between processes: one subscription per topic and process, whatever the number of listeners.

A message is only a hint that something changed; a listener reads the row itself. A listener is told RESYNC as soon as
its subscription stands, and again after every lost connection, since anything may have happened before.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from integrations.valkey import ended

RESYNC = ""
# A listener this far behind is cut off: it comes back, reads the present state, and has lost nothing.
MOST_WAITING = 256
KEEP = "mall:keep"
# Channels named in one command.
BATCH = 500

log = structlog.get_logger()

Listener: TypeAlias = Callable[[str], None]


class TooSlow(Exception):
    """The listener did not take its messages in time."""


class Channel:
    """One topic of this process: who listens, and whether the server has confirmed the subscription."""

    __slots__ = ("listeners", "stands")

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.stands = False


class RedisTopics:
    """Publish and listen over Valkey's pub/sub. Start it before listening; close it at the end."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._channels: dict[str, Channel] = {}
        self._pubsub: PubSub | None = None
        # What the server has been asked for on the present connection; the difference is sent in batches.
        self._asked: set[str] = set()
        self._confirmed: set[str] = set()
        self._changed: set[str] = set()
        self._telling: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._queues: set[asyncio.Queue[str | None]] = set()

    async def publish(self, topic: str, message: str) -> None:
        await self._redis.publish(f"mall:{topic}", message)

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep_receiving())

    async def close(self) -> None:
        for task in (self._task, self._telling):
            if task:
                await ended(task)
        for queue in self._queues:
            _offer(queue, None)

    # -------------------------------------------------------------------------------------------- listening
    def watch(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with RESYNC when the subscription stands, then with every message; answers how to stop.

        A listener must not raise and must not take long: it is called on the one task that receives.
        """
        name = f"mall:{topic}"
        channel = self._channels.get(name)
        if channel is None:
            channel = self._channels[name] = Channel()
            self._want(name)
        channel.listeners.append(listener)
        if channel.stands:
            # Not at once: the caller has not yet got what it is to be told with.
            asyncio.get_running_loop().call_soon(_tell_if_there, channel, listener)
        return lambda: self._leave(name, listener)

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[AsyncIterator[str]]:
        """Entered, the subscription stands: nothing published from then on is missed."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(MOST_WAITING)
        self._queues.add(queue)
        leave = self.watch(topic, lambda message: _offer(queue, message))
        try:
            await queue.get()
            yield _messages(queue)
        finally:
            leave()
            self._queues.discard(queue)

    def standing(self, topic: str) -> bool:
        """Whether the subscription of this process is confirmed."""
        channel = self._channels.get(f"mall:{topic}")
        return channel is not None and channel.stands

    @property
    def connected(self) -> bool:
        """Whether there is a connection on which subscriptions may stand."""
        return self._pubsub is not None

    @property
    def count(self) -> int:
        """Topics somebody listens to."""
        return len(self._channels)

    def _leave(self, name: str, listener: Listener) -> None:
        channel = self._channels.get(name)
        if channel is None or listener not in channel.listeners:
            return
        channel.listeners.remove(listener)
        if not channel.listeners:
            del self._channels[name]
            self._want(name)

    # -------------------------------------------------------------------------------------------- asking
    def _want(self, name: str) -> None:
        """One task asks for all changes of a moment at once, in order: a hundred new topics are one command."""
        self._changed.add(name)
        if self._pubsub is not None and (self._telling is None or self._telling.done()):
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._changed and (pubsub := self._pubsub) is not None:
            names = [self._changed.pop() for _ in range(min(BATCH, len(self._changed)))]
            try:
                await self._ask(pubsub, names)
            except (RedisError, OSError, AttributeError):
                # The last is how the client library meets a connection that was closed while it wrote. The receiving
                # task notices too; it reconnects and asks for everything, unless the library has done so itself.
                self._changed.update(names)
                await asyncio.sleep(0.1)

    async def _ask(self, pubsub: PubSub, names: list[str]) -> None:
        for name in self._confirmed.intersection(names):
            self._stand(name)  # left and wanted again before anybody was told: the subscription never ended
        if gone := [name for name in names if name not in self._channels and name in self._asked]:
            self._asked.difference_update(gone)
            self._confirmed.difference_update(gone)
            await pubsub.unsubscribe(*gone)
        if new := [name for name in names if name in self._channels and name not in self._asked]:
            self._asked.update(new)
            try:
                await pubsub.subscribe(*new)
            except BaseException:
                self._asked.difference_update(new)
                raise

    # -------------------------------------------------------------------------------------------- receiving
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
            for channel in self._channels.values():
                channel.stands = False
            await pubsub.subscribe(KEEP)
            self._pubsub, self._changed = pubsub, set(self._channels)
            self._asked, self._confirmed = set(), set()
            self._telling = asyncio.create_task(self._tell())
            try:
                async for message in pubsub.listen():
                    self._take(message["type"], _text(message["channel"]), message["data"])
            finally:
                self._pubsub = None
                self._telling.cancel()

    def _take(self, kind: str, name: str, data: bytes | int) -> None:
        if kind == "subscribe":
            # The client library reconnects by itself now and then: a second confirmation is the only sign of it.
            if name in self._asked:
                self._confirmed.add(name)
            self._stand(name)
        elif kind == "message" and (channel := self._channels.get(name)):
            self._hand_out(channel, _text(data))

    def _stand(self, name: str) -> None:
        if channel := self._channels.get(name):
            channel.stands = True
            self._hand_out(channel, RESYNC)

    def _hand_out(self, channel: Channel, message: str) -> None:
        for listener in tuple(channel.listeners):
            listener(message)


def _tell_if_there(channel: Channel, listener: Listener) -> None:
    if listener in channel.listeners:
        listener(RESYNC)


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
