"""Messages on their way to WeChat, and what is given up or forgotten of them."""

from __future__ import annotations

from typing import Any

import structlog

from domain import messages
from jobs.base import Tools, job
from models.base import id_of

log = structlog.get_logger()


@job("message.send")
async def send(tools: Tools, payload: dict[str, Any]) -> None:
    state = await messages.send(tools.database, tools.messenger, id_of(payload["id"]))
    log.info("message", id=payload["id"], state=state)


async def give_up(tools: Tools) -> None:
    """Until nobody is waited for who has died."""
    while True:
        async with tools.database.begin() as uow:
            if not await messages.give_up(uow):
                return


async def forget(tools: Tools) -> None:
    """Until no answer is older than it may be; each some thousand a transaction of its own."""
    while True:
        async with tools.database.begin() as uow:
            if not await messages.forget_answers(uow):
                return
