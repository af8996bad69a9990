"""What an order would cost, before it is placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import cards, points
from domain.base import Columns, RowDict, Viewer
from domain.cards import BEST_CARDS, CardPicks
from domain.checkout import allowances
from domain.checkout.offering import offers_for
from domain.checkout.prices import (
    BenefitsOf,
    Priced,
    benefits_for,
    check_wanted,
    no_benefits,
    price_found,
    price_wanted,
)
from domain.checkout.sending import rules_of, sending
from domain.inventory import OutOfStock
from domain.members import addresses
from domain.points import PointsOffer
from domain.pricing import Benefits, Coupon, GiftCard
from domain.promotions import BEST, Picks


@dataclass(frozen=True)
class Choice:
    """A coupon on the checkout page: what it takes off here, in fen, or why it takes nothing off."""

    coupon: Coupon
    saved: int
    note: str | None


@dataclass(frozen=True)
class Preview:
    """Prices, and the address (the asked-for columns of its row) the goods would go to.

    `coupons`: what the buyer holds and could use for these goods.
    """

    priced: Priced
    address: RowDict | None
    coupons: tuple[Coupon, ...] = ()
    cards: tuple[GiftCard, ...] = ()
    points: PointsOffer | None = None

    @property
    def card_choices(self) -> list[tuple[GiftCard, int]]:
        """Each gift card that is good here with what it pays, in the order in which they pay."""
        paid = {part.card_id: part.amount for group in self.priced.groups for part in group.cards}
        return [(card, paid.get(card.id, 0)) for card in self.cards]

    @property
    def choices(self) -> list[Choice]:
        """Each coupon with what it saves here or why it is not used; those that save most come first."""
        priced, saved = self.priced, dict[UUID | None, int]()
        for line in priced.lines:
            for share in line.shares:
                saved[share.source] = saved.get(share.source, 0) + share.amount
        unused = [*priced.unused, *(each for group in priced.groups for each in group.unused)]
        notes = {each.source: each.note for each in unused}
        found = [Choice(each, saved.get(each.id, 0), notes.get(each.id)) for each in self.coupons]
        return sorted(found, key=lambda choice: (-choice.saved, choice.coupon.id.int))


async def preview(
    session: AsyncSession,
    viewer: Viewer,
    wanted: Mapping[UUID, int],
    address_id: UUID | None,
    columns: Columns,
    benefits_of: BenefitsOf = no_benefits,
    picks: Picks = BEST,
    card_picks: CardPicks = BEST_CARDS,
    asked_points: int = 0,
) -> Preview:
    """What an order of this would cost now, to this or the default address, with what was picked and asked for.

    Holds nothing; refuses what could not be ordered either.
    """
    (held,) = await benefits_of(session, [viewer])
    address = await _address(session, viewer, address_id, columns | {"region_code"})
    check_wanted(wanted)
    found, holds = await offers_for(session, viewer.member_id, list(wanted))
    rules = await rules_of(session, found.values())
    benefits, coupons = await benefits_for(session, viewer, list(found.values()), picks, holds.coupons, held)
    if chosen := cards.picked(holds.cards, card_picks):
        benefits = replace(benefits, cards=chosen)
    benefits = points.as_far_as_may_be(holds.points, asked_points, benefits)
    send = sending(rules, address["region_code"] if address else None)
    priced = price_found(found, wanted, send, benefits)
    had = await allowances.bought(session, [(viewer.member_id, line.offer) for line in priced.lines])
    for line in priced.lines:
        allowances.check_allowance(line.offer, line.quantity, had.get((viewer.member_id, line.offer.sku_id), 0))
        if line.offer.available < line.quantity:
            raise OutOfStock(line.offer.sku_id, max(line.offer.available, 0))
    offered = points.offer(holds.points, priced) if holds.points else None
    return Preview(priced, address, coupons, holds.cards, offered)


async def preview_alone(
    session: AsyncSession,
    viewer: Viewer,
    wanted: tuple[UUID, int],
    held: Benefits,
    address_id: UUID | None,
    columns: Columns,
    *,
    picked_up: bool = False,
) -> Preview:
    """What so many of one SKU (`wanted`) cost at a price of its own, to this or the default address, or `picked_up`.

    Holds nothing. Whether there is enough of it is for whoever has set the price to say.
    """
    address = None if picked_up else await _address(session, viewer, address_id, columns | {"region_code"})
    region_code = address["region_code"] if address else None
    about = {"alone": True, "picked_up": picked_up}
    priced = await price_wanted(session, dict([wanted]), held, region_code=region_code, **about)
    return Preview(priced, address)


async def _address(session: AsyncSession, viewer: Viewer, id: UUID | None, columns: Columns) -> RowDict | None:
    if id is None:
        return await addresses.default(session, viewer, columns)
    return await addresses.row(session, viewer, id, columns)
