"""Orders by themselves: unpaid ones close, shipped ones are received, received ones are completed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import aftersales, delivery, orders
from jobs.base import Tools, job
from jobs.sweeping import attempt

# An upload that is tried by its job for so long and is still pending has lost its job.
UPLOAD_PATIENCE = timedelta(minutes=30)
# Trades looked for at a time, and closed side by side.
MOST, AT_ONCE = 100, 4


@job("trade.expire")
async def expire(tools: Tools, payload: dict[str, Any]) -> None:
    """Closes an unpaid trade, but only after WeChat Pay has said that it is unpaid."""
    await orders.expire(tools.database, tools.gateway, UUID(str(payload["trade_id"])))


@job("order.auto_confirm")
async def auto_confirm(tools: Tools, payload: dict[str, Any]) -> None:
    async with tools.database.begin() as uow:
        await orders.auto_confirm(uow, UUID(str(payload["order_id"])))


@job("order.complete")
async def complete(tools: Tools, payload: dict[str, Any]) -> None:
    async with tools.database.begin() as uow:
        await aftersales.complete_order(uow, UUID(str(payload["order_id"])))


async def close_unpaid(tools: Tools) -> None:
    """Closes what was not paid in time, until nothing is left or something must be tried again later."""
    while await _close_some(tools):
        continue


async def _close_some(tools: Tools) -> bool:
    """Whether there may be more, and nothing stands in the way."""
    async with tools.database.read() as session:
        trades = await orders.overdue_trades(session, most=MOST)
    closed: list[bool] = []
    for start in range(0, len(trades), AT_ONCE):
        some = trades[start : start + AT_ONCE]
        closed += await asyncio.gather(*(attempt("trade.expire", expire(tools, {"trade_id": id})) for id in some))
    return len(closed) == MOST and all(closed)


async def sweep(tools: Tools) -> None:
    """The net under the timers: whatever is overdue although its job was lost. One that fails stops no other."""
    async with tools.database.read() as session:
        receipts = await orders.overdue_receipts(session)
        completions = await aftersales.overdue_completions(session)
        uploads = await delivery.pending_uploads(session, older_than=UPLOAD_PATIENCE)
    for order_id in receipts:
        await attempt("order.auto_confirm", auto_confirm(tools, {"order_id": order_id}))
    for order_id in completions:
        await attempt("order.complete", complete(tools, {"order_id": order_id}))
    for shipment_id in uploads:
        await attempt("shipment.upload", orders.upload_shipment(tools.database, tools.uploader, shipment_id))
