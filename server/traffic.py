"""The counters of all processes together: each lays its own in Valkey every few seconds, whoever asks adds them up."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from integrations.valkey import ended
from server.counters import MOST_SLOTS, SLOT_SECONDS, Counters, Times

KEY = "traffic"
WRITE_SECONDS = 5.0
# A process that was not heard of for this long has ended.
STALE_SECONDS = 20.0
KEEP_SECONDS = 120
MOST_OPERATIONS = 100

log = structlog.get_logger()


class Traffic:
    """What `schema.base.Desk.traffic` tells."""

    def __init__(self, redis: Redis, counters: Counters) -> None:
        self._redis = redis
        self._counters = counters
        self._me = f"{socket.gethostname()}:{os.getpid()}:{id(counters):x}"
        self._heard = True

    @asynccontextmanager
    async def told(self) -> AsyncIterator[None]:
        """Inside it, this process is one of those that are added up."""
        task = asyncio.create_task(self._tell())
        try:
            yield
        finally:
            await ended(task)
            with suppress(RedisError, OSError):
                await self._redis.hdel(KEY, self._me)

    async def figures(self) -> dict[str, Any]:
        """All processes together; this one alone, and `complete` false, while Valkey cannot be asked."""
        try:
            others, complete = await self._others(), True
        except (RedisError, OSError):
            others, complete = [], False
        return add_up([*others, self._counters.snapshot()]) | {"complete": complete}

    async def _tell(self) -> None:
        while True:
            try:
                await self.write()
                self._heard = True
            except (RedisError, OSError) as error:
                # Once, not every five seconds while Valkey is away.
                if self._heard:
                    log.warning("traffic.not_written", error=repr(error))
                self._heard = False
            await asyncio.sleep(WRITE_SECONDS)

    async def write(self) -> None:
        """Lays down this process's counters as they stand."""
        await self._redis.hset(KEY, self._me, orjson.dumps(self._counters.snapshot()))
        await self._redis.expire(KEY, KEEP_SECONDS)

    async def _others(self) -> list[dict[str, Any]]:
        found: dict[Any, Any] = await self._redis.hgetall(KEY)
        told = {key: orjson.loads(value) for key, value in found.items() if key != self._me.encode()}
        over = [key for key, value in told.items() if time.time() - value["at"] > STALE_SECONDS]
        if over:
            await self._redis.hdel(KEY, *over)
        return [value for key, value in told.items() if key not in over]


def add_up(snapshots: list[dict[str, Any]]) -> dict[str, Any]:
    """The sum of several processes' snapshots, as `schema.desk.Traffic` tells it."""
    return {
        "processes": len(snapshots),
        "since": datetime.fromtimestamp(min(each["started"] for each in snapshots), UTC),
        "ran": float(sum(each["ran"] for each in snapshots)),
        "compiled": float(sum(each["compiled"] for each in snapshots)),
        "operations": _operations(snapshots),
        "left": _left(snapshots),
        "refused": [{"code": code, "count": count} for code, count in _sums(each["refused"] for each in snapshots)],
        "moments": _moments(snapshots),
        "figures": [
            {"name": name, "value": value} for name, value in sorted(_sums(each["figures"] for each in snapshots))
        ],
    }


def _operations(snapshots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    joined: dict[str, Times] = {}
    for each in snapshots:
        for name, (count, compiled, classes) in each["operations"].items():
            joined.setdefault(name, Times()).join(Times(count, compiled, classes))
    frequent = sorted(joined.items(), key=lambda pair: -pair[1].count)[:MOST_OPERATIONS]
    return [
        {
            "name": name,
            "count": times.count,
            "compiled": times.compiled,
            "p50_ms": round(times.within(0.5) * 1000, 2),
            "p95_ms": round(times.within(0.95) * 1000, 2),
        }
        for name, times in frequent
    ]


def _left(snapshots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sums: dict[tuple[str, str], float] = {}
    for each in snapshots:
        for operation, reason, count in each["left"]:
            sums[operation, reason] = sums.get((operation, reason), 0.0) + count
    ordered = sorted(sums.items(), key=lambda pair: -pair[1])[:MOST_OPERATIONS]
    return [{"operation": key[0], "reason": key[1], "count": count} for key, count in ordered]


def _sums(tables: Iterable[dict[str, float]]) -> list[tuple[str, float]]:
    sums: dict[str, float] = {}
    for table in tables:
        for name, value in table.items():
            sums[name] = sums.get(name, 0.0) + value
    return sorted(sums.items(), key=lambda pair: -pair[1])


def _moments(snapshots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per half minute, the quiet ones too, the oldest first; the one that has just begun is left out."""
    present = int(max(each["at"] for each in snapshots)) // SLOT_SECONDS
    first = max(present - MOST_SLOTS + 1, int(min(each["started"] for each in snapshots)) // SLOT_SECONDS)
    return [
        _moment(slot, [each["slots"].get(str(slot), (0, 0)) for each in snapshots]) for slot in range(first, present)
    ]


def _moment(slot: int, counts: list[Any]) -> dict[str, Any]:
    return {
        "at": datetime.fromtimestamp(slot * SLOT_SECONDS, UTC),
        "answered": sum(count[0] for count in counts),
        "refused": sum(count[1] for count in counts),
    }
