"""The access token, one for all processes: cached in Redis, fetched by one caller at a time."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import cast

from redis.asyncio import Redis

from .errors import UNREACHABLE, WechatApiError

LOCK_MILLISECONDS = 5000
EARLY_SECONDS = 300  # stable_token hands out the next token this long before the end; both work meanwhile
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 12.0  # longer than one fetch with its timeouts, so a dead lock holder is outlived

# Deletes only what the caller saw: somebody else may have put a newer value there meanwhile.
_DROP_IF_SAME = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


@dataclass(frozen=True)
class FreshToken:
    value: str
    expires_in: int  # seconds, as WeChat says


class TokenStore:
    """`get()` returns a usable token; `drop(token)` forgets it when WeChat no longer takes it."""

    def __init__(self, redis: Redis, appid: str, fetch: Callable[[], Awaitable[FreshToken]]) -> None:
        self._redis = redis
        self._fetch = fetch
        self._key = f"wechat:token:{appid}"
        self._lock = f"wechat:token-lock:{appid}"

    async def get(self) -> str:
        deadline = monotonic() + PATIENCE_SECONDS
        while (token := await self._cached()) is None:
            if await self._redis.set(self._lock, owner := secrets.token_hex(8), nx=True, px=LOCK_MILLISECONDS):
                return await self._refill(owner)
            if monotonic() > deadline:
                raise WechatApiError(UNREACHABLE, "no access token came while waiting for another process to fetch it")
            await asyncio.sleep(POLL_SECONDS)
        return token

    async def drop(self, token: str) -> None:
        await self._drop_if_same(self._key, token)

    async def _refill(self, owner: str) -> str:
        try:
            # Between our look and our lock another process may have filled the cache and let go.
            if token := await self._cached():
                return token
            fresh = await self._fetch()
            await self._redis.set(self._key, fresh.value, ex=max(fresh.expires_in - EARLY_SECONDS, 1))
            return fresh.value
        finally:
            await self._drop_if_same(self._lock, owner)

    async def _cached(self) -> str | None:
        value = await self._redis.get(self._key)
        return value.decode() if isinstance(value, bytes) else value

    async def _drop_if_same(self, key: str, value: str) -> None:
        await cast(Awaitable[object], self._redis.eval(_DROP_IF_SAME, 1, key, value))
