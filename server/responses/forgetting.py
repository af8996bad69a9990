"""Ending all kept answers by hand, after rows were changed without the rules: by a script, a restore, a release."""

from __future__ import annotations

import asyncio

from integrations.valkey import connect
from server.responses.shared import Drops
from server.settings import Settings


def forget(settings: Settings) -> None:
    """The body of `python -m server forget`."""
    asyncio.run(_forget(settings.redis_url))


async def _forget(redis_url: str) -> None:
    redis = connect(redis_url)
    try:
        await Drops(redis).drop_everything()
    finally:
        await redis.aclose()
