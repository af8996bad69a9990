"""One mall and one browser for all journeys."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser import Chromium, ensure_chromium, open_browser
from tests.e2e.running import Running


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    found = ensure_chromium()
    if found is None:
        pytest.skip("no Chromium on this machine and none could be had")
    return found


@pytest.fixture(scope="session")
def running(chromium: Chromium) -> Iterator[Running]:
    """Only where there is a browser to look at it."""
    mall = Running()
    try:
        mall.start()
        yield mall
    finally:
        mall.stop()


@pytest.fixture
async def browser(chromium: Chromium) -> AsyncIterator[Browser]:
    async with open_browser(chromium) as found:
        yield found


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go: MALL_E2E_PICTURES keeps them."""
    place = Path(os.environ.get("MALL_E2E_PICTURES") or tmp_path / "pictures")
    place.mkdir(parents=True, exist_ok=True)
    return place
