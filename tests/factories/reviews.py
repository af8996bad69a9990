"""Reviews in any state, of orders that were received."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domain import moderation, reviews
from domain.base import Database, Viewer, ViewerKind
from domain.members.permissions import Permission
from models.base import new_id
from models.moderation import CheckState, CheckSubject, ContentCheck
from models.outbox import OutboxEvent
from models.reviews import Review, ReviewWords
from tests.factories import aftersales as made
from tests.factories import orders as market
from tests.factories.aftersales import Bought
from tests.orders.gateway import FakeGateway
from tests.reviews.judge import FakeJudge

KEYS = tuple(f"{number:02x}" * 32 for number in range(1, 13))
CENSOR = Viewer(ViewerKind.PLATFORM, new_id(), "审核员", permissions=frozenset({Permission.PLATFORM_CONTENT.value}))


async def pictures(database: Database, viewer: Viewer, keys: Sequence[str]) -> list[str]:
    """Uploads of the viewer, with these keys."""
    async with database.begin() as uow:
        for key in keys:
            await moderation.record_posted(uow, viewer, key=key, width=800, height=600, byte_size=1234)
    return list(keys)


def page(it: Bought, score: int = 5, text: str = "果子很甜，物流也快", **changes: Any) -> reviews.WantedReview:
    """The review page, filled in."""
    return reviews.WantedReview(line_id=it.line_id, score=score, text=text, **changes)


async def written(database: Database, it: Bought, wanted: reviews.WantedReview | None = None) -> UUID:
    async with database.begin() as uow:
        return await reviews.write(uow, it.buyer, wanted or page(it))


async def checked(database: Database, judge: FakeJudge) -> None:
    """Every check that waits is asked about, and what came of it reaches its owners, as the worker does it."""
    async with database.read() as session:
        ids = list(await session.scalars(select(ContentCheck.id).where(ContentCheck.next_at.is_not(None))))
    for id in ids:
        await moderation.run(database, judge, id)
    await heard(database)


async def heard(database: Database) -> None:
    """Delivers what reviews must hear, and what follows from it."""
    for _ in range(3):
        async with database.begin() as uow:
            taken = (await uow.session.execute(select(OutboxEvent.id, OutboxEvent.name, OutboxEvent.payload))).all()
            await uow.session.execute(OutboxEvent.__table__.delete())
            for fact in taken:
                if fact.name == "ContentJudged" and fact.payload["subject"] == CheckSubject.REVIEW_WORDS:
                    state = CheckState(fact.payload["state"])
                    await reviews.record_verdict(uow, UUID(fact.payload["subject_id"]), state)
                if fact.name == "ReviewChanged":
                    await reviews.sum_up(uow, UUID(fact.payload["product_id"]), UUID(fact.payload["merchant_id"]))


async def published(
    database: Database, gateway: FakeGateway, *, score: int = 5, text: str = "果子很甜，物流也快", **changes: Any
) -> tuple[Bought, UUID]:
    """A review that passed its check, of a purchase of its own."""
    it = await made.received(database, gateway)
    id = await written(database, it, page(it, score, text, **changes))
    await checked(database, FakeJudge())
    return it, id


async def review(database: Database, id: UUID) -> dict[str, Any]:
    return await market.row(database, Review, id)


async def words(database: Database, id: UUID) -> list[dict[str, Any]]:
    """Every version of every part of a review, the oldest first."""
    found = await market.rows(database, ReviewWords, review_id=id)
    return sorted(found, key=lambda row: (row["created_at"], row["version"]))
