"""Lots by themselves: stock follows their state, and every day an anchor is made over all chains."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog

from domain import flash, inventory, recalls, traces
from domain.base import SYSTEM, WrongState
from jobs.base import Tools, job
from jobs.sweeping import attempt

log = structlog.get_logger()


async def follow(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of LotStopped: what is left of a stopped lot is not for sale, of a released one it is again.

    Pieces set apart for a flash sale come back first: the sale of what must not be sold is over.
    """
    lot_id = UUID(payload["lot_id"])
    async with tools.database.begin() as uow:
        await inventory.follow_lot(uow, lot_id)
    async with tools.database.begin() as uow:
        over = await flash.of_stopped(uow.session, lot_id)
    for offer_id in over:
        with suppress(WrongState):  # over by itself meanwhile
            async with tools.database.begin() as uow:
                await flash.end(uow, SYSTEM, offer_id)
    if over:
        async with tools.database.begin() as uow:
            await inventory.follow_lot(uow, lot_id)


@job("recall.proceed")
async def proceed(tools: Tools, payload: dict[str, Any]) -> None:
    """Tells and refunds the orders of a recall, until none waits; killed anywhere, it goes on where it was."""
    while await recalls.proceed(tools.database, UUID(str(payload["recall_id"]))):
        pass


async def sweep(tools: Tools) -> None:
    """Stopped lots of which something came back for sale. One that fails stops no other."""
    async with tools.database.read() as session:
        waiting = await traces.unfollowed(session)
        running = await recalls.running(session)
    for id in running:
        # The job that was asked for is at work, or was lost: beside it, this does no harm.
        await attempt("recall.proceed", recalls.proceed(tools.database, id), id=str(id))
    for id in waiting:
        await attempt("lot.follow", follow(tools, {"lot_id": str(id)}), id=str(id))


async def anchor_due(tools: Tools) -> None:
    """Today's anchor, once. Its root is logged, so that a copy lies outside the database."""
    async with tools.database.begin() as uow:
        made = await traces.anchor(uow)
    if made is not None:
        log.info("traces.anchored", day=made["day"].isoformat(), heads=made["heads"], root=made["root"].hex())
