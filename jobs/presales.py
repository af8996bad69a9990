"""Presales by themselves: windows open and close, buyers are reminded, what got no goods goes back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import orders, presales
from jobs.base import Tools, job
from jobs.sweeping import attempt, carry_out


@job("presale.fail")
async def fail(tools: Tools, payload: dict[str, Any]) -> None:
    """One order that gets nothing of the harvest; one that went back already stays as it is."""
    await orders.fail_unallotted(tools.database, tools.gateway, UUID(str(payload["order_id"])))


@job("presale.release")
async def release(tools: Tools, payload: dict[str, Any]) -> None:
    """All orders of an offer that were paid in full and have their goods."""
    async with tools.database.read() as session:
        due = await presales.to_release(session, UUID(str(payload["offer_id"])), most=10_000)
    for order_id in due:
        await carry_out(tools, "presale.release", orders.release_presale, order_id)


async def sweep(tools: Tools) -> None:
    """What the clock has to do, and what a lost job forgot; one that fails stops no other."""
    async with tools.database.read() as session:
        opening, due = await presales.to_open(session), await presales.to_release(session)
        reminded, over = await presales.to_remind(session), await presales.overdue_balances(session)
        failed = await presales.to_fail(session)
    for order_id in opening:
        await carry_out(tools, "presale.open", orders.open_balance, order_id)
    for order_id in due:
        await carry_out(tools, "presale.release", orders.release_presale, order_id)
    for order_id in reminded:
        await carry_out(tools, "presale.remind", orders.remind_balance, order_id)
    for trade_id in over:
        await attempt("presale.miss", orders.expire(tools.database, tools.gateway, trade_id))
    for order_id in failed:
        await attempt("presale.fail", orders.fail_unallotted(tools.database, tools.gateway, order_id))
