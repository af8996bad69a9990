"""What an invited member's first order brings: held for a person, rewarded, missed, lapsed, taken back.

The order counts when it is complete, when no claim about it can be made any more without somebody's fault, and when
enough of its goods was paid and kept. Members are locked first, then the trade, the referral, the programme and the
campaigns of the coupons: of a refund and a reward the one that locks the trade first is seen by the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import aftersales, audit, orders, payments, promotions
from domain.base import (
    SHANGHAI,
    SYSTEM,
    Forbidden,
    NotFound,
    Refusal,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    clean_text,
    clock,
)
from domain.orders.taking import lock as lock_trade
from domain.orders.taking import trade_of
from domain.promotions import CouponsGone
from domain.referrals.binding import REFERRAL, lock_members
from domain.referrals.judging import marks_of, suspicions
from domain.referrals.programmes import PROGRAMME
from domain.referrals.states import REFERRAL_REFUSALS, REFERRAL_STEPS, WENT_BACK, WENT_BACK_HELD, ReferralEvent
from models.aftersales import AfterSale
from models.orders import Order, OrderLine, OrderState
from models.referrals import Missed, Referral, ReferralProgramme, ReferralState

S, E = ReferralState, ReferralEvent
ORDER = Order.__table__.c
# Rounds look at so many at a time, and this far back for orders that went back after their reward.
MOST_AT_ONCE = 200
LOOK_BACK = timedelta(days=180)


# ------------------------------------------------------------------------------------------------ the first order
async def settle(uow: UnitOfWork, id: UUID) -> None:
    """Decides about a bound referral, if an order of the invited member's counts by now. Safe to repeat."""
    referral = await _referral(uow.session, id)
    order_id = await uow.session.scalar(_counting(referral))
    if referral["state"] is not S.BOUND or order_id is None:
        return
    referral, kept = await _locked(uow, referral, order_id)
    programme = await _programme(uow, referral["programme_id"])
    if referral["state"] is not S.BOUND or not await _counts(uow, order_id, kept, programme):
        return
    marks = await marks_of(uow, order_id)
    found = await suspicions(uow, referral, order_id, marks, programme["held_from"])
    about = {"order_id": order_id, "kept": kept, "phone_index": marks[0], "address_index": marks[1]}
    if found:
        await _step(uow, id, E.HOLD, **about, suspicions=found)
    else:
        await _reward(uow, referral, programme, **about)


def _counting(referral: RowDict) -> Any:
    """The invited member's order that is complete and past its claims, the one received first; all of it is looked at
    again under lock.
    """
    mine = (ORDER.member_id == referral["invitee_id"], *_in_time(referral["created_at"], referral["due_at"]))
    chosen = select(ORDER.id).where(*mine, ORDER.state == OrderState.COMPLETED, ORDER.received_at < _received_by())
    chosen = chosen.where(~_disputed(), _kept_sum() >= _least(referral["programme_id"]))
    return chosen.order_by(ORDER.received_at, ORDER.id).limit(1)


def _in_time(bound_at: Any, due_at: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ORDER.paid_at >= bound_at, ORDER.paid_at <= due_at


def _received_by() -> Any:
    """Orders received before that moment are past their claims: `orders.return_deadline`, turned around."""
    today = clock.now().astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=7)


def _disputed() -> ColumnElement[bool]:
    return exists().where(AfterSale.order_id == ORDER.id, AfterSale.state.in_(aftersales.OPEN))


def _kept_sum() -> Any:
    """What was paid for an order's goods and did not go back, nor is on its way back."""
    line = OrderLine.__table__.c
    kept = select(func.coalesce(func.sum(line.payable - line.refunded_amount), 0)).where(line.order_id == ORDER.id)
    return kept.correlate(Order).scalar_subquery()


def _least(programme_id: UUID) -> Any:
    return select(PROGRAMME.least_kept).where(PROGRAMME.id == programme_id).scalar_subquery()


