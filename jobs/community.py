"""What follows by itself from what people tell: verdicts, and what the searches know of stories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain import community
from jobs.base import Tools
from models.moderation import CheckState, CheckSubject

OURS = (CheckSubject.POST, CheckSubject.COMMENT)


async def judged(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of ContentJudged."""
    subject = CheckSubject(payload["subject"])
    if subject in OURS:
        async with tools.database.begin() as uow:
            await community.record_verdict(uow, subject, UUID(payload["subject_id"]), CheckState(payload["state"]))


async def index(tools: Tools, payload: dict[str, Any]) -> None:
    """For the consumer of PostChanged."""
    await tools.indexer.apply_post(UUID(payload["post_id"]))
