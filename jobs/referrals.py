"""老带新 by itself: first orders are decided, what had its time lapses, what went back is taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import referrals
from jobs.base import Tools
from jobs.sweeping import carry_out


async def refund_heard(tools: Tools, payload: dict[str, Any]) -> None:
    """An order's money goes back, or has: what was given for it is looked at again."""
    async with tools.database.begin() as uow:
        await referrals.look_again(uow, UUID(payload["order_id"]))


async def sweep(tools: Tools) -> None:
    """Decides what can be decided, and ends what had its time; one that fails stops no other."""
    async with tools.database.read() as session:
        ready, over = await referrals.ready(session), await referrals.overdue(session)
    for id in ready:
        await carry_out(tools, "referral.settle", referrals.settle, id)
    for id in over:
        await carry_out(tools, "referral.lapse", referrals.lapse, id)


async def look_after(tools: Tools) -> None:
    """Orders that went back and of which nobody heard."""
    async with tools.database.read() as session:
        forgotten = await referrals.gone_back(session)
    for order_id in forgotten:
        await carry_out(tools, "referral.take_back", referrals.look_again, order_id)
