"""Presales by themselves: windows open and close, buyers are reminded, what got no goods goes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import structlog

from domain import orders, presales
from domain.base import UnitOfWork
from jobs.base import Tools, job

log = structlog.get_logger()


@job("presale.fail")
async def fail(tools: Tools, payload: dict[str, Any]) -> None:
    """One order that gets nothing of the harvest; one that went back already stays as it is."""
    await orders.fail_unallotted(tools.database, tools.gateway, UUID(str(payload["order_id"])))


@job("presale.release")
async def release(tools: Tools, payload: dict[str, Any]) -> None:
    """All orders of an offer that were paid in full and have their goods."""
    async with tools.database.read() as session:
        due = await presales.to_release(session, UUID(str(payload["offer_id"])), most=10_000)
    await _each(tools, "presale.release", due, orders.release_presale)


async def sweep(tools: Tools) -> None:
    """What the clock has to do, and what a lost job forgot; one that fails stops no other."""
    async with tools.database.read() as session:
        opening, due = await presales.to_open(session), await presales.to_release(session)
        reminded, over = await presales.to_remind(session), await presales.overdue_balances(session)
        failed = await presales.to_fail(session)
    await _each(tools, "presale.open", opening, orders.open_balance)
    await _each(tools, "presale.release", due, orders.release_presale)
    await _each(tools, "presale.remind", reminded, orders.remind_balance)
    for trade_id in over:
        await _attempt("presale.miss", orders.expire(tools.database, tools.gateway, trade_id))
    for order_id in failed:
        await _attempt("presale.fail", orders.fail_unallotted(tools.database, tools.gateway, order_id))


async def _each(
    tools: Tools, name: str, ids: Sequence[UUID], rule: Callable[[UnitOfWork, UUID], Awaitable[None]]
) -> None:
    async def one(id: UUID) -> None:
        async with tools.database.begin() as uow:
            await rule(uow, id)

    for id in ids:
        await _attempt(name, one(id))


async def _attempt(name: str, work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:
        log.warning("sweep.failed", job=name, error=repr(error))
