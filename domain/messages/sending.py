"""A message on its way: decided with its notice, and never a reason to fail.

WeChat has no key by which a message asked for twice is one. What may have been sent is therefore never sent again: it
is UNKNOWN, its acceptance is spent, and the notice lies in the inbox all the same. What was certainly not sent is
tried again a few times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from domain.base import Database, Job, RowDict, UnitOfWork, clock
from domain.messages import quotas
from domain.messages.kinds import KIND_OF, SPARED, templates
from domain.messages.port import Messenger, NoneLeft, NotSent, TryLater, Unclear, Words
from domain.messages.words import words_of
from models.base import new_id
from models.members import Member
from models.messages import Message, MessageKind, MessageState
from models.notices import Notice, NoticeKind

S = MessageState
M = Message.__table__.c
# What is certainly not sent is tried again after so long, so many times in all.
PAUSES = (timedelta(seconds=30), timedelta(minutes=5))
# Nobody waits longer for WeChat than that: whoever was asked before has died over it.
LONGEST = timedelta(minutes=5)
MOST_SWEPT = 500


# ------------------------------------------------------------------------------------------------ deciding
async def decide(uow: UnitOfWork, notice_ids: Sequence[UUID]) -> int:
    """Decides which of these new notices go by WeChat too, and takes an acceptance for each; answers how many do.

    Decided once: a notice has one message, whatever becomes of it. Most facts are news to nobody, and ask nothing here.
    """
    if not notice_ids:
        return 0
    chosen = select(Notice.id, Notice.member_id, Notice.kind).where(Notice.id.in_(notice_ids))
    chosen = chosen.where(~select(Message.id).where(Message.notice_id == Notice.id).exists())
    sendable = [kind for kind, message in KIND_OF.items() if message in templates()]
    rows = (await uow.session.execute(chosen.where(Notice.kind.in_(sendable)).order_by(Notice.id))).mappings()
    return sum([await _decide(uow, batch) for batch in _batches([dict(row) for row in rows])])


def _batches(rows: Sequence[RowDict]) -> list[list[RowDict]]:
    """By kind, each member once in a batch: a member of whom two things are told takes one after the other."""
    batches: dict[tuple[Any, int], list[RowDict]] = {}
    seen: dict[tuple[Any, UUID], int] = {}
    for row in rows:
        mine = (row["kind"], row["member_id"])
        seen[mine] = turn = seen.get(mine, -1) + 1
        batches.setdefault((row["kind"], turn), []).append(row)
    return list(batches.values())


async def _decide(uow: UnitOfWork, notices: Sequence[RowDict]) -> int:
    told: NoticeKind = notices[0]["kind"]
    kind, now = KIND_OF[told], clock.now()
    having = await quotas.take(uow, kind, [row["member_id"] for row in notices], SPARED.get(told, 0))
    made = [
        {
            **{"id": new_id(), "created_at": now, "notice_id": row["id"], "member_id": row["member_id"]},
            **{"kind": kind, "tries": 0, "state": S.WAITING if row["member_id"] in having else S.NO_QUOTA},
            "ended_at": None if row["member_id"] in having else now,
        }
        for row in notices
    ]
    await uow.session.execute(insert(Message), made)
    waiting = [row["id"] for row in made if row["state"] is S.WAITING]
    for id in waiting:
        uow.later(Job("message.send", {"id": str(id)}, key=f"message:{id}:0"))
    return len(waiting)


# ------------------------------------------------------------------------------------------------ sending
async def send(database: Database, messenger: Messenger, id: UUID) -> MessageState | None:
    """Sends one that waits; answers what became of it, None where it did not wait. No answer of WeChat's raises."""
    async with database.begin() as uow:
        message, openid, subject_id, words = await _begin(uow, id)
    if message is None or words is None:
        return None if message is None else S.DROPPED
    try:
        msgid = await messenger.send(openid, message["kind"], words, subject_id)
    except NotSent as error:
        async with database.begin() as uow:
            return await _not_sent(uow, message, error)
    async with database.begin() as uow:
        await _end(uow, id, S.SENT, msgid=msgid or None, errcode=None, note=None)
    return S.SENT


