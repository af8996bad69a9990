"""Points that come and go otherwise than by spending: earned, taken back, given and taken by hand, run out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import SHANGHAI, Forbidden, Invalid, NotFound, UnitOfWork, Viewer, ViewerKind, clean_text, clock
from domain.points import purses
from models.members import Member
from models.points import PointsEntry, PointsEntryKind, PointsLot

ENTRY, LOT = PointsEntry.__table__.c, PointsLot.__table__.c
K = PointsEntryKind
# What one person may give or take at once, and to one member on a day; whoever must do more asks a colleague to look.
MOST_BY_HAND = 20_000
MOST_A_DAY = 50_000
MOST_AT_ONCE = 200


# ------------------------------------------------------------------------------------------------ by orders
async def earn(uow: UnitOfWork, member_id: UUID, order_id: UUID, number: str, points: int, daily_most: int) -> int:
    """What an order brings, as far as the day has room for it; answers how much that is. What is owed is paid first."""
    purse = await purses.opened(uow, member_id)
    points = min(points, daily_most - await _earned_today(uow.session, member_id))
    if points <= 0:
        return 0
    changed = purse.put(points, purses.run_out(clock.now()))
    text = f"订单 {number} 完成" + (f"，其中 {-changed[1]} 抵还欠分" if changed[1] else "")
    purse.tell(K.EARNED, str(order_id), changed, text, order_id=order_id)
    await purses.write(uow, [purse])
    return points


async def _earned_today(session: AsyncSession, member_id: UUID) -> int:
    """Under the lock of the account."""
    began = clock.now().astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = ENTRY.member_id == member_id, ENTRY.kind == K.EARNED, ENTRY.created_at >= began
    return int(await session.scalar(select(func.coalesce(func.sum(ENTRY.amount - ENTRY.debt), 0)).where(*mine)) or 0)


async def take_back(uow: UnitOfWork, member_id: UUID, order_id: UUID, number: str, points: int, nth: str) -> None:
    """Goods of an order went back that had brought so many: what is spent by now is owed, and paid by the next ones.

    `nth` names this taking among those of the order.
    """
    purse = await purses.opened(uow, member_id)
    has = min(points, purse.usable)
    purse.take(has)
    gone = points - has
    # What has run out, and nobody wrote down yet, goes the way it would have gone.
    late = min(gone, purse.balance)
    purse.take(late, expired=True)
    purse.debt += gone - late
    text = f"订单 {number} 退款，收回所得积分" + (f"，另欠 {gone - late}" if gone > late else "")
    purse.tell(K.TAKEN_BACK, f"{order_id}:{nth}", (-has - late, gone - late), text, order_id=order_id)
    await purses.write(uow, [purse])


# ------------------------------------------------------------------------------------------------ by hand
async def adjust(uow: UnitOfWork, viewer: Viewer, member_id: UUID, points: int, reason: str, key: str) -> None:
    """The platform gives a member points, or takes some (below zero). The member reads the reason.

    Told again under the same key it is done once. Invalid beyond the limits, or for more than there are.
    """
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以调整积分")
    reason = clean_text(reason, field="reason", least=2, most=80, label="原因")
    key = clean_text(key, field="idempotencyKey", least=8, most=64, label="幂等键")
    if not 1 <= abs(points) <= MOST_BY_HAND:
        raise Invalid(f"一次可增减 1 到 {MOST_BY_HAND} 积分", field="points")
    if await uow.session.scalar(select(Member.id).where(Member.id == member_id)) is None:
        raise NotFound("用户不存在", field="memberId")
    purse = await purses.opened(uow, member_id)
    if await uow.session.scalar(select(ENTRY.id).where(ENTRY.kind.in_((K.GRANTED, K.TAKEN)), ENTRY.ref == key)):
        return
    await _check_day(uow.session, member_id, points)
    if points > 0:
        changed, kind = purse.put(points, purses.run_out(clock.now())), K.GRANTED
    else:
        if -points > purse.usable:
            raise Invalid(f"该用户只有 {purse.usable} 积分可扣", field="points")
        purse.take(-points)
        changed, kind = (points, 0), K.TAKEN
    purse.tell(kind, key, changed, reason, viewer=viewer)
    await purses.write(uow, [purse])
    about = {"points": points, "reason": reason, "balance": purse.balance}
    await audit.record(uow, viewer, "points.adjust", "member", member_id, about)


async def _check_day(session: AsyncSession, member_id: UUID, points: int) -> None:
    began = clock.now().astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = ENTRY.member_id == member_id, ENTRY.kind.in_((K.GRANTED, K.TAKEN)), ENTRY.created_at >= began
    done = int(await session.scalar(select(func.coalesce(func.sum(func.abs(ENTRY.amount)), 0)).where(*mine)) or 0)
    if done + abs(points) > MOST_A_DAY:
        raise Invalid(f"同一用户一天最多人工增减 {MOST_A_DAY} 积分，今日已 {done}", field="points")


# ------------------------------------------------------------------------------------------------ by time
async def expire(uow: UnitOfWork, member_id: UUID) -> None:
    """What has run out ends. Safe to repeat."""
    purse = (await purses.locked(uow, [member_id])).get(member_id)
    gone = purse.balance - purse.usable if purse else 0
    if purse is None or not gone:
        return
    purse.take(gone, expired=True)
    purse.tell(K.EXPIRED, f"{member_id}:{purse.entries + 1}", (-gone, 0), "积分到期")
    await purses.write(uow, [purse])


async def due(session: AsyncSession, *, most: int = MOST_AT_ONCE) -> Sequence[UUID]:
    """Members with points that have run out."""
    chosen = select(LOT.member_id).where(LOT.left_over > 0, LOT.expires_at <= clock.now())
    return (await session.scalars(chosen.distinct().limit(most))).all()
