"""Those who come together are looked up together."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

import orjson
import pytest
from redis.exceptions import ConnectionError as ConnectionLost

from server import viewers as looked_up
from server.viewers import Viewers


class Cache:
    """Knows a member for every key, and counts its round trips."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []
        self.members: dict[str, str] = {}
        self.gate = asyncio.Event()

    async def mget(self, keys: Sequence[str]) -> list[bytes]:
        self.asked.append(keys)
        await self.gate.wait()
        return [self._viewer(key) for key in keys]

    def _viewer(self, key: str) -> bytes:
        id = self.members[key] = str(uuid4())
        nothing = {"merchant_id": None, "sign_in_id": None, "budget": None, "expires_at": None}
        return orjson.dumps({"kind": "MEMBER", "id": id, "name": "", "permissions": [], **nothing})


async def test_one_round_trip_for_many_and_each_his_own() -> None:
    cache = Cache()
    viewers = Viewers(cast(Any, None), cast(Any, cache))
    calls = [asyncio.create_task(viewers.of(f"Bearer {secrets.token_urlsafe(32)}")) for _ in range(20)]
    while not cache.asked:  # noqa: ASYNC110 - what is waited for has no event to tell it
        await asyncio.sleep(0)
    calls[3].cancel()  # he who goes away takes nobody with him
    cache.gate.set()
    found = await asyncio.gather(*calls, return_exceptions=True)
    there = [each for each in found if not isinstance(each, BaseException)]
    assert len(cache.asked) == 1
    assert len(there) == 19
    assert {str(viewer.id) for viewer, _ in there} <= set(cache.members.values())
    assert len({viewer.id for viewer, _ in there}) == 19


class Away:
    """A cache that cannot be reached."""

    def __init__(self) -> None:
        self.asked = 0

    async def mget(self, keys: Sequence[str]) -> list[bytes]:
        self.asked += 1
        raise ConnectionLost("nobody answers")


async def test_a_cache_that_is_away_is_left_alone_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody would wait for the same failure."""
    cache = Away()
    viewers = Viewers(cast(Any, None), cast(Any, cache))
    assert await viewers._cached("one") is None
    assert await viewers._cached("two") is None
    assert cache.asked == 1
    monkeypatch.setattr(looked_up, "PAUSE", 0.0)
    viewers._away_until = 0.0
    assert await viewers._cached("three") is None
    assert await viewers._cached("four") is None
    assert cache.asked == 3
