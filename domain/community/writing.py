"""Authors write, change and take away. Every version is checked; what is shown stays until the next one has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from domain import merchants, moderation, payments
from domain.base import Conflict, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.community import authors
from domain.community.events import PostChanged
from domain.community.goods import linked
from domain.community.opening import require_open
from domain.community.states import POST_STEPS, REFUSALS, PostEvent
from models.base import new_id
from models.community import (
    CommentState,
    Post,
    PostComment,
    PostGood,
    PostPicture,
    PostState,
    PostWords,
    PostWordsState,
)
from models.moderation import CheckState, CheckSubject, MarkSubject

POST, WORDS, COMMENT = Post.__table__.c, PostWords.__table__.c, PostComment.__table__.c
MOST_TITLE, MOST_TEXT, LEAST_TEXT = 40, 2000, 10
MISSING = "这篇故事不存在，或已经删除"
EDITABLE = (PostState.DRAFT, PostState.REJECTED)


@dataclass(frozen=True)
class WantedPost:
    """What the page sends. `draft`: it is kept for its author and handed in to nobody, and may be unfinished."""

    title: str
    text: str
    pictures: Sequence[str] = ()
    region_code: str | None = None
    product_ids: Sequence[UUID] = ()
    draft: bool = False


@dataclass(frozen=True)
class Checked:
    """The same, looked at: what a version will hold."""

    title: str
    text: str
    shown_as: str
    region_code: str | None
    pictures: Sequence[dict[str, object]]
    goods: Sequence[dict[str, Any]]
    draft: bool


async def write(uow: UnitOfWork, viewer: Viewer, request_key: str, wanted: WantedPost) -> UUID:
    """Writes a story. The same page sent twice is one story; Conflict when it says something else by then.

    Refuses with FeatureOff, WrongState without a phone number, TooMany after a day's worth, and Invalid by field.
    """
    require_open()
    key = clean_text(request_key, field="requestKey", least=8, most=64, label="请求编号")
    said = await _checked(uow, viewer, wanted)
    await authors.take_turn(uow, viewer)
    name, author = authors.author_of(viewer)
    earlier = await uow.session.scalar(select(POST.id).where(POST[name] == author, POST.request_key == key))
    if earlier is not None:
        return await _same(uow, earlier, said)
    id = new_id()
    row = {"id": id, name: author, "request_key": key, "state": PostState.DRAFT, "created_at": clock.now()}
    await uow.session.execute(insert(Post).values(row))
    await _say(uow, viewer, id, said)
    return id


async def edit(uow: UnitOfWork, viewer: Viewer, id: UUID, wanted: WantedPost) -> None:
    """Writes a new version: of a draft or of what was refused in its place, of what is shown beside it.

    Conflict while a version waits for its check, WrongState for what is hidden.
    """
    require_open()
    said = await _checked(uow, viewer, wanted)
    await authors.take_turn(uow, viewer)
    post = await mine(uow, viewer, id)
    if post["state"] is PostState.HIDDEN:
        raise WrongState("这篇故事已被隐藏，不能修改；如有异议可以申诉")
    if post["state"] not in EDITABLE:
        if wanted.draft:
            raise WrongState(REFUSALS[PostEvent.SAVE])
        waiting = select(WORDS.id).where(WORDS.post_id == id, WORDS.state == PostWordsState.PENDING)
        if await uow.session.scalar(waiting) is not None:
            raise Conflict("上一次提交还在审核，请稍后再修改")
    await _say(uow, viewer, id, said)


async def remove(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Takes the author's own story away for good: its words, its pictures and everything below it (PIPL Art. 47).

    A verdict that comes later finds nothing that waits, and changes nothing.
    """
    await mine(uow, viewer, id)
    nothing = {"words_id": None, "hidden_for": None, "hidden_note": "", "hidden_at": None, "comment_count": 0}
    await take_step(uow, id, PostEvent.REMOVE, removed_at=clock.now(), **nothing)
    await _erase(uow, id)
    comments = select(COMMENT.id).where(COMMENT.post_id == id, COMMENT.state != CommentState.REMOVED)
    below = list(await uow.session.scalars(comments))
    gone = {"state": CommentState.REMOVED, "text": "", "refusal": "", "hidden_for": None}
    await uow.session.execute(update(PostComment).where(COMMENT.id.in_(below)).values(gone))
    await moderation.forget(uow, CheckSubject.COMMENT, below)
    await moderation.handle_reports(uow, MarkSubject.POST, id, "作者已删除")
    uow.emit(PostChanged(id))


