"""Inboxes by themselves: filled with what is heard, and emptied of what is old."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from domain import messages, notices
from jobs.base import Tools


def heard(fact: str) -> Callable[[Tools, dict[str, Any]], Awaitable[None]]:
    """The consumer of a fact. Killed after the notice was written, nobody is called: it lies there all the same."""

    async def tell(tools: Tools, payload: dict[str, Any]) -> None:
        async with tools.database.begin() as uow:
            written = await notices.write(uow, fact, payload)
        if written is not None:
            await tools.announcer.publish(f"notices:{written.merchant_id or 'platform'}", str(written.id))

    return tell


def told(fact: str) -> Callable[[Tools, dict[str, Any]], Awaitable[None]]:
    """Brings a fact to the members it concerns; by WeChat too where they asked for it."""

    async def tell(tools: Tools, payload: dict[str, Any]) -> None:
        async with tools.database.begin() as uow:
            await messages.decide(uow, await notices.write_to_members(uow, fact, payload))

    return tell


async def remind(tools: Tools) -> None:
    """Until everybody has been told what of his ends soon; some hundred a transaction."""
    while True:
        async with tools.database.begin() as uow:
            if not (told := await notices.write_ending(uow)):
                return
            await messages.decide(uow, told)


async def forget(tools: Tools) -> None:
    """Until nothing is older than it may be; each some thousand a transaction of its own."""
    while True:
        async with tools.database.begin() as uow:
            if not await notices.forget(uow):
                return
