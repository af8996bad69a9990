"""What follows by itself from what people write: verdicts, and what reviews add up to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog

from domain import moderation, reviews
from jobs.base import Tools, job
from jobs.sweeping import attempt
from models.moderation import CheckState, CheckSubject

log = structlog.get_logger()


@job("content.check")
async def check(tools: Tools, payload: dict[str, Any]) -> None:
    await moderation.run(tools.database, tools.judge, UUID(str(payload["id"])))


async def sweep(tools: Tools) -> None:
    """Asks again about what nobody has answered. One that fails stops no other."""
    async with tools.database.begin() as uow:
        due = await moderation.claim_overdue(uow)
    for id in due:
        await attempt("content.check", _ask_again(tools, id), id=str(id))


async def _ask_again(tools: Tools, id: UUID) -> None:
    async with tools.database.begin() as uow:
        await moderation.conclude(uow, id)
    await check(tools, {"id": id})


async def judged(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of ContentJudged."""
    async with tools.database.begin() as uow:
        if payload["subject"] == CheckSubject.REVIEW_WORDS:
            await reviews.record_verdict(uow, UUID(payload["subject_id"]), CheckState(payload["state"]))


async def sum_up(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of ReviewChanged."""
    async with tools.database.begin() as uow:
        await reviews.sum_up(uow, UUID(payload["product_id"]), UUID(payload["merchant_id"]))


async def look_after(tools: Tools) -> None:
    """Compares all summaries with the reviews; what was wrong is told, since nothing should be."""
    if wrong := await reviews.look_after(tools.database):
        log.error("reviews.summaries_were_wrong", products=[str(id) for id in wrong])
