"""WeChat Pay in memory, and a clock that runs again after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.base import clock
from tests.orders.gateway import FakeGateway


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture(autouse=True)
def running_clock() -> Iterator[None]:
    yield
    clock.reset()
