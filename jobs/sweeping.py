"""Going through what is overdue: one that fails is noted, and stops no other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import structlog

from domain.base import UnitOfWork
from jobs.base import Tools

log = structlog.get_logger()


async def attempt(name: str, work: Awaitable[Any], **about: str) -> bool:
    """Whether the work was done; what went wrong is in the log under the name of the job, with what it was about."""
    try:
        await work
    except Exception as error:
        log.warning("sweep.failed", job=name, error=repr(error), **about)
        return False
    return True


async def carry_out(tools: Tools, name: str, rule: Callable[[UnitOfWork, UUID], Awaitable[Any]], id: UUID) -> bool:
    """`attempt` of a rule in a transaction of its own."""

    async def once() -> None:
        async with tools.database.begin() as uow:
            await rule(uow, id)

    return await attempt(name, once(), id=str(id))