async def _erase(uow: UnitOfWork, id: UUID) -> None:
    ids = list(await uow.session.scalars(select(WORDS.id).where(WORDS.post_id == id)))
    await uow.session.execute(delete(PostPicture).where(PostPicture.words_id.in_(ids)))
    await uow.session.execute(delete(PostGood).where(PostGood.words_id.in_(ids)))
    gone = {
        "state": PostWordsState.REMOVED,
        "title": "",
        "text": "",
        "shown_as": "",
        "refusal": "",
        "region_code": None,
    }
    await uow.session.execute(update(PostWords).where(WORDS.id.in_(ids)).values(gone))
    await moderation.forget(uow, CheckSubject.POST, ids)


# ------------------------------------------------------------------------------------------------ rows
async def locked(uow: UnitOfWork, id: UUID) -> RowDict:
    """A story, locked until the transaction ends; NotFound when there is none."""
    row = (await uow.session.execute(select(*POST).where(POST.id == id).with_for_update())).mappings().first()
    if row is None or row["state"] is PostState.REMOVED:
        raise NotFound(MISSING)
    return dict(row)


async def mine(uow: UnitOfWork, viewer: Viewer, id: UUID) -> RowDict:
    """The viewer's own story, locked; NotFound for anybody else's."""
    post = await locked(uow, id)
    if not authors.is_author(viewer, post):
        raise NotFound(MISSING)
    return post


async def take_step(uow: UnitOfWork, id: UUID, event: PostEvent, **to: Any) -> RowDict:
    """Takes a step with a story; WrongState from any state the table does not name."""
    return await payments.move(uow.session, Post, POST_STEPS, id, event, REFUSALS[event], **to)


# ------------------------------------------------------------------------------------------------ versions
async def _checked(uow: UnitOfWork, viewer: Viewer, wanted: WantedPost) -> Checked:
    name = await authors.admitted(uow, viewer)
    title = clean_text(wanted.title, field="title", most=MOST_TITLE, least=0 if wanted.draft else 2, label="标题")
    least = 0 if wanted.draft else LEAST_TEXT
    text = clean_text(wanted.text, field="text", most=MOST_TEXT, least=least, label="正文")
    code = wanted.region_code or None
    if code is not None:
        code = (await merchants.place(uow.session, code, field="regionCode"))["code"]
    if not wanted.draft:
        moderation.screen(f"{name}\n{title}", field="title")
        moderation.screen(text)
    pictures = await moderation.own_pictures(uow, viewer, wanted.pictures)
    goods = await linked(uow, viewer, wanted.product_ids)
    return Checked(title, text, name, code, pictures, goods, wanted.draft)


async def _say(uow: UnitOfWork, viewer: Viewer, post_id: UUID, said: Checked) -> None:
    """Writes a version, and asks for its check unless it is a draft. What passes at once is shown at once."""
    if not said.draft:
        await authors.may_hand_in(uow, viewer)
    await _drop_draft(uow, post_id)
    id = await _version(uow, viewer, post_id, said)
    state = await uow.session.scalar(select(POST.state).where(POST.id == post_id))
    if state in EDITABLE:
        await take_step(uow, post_id, PostEvent.SAVE if said.draft else PostEvent.SUBMIT)
    if said.draft:
        return
    keys = [str(each["key"]) for each in said.pictures]
    whole = f"{said.shown_as}\n{said.title}\n{said.text}"
    if await moderation.open_check(uow, viewer, CheckSubject.POST, id, whole, keys) is CheckState.PASSED:
        await publish(uow, id)


