"""The server API as a process of the mall has it."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from integrations.wechat import (
    WechatApi,
)
from tests.wechat.simulator import Simulator


@pytest.fixture
async def cache(redis_url: str, clean_redis: None) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def api(wxsim: Simulator, cache: Redis) -> AsyncIterator[WechatApi]:
    async with WechatApi(wxsim.api_config(), cache) as client:
        yield client
