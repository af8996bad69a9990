"""Shops answer their buyers; they can neither change nor hide what these said (E-Commerce Law Art. 39)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from domain import audit
from domain.base import Conflict, NotFound, UnitOfWork, Viewer, WrongState, clean_text
from domain.reviews.writing import MISSING, MOST_TEXT, WORDS, locked, say
from models.reviews import ReviewPart, ReviewState, WordsState

# The first answer and two corrections; readers see that it was changed, and the shop every version.
MOST_REPLIES = 3


async def reply(uow: UnitOfWork, viewer: Viewer, id: UUID, text: str) -> None:
    """Answers a review, or changes the answer. Every version is kept; the last one that passed is shown."""
    review = await locked(uow, id)
    if review["merchant_id"] != viewer.shop_id:
        raise NotFound(MISSING)
    if review["state"] is not ReviewState.PUBLISHED:
        raise WrongState("只能回复公开展示的评价")
    said = clean_text(text, field="text", most=MOST_TEXT, least=1, label="回复")
    wanted = select(WORDS.state, WORDS.text).where(WORDS.review_id == id, WORDS.part == ReviewPart.REPLY)
    versions = (await uow.session.execute(wanted.order_by(WORDS.version))).all()
    if any(row.state is WordsState.PENDING for row in versions):
        raise Conflict("上一条回复还在审核，请稍后再修改")
    if versions and (versions[-1].state, versions[-1].text) == (WordsState.PUBLISHED, said):
        return
    if len(versions) >= MOST_REPLIES:
        raise WrongState(f"回复最多修改 {MOST_REPLIES - 1} 次")
    await say(uow, viewer, id, ReviewPart.REPLY, said)
    await audit.record(uow, viewer, "review.reply", "review", id, {"version": len(versions) + 1})
