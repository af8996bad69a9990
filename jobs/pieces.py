"""Looks at pieces by themselves: weighed as they come, and forgotten when their time is over."""

from __future__ import annotations

from domain import pieces
from jobs.base import Tools


async def forget(tools: Tools) -> None:
    """Until nothing is older than it may be; each some thousand a transaction of its own."""
    while True:
        async with tools.database.begin() as uow:
            if not await pieces.purge(uow):
                return


async def weigh(tools: Tools) -> None:
    """Raises alarms for pieces whose looks cannot be of one piece; killed anywhere, the rest is weighed next time."""
    while True:
        async with tools.database.begin() as uow:
            if not await pieces.weigh_due(uow):
                return