async def _counts(uow: UnitOfWork, order_id: UUID, kept: int, programme: RowDict) -> bool:
    chosen = select(ORDER.state, ORDER.received_at, _disputed().label("disputed")).where(ORDER.id == order_id)
    order = (await uow.session.execute(chosen)).one()
    if order.state is not OrderState.COMPLETED or order.disputed:
        return False
    return kept >= int(programme["least_kept"]) and clock.now() >= orders.return_deadline(order.received_at)


# ------------------------------------------------------------------------------------------------ the desk
async def approve(uow: UnitOfWork, viewer: Viewer, id: UUID, note: str = "") -> None:
    """Gives what was held. What went back meanwhile is refused instead, in the mall's own name."""
    note = clean_text(note, field="note", most=200, label="备注")
    referral, kept = await _held(uow, id)
    programme = await _programme(uow, referral["programme_id"])
    if kept < programme["least_kept"]:
        await _step(uow, id, E.REFUSE, ended_at=clock.now(), reason=WENT_BACK_HELD, decided_by=SYSTEM.name)
        return
    await _reward(uow, referral, programme, kept=kept, reason=note, decided_by=viewer.name[:60])
    await audit.record(uow, viewer, "referral.approve", "referral", id, {"suspicions": list(referral["suspicions"])})


async def refuse(uow: UnitOfWork, viewer: Viewer, id: UUID, reason: str) -> None:
    """Nothing is given; the inviter reads why."""
    reason = clean_text(reason, field="reason", least=2, most=200, label="拒绝原因")
    referral, _ = await _held(uow, id)
    await _step(uow, id, E.REFUSE, ended_at=clock.now(), reason=reason, decided_by=viewer.name[:60])
    about = {"suspicions": list(referral["suspicions"]), "reason": reason}
    await audit.record(uow, viewer, "referral.refuse", "referral", id, about)


async def _held(uow: UnitOfWork, id: UUID) -> tuple[RowDict, int]:
    referral = await _referral(uow.session, id)
    if referral["order_id"] is None:
        raise NotFound("没有待审核的邀请")
    return await _locked(uow, referral, referral["order_id"])


# ------------------------------------------------------------------------------------------------ what went back
async def look_again(uow: UnitOfWork, order_id: UUID) -> None:
    """After a refund of an order: what is held for it is refused, what was given is taken back as far as it is unused,
    if too little of it is kept now. Safe to repeat.
    """
    chosen = select(REFERRAL.id).where(REFERRAL.order_id == order_id, REFERRAL.state.in_((S.HELD, S.REWARDED)))
    id = await uow.session.scalar(chosen)
    if id is None:
        return
    referral, kept = await _locked(uow, await _referral(uow.session, id), order_id)
    programme = await _programme(uow, referral["programme_id"])
    if kept >= programme["least_kept"]:
        return
    if referral["state"] is S.HELD:
        await _step(uow, id, E.REFUSE, ended_at=clock.now(), reason=WENT_BACK_HELD, decided_by=SYSTEM.name)
    elif referral["state"] is S.REWARDED:
        given = [referral[name] for name in ("inviter_coupon_id", "invitee_coupon_id") if referral[name]]
        await promotions.take_back(uow, given)
        await _step(uow, id, E.TAKE_BACK, kept=kept, ended_at=clock.now(), reason=WENT_BACK)


