"""Offers of sessions that are over end by themselves: what nobody holds is in the normal stock again."""

from __future__ import annotations

import structlog

from domain import flash
from domain.base import SYSTEM
from jobs.base import Tools

log = structlog.get_logger()


async def sweep(tools: Tools) -> None:
    """Ends what is over; one that fails stops no other."""
    async with tools.database.read() as session:
        over = await flash.due(session)
    for offer_id in over:
        try:
            async with tools.database.begin() as uow:
                await flash.end_due(uow, SYSTEM, offer_id)
        except Exception as error:
            log.warning("sweep.failed", job="flash.end", error=repr(error))
