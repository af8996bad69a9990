"""One announcement, read once, executed and encoded once for all who see the same, then written to every client.

A topic has at most one task, and only while something is to be told. Whoever subscribes joins its next round, so the
first value and the news after it come from one place and in order. Announcements that arrive during a round are one
more round: what is told is always the row as it stands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from domain.base import ANONYMOUS, Columns, Refusal, RowDict, Viewer
from integrations.topics import RESYNC, RedisTopics
from schema.base import Context
from server.outage import is_outage
from server.sockets import protocol
from server.sockets.refusals import errors_of
from server.sockets.wires import Text, Wire
from subscriptions.base import News, sight

# Bytes a client may leave untaken before it loses the operation: some hundred messages, seconds of a bad line.
MOST_WAITING = 256 * 1024
# Clients written to before others have their turn on the event loop.
STRIDE = 250
# Rounds that read at the same time; the rest of the connections are for pages.
AT_ONCE = 3
# Seconds an execution may take, and the pauses between tries while a server we depend on is away.
DEADLINE = 10.0
FIRST_PAUSE, LAST_PAUSE = 0.5, 8.0

# Messages kept for clients that call their operation alike: those written by hand do, libraries make ids up.
MOST_TEXTS = 32
SLOW = {"message": "接收过慢，订阅已停止，请重新订阅", "extensions": {"code": "SLOW_CONSUMER"}}


class Client(Protocol):
    """The connection a subscriber is reached by."""

    viewer: Viewer
    wire: Wire

    def ended(self, id: str) -> None:
        """The operation is over; its id is free again."""
        ...


class Selection(Protocol):
    """One operation with its variables: what is executed, and what tells it from others."""

    key: Hashable
    columns: Columns

    async def execute(self, context: Context, root: Any) -> bytes:
        """The response to one event as JSON, errors masked."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one `subscribe` asks for: the field, what it tells, its arguments, and the selection."""

    field: str
    news: News
    arguments: Mapping[str, Any]
    selection: Selection


class Subscriber:
    """One operation of one client. `told` once it has had its first value; without a group it is over."""

    __slots__ = ("client", "group", "id", "told")

    def __init__(self, client: Client, id: str, group: Group, *, told: bool) -> None:
        self.client = client
        self.id = id
        self.group: Group | None = group
        self.told = told


class Group:
    """Subscribers with the same selection and sight: one execution serves them all."""

    __slots__ = ("key", "members", "selection", "topic")

    def __init__(self, topic: Topic, key: Hashable, selection: Selection) -> None:
        self.topic = topic
        self.key = key
        self.selection = selection
        self.members: dict[Subscriber, None] = {}


class Topic:
    """Who listens to one topic, what is waiting to be told, and the task that tells it."""

    __slots__ = ("arguments", "groups", "key", "leave", "newcomers", "news", "task", "waiting")

    def __init__(self, key: tuple[str, str], news: News, arguments: Mapping[str, Any]) -> None:
        self.key = key
        self.news = news
        self.arguments = arguments
        self.leave: Callable[[], None] = _nothing
        self.groups: dict[Hashable, Group] = {}
        # Rows to tell everybody of, in the order of their announcements.
        self.waiting: dict[UUID, None] = {}
        self.newcomers: list[Subscriber] = []
        self.task: asyncio.Task[None] | None = None

    def take(self, message: str) -> None:
        """An announcement; of one row any number are one until it is told."""
        if (key := self.news.story.key(message, self.arguments)) is not None:
            self.waiting[key] = None

    def next_row(self) -> tuple[UUID | None, list[Subscriber]]:
        """The next row to tell of and whom; None when there is nothing to tell."""
        newcomers, self.newcomers = self.newcomers, []
        if self.waiting:
            key = next(iter(self.waiting))
            del self.waiting[key]
            return key, [subscriber for group in self.groups.values() for subscriber in group.members]
        return (self.news.story.key(RESYNC, self.arguments) if newcomers else None), newcomers


def _nothing() -> None:
    pass


Contexts: TypeAlias = Callable[[Viewer], Context]


