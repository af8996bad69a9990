"""Orders by themselves: unpaid ones close, shipped ones are received, received ones are completed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import orders
from jobs.base import Tools, job


@job("trade.expire")
async def expire(tools: Tools, payload: dict[str, Any]) -> None:
    """Closes an unpaid trade, but only after WeChat Pay has said that it is unpaid."""
    await orders.expire(tools.database, tools.gateway, UUID(payload["trade_id"]))


@job("order.auto_confirm")
async def auto_confirm(tools: Tools, payload: dict[str, Any]) -> None:
    async with tools.database.begin() as uow:
        await orders.auto_confirm(uow, UUID(payload["order_id"]))


@job("order.complete")
async def complete(tools: Tools, payload: dict[str, Any]) -> None:
    async with tools.database.begin() as uow:
        await orders.complete(uow, UUID(payload["order_id"]))


async def sweep(tools: Tools) -> None:
    """The net under the timers: whatever is overdue although its job was lost."""
    async with tools.database.read() as session:
        overdue = await orders.overdue_trades(session)
    for trade_id in overdue:
        await orders.expire(tools.database, tools.gateway, trade_id)
