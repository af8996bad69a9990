"""What a check, a person of the platform, or an appeal does to reviews."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, moderation
from domain.base import Invalid, NotFound, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.reviews.events import ReviewChanged
from domain.reviews.states import HIDING_NAMES, ReviewEvent
from domain.reviews.writing import MISSING, REVIEW, WORDS, locked, publish_words, take_step
from models.moderation import CheckState, MarkSubject, ReportReason
from models.reviews import Review, ReviewHiding, ReviewPart, ReviewPicture, ReviewState, ReviewWords, WordsState

POINTERS = {ReviewPart.FIRST: "words_id", ReviewPart.FOLLOW_UP: "follow_up_id", ReviewPart.REPLY: "reply_id"}


async def record_verdict(uow: UnitOfWork, words_id: UUID, state: CheckState) -> None:
    """For the consumer of ContentJudged: publishes or refuses words. Told twice it changes nothing."""
    if state is CheckState.PASSED:
        await publish_words(uow, words_id)
    elif state is CheckState.REJECTED:
        await _refuse(uow, words_id)


async def _refuse(uow: UnitOfWork, words_id: UUID) -> None:
    found = await moderation.refusal_of(uow.session, words_id)
    reason = found[1] if found else ""
    row = (await uow.session.execute(select(WORDS.review_id, WORDS.part).where(WORDS.id == words_id))).first()
    if row is None:
        return
    await locked(uow, row.review_id)
    refused = update(ReviewWords).where(WORDS.id == words_id, WORDS.state == WordsState.PENDING)
    refused = refused.values(state=WordsState.REJECTED, refusal=reason)
    if await uow.session.scalar(refused.returning(WORDS.id)) is not None and row.part is ReviewPart.FIRST:
        await take_step(uow, row.review_id, ReviewEvent.REFUSE)


# ------------------------------------------------------------------------------------------------ hiding
async def hide(uow: UnitOfWork, viewer: Viewer, id: UUID, part: ReviewPart, why: ReviewHiding, note: str) -> None:
    """Takes a review, or only its follow-up or its reply, from the page, for a reason the law knows.

    The score goes on counting, except where the purchase was a sham; the page tells how many are hidden.
    """
    said = clean_text(note, field="note", most=200, least=5, label="处理依据")
    review = await locked(uow, id)
    if part is ReviewPart.FIRST:
        await _hide_whole(uow, id, why, said)
    else:
        if why is ReviewHiding.FABRICATED:
            raise Invalid("虚构交易只能隐藏整条评价", field="reason")
        await _hide_part(uow, review, part)
    await moderation.handle_reports(uow, MarkSubject.REVIEW, id, f"已隐藏：{HIDING_NAMES[why]}")
    await audit.record(
        uow, viewer, "review.hide", "review", id, {"part": part.value, "reason": why.value, "note": said}
    )
    uow.emit(ReviewChanged(id, review["product_id"], review["merchant_id"]))


async def _hide_whole(uow: UnitOfWork, id: UUID, why: ReviewHiding, note: str) -> None:
    to: dict[str, Any] = dict.fromkeys(POINTERS.values())
    to |= {"hidden_for": why, "hidden_note": note, "hidden_at": clock.now()}
    if why is ReviewHiding.FABRICATED:
        to["counted"] = False
    # The words stay as they are: nothing points to them any more.
    await take_step(uow, id, ReviewEvent.HIDE, **to)


async def _hide_part(uow: UnitOfWork, review: Any, part: ReviewPart) -> None:
    if review["state"] is not ReviewState.PUBLISHED or review[POINTERS[part]] is None:
        raise WrongState("没有公开展示的内容可以隐藏")
    await uow.session.execute(update(Review).where(REVIEW.id == review["id"]).values({POINTERS[part]: None}))
    shown = update(ReviewWords).where(WORDS.id == review[POINTERS[part]])
    await uow.session.execute(shown.values(state=WordsState.HIDDEN))
    await _count_pictures(uow, review["id"])


async def restore(uow: UnitOfWork, viewer: Viewer, id: UUID, note: str) -> None:
    """Puts a hidden review back on the page as it was."""
    said = clean_text(note, field="note", most=200, least=2, label="说明")
    await put_back(uow, id)
    await audit.record(uow, viewer, "review.restore", "review", id, {"note": said})


async def put_back(uow: UnitOfWork, id: UUID) -> None:
    await locked(uow, id)
    wanted = select(WORDS.part, WORDS.id).where(WORDS.review_id == id, WORDS.state == WordsState.PUBLISHED)
    to: dict[str, Any] = {POINTERS[row.part]: row.id for row in await uow.session.execute(wanted)}
    to |= {"hidden_for": None, "hidden_note": "", "hidden_at": None, "counted": True}
    row = await take_step(uow, id, ReviewEvent.RESTORE, **to)
    await _count_pictures(uow, id)
    uow.emit(ReviewChanged(id, row["product_id"], row["merchant_id"]))


async def _count_pictures(uow: UnitOfWork, id: UUID) -> None:
    pointed = ReviewPicture.words_id.in_((REVIEW.words_id, REVIEW.follow_up_id))
    count = select(func.count()).select_from(ReviewPicture).where(pointed).correlate(Review).scalar_subquery()
    await uow.session.execute(update(Review).where(REVIEW.id == id).values(picture_count=count))


# ------------------------------------------------------------------------------------------------ readers, authors
async def report(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: ReportReason, note: str) -> None:
    """A reader, or the shop it is about, says that a review should not be shown."""
    await _shown(uow.session, id)
    await moderation.report(uow, viewer, MarkSubject.REVIEW, id, reason, note)


async def appeal(uow: UnitOfWork, viewer: Viewer, id: UUID, text: str) -> None:
    """The author of a hidden review asks for another look."""
    review = await locked(uow, id)
    if review["member_id"] != viewer.member_id:
        raise NotFound(MISSING)
    if review["state"] is not ReviewState.HIDDEN:
        raise WrongState("只有被隐藏的评价可以申诉")
    await moderation.appeal(uow, viewer, MarkSubject.REVIEW, id, text)


async def appeal_decided(uow: UnitOfWork, id: UUID, *, upheld: bool) -> None:
    """Puts the review back when the appeal was right, unless its author took it back meanwhile."""
    review = await locked(uow, id)
    if upheld and review["state"] is ReviewState.HIDDEN:
        await put_back(uow, id)


async def _shown(session: AsyncSession, id: UUID) -> None:
    wanted = select(REVIEW.id).where(REVIEW.id == id, REVIEW.state == ReviewState.PUBLISHED)
    if await session.scalar(wanted) is None:
        raise NotFound(MISSING)
