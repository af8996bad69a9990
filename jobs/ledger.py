"""The ledger by itself: what an older release did not post is posted, and every difference is told."""

from __future__ import annotations

import structlog

from domain.orders.auditing import catch_up
from domain.settlement import auditing
from jobs.base import Tools

log = structlog.get_logger()


async def look_after(tools: Tools) -> None:
    """Nothing is ever posted here once all processes run this release; what is, or differs, is logged for a person."""
    if posted := await catch_up(tools.database):
        log.warning("ledger.caught_up", facts=posted)
    async with tools.database.read() as session:
        found = await auditing.differences(session)
    for each in found:
        log.error("ledger.differs", fault=each.fault, id=each.id, expected=each.expected, found=each.found)
