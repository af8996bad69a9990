"""What makes goods cheaper for buyers: the running reductions of shops and the coupons in hand, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Viewer, ViewerKind
from domain.pricing import NO_BENEFITS, Benefits, Coupon, Reduction
from domain.promotions import holding, running
from domain.promotions.holding import Picks


class Marked(Protocol):
    """Goods as they were just read: whose they are, and under which mark that shop's reductions are kept."""

    @property
    def merchant_id(self) -> UUID: ...
    @property
    def promotions_mark(self) -> UUID | None: ...


async def reductions_of(session: AsyncSession, found: Iterable[Marked]) -> tuple[Reduction, ...]:
    """What holds now at the shops of these goods: nearly always in no statement."""
    marks = {offer.merchant_id: offer.promotions_mark for offer in found if offer.promotions_mark is not None}
    return await running.reductions(session, marks) if marks else ()


async def coupons_of(session: AsyncSession, viewer: Viewer, found: Iterable[Marked]) -> tuple[Coupon, ...]:
    """What the viewer holds and could use for these goods."""
    if viewer.kind is not ViewerKind.MEMBER:
        return ()
    return await holding.usable(session, viewer.member_id, {offer.merchant_id for offer in found})


def picked(held: tuple[Coupon, ...], picks: Picks) -> tuple[Coupon, ...]:
    """Of what is held that which was picked, or all of it where the best is asked for."""
    holding.check(picks)
    if picks.coupon_ids is None:
        return held
    chosen = tuple(coupon for coupon in held if coupon.id in picks.coupon_ids)
    if len(chosen) < len(picks.coupon_ids):
        raise holding.CouponUnusable("所选优惠券不能用于这些商品，请重新选择", field="couponIds")
    return chosen


def with_promotions(held: Benefits, reductions: tuple[Reduction, ...], coupons: tuple[Coupon, ...] = ()) -> Benefits:
    """What somebody has anyway, and what campaigns add; NO_BENEFITS itself where nothing makes anything cheaper."""
    if held is NO_BENEFITS and not reductions and not coupons:
        return NO_BENEFITS
    return replace(held, reductions=held.reductions + reductions, coupons=held.coupons + coupons)


def at_shops(reductions: tuple[Reduction, ...], found: Iterable[Marked]) -> tuple[Reduction, ...]:
    """Those of the shops of these goods, and those that one of them takes part in."""
    if not reductions:
        return ()
    at = {offer.merchant_id for offer in found}
    return tuple(
        each for each in reductions if each.merchant_id in at or (each.shops and not at.isdisjoint(each.shops))
    )
