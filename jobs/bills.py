"""Bills by themselves: every morning yesterday's is fetched and compared, and days that were missed are made up for."""

from __future__ import annotations

from datetime import date
from typing import Any

import structlog

from domain import bills
from domain.base import Unavailable
from jobs.base import Tools, job

log = structlog.get_logger()


@job("bill.fetch")
async def fetch(tools: Tools, payload: dict[str, Any]) -> None:
    """A bill that somebody asked for; tried again while WeChat Pay gives no answer."""
    await bills.fetch(tools.database, tools.bills, date.fromisoformat(str(payload["day"])))


async def fetch_due(tools: Tools) -> None:
    """What is due and not there. Two workers that fetch the same day come to the same."""
    async with tools.database.read() as session:
        days = await bills.due_days(session)
    for day in days:
        try:
            await bills.fetch(tools.database, tools.bills, day)
            log.info("bill.compared", day=day.isoformat())
        except Unavailable as error:
            # Tried again at the next round.
            log.warning("bill.not_there", day=day.isoformat(), error=repr(error))
            return
