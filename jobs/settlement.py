"""Settlement by itself: orders that are over are shared out, refunds fetched back for, shops paid out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import orders, payments, settlement
from jobs.base import Tools, job
from jobs.sweeping import attempt
from models.orders import OrderState
from models.payments import RefundState

ENDED = (OrderState.COMPLETED.value, OrderState.CLOSED.value)
HEARD = (RefundState.REQUESTED.value, RefundState.SUCCEEDED.value)


@job("settlement.open")
async def open_one(tools: Tools, payload: dict[str, Any]) -> None:
    async with tools.database.begin() as uow:
        await settlement.open_settlement(uow, UUID(str(payload["order_id"])))


@job("settlement.begin")
async def begin(tools: Tools, payload: dict[str, Any]) -> None:
    await settlement.begin(tools.database, UUID(str(payload["id"])))


@job("settlement.call")
async def call(tools: Tools, payload: dict[str, Any]) -> None:
    await settlement.call(tools.database, tools.clearing, UUID(str(payload["id"])))


@job("payout.submit")
async def submit_payout(tools: Tools, payload: dict[str, Any]) -> None:
    await settlement.submit_payout(tools.database, tools.clearing, UUID(str(payload["id"])))


# ------------------------------------------------------------------------------------------------ consumers
async def order_heard(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of OrderChanged: an order that is over has a settlement."""
    if payload["state"] in ENDED:
        await open_one(tools, payload)


async def refund_heard(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of RefundChanged."""
    if payload["state"] in HEARD:
        async with tools.database.begin() as uow:
            await settlement.refund_heard(uow, UUID(payload["refund_id"]))


# ------------------------------------------------------------------------------------------------ the net under it
async def sweep(tools: Tools) -> None:
    """Whatever is due although its job or its answer was lost. One that fails stops no other."""
    async with tools.database.read() as session:
        waiting = await settlement.waiting(session)
        calls = await settlement.due_calls(session)
        forgotten = await settlement.forgotten_refunds(session)
        payouts = await settlement.due_payouts(session)
        unsent = await payments.unsent(session)
    for id in waiting:
        await attempt("settlement.begin", begin(tools, {"id": id}))
    for id in calls:
        await attempt("settlement.call", call(tools, {"id": id}))
    for id in forgotten:
        await attempt("settlement.look_again", _look_again(tools, id))
    for id in payouts:
        await attempt("payout.submit", submit_payout(tools, {"id": id}))
    for id in unsent:
        await attempt("refund.submit", orders.submit_refund(tools.database, tools.gateway, id))


async def pay_out(tools: Tools) -> None:
    """Shops whose day has come are paid out."""
    async with tools.database.begin() as uow:
        await settlement.make_missing_plans(uow)
    async with tools.database.read() as session:
        due = await settlement.due_plans(session)
    for merchant_id in due:
        await attempt("payout.plan", _pay_by_plan(tools, merchant_id))


async def catch_up(tools: Tools) -> None:
    """Orders that ended before there were settlements, or whose event was lost: all of them, some at a time."""
    tried: set[UUID] = set()
    while True:
        async with tools.database.read() as session:
            found = set(await settlement.unopened(session)) - tried
        if not found:
            return
        for id in found:
            await attempt("settlement.open", open_one(tools, {"order_id": id}))
        tried |= found


async def _look_again(tools: Tools, settlement_id: UUID) -> None:
    async with tools.database.begin() as uow:
        await settlement.look_again(uow, settlement_id)


async def _pay_by_plan(tools: Tools, merchant_id: UUID) -> None:
    await settlement.pay_by_plan(tools.database, tools.clearing, merchant_id)
