"""Answers for whoever is not signed in, kept whole: from memory, from Valkey, or run once for all who wait.

What may be kept is said by the root fields (`schema.keeping`); what ends it is said by facts (`jobs.keeping`). An
answer made from rows that were read before a change is never kept after the change was told, in neither level.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import orjson
import structlog
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, print_schema
from graphql.execution.values import VariableValues, get_variable_values
from redis.asyncio import Redis

from domain.base import ViewerKind
from schema.base import Context
from schema.keeping import EVERYTHING
from server.responses.counts import Counts
from server.responses.kept import Cached, Entry, Raw
from server.responses.keys import TooLong, key_of
from server.responses.memory import Memory
from server.responses.rules import Rule, rule_of
from server.responses.shared import Found, News, Shared

# While nobody tells us of changes, answers live no longer than this.
DEAF_SECONDS = 2.0
# Lifetimes are shortened by up to this share, so that what was made together does not end together.
JITTER = 0.15
# Another process that runs the same question is waited for this long, in seconds and steps.
OTHERS = (0.01, 0.02, 0.03)
RENEW_AGAIN = 1.0
MOST_RULES = 2_000

Run: TypeAlias = Callable[[Context], Awaitable[bytes]]

log = structlog.get_logger()


class Source(Protocol):
    """What is known of a prepared operation: see `server.operations.Prepared`."""

    @property
    def operation(self) -> Any: ...

    @property
    def variables(self) -> Mapping[str, Any]: ...

    @property
    def source_hash(self) -> str: ...

    @property
    def extensions(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Asked:
    """A question whose answer may be kept."""

    key: bytes
    tags: frozenset[str]
    rule: Rule


@dataclass(eq=False)
class Flight:
    """One run for all who asked meanwhile. `overtaken`: what it reads has changed since it began."""

    asked: Asked
    task: asyncio.Task[Cached]
    overtaken: bool = False
    # Still to be laid into the second level after it has landed.
    shares: bool = False


class Responses:
    """The cache of one process. Enter `opened` before use; runs in the background end with it."""

    def __init__(
        self,
        schema: GraphQLSchema,
        redis: Redis,
        *,
        memory: Memory | None = None,
        settle: float = 0.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`settle`: seconds a replica may be behind; what is read so soon after a change is hardly kept."""
        self._schema = schema
        self._version = hashlib.sha256(print_schema(schema).encode()).hexdigest()
        self._now = now
        self._settle = settle
        self.memory = memory or Memory()
        self.shared = Shared(redis, now)
        self.news = News(redis, dropped=self._dropped, lost=self._lost)
        self.counts = Counts()
        self._by_raw = self.memory.by_raw
        self._rules: OrderedDict[tuple[str, str], Rule | None] = OrderedDict()
        self._flights: dict[bytes, Flight] = {}
        self._aloft: set[Flight] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._settling: dict[str, float] = {}

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Responses]:
        async with self.news.heard():
            try:
                yield self
            finally:
                tasks = list(self._tasks)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    # ------------------------------------------------------------------------------------------ asking
    def hit(self, raw: Raw) -> Cached | None:
        """The fresh answer to a request of just these bytes, if they were asked before and remembered.

        For requests without an `Authorization` header only.
        """
        entry = self._by_raw.get(raw)
        if entry is None or self._now() >= entry.fresh_until:
            return None
        entry.used = True
        self.counts.raw += 1
        self.counts.memory += 1
        return entry.cached

    def remember(self, raw: Raw, cached: Cached) -> None:
        """The next request of these bytes may be answered by `hit`: they led to `cached`, for nobody signed in."""
        if cached.etag:
            self.memory.remember(raw, cached.key)

    async def get(self, source: Source, context: Context, run: Run) -> Cached | None:
        """The answer from where it is kept, or from one `run` for all who wait for it. None: may not be kept.

        `run` gets a context of its own, since it may outlive the request. What it raises is raised to who caused the
        run; others who waited for it try once more.
        """
        asked = self._asked(source, context)
        if asked is None:
            self.counts.private += 1
            return None
        entry = self.memory.get(asked.key, self._now())
        if entry is None:
            return await self._fetched(asked, context, run)
        if self._now() < entry.fresh_until:
            self.counts.memory += 1
        else:
            self.counts.stale += 1
            self._renew(asked, entry, context, run)
        return entry.cached

    def snapshot(self) -> dict[str, int]:
        """How often each level answered, and what is kept now."""
        kept = {"entries": len(self.memory), "bytes": self.memory.bytes, "evicted": self.memory.evicted}
        return self.counts.snapshot() | kept | {"away": self.shared.failed, "listening": int(self.news.standing)}

    def _asked(self, source: Source, context: Context) -> Asked | None:
        # Who is told what it cost gets an answer of his own.
        if context.viewer.kind is not ViewerKind.ANONYMOUS or context.wants_cost or source.extensions:
            return None
        operation = source.operation
        rule = self._rule(source.source_hash, operation.name, operation.document, operation.node)
        if rule is None:
            return None
        found = get_variable_values(self._schema, rule.variables, dict(source.variables or {}))
        if not isinstance(found, VariableValues):
            return None
        try:
            key = key_of(self._version, "anonymous", source.source_hash, operation.name, found.coerced)
        except TooLong:
            return None
        return Asked(key, rule.tags_for(found.coerced), rule)

    def _rule(self, hash: str, name: str, document: DocumentNode, node: OperationDefinitionNode) -> Rule | None:
        place = (hash, name)
        if place not in self._rules:
            self._rules[place] = rule_of(self._schema, document, node)
            if len(self._rules) > MOST_RULES:
                self._rules.popitem(last=False)
        return self._rules[place]

    # ------------------------------------------------------------------------------------------ running
    async def _fetched(self, asked: Asked, context: Context, run: Run) -> Cached | None:
        for _ in range(2):
            flight = self._flights.get(asked.key)
            if flight is None:
                return await _landed(self._start(asked, context, run))
            self.counts.joined += 1
            try:
                if found := await _landed(flight):
                    return found
            except Exception:
                # Somebody else's run failed: that may be theirs alone.
                continue
        return None

    def _renew(self, asked: Asked, entry: Entry, context: Context, run: Run) -> None:
        if asked.key in self._flights or self._now() < entry.renew_at:
            return
        entry.renew_at = self._now() + RENEW_AGAIN
        self.counts.renewed += 1
        self._start(asked, context, run)

    def _start(self, asked: Asked, context: Context, run: Run) -> Flight:
        async def fly() -> Cached:
            try:
                return await self._run(flight, context.fresh(), run)
            finally:
                if not flight.shares:
                    self._aloft.discard(flight)
                if self._flights.get(asked.key) is flight:
                    del self._flights[asked.key]

        flight = Flight(asked, self._begin(fly()))
        self._flights[asked.key] = flight
        self._aloft.add(flight)
        return flight

    def _begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.counts.failed += 1
            log.info("responses.run_failed", error=repr(error))

    async def _run(self, flight: Flight, context: Context, run: Run) -> Cached:
        asked, began = flight.asked, self._now()
        found = await self._found(asked) if self.news.standing else None
        if found and found.body is not None:
            self.counts.shared += 1
            return self._keep(flight, found.body, found.seconds)
        self.counts.run += 1
        body = await run(context)
        if not _is_whole(body):
            self.counts.refused += 1
            return Cached(body)
        seconds = asked.rule.seconds * (1 - JITTER * random.random())
        if found and not self._is_unsettled(asked.tags, began):
            flight.shares = True
            self._begin(self._share(flight, found.marks, body, seconds))
        return self._keep(flight, body, seconds)

    async def _share(self, flight: Flight, marks: bytes, body: bytes, seconds: float) -> None:
        """Lays the answer into the second level; what a replica said, once no change it missed can be on its way."""
        try:
            if self._settle:
                await asyncio.sleep(self._settle)
            if not flight.overtaken:
                await self.shared.put(flight.asked.key, marks, body, seconds - self._settle)
        finally:
            self._aloft.discard(flight)

    async def _found(self, asked: Asked) -> Found | None:
        """The second level's answer; where another process is just making it, a moment later."""
        found = await self.shared.find(asked.key, asked.tags)
        if found is None or found.body is not None or await self.shared.claim(asked.key, found.marks):
            return found
        for pause in OTHERS:
            await asyncio.sleep(pause)
            again = await self.shared.find(asked.key, asked.tags)
            if again is None or again.body is not None:
                return again
        return found

    def _keep(self, flight: Flight, body: bytes, seconds: float) -> Cached:
        if flight.overtaken:
            # Those who wait asked before the change was told; nobody after them gets it.
            self.counts.overtaken += 1
            return Cached(body)
        stale = flight.asked.rule.stale
        if not self.news.standing or self._is_unsettled(flight.asked.tags, self._now()):
            seconds, stale = min(seconds, DEAF_SECONDS), 0.0
        cached, until = Cached.of(flight.asked.key, body), self._now() + seconds
        self.memory.put(Entry(cached, flight.asked.tags, until, until + stale))
        return cached

    # ------------------------------------------------------------------------------------------ ending
    def _dropped(self, tags: Collection[str]) -> None:
        """Something changed: forgets what shows it, and sees to it that nobody keeps what was read before."""
        everything = EVERYTHING in tags
        self.counts.dropped += self.memory.clear() if everything else self.memory.drop(tags)
        for flight in self._aloft:
            if everything or not flight.asked.tags.isdisjoint(tags):
                flight.overtaken = True
                if self._flights.get(flight.asked.key) is flight:
                    del self._flights[flight.asked.key]
        if self._settle:
            until = self._now() + self._settle
            self._settling = {tag: end for tag, end in self._settling.items() if end > self._now()}
            self._settling |= dict.fromkeys(tags, until)

    def _is_unsettled(self, tags: Collection[str], at: float) -> bool:
        return any(self._settling.get(tag, 0.0) > at for tag in tags)

    def _lost(self) -> None:
        """Nobody tells us of changes any more."""
        self.memory.shorten(self._now() + DEAF_SECONDS)
        for flight in self._aloft:
            flight.overtaken = True


async def _landed(flight: Flight) -> Cached | None:
    """The flight's answer. None when the flight was ended with the process; whoever waits may be cancelled alone."""
    try:
        return await asyncio.shield(flight.task)
    except asyncio.CancelledError:
        waiting = asyncio.current_task()
        if flight.task.cancelled() and waiting is not None and not waiting.cancelling():
            return None
        raise


def _is_whole(body: bytes) -> bool:
    """Whether the body is data and nothing else: no errors, nothing about this one caller."""
    if body.startswith(b'{"data":{') and b'"errors"' not in body and b'"extensions"' not in body:
        return True
    told = orjson.loads(body)
    return isinstance(told, dict) and set(told) == {"data"} and told["data"] is not None
