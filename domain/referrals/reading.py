"""Inviting as members and the platform read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Integer, Select, String, Uuid, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clock, page_offset, page_size, pick
from domain.referrals.binding import REFERRAL
from domain.referrals.programmes import PROGRAMME
from domain.referrals.scenes import CHANNEL, INVITER, SceneKind, parsed
from domain.statements import NO_COLUMNS, OneBy, Statement
from models.members import Member
from models.orders import Order, OrderState
from models.referrals import Channel, Inviter, ProgrammeState, Referral, ReferralProgramme, ReferralState

ORDER = Order.__table__.c
NONE = "邀请不存在"

programmes_by_id = OneBy(ReferralProgramme.__table__, "id")
channels_by_id = OneBy(Channel.__table__, "id")
_shown = func.concat(func.left(Member.nickname, 1), "**").label("shown_as")
#: A member as others see one: `shown_as`.
shown_members_by_id = OneBy(select(Member.id, _shown).subquery("shown_people"), "id")


#: Whether the invited member has paid in time for an order that is not closed.
_paid = exists(
    select(ORDER.id)
    .where(ORDER.member_id == REFERRAL.invitee_id, ORDER.paid_at >= REFERRAL.created_at)
    .where(ORDER.paid_at <= REFERRAL.due_at, ORDER.state != OrderState.CLOSED)
    .correlate(Referral)
)
#: Referrals as both sides see them: with `paid`.
_SEEN = select(*REFERRAL, _paid.label("paid")).subquery("seen_referrals")
SEEN = _SEEN.c


# ------------------------------------------------------------------------------------------------ members
def _running(columns: Columns) -> Select[Any]:
    now = bindparam("now", type_=DateTime(timezone=True))
    chosen = select(*pick(ReferralProgramme, columns, "id")).where(PROGRAMME.state == ProgrammeState.RUNNING)
    return chosen.where(PROGRAMME.starts_at <= now, PROGRAMME.ends_at > now)


RUNNING = Statement(ReferralProgramme.__table__, _running)


async def running_now(session: AsyncSession, columns: Columns) -> RowDict | None:
    """The programme that holds now."""
    return await RUNNING.first(session, columns, now=clock.now())


def _of_code(columns: Columns) -> Select[Any]:
    return select(*pick(Inviter, columns, "member_id")).where(INVITER.code == bindparam("code", type_=String))


OF_CODE = Statement(Inviter.__table__, _of_code)


async def inviter_of(session: AsyncSession, text: str) -> RowDict | None:
    """Whose code the scene is; None for a channel's, and for one that is nobody's."""
    scene = parsed(text)
    if scene.kind is not SceneKind.INVITER:
        return None
    return await OF_CODE.first(session, NO_COLUMNS, code=scene.code)


def _my_inviter(columns: Columns) -> Select[Any]:
    return select(*pick(Inviter, columns, "member_id")).where(INVITER.member_id == bindparam("member_id", type_=Uuid))


MY_INVITER = Statement(Inviter.__table__, _my_inviter)


async def my_inviter(session: AsyncSession, viewer: Viewer, columns: Columns) -> RowDict | None:
    """The viewer's own code and picture, once asked for."""
    return await MY_INVITER.first(session, columns, member_id=viewer.member_id)


def _seen(columns: Columns) -> Select[Any]:
    return select(*(SEEN[name] for name in sorted(columns | {"id"}) if name in SEEN))


def _invited(columns: Columns) -> Select[Any]:
    mine = _seen(columns).where(SEEN.inviter_id == bindparam("member_id", type_=Uuid))
    ordered = mine.order_by(SEEN.created_at.desc(), SEEN.id.desc())
    return ordered.offset(bindparam("skip", type_=Integer)).limit(bindparam("first", type_=Integer))


def _accepted(columns: Columns) -> Select[Any]:
    return _seen(columns).where(SEEN.invitee_id == bindparam("member_id", type_=Uuid))


INVITED, ACCEPTED = Statement(_SEEN, _invited), Statement(_SEEN, _accepted)


async def of_inviter(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """Whom the viewer has invited, the newest first."""
    bounds = {"skip": page_offset(page, size), "first": page_size(size, field="size")}
    rows = await INVITED.rows(session, columns, member_id=viewer.member_id, **bounds)
    total = await session.scalar(select(func.count()).where(REFERRAL.inviter_id == viewer.member_id))
    return list(rows), total or 0


async def of_invitee(session: AsyncSession, viewer: Viewer, columns: Columns) -> RowDict | None:
    """The invitation the viewer has accepted."""
    return await ACCEPTED.first(session, columns, member_id=viewer.member_id)


# ------------------------------------------------------------------------------------------------ the console
async def page_of_programmes(
    session: AsyncSession, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    chosen = select(*pick(ReferralProgramme, columns, "id")).order_by(PROGRAMME.created_at.desc(), PROGRAMME.id.desc())
    bounded = chosen.offset(page_offset(page, size)).limit(page_size(size, field="size"))
    rows = (await session.execute(bounded)).mappings()
    total = await session.scalar(select(func.count()).select_from(ReferralProgramme))
    return [dict(row) for row in rows], total or 0


async def page_of_channels(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[list[RowDict], int]:
    """Channels, those in use first."""
    chosen = select(*pick(Channel, columns, "id"))
    chosen = chosen.order_by(CHANNEL.closed_at.is_not(None), CHANNEL.created_at.desc(), CHANNEL.id.desc())
    bounded = chosen.offset(page_offset(page, size)).limit(page_size(size, field="size"))
    rows = (await session.execute(bounded)).mappings()
    total = await session.scalar(select(func.count()).select_from(Channel))
    return [dict(row) for row in rows], total or 0


async def page_of_referrals(
    session: AsyncSession, state: ReferralState | None, page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    """Referrals in a state, or all; what waits for the desk with the oldest first, all else with the newest."""
    where = () if state is None else (REFERRAL.state == state,)
    order: tuple[Any, ...] = (REFERRAL.created_at.desc(), REFERRAL.id.desc())
    if state is ReferralState.HELD:
        order = REFERRAL.created_at, REFERRAL.id
    return await _page(session, where, order, page, size, columns)


async def access(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """A referral for the platform; to everybody else there is none."""
    row = (await referrals_by_id(session, [id], columns | {"id"})).get(id)
    if row is None or viewer.kind is not ViewerKind.PLATFORM:
        raise NotFound(NONE)
    return row


referrals_by_id = OneBy(Referral.__table__, "id")


async def _page(
    session: AsyncSession, where: Sequence[Any], order: Sequence[Any], page: int, size: int, columns: Columns
) -> tuple[list[RowDict], int]:
    chosen = select(*pick(Referral, columns, "id")).where(*where).order_by(*order)
    bounded = chosen.offset(page_offset(page, size)).limit(page_size(size, field="size"))
    rows = (await session.execute(bounded)).mappings()
    total = await session.scalar(select(func.count()).select_from(Referral).where(*where))
    return [dict(row) for row in rows], total or 0
