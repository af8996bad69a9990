"""Vouchers whose time is over: written down as that, for their holders to have them extended or paid back."""

from __future__ import annotations

from domain import vouchers
from jobs.base import Tools
from jobs.sweeping import carry_out


async def sweep(tools: Tools) -> None:
    """One that fails stops no other."""
    async with tools.database.read() as session:
        due = await vouchers.due(session)
    for voucher_id in due:
        await carry_out(tools, "voucher.expire", vouchers.expire, voucher_id)
