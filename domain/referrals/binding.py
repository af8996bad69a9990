"""Who may be invited, and by whom: a new member who never ordered, by the first inviter, once and for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.base import SHANGHAI, Conflict, Forbidden, NotFound, RowDict, TooMany, UnitOfWork, Viewer, clock
from domain.referrals.programmes import PROGRAMME
from domain.referrals.scenes import CHANNEL, INVITER, SceneKind, device_index, parsed
from domain.referrals.states import NotInvitable
from models.base import new_id
from models.members import Member
from models.orders import Order, OrderState
from models.referrals import ChannelMember, ProgrammeState, Referral

REFERRAL = Referral.__table__.c
# What one member may bind in a day: more is a machine.
MOST_A_DAY = 50
# So long after registering a member counts as having come by a channel.
CHANNEL_DAYS = 7
NOT_NOW = "邀请活动尚未开始或已结束"


async def accept(uow: UnitOfWork, viewer: Viewer, text: str, device: str = "") -> UUID | None:
    """Binds the viewer to what the scene names: to an inviter (the referral's id), or to a channel (None).

    Said again it changes nothing. NotInvitable says why not; NotFound for a code that is none, Conflict outside of any
    programme. Of two inviters at once the one whose transaction locks the invited member first has him.
    """
    scene = parsed(text)
    if scene.kind is SceneKind.CHANNEL:
        await _note_channel(uow, viewer, scene.code)
        return None
    inviter_id = await uow.session.scalar(select(INVITER.member_id).where(INVITER.code == scene.code))
    if inviter_id is None:
        raise NotFound("邀请码不存在", field="scene")
    if inviter_id == viewer.member_id:
        raise NotInvitable("不能邀请自己", field="scene")
    people = await lock_members(uow, inviter_id, viewer.member_id)
    if (known := await _known(uow, viewer, inviter_id)) is not None:
        return known
    programme = await running(uow)
    await _admit(uow, people[viewer.member_id], people[inviter_id], programme)
    await _not_too_many(uow, inviter_id)
    return await _bind(uow, viewer, inviter_id, programme, device_index(device))


async def lock_members(uow: UnitOfWork, *ids: UUID) -> Mapping[UUID, RowDict]:
    """The members, locked in one order everywhere, as by whoever places an order."""
    table = Member.__table__.c
    names = ("id", "created_at", "unionid", "phone_index", "blocked_at")
    chosen = select(*(table[name] for name in names)).where(table.id.in_(ids)).order_by(table.id)
    rows = (await uow.session.execute(chosen.with_for_update(key_share=True))).mappings()
    return {row["id"]: dict(row) for row in rows}


async def running(uow: UnitOfWork) -> RowDict:
    """The programme that holds now; Conflict when there is none."""
    now = clock.now()
    chosen = select(*PROGRAMME).where(PROGRAMME.state == ProgrammeState.RUNNING)
    chosen = chosen.where(PROGRAMME.starts_at <= now, PROGRAMME.ends_at > now).with_for_update(read=True)
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        raise Conflict(NOT_NOW)
    return dict(row)


async def _known(uow: UnitOfWork, viewer: Viewer, inviter_id: UUID) -> UUID | None:
    """The referral of who is bound already, to this inviter; NotInvitable when it is another one."""
    mine = select(REFERRAL.id, REFERRAL.inviter_id).where(REFERRAL.invitee_id == viewer.member_id)
    row = (await uow.session.execute(mine)).first()
    if row is None:
        return None
    if row.inviter_id != inviter_id:
        raise NotInvitable("您已接受过别人的邀请，不能更换邀请人", field="scene")
    id: UUID = row.id
    return id


async def _admit(uow: UnitOfWork, me: RowDict, inviter: RowDict, programme: RowDict) -> None:
    if me["blocked_at"] is not None:
        raise Forbidden("账号已被限制，请联系客服")
    if inviter["blocked_at"] is not None:
        raise NotFound("邀请码已失效", field="scene")
    if me["created_at"] + timedelta(days=programme["bind_days"]) <= clock.now():
        raise NotInvitable(f"仅限注册 {programme['bind_days']} 天内的新用户接受邀请", field="scene")
    if _same_person(me, inviter):
        raise NotInvitable("不能邀请自己", field="scene")
    if await uow.session.scalar(select(_ordered(me["id"]))):
        raise NotInvitable("仅限从未下过单的新用户接受邀请", field="scene")
    mutual = select(REFERRAL.id).where(REFERRAL.inviter_id == me["id"], REFERRAL.invitee_id == inviter["id"])
    if await uow.session.scalar(mutual):
        raise NotInvitable("对方是您邀请来的，不能互相邀请", field="scene")


def _same_person(me: RowDict, inviter: RowDict) -> bool:
    """By what WeChat says of both, and by their phones. Phones are unique among members; nobody relies on it here."""
    return any(me[name] is not None and me[name] == inviter[name] for name in ("unionid", "phone_index"))


def _ordered(member_id: UUID) -> Any:
    """An order that was ever paid, or still waits for it. One that was never paid is none."""
    order = Order.__table__.c
    living = order.paid_at.is_not(None) | (order.state != OrderState.CLOSED)
    return exists(select(order.id).where(order.member_id == member_id, living))


async def _not_too_many(uow: UnitOfWork, inviter_id: UUID) -> None:
    today = select(func.count()).where(REFERRAL.inviter_id == inviter_id, REFERRAL.created_at >= day_began())
    if (await uow.session.scalar(today) or 0) >= MOST_A_DAY:
        raise TooMany("邀请人今天的邀请已达上限，请明天再来")


def day_began() -> datetime:
    """When today began in Shanghai."""
    return datetime.combine(clock.today(), time(0), SHANGHAI)


async def _bind(uow: UnitOfWork, viewer: Viewer, inviter_id: UUID, programme: RowDict, device: bytes | None) -> UUID:
    now = clock.now()
    row = {"id": new_id(), "programme_id": programme["id"], "inviter_id": inviter_id, "invitee_id": viewer.member_id}
    row |= {"due_at": now + timedelta(days=programme["order_days"]), "device_index": device, "created_at": now}
    await uow.session.execute(insert(Referral).values(row))
    id: UUID = row["id"]
    return id


async def _note_channel(uow: UnitOfWork, viewer: Viewer, code: str) -> None:
    """The channel by which a new member first came; who is no new one, or came by another, is not counted."""
    open_one = select(CHANNEL.id).where(CHANNEL.code == code, CHANNEL.closed_at.is_(None))
    channel_id = await uow.session.scalar(open_one)
    if channel_id is None:
        raise NotFound("二维码已失效", field="scene")
    me = (await lock_members(uow, viewer.member_id))[viewer.member_id]
    new = me["created_at"] + timedelta(days=CHANNEL_DAYS) > clock.now()
    if not new or await uow.session.scalar(select(_ordered(viewer.member_id))):
        return
    row = {"member_id": viewer.member_id, "channel_id": channel_id, "created_at": clock.now()}
    await uow.session.execute(upsert(ChannelMember).values(row).on_conflict_do_nothing(index_elements=["member_id"]))
