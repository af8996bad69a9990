"""What runs for products is worked out by the clock: sessions begin and end, pieces run out and come back."""

from __future__ import annotations

from domain.catalog import campaigns
from jobs.base import Tools


async def sweep_campaigns(tools: Tools) -> None:
    """Every product whose cards say something else from now on; search and kept answers hear of it by the relay."""
    async with tools.database.begin() as uow:
        await campaigns.refresh(uow)
