"""What is compared to the byte is asked at one moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.base import clock


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    """Some fields say what time it is."""
    clock.stop(clock.now())
    yield
    clock.reset()
