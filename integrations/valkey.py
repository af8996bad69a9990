"""Connections to Valkey or Redis by the kind of address: one server, sentinels, or a cluster.

Only what Redis ≥ 7.0 and Valkey have in common is used, and never more than one key in one command.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import ExponentialBackoff

# A server that is restarting is back within a second: worth waiting for, not worth more.
RETRY = Retry(ExponentialBackoff(cap=0.5, base=0.05), 3)


async def ended(task: asyncio.Task[None]) -> None:
    """Ends a task that talks to Valkey.

    The client library loses a cancellation that meets it while it connects, so the task is told until it listens.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=0.5)


def connect(url: str) -> Redis:
    """`redis://host/0`, `rediss://…`, `redis+sentinel://h1:26379,h2:26379/service`, `redis+cluster://host`."""
    options: dict[str, Any] = {"socket_timeout": 5, "socket_connect_timeout": 2, "retry": RETRY}
    scheme = urlsplit(url).scheme
    if scheme == "redis+sentinel":
        return _through_sentinels(url, options)
    if scheme == "redis+cluster":
        cluster: Any = RedisCluster.from_url(url.replace("redis+cluster", "redis", 1))
        return cluster  # type: ignore[no-any-return]
    return Redis.from_url(url, health_check_interval=30, **options)


def _through_sentinels(url: str, options: dict[str, Any]) -> Redis:
    parts = urlsplit(url)
    hosts = [host.partition(":") for host in parts.netloc.rpartition("@")[2].split(",")]
    sentinels = [(name, int(port or 26379)) for name, _, port in hosts]
    service = parts.path.lstrip("/") or "mymaster"
    group: Any = Sentinel(sentinels, **options)  # type: ignore[no-untyped-call]
    found: Redis = group.master_for(service, password=parts.password)
    return found
