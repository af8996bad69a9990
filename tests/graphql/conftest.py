"""The mall as strangers see it: one that is being developed, and one that runs in production."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from server.settings import Settings
from tests.client import Client, open_client


@pytest.fixture
async def client(settings: Settings, clean_redis: None) -> AsyncIterator[Client]:
    """Takes free texts and tells about its schema, as in development. Rates are another test's matter."""
    async with open_client(settings.model_copy(update={"meili_url": None, "rate_factor": 1000.0})) as client:
        yield client


@pytest.fixture
async def production(settings: Settings, clean_redis: None) -> AsyncIterator[Client]:
    """The production profile on this machine's servers, without production's secrets."""
    profile = {"meili_url": None, "env": "production", "trusted_only": True, "rate_factor": 1000.0}
    async with open_client(settings.model_copy(update=profile)) as client:
        yield client