async def _version(uow: UnitOfWork, viewer: Viewer, post_id: UUID, said: Checked) -> UUID:
    earlier = select(WORDS.version).where(WORDS.post_id == post_id)
    row: dict[str, Any] = {"id": new_id(), "post_id": post_id, "title": said.title, "text": said.text}
    row |= {"version": max(await uow.session.scalars(earlier), default=0) + 1, "shown_as": said.shown_as}
    row |= {"region_code": said.region_code, "author_kind": viewer.actor, "author_id": viewer.id}
    row |= {"state": PostWordsState.DRAFT if said.draft else PostWordsState.PENDING, "created_at": clock.now()}
    await uow.session.execute(insert(PostWords).values(row))
    for model, rows in ((PostPicture, said.pictures), (PostGood, said.goods)):
        if rows:
            placed = [{"words_id": row["id"], "position": place, **each} for place, each in enumerate(rows)]
            await uow.session.execute(insert(model), placed)
    id: UUID = row["id"]
    return id


async def _drop_draft(uow: UnitOfWork, post_id: UUID) -> None:
    """A draft was nobody's but its author's: another one takes its place without a trace."""
    drafts = select(WORDS.id).where(WORDS.post_id == post_id, WORDS.state == PostWordsState.DRAFT)
    id = await uow.session.scalar(drafts)
    if id is not None:
        for model in (PostPicture, PostGood):
            await uow.session.execute(delete(model).where(model.__table__.c.words_id == id))
        await uow.session.execute(delete(PostWords).where(WORDS.id == id))


async def _same(uow: UnitOfWork, id: UUID, said: Checked) -> UUID:
    """The story there is, when its first version says the same; Conflict when it says something else."""
    wanted = select(WORDS.title, WORDS.text).where(WORDS.post_id == id).order_by(WORDS.version).limit(1)
    first = (await uow.session.execute(wanted)).first()
    if first is None or (first.title, first.text) != (said.title, said.text):
        raise Conflict("这一页已经提交过了，请在「我的故事」里修改")
    return id


async def publish(uow: UnitOfWork, words_id: UUID) -> None:
    """Shows a version that passed in place of the one before. One that no longer waits stays as it is."""
    post_id = await uow.session.scalar(select(WORDS.post_id).where(WORDS.id == words_id))
    post = None if post_id is None else await _locked_if_waiting(uow, post_id, words_id)
    if post is None:
        return
    shown = update(PostWords).where(WORDS.post_id == post_id, WORDS.state == PostWordsState.PUBLISHED)
    await uow.session.execute(shown.values(state=PostWordsState.REPLACED))
    await uow.session.execute(update(PostWords).where(WORDS.id == words_id).values(state=PostWordsState.PUBLISHED))
    if post["state"] is PostState.PENDING:
        await take_step(uow, post["id"], PostEvent.PASS, words_id=words_id, published_at=clock.now())
    else:
        await uow.session.execute(update(Post).where(POST.id == post_id).values(words_id=words_id))
    uow.emit(PostChanged(post["id"]))


async def refuse(uow: UnitOfWork, words_id: UUID, reason: str) -> None:
    """Refuses a version that waits; what is shown stays."""
    post_id = await uow.session.scalar(select(WORDS.post_id).where(WORDS.id == words_id))
    post = None if post_id is None else await _locked_if_waiting(uow, post_id, words_id)
    if post is None:
        return
    refused = {"state": PostWordsState.REJECTED, "refusal": (reason or "不符合社区规范")[:200]}
    await uow.session.execute(update(PostWords).where(WORDS.id == words_id).values(refused))
    if post["state"] is PostState.PENDING:
        await take_step(uow, post["id"], PostEvent.REFUSE)


async def _locked_if_waiting(uow: UnitOfWork, post_id: UUID, words_id: UUID) -> RowDict | None:
    """The story, locked, while this version of it waits: whoever took it away or hid it meanwhile was first."""
    row = (await uow.session.execute(select(*POST).where(POST.id == post_id).with_for_update())).mappings().first()
    state = await uow.session.scalar(select(WORDS.state).where(WORDS.id == words_id))
    return dict(row) if row is not None and state is PostWordsState.PENDING else None
