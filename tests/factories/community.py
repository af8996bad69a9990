"""Stories in any state, of members whose phone is known."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domain import community, moderation
from domain.base import Database, Viewer, ViewerKind
from domain.members.permissions import Permission
from models.base import new_id
from models.community import Post, PostComment, PostWords
from models.moderation import CheckState, CheckSubject, ContentCheck
from models.outbox import OutboxEvent
from tests.factories import members
from tests.factories import orders as market
from tests.reviews.judge import FakeJudge

TITLE, TEXT = "洒渔河边的第一筐苹果", "九月底天还没亮，我们就上山摘果子，露水把裤脚都打湿了。"
CENSOR = Viewer(ViewerKind.PLATFORM, new_id(), "审核员", permissions=frozenset({Permission.PLATFORM_CONTENT.value}))


async def teller(database: Database, nickname: str = "昭阳小杨") -> Viewer:
    """A member who may write: his phone is bound."""
    sealed = {"phone_sealed": b"sealed", "phone_index": secrets.token_bytes(16)}
    return await members.member(database, nickname=nickname, **sealed)


def page(title: str = TITLE, text: str = TEXT, **changes: Any) -> community.WantedPost:
    """The page on which a story is written, filled in."""
    return community.WantedPost(title, text, **changes)


async def written(
    database: Database, viewer: Viewer, wanted: community.WantedPost | None = None, key: str | None = None
) -> UUID:
    async with database.begin() as uow:
        return await community.write(uow, viewer, key or secrets.token_hex(8), wanted or page())


async def edited(database: Database, viewer: Viewer, id: UUID, wanted: community.WantedPost) -> None:
    async with database.begin() as uow:
        await community.edit(uow, viewer, id, wanted)


async def commented(database: Database, viewer: Viewer, post_id: UUID, text: str = "看着就甜") -> UUID:
    async with database.begin() as uow:
        return await community.comment(uow, viewer, post_id, secrets.token_hex(8), text)


async def checked(database: Database, judge: FakeJudge | None = None) -> None:
    """Every check that waits is asked about, and what came of it reaches its owners, as the worker does it."""
    async with database.read() as session:
        ids = list(await session.scalars(select(ContentCheck.id).where(ContentCheck.next_at.is_not(None))))
    for id in ids:
        await moderation.run(database, judge or FakeJudge(), id)
    await heard(database)


async def heard(database: Database) -> list[str]:
    """Delivers what stories must hear; the names of all facts there were."""
    async with database.begin() as uow:
        taken = (await uow.session.execute(select(OutboxEvent.name, OutboxEvent.payload))).all()
        await uow.session.execute(OutboxEvent.__table__.delete())
        for fact in taken:
            if fact.name == "ContentJudged" and fact.payload["subject"] in (CheckSubject.POST, CheckSubject.COMMENT):
                subject, state = CheckSubject(fact.payload["subject"]), CheckState(fact.payload["state"])
                await community.record_verdict(uow, subject, UUID(fact.payload["subject_id"]), state)
    return [fact.name for fact in taken]


async def published(database: Database, viewer: Viewer | None = None, **changes: Any) -> tuple[Viewer, UUID]:
    """A story that passed its check."""
    author = viewer or await teller(database)
    id = await written(database, author, page(**changes))
    await checked(database)
    return author, id


async def post(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, Post, id)


async def comment(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, PostComment, id)


async def versions(database: Database, id: UUID) -> list[dict[str, Any]]:
    """Every version of a story, the oldest first."""
    return sorted(await market.rows(database, PostWords, post_id=id), key=lambda row: row["version"])
