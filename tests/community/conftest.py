"""WeChat Pay and WeChat's judge in memory, and a clock that runs again after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.base import clock
from tests.orders.gateway import FakeGateway
from tests.reviews.judge import FakeJudge


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def judge() -> FakeJudge:
    return FakeJudge()


@pytest.fixture(autouse=True)
def running_clock() -> Iterator[None]:
    yield
    clock.reset()
