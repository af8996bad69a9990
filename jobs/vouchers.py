"""Vouchers whose time is over: written down as that, for their holders to have them extended or paid back."""

from __future__ import annotations

import structlog

from domain import vouchers
from jobs.base import Tools

log = structlog.get_logger()


async def sweep(tools: Tools) -> None:
    """One that fails stops no other."""
    async with tools.database.read() as session:
        due = await vouchers.due(session)
    for voucher_id in due:
        try:
            async with tools.database.begin() as uow:
                await vouchers.expire(uow, voucher_id)
        except Exception as error:
            log.warning("sweep.failed", job="voucher.expire", error=repr(error))
