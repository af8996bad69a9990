"""Claiming coupons: seen by everybody, or by a code; there are only so many of each, and for each member only so many.

Claims of one offer take turns at its row, so both limits are exact; constraints say the same once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, select, update

from domain import bulk
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
    public = (CAMPAIGN.id == campaign_id) & OFFER.code.is_(None) & ~OFFER.by_event
    return await _claim(uow, viewer, public, "campaignId")


async def claim_by_code(uow: UnitOfWork, viewer: Viewer, code: str) -> UUID:
    """As `claim_coupon`, for an offer whose code the member knows."""
    code = clean_text(code, field="code", least=4, most=20, label="领券口令").upper()
    return await _claim(uow, viewer, OFFER.code == code, "code")


async def _claim(uow: UnitOfWork, viewer: Viewer, which: ColumnElement[bool], field: str) -> UUID:
    await admit(uow, viewer.member_id)
    row = await _locked(uow, which)
    if row is None or row["state"] == CampaignState.DRAFT:
        raise NotFound("优惠券不存在", field=field)
    return await _hand_out(uow, viewer.member_id, row)


async def give(uow: UnitOfWork, member_id: UUID, campaign_id: UUID) -> UUID:
    """Gives the member one coupon of an offer that is given by events; answers its id.

    All limits hold as for claiming, and so do the refusals, which come before anything is written. Whoever gives to
    several members locks them first, in the order of their ids (`admit`), and gives in the order of the campaigns'.
    """
    row = await _locked(uow, (CAMPAIGN.id == campaign_id) & OFFER.by_event)
    if row is None or row["state"] == CampaignState.DRAFT:
        raise NotFound("优惠券不存在", field="campaignId")
    return await _hand_out(uow, member_id, row)


TAKE_BACK = """
WITH taken AS (
    UPDATE coupons SET state = 'EXPIRED', valid_until = $2
    WHERE id = ANY($1::uuid[]) AND state = 'HELD' RETURNING id, campaign_id
), unused AS (
    SELECT campaign_id, count(*) AS many FROM taken WHERE NOT EXISTS (
        SELECT FROM order_line_shares s
        WHERE s.source = taken.id AND s.kind IN ('MERCHANT_COUPON', 'PLATFORM_COUPON')
    ) GROUP BY campaign_id
), freed AS (
    UPDATE campaigns SET promised_fen = promised_fen - unused.many * (
        SELECT CASE WHEN off > 0 THEN off ELSE most END FROM coupon_offers WHERE campaign_id = campaigns.id
    ) FROM unused WHERE campaigns.id = unused.campaign_id
)
SELECT id FROM taken
"""


async def take_back(uow: UnitOfWork, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Ends coupons that were given and are still held; answers which. One that was used stays with its order.

    What was set aside for them is free again, unless an order ever used one: its late money takes it again.
    """
    campaign = select(COUPON.campaign_id).where(COUPON.id.in_(ids))
    lock = select(CAMPAIGN.id).where(CAMPAIGN.id.in_(campaign)).order_by(CAMPAIGN.id).with_for_update(key_share=True)
    await uow.session.execute(lock)
    return frozenset(row["id"] for row in await bulk.run(uow.session, TAKE_BACK, list(ids), clock.now()))


async def _locked(uow: UnitOfWork, which: ColumnElement[bool]) -> RowDict | None:
    chosen = select(*CAMPAIGN, *(each for each in OFFER if each.name != "campaign_id"))
    joined = chosen.join_from(Campaign, CouponOffer, OFFER.campaign_id == CAMPAIGN.id).where(which)
    found = (await uow.session.execute(joined.with_for_update())).mappings().first()
    return dict(found) if found else None


async def _hand_out(uow: UnitOfWork, member_id: UUID, row: RowDict) -> UUID:
    now = clock.now()
    _open(row, now)
    nth = await _next(uow, member_id, row)
    await _count(uow, row)
    id = new_id()
    values = {
        "id": id,
        "campaign_id": row["id"],
        "member_id": member_id,
        "nth": nth,
        "state": CouponState.HELD,
        "valid_until": _valid_until(row, now),
        "created_at": now,
    }
    await uow.session.execute(insert(Coupon).values(values))
    return id


async def admit(uow: UnitOfWork, member_id: UUID) -> None:
    """One claim of a member at a time; members first, as everywhere. Forbidden and TooMany for who may have none."""
    mine = select(Member.blocked_at).where(Member.id == member_id).with_for_update(key_share=True)
    found = (await uow.session.execute(mine)).first()
    if found is None:
        raise NotFound("用户不存在")
    if found.blocked_at is not None:
        raise Forbidden("账号已被限制，请联系客服")
    holds = select(func.count()).where(COUPON.member_id == member_id, COUPON.state == CouponState.HELD)
    if (await uow.session.scalar(holds) or 0) >= MOST_HELD:
        raise TooMany(f"最多同时持有 {MOST_HELD} 张优惠券，请先使用")


def _open(row: RowDict, now: datetime) -> None:
    if row["state"] == CampaignState.STOPPED or row["ends_at"] <= now:
        raise Conflict("领取已结束")
    if row["starts_at"] > now:
        raise Conflict("领取尚未开始")
    if row["claimed"] >= row["total"]:
        raise CouponsGone("优惠券已领完")


async def _next(uow: UnitOfWork, member_id: UUID, row: RowDict) -> int:
    """Which of the offer's this would be for the member."""
    had = select(func.count()).where(COUPON.campaign_id == row["id"], COUPON.member_id == member_id)
    nth = (await uow.session.scalar(had) or 0) + 1
    if nth > row["per_member"]:
        raise TooMany(f"每人限领 {row['per_member']} 张，您已领取")
    if row["audience"] == CampaignAudience.NEW_BUYERS and await uow.session.scalar(_bought(member_id)):
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
