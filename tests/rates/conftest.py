"""An empty Valkey, and the rates as production has them: other tests multiply theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from integrations.valkey import connect
from server.rates import Rates
from server.settings import Settings


@pytest.fixture
async def redis(redis_url: str, clean_redis: None) -> AsyncIterator[Redis]:
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def rates(redis: Redis) -> Rates:
    return Rates(redis)


@pytest.fixture
def strict(settings: Settings) -> Settings:
    return settings.model_copy(update={"rate_factor": 1.0})
