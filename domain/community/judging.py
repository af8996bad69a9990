"""What a check, a person of the platform, a reader or an appeal does to stories and comments."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from domain import audit, moderation
from domain.base import NotFound, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.community import commenting
from domain.community.events import PostChanged
from domain.community.opening import require_open
from domain.community.showing import ON_PAGE
from domain.community.states import HIDING_NAMES, PostEvent
from domain.community.writing import MISSING, POST, WORDS, locked, mine, publish, refuse, take_step
from models.community import CommentState, PostHiding, PostState, PostWords, PostWordsState
from models.moderation import CheckState, CheckSubject, MarkSubject, ReportReason


async def record_verdict(uow: UnitOfWork, subject: CheckSubject, id: UUID, state: CheckState) -> None:
    """For the consumer of ContentJudged: shows or refuses what was checked. Told twice it changes nothing."""
    show, deny = {
        CheckSubject.POST: (publish, refuse),
        CheckSubject.COMMENT: (commenting.publish, commenting.refuse),
    }[subject]
    if state is CheckState.PASSED:
        await show(uow, id)
    elif state is CheckState.REJECTED:
        found = await moderation.refusal_of(uow.session, id)
        await deny(uow, id, found[1] if found else "")


# ------------------------------------------------------------------------------------------------ hiding
async def hide(uow: UnitOfWork, viewer: Viewer, id: UUID, why: PostHiding, note: str) -> None:
    """Takes a story from the page, for a reason. A change that waits for its check is refused with it."""
    said = clean_text(note, field="note", most=200, least=5, label="处理依据")
    await locked(uow, id)
    await take_step(uow, id, PostEvent.HIDE, words_id=None, hidden_for=why, hidden_note=said, hidden_at=clock.now())
    waiting = update(PostWords).where(WORDS.post_id == id, WORDS.state == PostWordsState.PENDING)
    await uow.session.execute(waiting.values(state=PostWordsState.REJECTED, refusal="这篇故事已被隐藏，修改没有审核"))
    await moderation.handle_reports(uow, MarkSubject.POST, id, f"已隐藏：{HIDING_NAMES[why]}")
    await audit.record(uow, viewer, "post.hide", "post", id, {"reason": why.value, "note": said})
    uow.emit(PostChanged(id))


async def restore(uow: UnitOfWork, viewer: Viewer, id: UUID, note: str) -> None:
    """Puts a hidden story back on the page as it was."""
    said = clean_text(note, field="note", most=200, least=2, label="说明")
    await _put_back(uow, id)
    await audit.record(uow, viewer, "post.restore", "post", id, {"note": said})


async def _put_back(uow: UnitOfWork, id: UUID) -> None:
    await locked(uow, id)
    shown = select(WORDS.id).where(WORDS.post_id == id, WORDS.state == PostWordsState.PUBLISHED)
    to: dict[str, Any] = {"words_id": await uow.session.scalar(shown)}
    await take_step(uow, id, PostEvent.RESTORE, **to, hidden_for=None, hidden_note="", hidden_at=None)
    uow.emit(PostChanged(id))


async def hide_comment(uow: UnitOfWork, viewer: Viewer, id: UUID, why: PostHiding, note: str) -> None:
    """Takes a comment from the page, for a reason."""
    said = clean_text(note, field="note", most=200, least=5, label="处理依据")
    await commenting.hide(uow, id, why)
    await moderation.handle_reports(uow, MarkSubject.COMMENT, id, f"已隐藏：{HIDING_NAMES[why]}")
    await audit.record(uow, viewer, "post.hide_comment", "post_comment", id, {"reason": why.value, "note": said})


# ------------------------------------------------------------------------------------------------ readers, authors
async def report(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: ReportReason, note: str) -> None:
    """A reader says that a story should not be shown."""
    require_open()
    if await uow.session.scalar(select(POST.id).where(POST.id == id, ON_PAGE)) is None:
        raise NotFound(MISSING)
    await moderation.report(uow, viewer, MarkSubject.POST, id, reason, note)


async def report_comment(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: ReportReason, note: str) -> None:
    """A reader says that a comment should not be shown."""
    require_open()
    comment = await commenting.locked(uow, id)
    if comment["state"] is not CommentState.PUBLISHED:
        raise NotFound(commenting.MISSING)
    await moderation.report(uow, viewer, MarkSubject.COMMENT, id, reason, note)


async def appeal(uow: UnitOfWork, viewer: Viewer, id: UUID, text: str) -> None:
    """The author of a hidden story asks for another look."""
    require_open()
    post = await mine(uow, viewer, id)
    if post["state"] is not PostState.HIDDEN:
        raise WrongState("只有被隐藏的故事可以申诉")
    await moderation.appeal(uow, viewer, MarkSubject.POST, id, text)


async def appeal_decided(uow: UnitOfWork, id: UUID, *, upheld: bool) -> None:
    """Puts the story back when the appeal was right, unless its author took it away meanwhile."""
    state = await uow.session.scalar(select(POST.state).where(POST.id == id).with_for_update())
    if upheld and state is PostState.HIDDEN:
        await _put_back(uow, id)