# ------------------------------------------------------------------------------------------------ rewards
async def _reward(uow: UnitOfWork, referral: RowDict, programme: RowDict, **about: Any) -> None:
    """Gives each side its coupon, or notes why not; when there is nothing for either, that is the end of it."""
    limits = await _limits(uow, referral, programme)
    sides = [("inviter", programme["inviter_campaign_id"]), ("invitee", programme["invitee_campaign_id"])]
    given: dict[str, Any] = {}
    for side, campaign_id in sorted(sides, key=lambda each: each[1]):
        missed = limits.get(side) or await _give(uow, referral[f"{side}_id"], campaign_id, given, side)
        given |= {f"{side}_missed": missed} if missed else {}
    now = clock.now()
    if "inviter_coupon_id" in given:
        given["nth"] = await _nth(uow, referral)
    if {"inviter_coupon_id", "invitee_coupon_id"} & given.keys():
        one_more = update(ReferralProgramme).where(PROGRAMME.id == programme["id"])
        await uow.session.execute(one_more.values(rewarded=PROGRAMME.rewarded + 1))
        await _step(uow, referral["id"], E.REWARD, **about, **given, rewarded_at=now, ended_at=now)
    else:
        await _step(uow, referral["id"], E.MISS, **about, **given, ended_at=now)


