"""Uploads nobody finished, and what was left of those that were."""

from __future__ import annotations

import asyncio

from domain import media
from jobs.base import Tools


async def tidy(tools: Tools) -> None:
    """First the file is gone from the store, then nobody knows of it: killed in between, it is done again."""
    async with tools.database.read() as session:
        old = await media.outdated(session)
    for id in old:
        await asyncio.to_thread(tools.objects.drop, media.incoming(id))
        async with tools.database.begin() as uow:
            await media.forget(uow, id)
