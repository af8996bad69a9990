"""Processes of the mall as the cache sees them, on a real Valkey, with operations that are run by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import parse, validate
from redis.asyncio import Redis

from compiled import Executor, Operation
from domain.base import ANONYMOUS, Viewer
from schema.base import Context
from server.graphql import schema
from server.responses import Responses
from server.responses.memory import Memory

EXECUTOR = Executor(schema)
LIST = "{ seasonalProducts { id title } }"
PAGE = "query Page($id: ID!) { product(id: $id) { id title inStock } }"
ONE, TWO = "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000002"


@dataclass(frozen=True)
class Question:
    """What `server.operations` prepares, as far as the cache looks at it."""

    operation: Operation
    source_hash: str
    variables: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)


def question(text: str, name: str | None = None, **variables: Any) -> Question:
    document = parse(text)
    assert validate(EXECUTOR.schema, document) == []
    return Question(EXECUTOR.operation(document, name), text, variables)


class Rows:
    """What the tables say, and how often they were read. While `gate` is shut, whoever has read waits to answer."""

    def __init__(self, says: str = "first") -> None:
        self.says = says
        self.read = 0
        self.contexts: list[Context] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails: Exception | None = None

    async def run(self, context: Context) -> bytes:
        self.read += 1
        self.contexts.append(context)
        body = b'{"data":{"it":"%b"}}' % self.says.encode()
        await self.gate.wait()
        if self.fails:
            raise self.fails
        return body


class Time:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Process:
    """One process: its cache, and what it reads."""

    responses: Responses
    rows: Rows
    redis: Redis
    time: Time

    async def ask(self, asked: Question, viewer: Viewer = ANONYMOUS) -> str | None:
        """What the cache answers; None when it leaves it to the caller."""
        found = await self.responses.get(asked, nobody(viewer), self.rows.run)
        return None if found is None else found.body.decode().split('"')[5]

    async def settled(self) -> None:
        """Until nothing runs in the background."""
        await until(lambda: not self.responses._tasks)


def nobody(viewer: Viewer = ANONYMOUS) -> Context:
    absent: Any = None
    return Context(viewer, absent, absent)


@asynccontextmanager
async def process(
    redis_url: str, rows: Rows | None = None, *, listening: bool = True, settle: float = 0.0
) -> AsyncIterator[Process]:
    """A process that hears what is dropped, or one that has just begun and hears nothing yet."""
    redis, time = Redis.from_url(redis_url), Time()
    responses = Responses(EXECUTOR.schema, redis, memory=Memory(), settle=settle, now=time)
    responses.shared.patience = 5.0
    made = Process(responses, rows or Rows(), redis, time)
    if not listening:
        responses.news._keep_listening = asyncio.Event().wait  # type: ignore[method-assign, assignment]
    try:
        async with responses.opened():
            if listening:
                await until(lambda: responses.news.standing)
            yield made
    finally:
        await redis.aclose()


async def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while True:
            if true():
                return
            await asyncio.sleep(0.002)