async def _begin(uow: UnitOfWork, id: UUID) -> tuple[RowDict | None, str, UUID | None, Words | None]:
    """Marked as asked for before it is: whoever finds it so after a crash does not ask again."""
    marked = update(Message).where(M.id == id, M.state == S.WAITING)
    marked = marked.values(state=S.SENDING, tries=M.tries + 1, asked_at=clock.now()).returning(*M)
    message = (await uow.session.execute(marked)).mappings().first()
    if message is None:
        return None, "", None, None
    chosen = select(*Notice.__table__.c, Member.openid, Member.blocked_at).join(Member, Member.id == Notice.member_id)
    notice = (await uow.session.execute(chosen.where(Notice.id == message["notice_id"]))).mappings().one()
    words = None if notice["blocked_at"] else await words_of(uow.session, dict(notice))
    if words is None:
        note = "买家已停用" if notice["blocked_at"] else "已过时"
        await _end(uow, id, S.DROPPED, note=note)
        await quotas.give_back(uow, message["member_id"], message["kind"], message["created_at"])
    return dict(message), notice["openid"], notice["subject_id"], words


async def _not_sent(uow: UnitOfWork, message: RowDict, error: NotSent) -> MessageState:
    said = {"errcode": error.errcode, "note": error.message[:200]}
    id, member_id, kind = message["id"], message["member_id"], message["kind"]
    if isinstance(error, Unclear):
        await _end(uow, id, S.UNKNOWN, **said)
        return S.UNKNOWN
    if isinstance(error, NoneLeft):
        if await _end(uow, id, S.REFUSED, **said):
            await quotas.empty(uow, member_id, kind)
        return S.REFUSED
    if isinstance(error, TryLater) and message["tries"] <= len(PAUSES):
        again = update(Message).where(M.id == id, M.state == S.SENDING).values(state=S.WAITING, **said)
        if await uow.session.scalar(again.returning(M.id)) is not None:
            after, key = PAUSES[message["tries"] - 1], f"message:{id}:{message['tries']}"
            uow.later(Job("message.send", {"id": str(id)}, after=after, key=key))
        return S.WAITING
    if await _end(uow, id, S.FAILED, **said):
        await quotas.give_back(uow, member_id, kind, message["created_at"])
    return S.FAILED


async def _end(uow: UnitOfWork, id: UUID, state: MessageState, **also: Any) -> bool:
    """Whether it was on its way until now: a push may have told us first, or the sweep given it up."""
    ended = update(Message).where(M.id == id, or_(M.state == S.SENDING, M.state == S.UNKNOWN))
    if state is not S.SENT:
        ended = ended.where(M.state == S.SENDING)
    return await uow.session.scalar(ended.values(state=state, ended_at=clock.now(), **also).returning(M.id)) is not None


# ------------------------------------------------------------------------------------------------ hearing
async def record_arrival(uow: UnitOfWork, openid: str, kind: MessageKind, msgid: str, errcode: int, note: str) -> bool:
    """What WeChat tells afterwards of one it took; whether we knew of it. Told again it changes nothing.

    One whose answer was lost has no number yet: it is the oldest of that member and kind without one.
    """
    mine = select(M.id).join(Member, Member.id == M.member_id).where(Member.openid == openid, M.kind == kind)
    named = mine.where(M.msgid == msgid)
    unnamed = mine.where(M.msgid.is_(None), or_(M.state == S.UNKNOWN, M.state == S.SENDING)).order_by(M.asked_at)
    locked = [chosen.limit(1).with_for_update(of=Message) for chosen in (named, unnamed)]
    id = await uow.session.scalar(locked[0]) or await uow.session.scalar(locked[1])
    if id is None:
        return False
    state = S.SENT if errcode == 0 else S.REFUSED
    told = {"state": state, "msgid": msgid, "errcode": errcode or None, "note": None if errcode == 0 else note[:200]}
    once = update(Message).where(M.id == id, or_(M.msgid.is_(None), M.state != state))
    await uow.session.execute(once.values(**told, ended_at=clock.now()))
    return True


async def give_up(uow: UnitOfWork) -> int:
    """Those whose sender died over them: whether they were sent is known to nobody. Answers how many."""
    dead = select(M.id).where(M.state == S.SENDING, M.asked_at <= clock.now() - LONGEST)
    chosen = dead.order_by(M.id).limit(MOST_SWEPT).with_for_update(skip_locked=True)
    gone = {"state": S.UNKNOWN, "ended_at": clock.now(), "note": "没有等到微信的答复"}
    given_up = update(Message).where(M.id.in_(chosen.scalar_subquery())).values(**gone)
    return len((await uow.session.execute(given_up.returning(M.id))).all())
