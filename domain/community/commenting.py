"""What members say below a story: one level, checked like everything else, taken away by whoever it concerns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from domain import moderation
from domain.base import Conflict, NotFound, RowDict, UnitOfWork, Viewer, clean_text, clock, next_state
from domain.community import authors
from domain.community.opening import require_open
from domain.community.showing import ON_PAGE
from domain.community.states import COMMENT_REFUSALS, COMMENT_STEPS, CommentEvent
from domain.community.writing import COMMENT, POST
from domain.community.writing import MISSING as NO_POST
from models.base import new_id
from models.community import CommentState, Post, PostComment, PostHiding
from models.moderation import CheckState, CheckSubject, MarkSubject

MOST_TEXT = 300
MISSING = "这条评论不存在，或已经删除"


async def comment(uow: UnitOfWork, viewer: Viewer, post_id: UUID, request_key: str, text: str) -> UUID:
    """Says something below a story that is shown. The same page sent twice is one comment."""
    require_open()
    key = clean_text(request_key, field="requestKey", least=8, most=64, label="请求编号")
    said = clean_text(text, field="text", most=MOST_TEXT, least=1, label="评论")
    name = await authors.admitted(uow, viewer)
    await authors.take_turn(uow, viewer)
    again = select(COMMENT.id, COMMENT.text).where(COMMENT.member_id == viewer.member_id, COMMENT.request_key == key)
    if (earlier := (await uow.session.execute(again)).first()) is not None:
        if earlier.text not in (said, ""):
            raise Conflict("这条评论已经提交过了")
        return UUID(str(earlier.id))
    if await uow.session.scalar(select(POST.id).where(POST.id == post_id, ON_PAGE)) is None:
        raise NotFound(NO_POST)
    await authors.may_comment(uow, viewer)
    id = new_id()
    row = {"id": id, "post_id": post_id, "member_id": viewer.member_id, "request_key": key, "text": said}
    row |= {"shown_as": name, "created_at": clock.now()}
    await uow.session.execute(insert(PostComment).values(row))
    moderation.screen(name, field="nickname")
    if await moderation.open_check(uow, viewer, CheckSubject.COMMENT, id, f"{name}\n{said}") is CheckState.PASSED:
        await publish(uow, id)
    return id


async def remove_comment(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Takes a comment away for good: by whoever wrote it, or by the author of the story it stands below."""
    require_open()
    found = await locked(uow, id)
    post = (await uow.session.execute(select(*POST).where(POST.id == found["post_id"]))).mappings().one()
    by_writer = found["member_id"] == viewer.id
    if found["state"] is CommentState.REMOVED or not (by_writer or _may_clean(viewer, dict(post), found)):
        raise NotFound(MISSING)
    await _step(uow, found, CommentEvent.REMOVE, text="", refusal="", hidden_for=None)
    await moderation.forget(uow, CheckSubject.COMMENT, [id])
    await moderation.handle_reports(uow, MarkSubject.COMMENT, id, "已删除")


def _may_clean(viewer: Viewer, post: RowDict, found: RowDict) -> bool:
    """An author takes away what he can see below his story."""
    return authors.is_author(viewer, post) and found["state"] is CommentState.PUBLISHED


async def hide(uow: UnitOfWork, id: UUID, why: PostHiding) -> None:
    await _step(uow, await locked(uow, id), CommentEvent.HIDE, hidden_for=why)


async def publish(uow: UnitOfWork, id: UUID) -> None:
    """Shows a comment that passed; one that no longer waits stays as it is."""
    found = await _waiting(uow, id)
    if found is not None:
        await _step(uow, found, CommentEvent.PASS)


async def refuse(uow: UnitOfWork, id: UUID, reason: str) -> None:
    """Refuses a comment that waits."""
    found = await _waiting(uow, id)
    if found is not None:
        await _step(uow, found, CommentEvent.REFUSE, refusal=(reason or "不符合社区规范")[:200])


async def locked(uow: UnitOfWork, id: UUID) -> RowDict:
    """A comment, locked behind its story until the transaction ends; NotFound when there is none."""
    post_id = await uow.session.scalar(select(COMMENT.post_id).where(COMMENT.id == id))
    if post_id is None:
        raise NotFound(MISSING)
    # Stories first, comments after: whoever takes a story away takes them in this order, too.
    await uow.session.execute(select(POST.id).where(POST.id == post_id).with_for_update())
    chosen = select(*COMMENT).where(COMMENT.id == id).with_for_update()
    return dict((await uow.session.execute(chosen)).mappings().one())


async def _waiting(uow: UnitOfWork, id: UUID) -> RowDict | None:
    if await uow.session.scalar(select(COMMENT.id).where(COMMENT.id == id)) is None:
        return None
    found = await locked(uow, id)
    return found if found["state"] is CommentState.PENDING else None


async def _step(uow: UnitOfWork, found: RowDict, event: CommentEvent, **to: Any) -> None:
    """Takes a step with a locked comment; its story counts what is shown below it."""
    after = next_state(COMMENT_STEPS, found["state"], event, COMMENT_REFUSALS[event])
    await uow.session.execute(update(PostComment).where(COMMENT.id == found["id"]).values(state=after, **to))
    more = (after is CommentState.PUBLISHED) - (found["state"] is CommentState.PUBLISHED)
    if more:
        counted = update(Post).where(POST.id == found["post_id"])
        await uow.session.execute(counted.values(comment_count=POST.comment_count + more))