class Hub:
    """All subscriptions of this process. `contexts` makes the context of an execution."""

    def __init__(self, topics: RedisTopics, contexts: Contexts, most_waiting: int = MOST_WAITING) -> None:
        self._announced = topics
        self._contexts = contexts
        self._most_waiting = most_waiting
        self._topics: dict[tuple[str, str], Topic] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        # Since the start: executions, messages written, operations cut off because their client was slow.
        self.executed = self.delivered = self.dropped = 0

    @property
    def topics(self) -> int:
        """Topics somebody listens to."""
        return len(self._topics)

    def close(self) -> None:
        """Stops telling; the connections are ended by the server."""
        for topic in self._topics.values():
            topic.leave()
            if topic.task:
                topic.task.cancel()
        self._topics.clear()

    # -------------------------------------------------------------------------------------------- joining
    def join(self, client: Client, id: str, wanted: Wanted) -> Subscriber:
        """From now on the client is told; a Refusal when it is not for its viewer. Nothing here waits."""
        key = (wanted.field, wanted.news.topic_for(client.viewer, wanted.arguments))
        topic = self._topics.get(key) or self._open(Topic(key, wanted.news, wanted.arguments))
        shown = (wanted.selection.key, sight(client.viewer))
        group = topic.groups.get(shown)
        if group is None:
            group = topic.groups[shown] = Group(topic, shown, wanted.selection)
        begins = wanted.news.story.begins
        subscriber = Subscriber(client, id, group, told=not begins)
        group.members[subscriber] = None
        # Where the topic is about to stand, everybody is told then; where nothing can stand, what is there is told.
        if begins and (self._announced.standing(key[1]) or not self._announced.connected):
            topic.newcomers.append(subscriber)
            self._start(topic)
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        """Nothing more is written for it; the last one of a topic closes the topic."""
        group, subscriber.group = subscriber.group, None
        if group is None:
            return
        del group.members[subscriber]
        if not group.members:
            del group.topic.groups[group.key]
        if not group.topic.groups:
            self._topics.pop(group.topic.key, None)
            group.topic.leave()

    def _open(self, topic: Topic) -> Topic:
        def announced(message: str) -> None:
            topic.take(message)
            self._start(topic)

        self._topics[topic.key] = topic
        topic.leave = self._announced.watch(topic.key[1], announced)
        return topic

    # -------------------------------------------------------------------------------------------- telling
    def _start(self, topic: Topic) -> None:
        if topic.task is None:
            topic.task = asyncio.create_task(self._tell(topic))

    async def _tell(self, topic: Topic) -> None:
        """Rounds until there is nothing more to tell. An outage is waited out: what was announced is not lost."""
        pause = FIRST_PAUSE
        try:
            while topic.groups:
                key, audience = topic.next_row()
                if key is None:
                    return
                if await self._told_of(topic, key, audience):
                    pause = FIRST_PAUSE
                    continue
                topic.waiting[key] = None
                await asyncio.sleep(pause)
                pause = min(pause * 2, LAST_PAUSE)
        finally:
            topic.task = None

    async def _told_of(self, topic: Topic, key: UUID, audience: list[Subscriber]) -> bool:
        """One round; False when it must be tried again for those who have had a value before."""
        try:
            async with self._turns, asyncio.timeout(DEADLINE):
                await self._round(topic, key, audience)
        except Exception as error:
            outage = is_outage(error)
            self._give_up([each for each in audience if not (outage and each.told)], error)
            return not outage
        return True

    def _give_up(self, subscribers: list[Subscriber], error: Exception) -> None:
        errors = errors_of(error)
        for subscriber in subscribers:
            self._end(subscriber, errors)

    async def _round(self, topic: Topic, key: UUID, audience: list[Subscriber]) -> None:
        rows: dict[Columns, RowDict | None] = {}
        for group, waiting in _by_group(audience).items():
            columns = group.selection.columns
            if columns not in rows:
                found = await self._contexts(ANONYMOUS).read(topic.news.story.read, [key], columns)
                rows[columns] = found.get(key)
            row = rows[columns]
            members = self._admitted(topic.news, row, waiting)
            if row is not None and members:
                await self._deliver(members, await self._execute(topic, group, row, members[0].client.viewer))

    async def _execute(self, topic: Topic, group: Group, row: RowDict, viewer: Viewer) -> bytes:
        self.executed += 1
        return await group.selection.execute(self._contexts(viewer), topic.news.story.type_.of(row))

    def _admitted(self, news: News, row: RowDict | None, subscribers: list[Subscriber]) -> list[Subscriber]:
        """Those who may see the row now; the others are refused."""
        admitted = []
        for subscriber in subscribers:
            try:
                news.check(subscriber.client.viewer, row)
            except Refusal as refusal:
                self._end(subscriber, errors_of(refusal))
            else:
                admitted.append(subscriber)
        return admitted

    async def _deliver(self, members: list[Subscriber], body: bytes) -> None:
        texts: dict[str, Text] = {}
        for number, subscriber in enumerate(members, 1):
            if subscriber.group is not None:  # who left while it was executed
                self._write(subscriber, texts, body)
            if number % STRIDE == 0:
                await asyncio.sleep(0)

    def _write(self, subscriber: Subscriber, texts: dict[str, Text], body: bytes) -> None:
        wire = subscriber.client.wire
        if wire.waiting() > self._most_waiting:
            self.dropped += 1
            self._end(subscriber, [SLOW])
            return
        text = texts.get(subscriber.id)
        if text is None:
            text = Text(protocol.next_(subscriber.id, body))
            if len(texts) < MOST_TEXTS:
                texts[subscriber.id] = text
        wire.push(text)
        subscriber.told = True
        self.delivered += 1

    def _end(self, subscriber: Subscriber, errors: list[dict[str, Any]]) -> None:
        """The end of one operation. Its last message is small and is sent however much is waiting."""
        if subscriber.group is not None:
            self.leave(subscriber)
            subscriber.client.wire.push(Text(protocol.error(subscriber.id, errors)))
            subscriber.client.ended(subscriber.id)


def _by_group(subscribers: list[Subscriber]) -> dict[Group, list[Subscriber]]:
    found: dict[Group, list[Subscriber]] = {}
    for subscriber in subscribers:
        if subscriber.group is not None:  # left meanwhile
            found.setdefault(subscriber.group, []).append(subscriber)
    return found
