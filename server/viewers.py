"""From a token to the viewer: Valkey first, PostgreSQL where Valkey does not know or is down."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.base import ANONYMOUS, Viewer, ViewerKind, clock
from domain.members import sessions
from server.database import Database

# The relay drops a revoked token from the cache within a moment; should that fail, this is the longest it lives.
MOST_SECONDS = 60

log = structlog.get_logger()


class Viewers:
    """Who a token stands for. Tokens are random and opaque; only their SHA-256 is ever stored."""

    def __init__(self, database: Database, redis: Redis) -> None:
        self._database = database
        self._redis = redis

    async def of(self, authorization: str) -> tuple[Viewer, datetime | None]:
        """The viewer of an `Authorization` header and when the token ends; ANONYMOUS for none or a bad one."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not 20 <= len(token) <= 200:
            return ANONYMOUS, None
        key = cache_key(hashlib.sha256(token.encode()).hexdigest())
        return await self._cached(key) or await self._stored(key, token)

    async def _cached(self, key: str) -> tuple[Viewer, datetime] | None:
        try:
            raw = await self._redis.get(key)
        except RedisError as error:
            log.warning("viewers.cache_down", error=str(error))
            return None
        if not raw:
            return None
        viewer, expires_at = _unpack(raw if isinstance(raw, bytes) else raw.encode())
        return (viewer, expires_at) if expires_at > clock.now() else None

    async def _stored(self, key: str, token: str) -> tuple[Viewer, datetime | None]:
        async with self._database.read() as session:
            found = await sessions.viewer_of(session, token)
        if found is None:
            return ANONYMOUS, None
        left = int((found[1] - clock.now()).total_seconds())
        if left > 0:
            try:
                await self._redis.set(key, _pack(*found), ex=min(left, MOST_SECONDS))
            except RedisError as error:
                log.warning("viewers.cache_down", error=str(error))
        return found

    async def drop(self, access_hash: str) -> None:
        """Forgets whom a token stands for, given the hexadecimal SHA-256 of the token."""
        await self._redis.delete(cache_key(access_hash))


def cache_key(token_hash: str) -> str:
    return f"viewer:{token_hash}"


def _pack(viewer: Viewer, expires_at: datetime) -> bytes:
    return orjson.dumps(
        {
            "kind": viewer.kind,
            "id": str(viewer.id),
            "name": viewer.name,
            "merchant_id": str(viewer.merchant_id) if viewer.merchant_id else None,
            "permissions": sorted(viewer.permissions),
            "sign_in_id": str(viewer.sign_in_id),
            "expires_at": expires_at,
        }
    )


def _unpack(raw: bytes) -> tuple[Viewer, datetime]:
    row: dict[str, Any] = orjson.loads(raw)
    viewer = Viewer(
        kind=ViewerKind(row["kind"]),
        id=_id(row["id"]),
        name=row["name"],
        merchant_id=_id(row["merchant_id"]),
        permissions=frozenset(row["permissions"]),
        sign_in_id=_id(row["sign_in_id"]),
    )
    return viewer, datetime.fromisoformat(row["expires_at"])


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None
