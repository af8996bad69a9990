"""The clock runs again after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.base import clock


@pytest.fixture(autouse=True)
def running_clock() -> Iterator[None]:
    yield
    clock.reset()
