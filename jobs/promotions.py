"""Coupons by themselves: what ran out is written down, and its money set aside for others."""

from __future__ import annotations

from uuid import UUID

from domain import promotions
from jobs.base import Tools
from jobs.sweeping import attempt


async def sweep(tools: Tools) -> None:
    """Ends the coupons that ran out, campaign by campaign; one that fails stops no other."""
    async with tools.database.read() as session:
        campaigns = await promotions.run_out(session)
    for campaign_id in campaigns:
        await attempt("coupons.expire", _expire_all(tools, campaign_id), id=str(campaign_id))


async def _expire_all(tools: Tools, campaign_id: UUID) -> None:
    while await _expired(tools, campaign_id) == promotions.MOST_AT_ONCE:
        pass


async def _expired(tools: Tools, campaign_id: UUID) -> int:
    async with tools.database.begin() as uow:
        return await promotions.expire(uow, campaign_id)
