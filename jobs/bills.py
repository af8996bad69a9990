"""Bills by themselves: every morning yesterday's is fetched and compared, and days that were missed are made up for."""

from __future__ import annotations

import structlog

from domain.base import Unavailable
from domain.payments import bills
from jobs.base import Tools

log = structlog.get_logger()


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
