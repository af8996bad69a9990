"""Offers of sessions that are over end by themselves: what nobody holds is in the normal stock again."""

from __future__ import annotations

from uuid import UUID

from domain import flash
from domain.base import SYSTEM, UnitOfWork
from jobs.base import Tools
from jobs.sweeping import carry_out


async def sweep(tools: Tools) -> None:
    """Ends what is over; one that fails stops no other."""
    async with tools.database.read() as session:
        over = await flash.due(session)
    for offer_id in over:
        await carry_out(tools, "flash.end", _end, offer_id)


async def _end(uow: UnitOfWork, offer_id: UUID) -> None:
    await flash.end_due(uow, SYSTEM, offer_id)