async def _limits(uow: UnitOfWork, referral: RowDict, programme: RowDict) -> dict[str, Missed]:
    """Which side gets nothing because a limit of the programme is reached."""
    if programme["rewarded"] >= programme["total"]:
        return dict.fromkeys(("inviter", "invitee"), Missed.PROGRAMME_LIMIT)
    mine = REFERRAL.inviter_id == referral["inviter_id"], REFERRAL.nth.is_not(None)
    this = mine[0], mine[1], REFERRAL.programme_id == programme["id"]
    if (await uow.session.scalar(select(func.count()).where(*this)) or 0) >= programme["per_inviter"]:
        return {"inviter": Missed.INVITER_LIMIT}
    began = clock.now().astimezone(SHANGHAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    month = select(func.count()).where(*this, REFERRAL.rewarded_at >= began)
    if (await uow.session.scalar(month) or 0) >= programme["per_month"]:
        return {"inviter": Missed.MONTH_LIMIT}
    return {}


async def _give(uow: UnitOfWork, member_id: UUID, campaign_id: UUID, given: dict[str, Any], side: str) -> Missed | None:
    """Notes the coupon under its side; why there is none otherwise. Refusals come before anything is written."""
    try:
        await promotions.admit(uow, member_id)
        given[f"{side}_coupon_id"] = await promotions.give(uow, member_id, campaign_id)
    except CouponsGone:
        return Missed.COUPONS_GONE
    except TooMany:
        return Missed.COUPON_LIMIT
    except Forbidden:
        return Missed.BLOCKED
    except Refusal:
        return Missed.COUPONS_OVER
    return None


async def _nth(uow: UnitOfWork, referral: RowDict) -> int:
    mine = REFERRAL.programme_id == referral["programme_id"], REFERRAL.inviter_id == referral["inviter_id"]
    return (await uow.session.scalar(select(func.coalesce(func.max(REFERRAL.nth), 0)).where(*mine)) or 0) + 1


# ------------------------------------------------------------------------------------------------ time
async def lapse(uow: UnitOfWork, id: UUID) -> None:
    """Ends a bound referral whose time is over, unless an order paid in time may still count. Safe to repeat."""
    referral = await _referral(uow.session, id)
    await lock_members(uow, referral["inviter_id"], referral["invitee_id"])
    referral = await _referral(uow.session, id, lock=True)
    waits = referral["state"] is S.BOUND and referral["due_at"] > clock.now()
    if referral["state"] is S.BOUND and not waits and not await uow.session.scalar(select(_may_count(referral))):
        await _step(uow, id, E.LAPSE, ended_at=clock.now())


def _may_count(referral: Any) -> Any:
    mine = (ORDER.member_id == referral["invitee_id"], *_in_time(referral["created_at"], referral["due_at"]))
    kept = _kept_sum() >= _least(referral["programme_id"])
    return exists(select(ORDER.id).where(*mine, ORDER.state != OrderState.CLOSED, kept))


async def ready(session: AsyncSession, *, most: int = MOST_AT_ONCE) -> Sequence[UUID]:
    """Bound referrals of which an order counts by now."""
    referral, order = Referral.__table__, Order.__table__
    pairs = referral.join(order, ORDER.member_id == REFERRAL.invitee_id)
    chosen = select(REFERRAL.id).select_from(pairs.join(ReferralProgramme, PROGRAMME.id == REFERRAL.programme_id))
    chosen = chosen.where(REFERRAL.state == S.BOUND, *_in_time(REFERRAL.created_at, REFERRAL.due_at))
    chosen = chosen.where(ORDER.state == OrderState.COMPLETED, ORDER.received_at < _received_by(), ~_disputed())
    chosen = chosen.where(_kept_sum() >= PROGRAMME.least_kept).group_by(REFERRAL.id).order_by(REFERRAL.id)
    return (await session.scalars(chosen.limit(most))).all()


async def overdue(session: AsyncSession, *, most: int = MOST_AT_ONCE) -> Sequence[UUID]:
    """Bound referrals whose time is over and of which no order may count any more."""
    may = exists(
        select(ORDER.id)
        .where(ORDER.member_id == REFERRAL.invitee_id, *_in_time(REFERRAL.created_at, REFERRAL.due_at))
        .where(ORDER.state != OrderState.CLOSED, _kept_sum() >= PROGRAMME.least_kept)
        .correlate(Referral, ReferralProgramme)
    )
    chosen = select(REFERRAL.id).join_from(Referral, ReferralProgramme, PROGRAMME.id == REFERRAL.programme_id)
    chosen = chosen.where(REFERRAL.state == S.BOUND, REFERRAL.due_at <= clock.now(), ~may)
    return (await session.scalars(chosen.order_by(REFERRAL.due_at).limit(most))).all()


async def gone_back(session: AsyncSession, *, most: int = MOST_AT_ONCE) -> Sequence[UUID]:
    """Orders of held and rewarded referrals of which too little is kept: the fact that said so was lost."""
    chosen = select(ORDER.id).join_from(Referral, Order, ORDER.id == REFERRAL.order_id)
    chosen = chosen.join(ReferralProgramme, PROGRAMME.id == REFERRAL.programme_id)
    chosen = chosen.where(REFERRAL.state.in_((S.HELD, S.REWARDED)), ORDER.completed_at >= clock.now() - LOOK_BACK)
    return (await session.scalars(chosen.where(_kept_sum() < PROGRAMME.least_kept).limit(most))).all()


# ------------------------------------------------------------------------------------------------ rows
async def _referral(session: AsyncSession, id: UUID, *, lock: bool = False) -> RowDict:
    chosen = select(*REFERRAL).where(REFERRAL.id == id)
    row = (await session.execute(chosen.with_for_update() if lock else chosen)).mappings().first()
    if row is None:
        raise NotFound("邀请不存在")
    return dict(row)


async def _locked(uow: UnitOfWork, referral: RowDict, order_id: UUID) -> tuple[RowDict, int]:
    """The referral, and what is kept of the order, both as they are under every lock this takes."""
    await lock_members(uow, referral["inviter_id"], referral["invitee_id"])
    await lock_trade(uow, await trade_of(uow.session, order_id))
    held = await _referral(uow.session, referral["id"], lock=True)
    return held, int(await uow.session.scalar(select(_kept_sum()).select_from(Order).where(ORDER.id == order_id)) or 0)


async def _programme(uow: UnitOfWork, id: UUID) -> RowDict:
    """Locked: of two rewards at once the one that comes first has the last place."""
    chosen = select(*PROGRAMME).where(PROGRAMME.id == id).with_for_update(key_share=True)
    return dict((await uow.session.execute(chosen)).mappings().one())


async def _step(uow: UnitOfWork, id: UUID, event: ReferralEvent, **to: Any) -> RowDict:
    return await payments.move(uow.session, Referral, REFERRAL_STEPS, id, event, REFERRAL_REFUSALS[event], **to)
