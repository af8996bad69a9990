"""积分 by themselves: complete orders bring them, what went back takes them back, and what has run out ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import points, rewards
from jobs.base import Tools
from jobs.sweeping import carry_out
from models.orders import OrderState


async def order_heard(tools: Tools, payload: dict[str, Any]) -> None:
    """An order is complete: what it is going to bring is noted."""
    if payload["state"] == OrderState.COMPLETED:
        async with tools.database.begin() as uow:
            await rewards.note(uow, UUID(payload["order_id"]))


async def refund_heard(tools: Tools, payload: dict[str, Any]) -> None:
    """An order's money goes back, or has: what it had brought is looked at again."""
    async with tools.database.begin() as uow:
        await rewards.look_again(uow, UUID(payload["order_id"]))


async def sweep(tools: Tools) -> None:
    """Gives what is due; one that fails stops no other."""
    async with tools.database.read() as session:
        ready = await rewards.ready(session)
    for order_id in ready:
        await carry_out(tools, "points.earn", rewards.decide, order_id)


async def expire(tools: Tools) -> None:
    """Ends what has run out, member by member."""
    async with tools.database.read() as session:
        due = await points.due(session)
    for member_id in due:
        await carry_out(tools, "points.expire", points.expire, member_id)


async def look_after(tools: Tools) -> None:
    """Orders that were completed, or went back, and of which nobody heard."""
    async with tools.database.read() as session:
        forgotten, gone = await rewards.forgotten(session), await rewards.gone_back(session)
    for order_id in forgotten:
        await carry_out(tools, "points.note", rewards.note, order_id)
    for order_id in gone:
        await carry_out(tools, "points.take_back", rewards.look_again, order_id)
