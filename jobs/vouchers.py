"""Vouchers whose time is over: written down as that, for holders to have them extended or paid back; lots' codes."""

from __future__ import annotations

from domain import vouchers
from jobs.base import Tools
from jobs.sweeping import attempt, carry_out


async def sweep(tools: Tools) -> None:
    """One that fails stops no other."""
    await attempt("voucher.forget", forget(tools))
    async with tools.database.read() as session:
        due = await vouchers.due(session)
    for voucher_id in due:
        await carry_out(tools, "voucher.expire", vouchers.expire, voucher_id)


async def forget(tools: Tools) -> None:
    async with tools.database.begin() as uow:
        await vouchers.forget(uow)
