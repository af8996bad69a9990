"""Looks at pieces by themselves: what is kept of them is forgotten when its time is over."""

from __future__ import annotations

from domain import pieces
from jobs.base import Tools


async def forget(tools: Tools) -> None:
    """Until nothing is older than it may be; each some thousand a transaction of its own."""
    while True:
        async with tools.database.begin() as uow:
            if not await pieces.purge(uow):
                return
