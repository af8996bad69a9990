"""What ends soon and belongs to a member: told once for each last day, however much of it there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import SHANGHAI, clock
from domain.notices.buyers import last_day
from domain.notices.drafts import Draft
from models.notices import Notice, NoticeKind
from models.orders import Order, OrderState
from models.points import PointsLot
from models.promotions import Coupon, CouponState

K = NoticeKind
# How long before the end it is told, and how much of it at once.
COUPON_SOON, POINTS_SOON, BALANCE_SOON = timedelta(days=1), timedelta(days=7), timedelta(days=1)
MOST = 500


async def ending(session: AsyncSession) -> Sequence[Draft]:
    """The next members to be told of something that ends soon and of which they were not told."""
    now = clock.now()
    return [*await _coupons(session, now), *await _points(session, now), *await _balances(session, now)]


def _day(ends: Any) -> Any:
    """The last day, as Zhaotong counts days: the end is the first moment that is too late."""
    return cast(func.timezone("Asia/Shanghai", ends - timedelta(microseconds=1)), Date)


def _untold(member: Any, what: str, key: Any) -> ColumnElement[bool]:
    told = select(Notice.id).where(Notice.member_id == member, Notice.source == func.concat(f"{what}:", key))
    return ~told.exists()


async def _coupons(session: AsyncSession, now: datetime) -> Sequence[Draft]:
    ends = Coupon.valid_until
    day = _day(ends)
    chosen = select(Coupon.member_id, day, func.count(), func.max(ends)).where(Coupon.state == CouponState.HELD)
    chosen = chosen.where(ends > now, ends <= now + COUPON_SOON, _untold(Coupon.member_id, "coupons", day))
    rows = (await session.execute(chosen.group_by(Coupon.member_id, day).limit(MOST))).all()
    return [
        Draft(
            *(None, K.COUPONS_ENDING, f"coupons:{on}", "优惠券即将到期"),
            f"您有 {many} 张优惠券将于 {last_day(until)}到期，请及时使用",
            *(None, member),
        )
        for member, on, many, until in rows
    ]


async def _points(session: AsyncSession, now: datetime) -> Sequence[Draft]:
    ends = PointsLot.expires_at
    day = _day(ends)
    chosen = select(PointsLot.member_id, day, func.sum(PointsLot.left_over), func.max(ends))
    chosen = chosen.where(PointsLot.left_over > 0, ends > now, ends <= now + POINTS_SOON)
    chosen = chosen.where(_untold(PointsLot.member_id, "points", day))
    rows = (await session.execute(chosen.group_by(PointsLot.member_id, day).limit(MOST))).all()
    return [
        Draft(
            *(None, K.POINTS_ENDING, f"points:{on}", "积分即将到期"),
            f"您有 {many} 积分将于 {last_day(until)}到期，下单时可抵现",
            *(None, member),
        )
        for member, on, many, until in rows
    ]


async def _balances(session: AsyncSession, now: datetime) -> Sequence[Draft]:
    ends = Order.expires_at
    chosen = select(Order.id, Order.member_id, Order.number, ends).where(Order.state == OrderState.AWAITING_BALANCE)
    chosen = chosen.where(ends > now, ends <= now + BALANCE_SOON, _untold(Order.member_id, "balance", Order.id))
    return [
        Draft(
            *(None, K.BALANCE_ENDING, f"balance:{id}", "预售尾款即将截止"),
            f"订单 {number} 的尾款请在 {until.astimezone(SHANGHAI):%m 月 %d 日 %H:%M} 前支付，逾期订单将关闭",
            *(id, member),
        )
        for id, member, number, until in (await session.execute(chosen.limit(MOST))).all()
    ]
