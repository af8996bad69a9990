"""The fixtures themselves: real servers, one database per worker, nothing left from test to test."""

from __future__ import annotations

import asyncpg
import httpx
import pytest
import redis.asyncio

from server.settings import Settings
from tests.conftest import Meili


async def _connect(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url.replace("+asyncpg", ""))


@pytest.mark.parametrize("attempt", [1, 2])
async def test_what_one_test_writes_the_next_does_not_see(
    clean_database: None, postgres_url: str, attempt: int
) -> None:
    connection = await _connect(postgres_url)
    await connection.execute("create table if not exists fixture_probe (id int primary key)")
    assert await connection.fetchval("select count(*) from outbox") == 0
    await connection.close()


async def test_trigrams_see_chinese(postgres_url: str) -> None:
    connection = await _connect(postgres_url)
    assert await connection.fetchval("select show_trgm('昭通')")
    await connection.close()


async def test_valkey_answers(redis_url: str, clean_redis: None) -> None:
    client = redis.asyncio.Redis.from_url(redis_url)
    assert await client.dbsize() == 0
    await client.set("昭通", "苹果")
    assert await client.get("昭通") == "苹果".encode()
    await client.aclose()


async def test_meilisearch_answers(meili: Meili | None) -> None:
    if meili is None:
        pytest.skip("no Meilisearch on this machine")
    async with httpx.AsyncClient(base_url=meili.url) as client:
        refused = await client.get("/indexes")
        allowed = await client.get("/indexes", headers={"Authorization": f"Bearer {meili.key}"})
    assert (refused.status_code, allowed.status_code) == (401, 200)


def test_settings_point_at_them(settings: Settings, postgres_url: str, redis_url: str) -> None:
    assert settings.env == "test"
    assert (settings.database_url, settings.redis_url) == (postgres_url, redis_url)
