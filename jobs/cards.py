"""Purchases of gift cards that nobody paid in time, whose own job was lost."""

from __future__ import annotations

import structlog

from domain import cards
from jobs.base import Tools

log = structlog.get_logger()


async def sweep(tools: Tools) -> None:
    """Closes what is overdue; one that fails stops no other."""
    async with tools.database.read() as session:
        overdue = await cards.overdue_purchases(session)
    for purchase_id in overdue:
        try:
            await cards.close_overdue(tools.database, tools.gateway, purchase_id)
        except Exception as error:
            log.warning("sweep.failed", job="card.close", error=repr(error))
