"""The second level: answers in Valkey, shared by all processes; and the news of what is dropped.

Every tag has a mark in Valkey, replaced when the tag is dropped. An answer is stored with the marks that stood before
its data was read and is taken for one only while they still stand: an answer made from older rows is never found,
whoever stores it and whenever. Commands name one key each, so a cluster will do.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from integrations.valkey import ended
from schema.keeping import EVERYTHING

CHANNEL = "mall:pages"
# Longer than any answer lives, so that a mark that went away was not needed any more.
MARK_SECONDS = 3600
# How long one process may keep the others from running the same question.
LOCK_MILLISECONDS = 1000
# Bodies from this size are packed; below it there is little to gain.
PACK_FROM = 1024
# Valkey answers in a fraction of a millisecond; whoever asks would rather run the question than wait longer.
PATIENCE = 0.1
# After a failure, so long without it.
PAUSE = 1.0

T = TypeVar("T")
log = structlog.get_logger()


@dataclass(frozen=True)
class Found:
    """What the second level has of a question: the marks as they stand; the answer and its seconds left, if any."""

    marks: bytes
    body: bytes | None = None
    seconds: float = 0.0


class Shared:
    """Answers in Valkey. Nothing here raises: what Valkey cannot do is not done, and the caller runs the question."""

    def __init__(self, redis: Redis, now: Callable[[], float]) -> None:
        self._redis = redis
        self._now = now
        self._paused_until = 0.0
        self.patience = PATIENCE
        self.failed = 0

    async def find(self, key: bytes, tags: Iterable[str]) -> Found | None:
        """One round trip; None when Valkey cannot be asked."""
        marks = [_mark(tag) for tag in sorted(tags)]

        async def ask() -> Sequence[Any]:
            pipe = self._redis.pipeline(transaction=False)
            pipe.get(_place(key))
            pipe.pttl(_place(key))
            for mark in marks:
                pipe.get(mark)
            return await pipe.execute()

        told = await self._try(ask)
        return None if told is None else _found(key, told[0], told[1], told[2:])

    async def put(self, key: bytes, marks: bytes, body: bytes, seconds: float) -> None:
        value = key + marks + _packed(body)
        await self._try(lambda: self._redis.set(_place(key), value, px=max(1, int(seconds * 1000))))

    async def claim(self, key: bytes, marks: bytes) -> bool:
        """Whether this process is the one to run the question now. A drop makes it a new question."""
        place = f"mall:running:{key.hex()}:{marks.hex()}"

        async def ask() -> bool:
            return bool(await self._redis.set(place, b"1", nx=True, px=LOCK_MILLISECONDS))

        # Whoever cannot know runs it.
        return await self._try(ask) is not False

    async def _try(self, ask: Callable[[], Awaitable[T]]) -> T | None:
        if self._now() < self._paused_until:
            return None
        # Waited for, not cancelled: a command that is cut off costs its connection.
        task = asyncio.ensure_future(ask())
        try:
            done, _ = await asyncio.wait({task}, timeout=self.patience)
        except asyncio.CancelledError:
            task.cancel()
            raise
        error = task.exception() if done else None
        if done and not isinstance(error, RedisError | OSError):
            return task.result()
        task.add_done_callback(_look)
        self.failed += 1
        self._paused_until = self._now() + PAUSE
        return None


def _look(task: asyncio.Future[Any]) -> None:
    """Takes note of how a command ended that nobody waits for any more."""
    if not task.cancelled():
        task.exception()


def _place(key: bytes) -> str:
    return f"mall:page:{key.hex()}"


def _mark(tag: str) -> str:
    return f"mall:mark:{tag}"


def _found(key: bytes, stored: bytes | None, left: int, marks: Sequence[bytes | None]) -> Found:
    # Marks are 16 characters each, so the joined text says which one stood where.
    stand = hashlib.blake2b(b"|".join(mark or b"" for mark in marks), digest_size=16).digest()
    if not stored or left <= 0 or stored[:20] != key or stored[20:36] != stand:
        return Found(stand)
    body = _unpacked(stored[36:])
    return Found(stand) if body is None else Found(stand, body, left / 1000)


def _packed(body: bytes) -> bytes:
    return b"z" + zlib.compress(body, 1) if len(body) >= PACK_FROM else b"p" + body


def _unpacked(value: bytes) -> bytes | None:
    if value[:1] == b"p":
        return value[1:]
    try:
        return zlib.decompress(value[1:])
    except zlib.error:
        return None


# ------------------------------------------------------------------------------------------------ drops
class Drops:
    """Ends kept answers in all processes. The relay's."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def drop(self, tags: Collection[str]) -> None:
        """Replaces the marks, then tells everybody. Raises RedisError while Valkey is away: then try again."""
        if not tags:
            return
        pipe = self._redis.pipeline(transaction=False)
        for tag in sorted(tags):
            pipe.set(_mark(tag), secrets.token_hex(8), ex=MARK_SECONDS)
        await pipe.execute()
        await self._redis.publish(CHANNEL, " ".join(sorted(tags)))

    async def drop_everything(self) -> None:
        """After rows were changed by hand."""
        await self.drop({EVERYTHING})


class News:
    """Hears what is dropped, and knows whether it still hears."""

    def __init__(
        self, redis: Redis, *, dropped: Callable[[Collection[str]], None], lost: Callable[[], None], beat: float = 1.0
    ) -> None:
        """`dropped` gets the tags, EVERYTHING when anything may have been missed; `lost` is told when the line is dead.

        After `beat` seconds of silence Valkey is asked whether it is there; after three beats it is not.
        """
        self._redis = redis
        self._dropped = dropped
        self._lost = lost
        self._beat = beat
        self._begun = False
        self.standing = False

    @asynccontextmanager
    async def heard(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._keep_listening())
        try:
            yield
        finally:
            await ended(task)

    async def _keep_listening(self) -> None:
        pause = 0.05
        while True:
            try:
                await self._listen()
            except Exception as error:
                # Whatever it was: who does not hear must not go on as if nothing were said.
                log.warning("responses.deaf", error=repr(error), again_in=pause)
                self._fall()
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
            else:
                pause = 0.05

    async def _listen(self) -> None:
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            silent = 0
            while True:
                message = await pubsub.get_message(timeout=self._beat)
                silent = 0 if message else silent + 1
                if silent > 2:
                    raise TimeoutError("no answer from Valkey")
                if silent:
                    await pubsub.ping()
                elif message["type"] == "subscribe":
                    await self._stand()
                elif message["type"] == "message":
                    self._dropped(message["data"].decode().split())

    async def _stand(self) -> None:
        """Also after the library connected anew by itself: what was said in between is lost."""
        if self._begun:
            # Valkey may have come back with what it had before; then its marks are as old as its answers.
            await self._redis.set(_mark(EVERYTHING), secrets.token_hex(8), ex=MARK_SECONDS)
        self._begun = self.standing = True
        self._dropped({EVERYTHING})

    def _fall(self) -> None:
        if self.standing:
            self.standing = False
            self._lost()
