"""Checking what somebody wrote: transaction, call, transaction; nothing passes without a verdict.

A check that got no answer stays PENDING and is asked about again; one that nobody answered for hours, that WeChat will
not judge, or that it is unsure about, goes to a person. So whatever fails, words stay hidden rather than shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Database, Event, Invalid, Job, RowDict, UnitOfWork, Viewer, ViewerKind, clock
from domain.members.profiles import members_by_id
from domain.moderation import words
from domain.moderation.pictures import posted_url
from domain.moderation.port import CannotJudge, Judge, Judged, Scene
from models.audit import ActorKind
from models.base import new_id
from models.moderation import (
    CheckedPicture,
    CheckState,
    CheckSubject,
    ContentCheck,
    PictureVerdict,
    Verdict,
)

CHECK, PICTURE, SAID = ContentCheck.__table__.c, CheckedPicture.__table__.c, PictureVerdict.__table__.c
# A check is asked about again so long after it was last asked about.
AGAIN = timedelta(minutes=5)
# WeChat promises its word about a picture within half an hour; and nobody waits for ever.
PICTURE_PATIENCE = timedelta(minutes=30)
PATIENCE = timedelta(hours=6)
SCENES: Mapping[CheckSubject, Scene] = {
    CheckSubject.REVIEW_WORDS: Scene.COMMENT,
    CheckSubject.POST: Scene.FORUM,
    CheckSubject.COMMENT: Scene.COMMENT,
}
LABELS: Mapping[int, str] = {
    10001: "疑似广告",
    20001: "涉及时政",
    20002: "涉及色情低俗",
    20003: "含有辱骂内容",
    20006: "涉及违法犯罪",
    20008: "疑似欺诈",
    20012: "涉及低俗内容",
    20013: "涉及版权问题",
    21000: "不符合平台规范",
}


@dataclass(frozen=True)
class ContentJudged(Event):
    """A check ended, or went to a person; `state` as it is now."""

    check_id: UUID
    subject: CheckSubject
    subject_id: UUID
    state: CheckState


def screen(text: str, *, field: str = "text") -> str:
    """The words a person must look at; Invalid when the text holds one that nobody may write."""
    found = words.find(text)
    if found.blocked:
        raise Invalid(f"内容含有不允许的词语「{found.blocked[0]}」，请修改后再提交", field=field)
    return "、".join(found.looked_at)[:200]


async def open_check(
    uow: UnitOfWork,
    viewer: Viewer,
    subject: CheckSubject,
    subject_id: UUID,
    text: str,
    pictures: Sequence[str] = (),
    *,
    version: int = 1,
) -> CheckState:
    """Asks for a text and its pictures to be checked; how it stands at once.

    What holds neither letters nor pictures passes. So do a shop's words that our own list does not know; the rest
    of them is a person's to read.
    """
    listed = screen(text)
    row = {"id": new_id(), "subject": subject, "subject_id": subject_id, "version": version, "text": text}
    row |= {"author_kind": viewer.actor, "author_id": viewer.id, "words": listed, "created_at": clock.now()}
    state = _at_once(viewer, text, pictures, listed)
    decided = state in (CheckState.PASSED, CheckState.REJECTED)
    row |= {
        "state": state,
        "next_at": clock.now() + AGAIN if state is CheckState.PENDING else None,
        "decided_at": clock.now() if decided else None,
    }
    await uow.session.execute(insert(ContentCheck).values(row))
    if pictures:
        shown = [{"check_id": row["id"], "position": place, "key": key} for place, key in enumerate(pictures)]
        await uow.session.execute(insert(CheckedPicture), shown)
    if state is CheckState.PENDING:
        uow.later(Job("content.check", {"id": str(row["id"])}, key=f"content:{row['id']}"))
    return state


def _at_once(viewer: Viewer, text: str, pictures: Sequence[str], listed: str) -> CheckState:
    if viewer.kind is ViewerKind.MEMBER:
        return CheckState.PENDING if text or pictures else CheckState.PASSED
    return CheckState.MANUAL if listed or pictures else CheckState.PASSED


# ------------------------------------------------------------------------------------------------ asking
async def run(database: Database, judge: Judge, check_id: UUID) -> None:
    """Asks about what is still unanswered. Unavailable when no answer comes: ask again."""
    async with database.read() as session:
        check, openid, pictures = await _open(session, check_id)
    if check is None:
        return
    found: Judged | None = None
    traces: dict[int, str] = {}
    scene = SCENES[check["subject"]]
    try:
        if check["verdict"] is None:
            found = await _judge(judge, check["text"], openid, scene)
        for picture in pictures:
            path = posted_url(picture["key"])
            traces[picture["position"]] = await judge.ask_about_picture(path, openid=openid, scene=scene)
    except CannotJudge:
        async with database.begin() as uow:
            await _to_a_person(uow, check_id, "微信无法检测，转人工审核")
        return
    finally:
        # What was answered is kept, whatever became of the rest.
        if found is not None or traces:
            async with database.begin() as uow:
                await _write_down(uow, check_id, found, traces)
    async with database.begin() as uow:
        await conclude(uow, check_id)


async def _judge(judge: Judge, text: str, openid: str, scene: Scene) -> Judged:
    return await judge.judge_text(text, openid=openid, scene=scene) if text else Judged(Verdict.PASS, 100)


async def _open(session: AsyncSession, check_id: UUID) -> tuple[RowDict | None, str, list[RowDict]]:
    """A check that waits, whose words they are at WeChat, and its pictures that nobody was asked about."""
    wanted = select(CHECK.subject, CHECK.text, CHECK.verdict, CHECK.author_kind, CHECK.author_id)
    waiting = wanted.where(CHECK.id == check_id, CHECK.state == CheckState.PENDING)
    check = (await session.execute(waiting)).mappings().first()
    if check is None or check["author_kind"] is not ActorKind.MEMBER:
        return None, "", []
    found = await members_by_id(session, [check["author_id"]], frozenset({"openid"}))
    unasked = select(PICTURE.position, PICTURE.key).where(PICTURE.check_id == check_id, PICTURE.trace_id.is_(None))
    pictures = (await session.execute(unasked.order_by(PICTURE.position))).mappings()
    return dict(check), found[check["author_id"]]["openid"], [dict(each) for each in pictures]


async def _write_down(uow: UnitOfWork, check_id: UUID, found: Judged | None, traces: Mapping[int, str]) -> None:
    if found is not None:
        reason = _reason(found.label, found.keywords) if found.verdict is not Verdict.PASS else ""
        said = {"verdict": found.verdict, "label": found.label, "reason": reason, "tries": CHECK.tries + 1}
        await uow.session.execute(update(ContentCheck).where(CHECK.id == check_id).values(said))
    for position, trace_id in traces.items():
        asked = update(CheckedPicture).where(PICTURE.check_id == check_id, PICTURE.position == position)
        asked = asked.where(PICTURE.trace_id.is_(None)).values(trace_id=trace_id, asked_at=clock.now())
        await uow.session.execute(asked)


def _reason(label: int, keywords: Sequence[str] = ()) -> str:
    named = f"（{'、'.join(keywords)}）" if keywords else ""
    return f"{LABELS.get(label, '不符合平台规范')}{named}"[:200]


# ------------------------------------------------------------------------------------------------ answers
async def record_picture_verdict(uow: UnitOfWork, trace_id: str, verdict: Verdict, label: int) -> UUID | None:
    """Writes down what WeChat pushed; told again it changes nothing. The check it belongs to, if it is known yet."""
    row = {"trace_id": trace_id, "verdict": verdict, "label": label, "created_at": clock.now()}
    await uow.session.execute(upsert(PictureVerdict).values(row).on_conflict_do_nothing())
    found: UUID | None = await uow.session.scalar(select(PICTURE.check_id).where(PICTURE.trace_id == trace_id))
    return found


async def conclude(uow: UnitOfWork, check_id: UUID) -> None:
    """Ends a check that has all its answers; sends one to a person that has waited too long."""
    locked = select(*CHECK).where(CHECK.id == check_id, CHECK.state == CheckState.PENDING).with_for_update()
    found = (await uow.session.execute(locked)).mappings().first()
    if found is None:
        return
    check = dict(found)
    answers = await _answers(uow.session, check_id)
    heard = [(check["verdict"], check["label"]), *((each["verdict"], each["label"]) for each in answers)]
    worst = next((each for each in heard if each[0] is Verdict.RISKY), None)
    if worst is not None:
        reason = check["reason"] if check["verdict"] is Verdict.RISKY else f"图片{_reason(worst[1])}"
        await _end(uow, check, CheckState.REJECTED, reason=reason, label=worst[1])
    elif any(verdict is None for verdict, _ in heard):
        if _too_late(check, answers):
            await _to_a_person(uow, check_id, "微信迟迟没有结果，转人工审核")
    elif check["words"] or any(verdict is Verdict.REVIEW for verdict, _ in heard):
        await _to_a_person(uow, check_id, check["reason"] or (check["words"] and f"含有「{check['words']}」") or "")
    else:
        await _end(uow, check, CheckState.PASSED)


async def _answers(session: AsyncSession, check_id: UUID) -> Sequence[RowDict]:
    joined = CheckedPicture.__table__.outerjoin(PictureVerdict.__table__, SAID.trace_id == PICTURE.trace_id)
    wanted = select(PICTURE.asked_at, SAID.verdict, SAID.label).select_from(joined).where(PICTURE.check_id == check_id)
    return [dict(row) for row in (await session.execute(wanted)).mappings()]


def _too_late(check: Mapping[str, Any], answers: Sequence[RowDict]) -> bool:
    silent = [row["asked_at"] for row in answers if row["verdict"] is None and row["asked_at"] is not None]
    late = any(asked + PICTURE_PATIENCE <= clock.now() for asked in silent)
    return late or bool(check["created_at"] + PATIENCE <= clock.now())


async def _to_a_person(uow: UnitOfWork, check_id: UUID, reason: str) -> None:
    waiting = update(ContentCheck).where(CHECK.id == check_id, CHECK.state == CheckState.PENDING)
    row = await uow.session.execute(
        waiting.values(state=CheckState.MANUAL, next_at=None, reason=reason[:200]).returning(
            CHECK.subject, CHECK.subject_id
        )
    )
    for subject, subject_id in row:
        uow.emit(ContentJudged(check_id, subject, subject_id, CheckState.MANUAL))


async def _end(uow: UnitOfWork, check: Mapping[str, Any], state: CheckState, **to: Any) -> None:
    to |= {"state": state, "next_at": None, "decided_at": clock.now()}
    await uow.session.execute(update(ContentCheck).where(CHECK.id == check["id"]).values(to))
    uow.emit(ContentJudged(check["id"], check["subject"], check["subject_id"], state))


# ------------------------------------------------------------------------------------------------ by itself
async def claim_overdue(uow: UnitOfWork, most: int = 50) -> list[UUID]:
    """Checks nobody has answered, put off by a while so that they are asked about once."""
    due = select(CHECK.id).where(CHECK.state == CheckState.PENDING, CHECK.next_at <= clock.now())
    due = due.order_by(CHECK.next_at).limit(most).with_for_update(skip_locked=True)
    later = update(ContentCheck).where(CHECK.id.in_(due.scalar_subquery())).values(next_at=clock.now() + AGAIN)
    return list(await uow.session.scalars(later.returning(CHECK.id)))


async def forget(uow: UnitOfWork, subject: CheckSubject, subject_ids: Sequence[UUID]) -> None:
    """Erases the words and pictures of checks whose author took them back; what nobody has decided is refused."""
    about = (CHECK.subject == subject, CHECK.subject_id.in_(subject_ids))
    ids = list(await uow.session.scalars(select(CHECK.id).where(*about).with_for_update()))
    undecided = (CHECK.state.in_((CheckState.PENDING, CheckState.MANUAL)),)
    ended = {"state": CheckState.REJECTED, "next_at": None, "decided_at": clock.now(), "reason": "作者已撤回"}
    await uow.session.execute(update(ContentCheck).where(CHECK.id.in_(ids), *undecided).values(ended))
    await uow.session.execute(update(ContentCheck).where(CHECK.id.in_(ids)).values(text="", words=""))
    await uow.session.execute(delete(CheckedPicture).where(PICTURE.check_id.in_(ids)))
