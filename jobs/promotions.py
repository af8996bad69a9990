"""Coupons by themselves: what ran out is written down, and its money set aside for others."""

from __future__ import annotations

from uuid import UUID

import structlog

from domain import promotions
from jobs.base import Tools

log = structlog.get_logger()


async def sweep(tools: Tools) -> None:
    """Ends the coupons that ran out, campaign by campaign; one that fails stops no other."""
    async with tools.database.read() as session:
        campaigns = await promotions.run_out(session)
    for campaign_id in campaigns:
        try:
            while await _expired(tools, campaign_id) == promotions.MOST_AT_ONCE:
                pass
        except Exception as error:
            log.warning("sweep.failed", job="coupons.expire", error=repr(error))


async def _expired(tools: Tools, campaign_id: UUID) -> int:
    async with tools.database.begin() as uow:
        return await promotions.expire(uow, campaign_id)
