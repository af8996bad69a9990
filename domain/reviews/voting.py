"""Readers say which reviews helped them: each once about each, nobody about his own."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Invalid, NotFound, UnitOfWork, Viewer, among, clock
from domain.reviews.writing import MISSING, REVIEW
from models.reviews import Review, ReviewState, ReviewVote

VOTE = ReviewVote.__table__.c
MOST_ASKED = 100


async def vote(uow: UnitOfWork, viewer: Viewer, id: UUID, *, helpful: bool) -> None:
    """Finds a review helpful, or no longer does. Said twice it counts once."""
    wanted = select(REVIEW.member_id).where(REVIEW.id == id, REVIEW.state == ReviewState.PUBLISHED)
    author = await uow.session.scalar(wanted)
    if author is None:
        raise NotFound(MISSING)
    if author == viewer.member_id:
        raise Invalid("不能给自己的评价点赞", field="id")
    if helpful:
        row = {"review_id": id, "member_id": viewer.member_id, "created_at": clock.now()}
        new = upsert(ReviewVote).values(row).on_conflict_do_nothing().returning(VOTE.review_id)
        changed = await uow.session.scalar(new)
    else:
        mine = (VOTE.review_id == id, VOTE.member_id == viewer.member_id)
        changed = await uow.session.scalar(delete(ReviewVote).where(*mine).returning(VOTE.review_id))
    if changed is not None:
        more = REVIEW.helpful_count + (1 if helpful else -1)
        await uow.session.execute(update(Review).where(REVIEW.id == id).values(helpful_count=more))


async def voted(session: AsyncSession, viewer: Viewer, ids: Sequence[UUID]) -> list[UUID]:
    """Those of the reviews that the viewer found helpful."""
    if len(ids) > MOST_ASKED:
        raise Invalid(f"一次最多查询 {MOST_ASKED} 条", field="reviewIds")
    mine = select(VOTE.review_id).where(among(ReviewVote, "review_id", ids), VOTE.member_id == viewer.member_id)
    return list(await session.scalars(mine))
