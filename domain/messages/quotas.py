"""How many messages a member allows: one acceptance is one message, as WeChat counts; never fewer than none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import UnitOfWork, Viewer, among, clock
from domain.messages.kinds import kind_under, templates
from models.members import Member
from models.messages import MessageAnswer, MessageKind, MessageQuota

Q = MessageQuota.__table__.c
# WeChat repeats a push within minutes; what it told is known for so long.
REMEMBERED = timedelta(days=30)
MOST_FORGOTTEN = 5_000


class Told(StrEnum):
    """Where a member answers: asked by a page of ours, or in WeChat's own settings, which only takes away."""

    POPUP = "POPUP"
    CHANGE = "CHANGE"


class Choice(NamedTuple):
    kind: MessageKind
    template_id: str
    left: int


# ------------------------------------------------------------------------------------------------ filling
async def record_answers(
    uow: UnitOfWork, openid: str, told: Told, told_at: datetime, answers: Mapping[str, bool]
) -> int:
    """Counts what WeChat told of one member's answers by template id; told again it changes nothing.

    `told_at` is WeChat's. Answers how many of them were new; templates and people we do not know are nobody's.
    """
    member_id = await uow.session.scalar(select(Member.id).where(Member.openid == openid))
    known = {kind: accepted for id, accepted in answers.items() if (kind := kind_under(id)) is not None}
    if member_id is None:
        return 0
    new = 0
    # In one order, so that two pushes about one member wait for each other and for nothing else.
    for kind, accepted in sorted(known.items()):
        row = {"member_id": member_id, "kind": kind, "event": told, "told_at": told_at, "accepted": accepted}
        added = insert(MessageAnswer).values(**row, created_at=clock.now()).on_conflict_do_nothing()
        if await uow.session.scalar(added.returning(MessageAnswer.kind)) is None:
            continue
        new += 1
        if accepted and told is Told.POPUP:
            await _grant(uow, member_id, kind, told_at)
        elif not accepted and told is Told.CHANGE:
            await _switch_off(uow, member_id, kind, told_at)
    return new


async def _grant(uow: UnitOfWork, member_id: UUID, kind: MessageKind, told_at: datetime) -> None:
    """One more, unless the member switched the kind off after saying yes and we hear of it in the wrong order."""
    new = insert(MessageQuota).values(member_id=member_id, kind=kind, granted=1, used=0)
    granted = new.on_conflict_do_update(
        index_elements=["member_id", "kind"],
        set_={"granted": Q.granted + 1},
        where=or_(Q.switched_off_at.is_(None), Q.switched_off_at <= told_at),
    )
    await uow.session.execute(granted)


async def _switch_off(uow: UnitOfWork, member_id: UUID, kind: MessageKind, told_at: datetime) -> None:
    """None is left of what was accepted before; an acceptance that WeChat tells of later begins anew."""
    now = clock.now()
    new = insert(MessageQuota).values(
        member_id=member_id, kind=kind, granted=0, used=0, emptied_at=now, switched_off_at=told_at
    )
    latest = func.greatest(Q.switched_off_at, told_at)
    off = {"used": Q.granted, "emptied_at": now, "switched_off_at": latest}
    await uow.session.execute(new.on_conflict_do_update(index_elements=["member_id", "kind"], set_=off))


# ------------------------------------------------------------------------------------------------ spending
async def take(uow: UnitOfWork, kind: MessageKind, member_ids: Sequence[UUID], spared: int) -> set[UUID]:
    """Takes one of each of these members who has more than `spared`; answers of whom. Of two who want the last one,
    the first to lock it has it.
    """
    mine = (Q.kind == kind, among(MessageQuota, "member_id", member_ids), Q.granted - Q.used > spared)
    locked = select(Q.member_id).where(*mine).order_by(Q.member_id).with_for_update()
    having = (await uow.session.scalars(locked)).all()
    if having:
        one_less = update(MessageQuota).where(Q.kind == kind, among(MessageQuota, "member_id", having))
        await uow.session.execute(one_less.values(used=Q.used + 1))
    return set(having)


async def give_back(uow: UnitOfWork, member_id: UUID, kind: MessageKind, taken_at: datetime) -> None:
    """What was taken and certainly not spent is there again, unless the quota was found empty since."""
    mine = (Q.member_id == member_id, Q.kind == kind, Q.used > 0)
    since = or_(Q.emptied_at.is_(None), Q.emptied_at < taken_at)
    await uow.session.execute(update(MessageQuota).where(*mine, since).values(used=Q.used - 1))


async def empty(uow: UnitOfWork, member_id: UUID, kind: MessageKind) -> None:
    """WeChat says that nothing is left, and WeChat counts."""
    mine = (Q.member_id == member_id, Q.kind == kind)
    await uow.session.execute(update(MessageQuota).where(*mine).values(used=Q.granted, emptied_at=clock.now()))


# ------------------------------------------------------------------------------------------------ reading
async def choices(session: AsyncSession, viewer: Viewer) -> Sequence[Choice]:
    """The kinds a member may be asked for, in their order, and how many of each are left."""
    mine = select(Q.kind, Q.granted - Q.used).where(Q.member_id == viewer.member_id)
    left = {kind: many for kind, many in (await session.execute(mine)).all()}
    known = templates()
    return [Choice(kind, known[kind], left.get(kind, 0)) for kind in MessageKind if kind in known]


async def forget_answers(uow: UnitOfWork) -> int:
    """Takes away what WeChat told long ago, some thousand at once; answers how many."""
    old = MessageAnswer.created_at <= clock.now() - REMEMBERED
    row = (MessageAnswer.member_id, MessageAnswer.kind, MessageAnswer.event, MessageAnswer.told_at)
    chosen = select(*row).where(old).limit(MOST_FORGOTTEN).subquery()
    same = [own == other for own, other in zip(row, chosen.c, strict=True)]
    gone = await uow.session.execute(delete(MessageAnswer).where(*same).returning(MessageAnswer.kind))
    return len(gone.all())
