"""A mall that WeChat reaches, with two shops and a buyer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.base import clock
from server.settings import Settings
from tests.client import Client
from tests.journey.mall import serve
from tests.journey.market import Market, Shopper, come, open_market
from tests.wechat.simulator import Simulator


@pytest.fixture(autouse=True)
def running_clock() -> Iterator[None]:
    yield
    clock.reset()


@pytest.fixture
def pay_mode() -> str:
    """How the mall is paid, for tests that say it."""
    return "combined"


@pytest.fixture
async def mall(
    settings: Settings, wxsim: Simulator, database: Any, clean_redis: None, tmp_path: Path, pay_mode: str
) -> AsyncIterator[Client]:
    """The mall as an anonymous caller sees it; `mall.mall` is its inside."""
    async with serve(settings.model_copy(update={"pay_mode": pay_mode}), wxsim, tmp_path) as client:
        yield client


@pytest.fixture
async def market(database: Any) -> Market:
    return await open_market(database)


@pytest.fixture
async def buyer(mall: Client, wxsim: Simulator, market: Market) -> Shopper:
    return await come(mall, wxsim)
