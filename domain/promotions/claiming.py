"""Claiming coupons: seen by everybody, or by a code; there are only so many of each, and for each member only so many.

Claims of one offer take turns at its row, so both limits are exact; constraints say the same once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, select, update

from domain.base import Conflict, Forbidden, NotFound, Refusal, RowDict, TooMany, UnitOfWork, Viewer, clean_text, clock
from domain.promotions.campaigns import CAMPAIGN, terms
from domain.promotions.holding import MOST_HELD
from models.base import new_id
from models.members import Member
from models.orders import Order
from models.promotions import Campaign, CampaignAudience, CampaignState, Coupon, CouponOffer, CouponState

OFFER = CouponOffer.__table__.c
COUPON = Coupon.__table__.c


class CouponsGone(Refusal):
    """All coupons of the offer were claimed, or its budget is spent."""

    code = "COUPONS_GONE"


async def claim_coupon(uow: UnitOfWork, viewer: Viewer, campaign_id: UUID) -> UUID:
    """Gives the member one coupon of an offer that everybody sees; answers its id.

    WrongState outside of its time, CouponsGone, TooMany when the member has had his, Forbidden when it is for others.
    """
    return await _claim(uow, viewer, (CAMPAIGN.id == campaign_id) & OFFER.code.is_(None), "campaignId")


async def claim_by_code(uow: UnitOfWork, viewer: Viewer, code: str) -> UUID:
    """As `claim_coupon`, for an offer whose code the member knows."""
    code = clean_text(code, field="code", least=4, most=20, label="领券口令").upper()
    return await _claim(uow, viewer, OFFER.code == code, "code")


async def _claim(uow: UnitOfWork, viewer: Viewer, which: ColumnElement[bool], field: str) -> UUID:
    await _admit(uow, viewer)
    chosen = select(*CAMPAIGN, *(each for each in OFFER if each.name != "campaign_id"))
    joined = chosen.join_from(Campaign, CouponOffer, OFFER.campaign_id == CAMPAIGN.id).where(which)
    found = (await uow.session.execute(joined.with_for_update())).mappings().first()
    if found is None or found["state"] == CampaignState.DRAFT:
        raise NotFound("优惠券不存在", field=field)
    row = dict(found)
    now = clock.now()
    _open(row, now)
    nth = await _next(uow, viewer, row)
    await _count(uow, row)
    id = new_id()
    values = {
        "id": id,
        "campaign_id": row["id"],
        "member_id": viewer.member_id,
        "nth": nth,
        "state": CouponState.HELD,
        "valid_until": _valid_until(row, now),
        "created_at": now,
    }
    await uow.session.execute(insert(Coupon).values(values))
    return id


async def _admit(uow: UnitOfWork, viewer: Viewer) -> None:
    """One claim of a member at a time; members first, as everywhere."""
    mine = select(Member.blocked_at).where(Member.id == viewer.member_id).with_for_update(key_share=True)
    found = (await uow.session.execute(mine)).first()
    if found is None:
        raise NotFound("用户不存在")
    if found.blocked_at is not None:
        raise Forbidden("账号已被限制，请联系客服")
    holds = select(func.count()).where(COUPON.member_id == viewer.member_id, COUPON.state == CouponState.HELD)
    if (await uow.session.scalar(holds) or 0) >= MOST_HELD:
        raise TooMany(f"最多同时持有 {MOST_HELD} 张优惠券，请先使用")


def _open(row: RowDict, now: datetime) -> None:
    if row["state"] == CampaignState.STOPPED or row["ends_at"] <= now:
        raise Conflict("领取已结束")
    if row["starts_at"] > now:
        raise Conflict("领取尚未开始")
    if row["claimed"] >= row["total"]:
        raise CouponsGone("优惠券已领完")


async def _next(uow: UnitOfWork, viewer: Viewer, row: RowDict) -> int:
    """Which of the offer's this would be for the member."""
    had = select(func.count()).where(COUPON.campaign_id == row["id"], COUPON.member_id == viewer.member_id)
    nth = (await uow.session.scalar(had) or 0) + 1
    if nth > row["per_member"]:
        raise TooMany(f"每人限领 {row['per_member']} 张，您已领取")
    if row["audience"] == CampaignAudience.NEW_BUYERS and await uow.session.scalar(_bought(viewer.member_id)):
        raise Forbidden("仅限尚未购买过的新用户领取")
    return nth


def _bought(member_id: UUID) -> Any:
    return select(exists(select(Order.id).where(Order.member_id == member_id, Order.paid_at.is_not(None))))


async def _count(uow: UnitOfWork, row: RowDict) -> None:
    """One more is out; what it can cost at most is set aside from the budget."""
    worst = terms(row).worst
    if row["budget_fen"] is not None and row["promised_fen"] + worst > row["budget_fen"]:
        raise CouponsGone("优惠券已领完")
    one_more = update(CouponOffer).where(OFFER.campaign_id == row["id"]).values(claimed=OFFER.claimed + 1)
    await uow.session.execute(one_more)
    aside = update(Campaign).where(CAMPAIGN.id == row["id"]).values(promised_fen=CAMPAIGN.promised_fen + worst)
    await uow.session.execute(aside)


def _valid_until(row: RowDict, now: datetime) -> datetime:
    if row["valid_until"] is not None:
        until: datetime = row["valid_until"]
        return until
    return now + timedelta(days=row["valid_days"])
