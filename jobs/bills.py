"""Bills by themselves: every morning yesterday's is fetched and compared, and days that were missed are made up for."""

from __future__ import annotations

from datetime import date
from typing import Any

import structlog

from domain import bills
from domain.base import Unavailable
from jobs.base import Tools, job
from models.bills import BillKind

log = structlog.get_logger()


@job("bill.fetch")
async def fetch(tools: Tools, payload: dict[str, Any]) -> None:
    """A bill that somebody asked for; tried again while WeChat Pay gives no answer."""
    for kind in _kinds(tools):
        await bills.fetch(tools.database, tools.bills, date.fromisoformat(str(payload["day"])), kind)


async def fetch_due(tools: Tools) -> None:
    """What is due and not there. Two workers that fetch the same day come to the same."""
    for kind in _kinds(tools):
        await _fetch_due(tools, kind)


def _kinds(tools: Tools) -> tuple[BillKind, ...]:
    """Without shops' accounts of their own there is no bill of them."""
    return tuple(BillKind) if tools.clearing.divides else (BillKind.TRADE,)


async def _fetch_due(tools: Tools, kind: BillKind) -> None:
    async with tools.database.read() as session:
        days = await bills.due_days(session, kind)
    for day in days:
        try:
            await bills.fetch(tools.database, tools.bills, day, kind)
            log.info("bill.compared", day=day.isoformat(), kind=kind)
        except Unavailable as error:
            # Tried again at the next round.
            log.warning("bill.not_there", day=day.isoformat(), error=repr(error))
            return
