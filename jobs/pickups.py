"""Orders that wait at a counter: whoever forgets them is reminded, and what nobody picks up in time is called off."""

from __future__ import annotations

from domain import aftersales, orders, pickups
from jobs.base import Tools
from jobs.sweeping import carry_out


async def sweep(tools: Tools) -> None:
    """One that fails stops no other."""
    async with tools.database.read() as session:
        late, soon = await pickups.due(session), await pickups.to_remind(session)
    for order_id in soon:
        await carry_out(tools, "pickup.remind", orders.remind_pickup, order_id)
    for order_id in late:
        await carry_out(tools, "pickup.expire", aftersales.expire_pickup, order_id)
