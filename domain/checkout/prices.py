"""What goods cost together: the price engine, fed with offers, freight and what makes them cheaper for a buyer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import pricing, promotions
from domain.base import Invalid, Viewer
from domain.checkout.offering import Offer, offers
from domain.checkout.sending import Send, at_the_counter, rules_of, sending
from domain.pricing import NO_BENEFITS, Agreed, Benefits, Coupon, Freight
from domain.promotions import Picks
from models.catalog import ReturnClass

MOST_BOUGHT = 50
MOST_OF_ONE = 999

PricedLine: TypeAlias = pricing.PricedLine[Offer]
PricedGroup: TypeAlias = pricing.PricedGroup[Offer]
Priced: TypeAlias = pricing.Priced[Offer]

#: What each of these viewers may use, in their order; read in the transaction that places, where there is one.
BenefitsOf: TypeAlias = Callable[[AsyncSession, Sequence[Viewer]], Awaitable[Sequence[Benefits]]]


async def no_benefits(_session: AsyncSession, viewers: Sequence[Viewer]) -> Sequence[Benefits]:
    """Nobody has anything: everything costs its list price."""
    return [NO_BENEFITS] * len(viewers)


def price(wanted: Iterable[tuple[Offer, int]], send: Send, benefits: Benefits = NO_BENEFITS) -> Priced:
    """The one way prices are made: by merchant, in the order the merchants first appear."""
    return pricing.price(wanted, send, benefits)


async def price_wanted(
    session: AsyncSession,
    wanted: Mapping[UUID, int],
    benefits: Benefits = NO_BENEFITS,
    *,
    region_code: str | None = None,
    alone: bool = False,
    picked_up: bool = False,
) -> Priced:
    """Prices of goods that are all on sale, sent to the region, for nobody in particular; stock is not looked at.

    `alone`: nothing but the benefits goes with it, whatever the shops reduce. `picked_up`: nothing is sent.
    Sorted, so that the same goods read the same. Undeliverable when some of them are not sent there.
    """
    check_wanted(wanted)
    found = await offers(session, list(wanted))
    rules = await rules_of(session, found.values())
    if not alone:
        benefits = promotions.with_promotions(benefits, await promotions.reductions_of(session, found.values()))
    send = at_the_counter if picked_up else sending(rules, region_code)
    return price_found(found, wanted, send, benefits)


async def benefits_for(
    session: AsyncSession, viewer: Viewer, found: Sequence[Offer], picks: Picks, holds: bool, held: Benefits
) -> tuple[Benefits, tuple[Coupon, ...]]:
    """What makes these goods cheaper for the viewer, and all coupons he could use for them.

    `holds`: he has coupons at all, or none need be looked for.
    """
    reductions = await promotions.reductions_of(session, found)
    coupons = await promotions.coupons_of(session, viewer, found) if holds else ()
    return promotions.with_promotions(held, reductions, promotions.picked(coupons, picks)), coupons


def check_wanted(wanted: Mapping[UUID, int]) -> None:
    """Refuses too many kinds of goods, or too many of one."""
    if not 1 <= len(wanted) <= MOST_BOUGHT:
        raise Invalid(f"一次须购买 1 到 {MOST_BOUGHT} 种商品", field="lines")
    for quantity in wanted.values():
        check_quantity(quantity, "lines")


def price_found(
    found: Mapping[UUID, Offer], wanted: Mapping[UUID, int], send: Send, benefits: Benefits = NO_BENEFITS
) -> Priced:
    """As `price_wanted`, for offers that were read already and quantities that were checked."""
    for sku_id in wanted:
        if sku_id not in found or not found[sku_id].on_sale:
            raise Invalid("有商品已下架，请返回购物车查看", field="lines", sku_id=sku_id)
    if benefits.agreed is not None:
        found, send = _as_agreed(found, benefits.agreed), _paid_before(send) if benefits.agreed.freight_paid else send
    order = sorted(wanted, key=lambda sku_id: (found[sku_id].merchant_id, sku_id))
    return price(((found[sku_id], wanted[sku_id]) for sku_id in order), send, benefits)


def _as_agreed(found: Mapping[UUID, Offer], agreed: Agreed) -> Mapping[UUID, Offer]:
    return {id: replace(offer, price=agreed.prices.get(id, offer.price)) for id, offer in found.items()}


def _paid_before(send: Send) -> Send:
    """Sending that was paid for with the goods; where they are not sent it refuses all the same."""

    def sent(merchant_id: UUID, lines: Sequence[PricedLine]) -> Freight:
        send(merchant_id, lines)
        return Freight(0)

    return sent


def check_quantity(quantity: int, field: str) -> None:
    if not 1 <= quantity <= MOST_OF_ONE:
        raise Invalid(f"购买数量须在 1 到 {MOST_OF_ONE} 之间", field=field)


def need_return_waiver(priced: Priced) -> list[UUID]:
    """SKUs whose right of return is only waived when the buyer says so, before ordering."""
    conditional = ReturnClass.NO_RETURN_IF_CONFIRMED
    return [line.offer.sku_id for line in priced.lines if line.offer.return_class is conditional]
