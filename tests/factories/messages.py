"""What members allow, and notices on their way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain import messages, notices
from domain.base import Database, Viewer, clock
from domain.messages import Told
from models.members import Member
from models.messages import Message, MessageKind, MessageQuota
from models.outbox import OutboxEvent
from tests.factories import orders as market


async def answered(
    database: Database,
    viewer: Viewer,
    kind: MessageKind,
    accepted: bool = True,
    *,
    told: Told = Told.POPUP,
    at: datetime | None = None,
) -> int:
    """As WeChat tells it, a second later than the last time; how many of the answers were new."""
    clock.advance(timedelta(seconds=1))
    member = await market.row(database, Member, viewer.member_id or viewer.id)  # type: ignore[arg-type]
    async with database.begin() as uow:
        answers = {messages.templates()[kind]: accepted}
        return await messages.record_answers(uow, member["openid"], told, at or clock.now(), answers)


async def left(database: Database, viewer: Viewer, kind: MessageKind) -> int:
    rows = await market.rows(database, MessageQuota, member_id=viewer.member_id, kind=kind)
    return sum(row["granted"] - row["used"] for row in rows)


async def told(database: Database) -> None:
    """Every fact of the outbox is brought to the inboxes and decided of, twice, as a relay may."""
    facts = await market.rows(database, OutboxEvent)
    for _ in range(2):
        for fact in facts:
            if fact["name"] in notices.TOLD:
                async with database.begin() as uow:
                    await messages.decide(uow, await notices.write_to_members(uow, fact["name"], fact["payload"]))


async def of(database: Database, viewer: Viewer, kind: MessageKind) -> list[dict[str, Any]]:
    rows = await market.rows(database, Message, member_id=viewer.member_id, kind=kind)
    return sorted(rows, key=lambda row: row["id"])


async def message(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, Message, id)
