"""Campaigns and coupons as buyers, shops and the platform read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Integer, Select, String, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, clock, page_offset, page_size, pick
from domain.promotions.campaigns import CAMPAIGN, owner_of
from domain.promotions.claiming import COUPON, OFFER
from domain.statements import NO_COLUMNS, ManyBy, OneBy, Statement
from models.pricing import OrderLineShare, ShareKind
from models.promotions import (
    ApplicationState,
    Campaign,
    CampaignApplication,
    CampaignKind,
    CampaignState,
    Coupon,
    CouponOffer,
    CouponState,
    ReductionStep,
)

campaigns_by_id = OneBy(Campaign.__table__, "id")
offers_by_campaign = OneBy(CouponOffer.__table__, "campaign_id")
steps_by_campaign = ManyBy(ReductionStep.__table__, "campaign_id", order_by=("threshold",))


# ------------------------------------------------------------------------------------------------ to be claimed
def _claimable(_: Columns) -> Select[Any]:
    """Offers that everybody may claim now, with how many of each the member has had."""
    had = select(func.count()).where(
        COUPON.campaign_id == CAMPAIGN.id, COUPON.member_id == bindparam("member_id", type_=Uuid)
    )
    now = bindparam("now", type_=DateTime(timezone=True))
    chosen = select(CAMPAIGN.id, had.correlate(Campaign).scalar_subquery().label("had"))
    chosen = chosen.join_from(Campaign, CouponOffer, OFFER.campaign_id == CAMPAIGN.id).where(
        CAMPAIGN.state == CampaignState.PUBLISHED,
        CAMPAIGN.kind == CampaignKind.COUPON,
        CAMPAIGN.starts_at <= now,
        CAMPAIGN.ends_at > now,
        OFFER.code.is_(None),
        ~OFFER.by_event,
    )
    shop = bindparam("shop", type_=Uuid)
    entry = CampaignApplication.__table__.c
    taken = (entry.campaign_id == CAMPAIGN.id) & (entry.merchant_id == shop)
    there = select(entry.id).where(taken, entry.state == ApplicationState.ACCEPTED).correlate(Campaign).exists()
    general = CAMPAIGN.merchant_id.is_(None) & (CAMPAIGN.apply_until.is_(None) | there)
    return chosen.where(shop.is_(None) | (CAMPAIGN.merchant_id == shop) | general)


def _page(columns: Columns) -> Select[Any]:
    found = _claimable(columns).add_columns(*(CAMPAIGN[name] for name in SHOWN), *(OFFER[name] for name in WORTH))
    # The platform's first, then what ends first; those that are gone at the end.
    order = (OFFER.claimed >= OFFER.total, CAMPAIGN.merchant_id.is_not(None), CAMPAIGN.ends_at, CAMPAIGN.id)
    return found.order_by(*order).limit(bindparam("first", type_=Integer))


SHOWN = (
    "merchant_id",
    "name",
    "rules",
    "starts_at",
    "ends_at",
    "audience",
    "category_ids",
    "product_ids",
    "merchant_percent",
    "exclusive",
    "apply_until",
)
WORTH = ("threshold", "off", "percent_off", "most", "total", "claimed", "per_member", "valid_days", "valid_until")
CLAIMABLE = Statement(Campaign.__table__, _page)


async def claimable(session: AsyncSession, viewer: Viewer, merchant_id: UUID | None, first: int) -> Sequence[RowDict]:
    """Offers to be claimed now: of a shop and the platform, or of all."""
    member_id = viewer.id if viewer.kind is ViewerKind.MEMBER else None
    asked = {"member_id": member_id, "shop": merchant_id, "now": clock.now(), "first": page_size(first)}
    return await CLAIMABLE.rows(session, NO_COLUMNS, **asked)


# ------------------------------------------------------------------------------------------------ in hand
# An order was made cheaper by it, and it is in hand again: that order was called off.
SHARE = OrderLineShare.__table__.c
USED_ONCE = select(SHARE.id).where(
    # Said in this way, so that the statement is prepared once and for all.
    SHARE.source == COUPON.id,
    (SHARE.kind == ShareKind.MERCHANT_COUPON) | (SHARE.kind == ShareKind.PLATFORM_COUPON),
)
RETURNED = (COUPON.trade_id.is_(None) & USED_ONCE.correlate(Coupon).exists()).label("returned")


def _mine(_: Columns) -> Select[Any]:
    own = (COUPON.id, COUPON.campaign_id, COUPON.state, COUPON.valid_until, COUPON.trade_id, COUPON.used_at)
    terms = (name for name in WORTH if name not in ("valid_until", "valid_days", "total", "claimed", "per_member"))
    chosen = select(*own, COUPON.created_at, RETURNED, *(OFFER[name] for name in terms))
    names = ("merchant_id", "name", "rules", "category_ids", "product_ids", "exclusive", "apply_until")
    chosen = chosen.add_columns(*(CAMPAIGN[name] for name in names))
    chosen = chosen.join_from(Coupon, CouponOffer, OFFER.campaign_id == COUPON.campaign_id)
    return chosen.join(Campaign, CAMPAIGN.id == COUPON.campaign_id)


def _held(columns: Columns) -> Select[Any]:
    state = COUPON.state == any_(bindparam("states", type_=ARRAY(String)))
    now = bindparam("now", type_=DateTime(timezone=True))
    # One that has run out reads so at once, whenever the job comes that writes it down.
    over = (COUPON.state == CouponState.HELD) & (COUPON.valid_until <= now)
    good = bindparam("good", type_=Integer) == 1
    chosen = _mine(columns).where(COUPON.member_id == bindparam("member_id", type_=Uuid))
    chosen = chosen.where((good & (COUPON.state == CouponState.HELD) & ~over) | (~good & (state | over)))
    order = (COUPON.valid_until, COUPON.id)
    return chosen.order_by(*order).offset(bindparam("skip", type_=Integer)).limit(bindparam("first", type_=Integer))


MINE = Statement(Coupon.__table__, _held)
PAST = [CouponState.USED.value, CouponState.EXPIRED.value]


async def mine(session: AsyncSession, viewer: Viewer, good: bool, page: int, size: int) -> Sequence[RowDict]:
    """The member's coupons: those that are good, or those that are used or over; what ends first comes first."""
    asked: dict[str, Any] = {"member_id": viewer.member_id, "now": clock.now(), "good": int(good), "states": PAST}
    bounds = {"skip": page_offset(page, size), "first": page_size(size, field="size")}
    return await MINE.rows(session, NO_COLUMNS, **asked, **bounds)


