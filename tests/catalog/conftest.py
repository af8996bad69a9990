"""The mall over HTTP, with pictures in a directory of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.settings import Settings
from tests.client import Client, open_client


@pytest.fixture
async def client(settings: Settings, database: Any, clean_redis: None, tmp_path: Path) -> AsyncIterator[Client]:
    async with open_client(settings.model_copy(update={"state_dir": tmp_path})) as opened:
        yield opened
