"""Purchases of gift cards that nobody paid in time, whose own job was lost; codes of lots that are told no more."""

from __future__ import annotations

from domain import cards
from jobs.base import Tools
from jobs.sweeping import attempt


async def sweep(tools: Tools) -> None:
    """Closes what is overdue; one that fails stops no other."""
    await attempt("card.forget", forget(tools))
    async with tools.database.read() as session:
        overdue = await cards.overdue_purchases(session)
    for purchase_id in overdue:
        await attempt("card.close", cards.close_overdue(tools.database, tools.gateway, purchase_id))


async def forget(tools: Tools) -> None:
    async with tools.database.begin() as uow:
        await cards.forget(uow)
