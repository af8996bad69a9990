"""A campaign as the price engine would take it, whether it was published or not: for looking at what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import NotFound, Viewer
from domain.pricing import Benefits, Coupon, Reduction, Scope
from domain.promotions.campaigns import CAMPAIGN, owner_of
from domain.promotions.running import BELOW, SHOPS
from domain.promotions.terms import coupon_of, reduction_of
from models.base import id_of
from models.promotions import Campaign, CampaignKind, CampaignState, CouponOffer, ReductionStep

OFFER, STEP = CouponOffer.__table__.c, ReductionStep.__table__.c
TERMS = ("id", "kind", "name", "merchant_id", "merchant_percent", "product_ids", "exclusive", "apply_until")
WORTH = ("threshold", "off", "percent_off", "most")


@dataclass(frozen=True)
class Tried:
    """What a campaign does to a price: it is either a 满减, or one coupon in the hands of whoever buys."""

    offers: Reduction | Coupon

    @property
    def id(self) -> UUID:
        return self.offers.id

    @property
    def merchant_id(self) -> UUID | None:
        return self.offers.merchant_id

    @property
    def scope(self) -> Scope:
        return self.offers.scope

    @property
    def most(self) -> int:
        """What goods must come to for all that it gives, in fen."""
        steps = self.offers.steps if isinstance(self.offers, Reduction) else ((self.offers.threshold, 0),)
        return max(threshold for threshold, _ in steps)

    def taken_from(self, held: Benefits) -> Benefits:
        """The same without it, where it holds already."""
        return replace(held, reductions=tuple(each for each in held.reductions if each.id != self.id))

    def added_to(self, held: Benefits) -> Benefits:
        """The same with it."""
        if isinstance(self.offers, Reduction):
            return replace(held, reductions=(*held.reductions, self.offers))
        return replace(held, coupons=(*held.coupons, self.offers))


async def tried(session: AsyncSession, viewer: Viewer, id: UUID) -> Tried:
    """A campaign of the shop's own, for the platform any, in whatever state; or one of the platform's that shops apply
    for, as if the shop took part. NotFound for others. For the platform all shops take part where none does yet.
    """
    owner = owner_of(viewer)
    pair = func.json_build_array(STEP.threshold, STEP.off)
    steps = select(func.json_agg(aggregate_order_by(pair, STEP.threshold), type_=JSON))
    chosen = select(
        *(CAMPAIGN[name] for name in TERMS), *(OFFER[name] for name in WORTH), BELOW, SHOPS, CAMPAIGN.state
    ).add_columns(steps.where(STEP.campaign_id == CAMPAIGN.id).correlate(Campaign).scalar_subquery().label("steps"))
    chosen = chosen.join_from(Campaign, CouponOffer, OFFER.campaign_id == CAMPAIGN.id, isouter=True)
    row = (await session.execute(chosen.where(CAMPAIGN.id == id))).mappings().first()
    if row is None or (owner is not None and row["merchant_id"] != owner and not _invites(row)):
        raise NotFound("活动不存在")
    return Tried(_offers(_taken_part_in(row, owner)))


def _invites(row: Mapping[Any, Any]) -> bool:
    return row["apply_until"] is not None and row["state"] != CampaignState.DRAFT


def _taken_part_in(row: Mapping[Any, Any], owner: UUID | None) -> Mapping[Any, Any]:
    """For a shop: by it, with what it brought or all of its goods. For the platform: by those that do, or by all."""
    if row["apply_until"] is None:
        return row
    if owner is None:
        return row if row["shops"] else {**row, "apply_until": None}
    own = [pair for pair in row["shops"] or () if id_of(pair[0]) == owner]
    return {**row, "shops": own or [[str(owner), None]]}


def _offers(row: Mapping[Any, Any]) -> Reduction | Coupon:
    return coupon_of(row) if row["kind"] == CampaignKind.COUPON else reduction_of(row)