# So long before its end a buyer is reminded of a coupon.
SOON = timedelta(days=3)


async def ending_soon(session: AsyncSession, viewer: Viewer) -> int:
    """How many of the member's coupons are good for three days more at most."""
    now = clock.now()
    soon = (COUPON.valid_until > now) & (COUPON.valid_until <= now + SOON)
    chosen = select(func.count()).where(COUPON.member_id == viewer.member_id, COUPON.state == CouponState.HELD, soon)
    return await session.scalar(chosen) or 0


async def coupon(session: AsyncSession, viewer: Viewer, id: UUID) -> RowDict:
    """One of the member's own."""
    chosen = _mine(NO_COLUMNS).where(COUPON.id == id, COUPON.member_id == viewer.member_id)
    row = (await session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound("优惠券不存在")
    return dict(row)


# ------------------------------------------------------------------------------------------------ consoles
async def page(
    session: AsyncSession, viewer: Viewer, merchant_id: UUID | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of campaigns, the newest first: a shop's own, or for the platform all, or those of one shop."""
    owner = owner_of(viewer) or merchant_id
    where = () if owner is None else (CAMPAIGN.merchant_id == owner,)
    chosen = select(*pick(Campaign, columns, "id")).where(*where).order_by(CAMPAIGN.created_at.desc(), CAMPAIGN.id)
    bounded = chosen.offset(page_offset(page, size)).limit(page_size(size, field="size"))
    rows = (await session.execute(bounded)).mappings()
    total = await session.scalar(select(func.count()).select_from(Campaign).where(*where))
    return [dict(row) for row in rows], total or 0


async def access(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """A campaign for its shop or the platform; to everybody else there is none."""
    owner = owner_of(viewer)
    row = (await campaigns_by_id(session, [id], columns | {"merchant_id"})).get(id)
    if row is None or (owner is not None and row["merchant_id"] != owner):
        raise NotFound("活动不存在")
    return row
