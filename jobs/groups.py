"""Groups by themselves: merged before they end, failed when their time is over, their money sent back; and told of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import groups, orders
from jobs.base import Tools, job
from jobs.sweeping import carry_out


@job("group.refund")
async def refund(tools: Tools, payload: dict[str, Any]) -> None:
    """The money of one order of a failed group; one that went back already stays as it is."""
    async with tools.database.begin() as uow:
        await orders.refund_failed(uow, UUID(str(payload["order_id"])))


async def sweep(tools: Tools) -> None:
    """Merges what ends soon, ends what is over, and refunds what a lost job forgot; one that fails stops no other."""
    async with tools.database.read() as session:
        soon, over = await groups.ending_soon(session), await groups.expired(session)
        forgotten = await groups.unrefunded(session)
    for group_id in soon:
        await carry_out(tools, "group.merge", orders.merge_group, group_id)
    for group_id in over:
        await carry_out(tools, "group.expire", orders.expire_group, group_id)
    for order_id in forgotten:
        await carry_out(tools, "group.refund", orders.refund_failed, order_id)


async def announce(tools: Tools, payload: dict[str, Any]) -> None:
    """Whoever watches the group sees it as it is now."""
    await tools.announcer.publish(f"group:{payload['group_id']}", payload["state"])
