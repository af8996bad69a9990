"""From a token or a partner's key to the viewer: the process, then Valkey, then PostgreSQL, which knows."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Sequence
from contextvars import Context
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain import partners
from domain.base import ANONYMOUS, Budget, Viewer, ViewerKind, clock
from domain.members import sessions
from models.base import id_of
from server.database import Database
from server.near import Near

# The relay drops a revoked token from the cache within a moment; should that fail, this is the longest it lives.
MOST_SECONDS = 60
# After a failure nobody asks Valkey again for a moment: everybody would wait for the same failure, and be told by
# PostgreSQL all the same.
PAUSE = 3.0

log = structlog.get_logger()


class Viewers:
    """Who a token stands for. Tokens are random and opaque; only their SHA-256 is ever stored."""

    def __init__(self, database: Database, redis: Redis, near: Near | None = None) -> None:
        self._database = database
        self._redis = redis
        self._gets = _Gets(redis)
        self._near = near
        self._away_until = 0.0

    async def of(self, authorization: str) -> tuple[Viewer, datetime | None]:
        """The viewer of an `Authorization` header and when the token ends; ANONYMOUS for none or a bad one.

        A partner's key may have no end; then the time is None.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not 20 <= len(token) <= 200:
            return ANONYMOUS, None
        hashed = hashlib.sha256(token.encode(errors="replace")).hexdigest()
        if self._near is None:
            return await self._looked_up(hashed, token)
        if (known := self._near.get(hashed)) is not None:
            return known
        forgotten = self._near.forgotten
        found = await self._looked_up(hashed, token)
        if found[0] is not ANONYMOUS:
            self._near.keep(hashed, found, forgotten)
        return found

    async def _looked_up(self, hashed: str, token: str) -> tuple[Viewer, datetime | None]:
        key = cache_key(hashed)
        return await self._cached(key) or await self._stored(key, token)

    async def _cached(self, key: str) -> tuple[Viewer, datetime | None] | None:
        if self._is_away():
            return None
        try:
            raw = await self._gets.get(key)
        except RedisError as error:
            self._note(error)
            return None
        if not raw:
            return None
        viewer, expires_at = _unpack(raw if isinstance(raw, bytes) else raw.encode())
        return (viewer, expires_at) if expires_at is None or expires_at > clock.now() else None

    async def _stored(self, key: str, token: str) -> tuple[Viewer, datetime | None]:
        found = await self._partner(token) if token.startswith(partners.PREFIX) else await self._signed_in(token)
        if found is None:
            return ANONYMOUS, None
        left = MOST_SECONDS if found[1] is None else int((found[1] - clock.now()).total_seconds())
        if left > 0 and not self._is_away():
            try:
                # Not over the mark that `drop` leaves: what was read before it may be old by now.
                await self._redis.set(key, _pack(*found), ex=min(left, MOST_SECONDS), nx=True)
            except RedisError as error:
                self._note(error)
        return found

    def _is_away(self) -> bool:
        return time.monotonic() < self._away_until

    def _note(self, error: RedisError) -> None:
        self._away_until = time.monotonic() + PAUSE
        log.warning("viewers.cache_down", error=str(error))

    async def _signed_in(self, token: str) -> tuple[Viewer, datetime] | None:
        async with self._database.read() as session:
            return await sessions.viewer_of(session, token)

    async def _partner(self, secret: str) -> tuple[Viewer, datetime | None] | None:
        async with self._database.read() as session:
            found = await partners.recognise(session, secret)
        if found is None:
            return None
        if found.unnoted:
            await self._note_use(found.key_id)
        return found.viewer, found.expires_at

    async def _note_use(self, key_id: UUID) -> None:
        """A note for the console: reading must go on where it cannot be written."""
        try:
            async with self._database.begin() as uow:
                await partners.record_use(uow, key_id)
        except Exception as error:
            log.warning("viewers.use_not_noted", error=repr(error))

    async def drop(self, access_hash: str) -> None:
        """Forgets whom a token stands for, given the hexadecimal SHA-256 of the token.

        The mark left in its place outlives every answer of PostgreSQL that was on its way when the token changed.
        """
        await self._redis.set(cache_key(access_hash), b"", ex=MOST_SECONDS)


class _Gets:
    """Reads from Valkey: those who ask in the same turn of the event loop are answered by one round trip.

    When everybody comes at once, a connection for each would cost more than all they ask.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._asked: list[tuple[str, asyncio.Future[Any]]] = []
        self._reading: set[asyncio.Task[None]] = set()

    async def get(self, key: str) -> Any:
        loop = asyncio.get_running_loop()
        if not self._asked:
            loop.call_soon(self._send)
        answer: asyncio.Future[Any] = loop.create_future()
        self._asked.append((key, answer))
        return await answer

    def _send(self) -> None:
        asked, self._asked = self._asked, []
        # In a context of its own: nothing of the request that happened to be first.
        task = asyncio.get_running_loop().create_task(self._read(asked), context=Context())
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _read(self, asked: Sequence[tuple[str, asyncio.Future[Any]]]) -> None:
        waiting = [answer for _, answer in asked]
        try:
            found = await self._redis.mget([key for key, _ in asked])
        except Exception as error:
            for answer in waiting:
                if not answer.done():  # nobody waits any more who went away
                    answer.set_exception(error)
        else:
            for answer, value in zip(waiting, found, strict=True):
                if not answer.done():
                    answer.set_result(value)
        finally:
            for answer in waiting:
                answer.cancel()  # only when this was cancelled itself: the others are done


def cache_key(token_hash: str) -> str:
    return f"viewer:{token_hash}"


def _pack(viewer: Viewer, expires_at: datetime | None) -> bytes:
    return orjson.dumps(
        {
            "kind": viewer.kind,
            "id": str(viewer.id),
            "name": viewer.name,
            "merchant_id": _text(viewer.merchant_id),
            "permissions": sorted(viewer.permissions),
            "sign_in_id": _text(viewer.sign_in_id),
            "budget": asdict(viewer.budget) if viewer.budget else None,
            "expires_at": expires_at,
        }
    )


def _unpack(raw: bytes) -> tuple[Viewer, datetime | None]:
    row: dict[str, Any] = orjson.loads(raw)
    viewer = Viewer(
        kind=ViewerKind(row["kind"]),
        id=_id(row["id"]),
        name=row["name"],
        merchant_id=_id(row["merchant_id"]),
        permissions=frozenset(row["permissions"]),
        sign_in_id=_id(row["sign_in_id"]),
        budget=Budget(**row["budget"]) if row.get("budget") else None,
    )
    return viewer, datetime.fromisoformat(row["expires_at"]) if row["expires_at"] else None


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _id(value: str | None) -> UUID | None:
    return id_of(value) if value else None
