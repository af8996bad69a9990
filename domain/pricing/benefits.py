"""What may make goods cheaper for a buyer: read from wherever it is kept, handed to the engine as one value.

Nothing in here tells who the buyer is: a price depends on the goods, and on what is publicly known to make it cheaper
(互联网平台价格行为规则: no unreasonable price differences between users). Money in fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.pricing.priced import Offered
from models.pricing import Party


@dataclass(frozen=True, slots=True)
class SpecialPrice:
    """A price of one unit, instead of the list price: of a campaign, or for members."""

    id: UUID
    name: str
    price: int
    party: Party = Party.MERCHANT


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of membership that pays `percent` of every list price (95: 九五折), rounded up to whole fen per unit."""

    id: UUID
    name: str
    percent: int
    party: Party = Party.PLATFORM

    def price(self, listed: int) -> int:
        return -(-listed * self.percent // 100)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which goods count; None: all. Categories are leaves: who fills this writes out those below a wider one."""

    sku_ids: frozenset[UUID] | None = None
    category_ids: frozenset[UUID] | None = None
    merchant_ids: frozenset[UUID] | None = None
    product_ids: frozenset[UUID] | None = None

    def covers(self, offer: Offered) -> bool:
        return (
            (self.merchant_ids is None or offer.merchant_id in self.merchant_ids)
            and (self.category_ids is None or offer.category_id in self.category_ids)
            and (self.sku_ids is None or offer.sku_id in self.sku_ids)
            and (self.product_ids is None or offer.product_id in self.product_ids)
        )


EVERYTHING = Scope()

#: The shops that take part in a campaign of the platform, with the goods each brings; None: every shop does.
Shops: TypeAlias = Mapping[UUID, Scope] | None


def takes_part(shops: Shops, offer: Offered) -> bool:
    if shops is None:
        return True
    brought = shops.get(offer.merchant_id)
    return brought is not None and brought.covers(offer)


@dataclass(frozen=True, slots=True)
class Reduction:
    """满减 of one merchant, or (`merchant_id` None) of the platform over the goods of all `shops` that take part.

    `steps` are pairs of what the goods must come to and what is then taken off, in fen; of that the shops bear
    `merchant_percent`.
    """

    id: UUID
    name: str
    merchant_id: UUID | None
    steps: tuple[tuple[int, int], ...]
    scope: Scope = EVERYTHING
    merchant_percent: int = 100
    shops: Shops = field(default=None, hash=False)

    def covers(self, offer: Offered) -> bool:
        own = self.merchant_id in (None, offer.merchant_id)
        return own and self.scope.covers(offer) and takes_part(self.shops, offer)

    @property
    def most(self) -> int:
        """What it takes off at most."""
        return max(off for _, off in self.steps)

    def off(self, worth: int) -> int:
        """What goods worth that much are reduced by: the best step that is reached."""
        reached = (off for threshold, off in self.steps if worth >= threshold)
        return min(max(reached, default=0), worth)

    def next_step(self, worth: int) -> tuple[int, int] | None:
        """The nearest step that would take more off, with how much is missing."""
        now = self.off(worth)
        more = [(threshold - worth, off) for threshold, off in self.steps if threshold > worth and off > now]
        return min(more, default=None)


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon in the buyer's hands, of one merchant or (`merchant_id` None) of the platform.

    Either `off` fen, or `percent_off` of the goods it covers, rounded down and at most `most` fen. The goods must come
    to `threshold` after everything that goes before. `merchant_percent` of a platform coupon is borne by the shops. An
    `exclusive` one goes with no other for the same goods.
    """

    id: UUID
    name: str
    merchant_id: UUID | None = None
    threshold: int = 0
    off: int = 0
    percent_off: int = 0
    most: int | None = None
    scope: Scope = EVERYTHING
    merchant_percent: int = 0
    exclusive: bool = False
    shops: Shops = field(default=None, hash=False)

    def covers(self, offer: Offered) -> bool:
        own = self.merchant_id in (None, offer.merchant_id)
        return own and self.scope.covers(offer) and takes_part(self.shops, offer)

    def saves(self, worth: int) -> int:
        """What it takes off goods worth that much together."""
        if worth < self.threshold:
            return 0
        off = worth * self.percent_off // 100 if self.percent_off else self.off
        return min(off, worth, off if self.most is None else self.most)


@dataclass(frozen=True, slots=True)
class Points:
    """Points the buyer wants to use, each worth `fen_each`; they pay for at most `cap_percent` of the goods, which must
    come to `least` fen after everything that goes before.
    """

    held: int
    fen_each: int = 1
    cap_percent: int = 100
    least: int = 0


@dataclass(frozen=True, slots=True)
class GiftCard:
    """What is left on a card, in fen; None: it does not expire. It pays at its issuer's shop and nowhere else."""

    id: UUID
    name: str
    balance: int
    expires_at: datetime | None
    issuer_id: UUID
    # A claim to named goods, which pays for them and for nothing else.
    voucher: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed before: what one piece costs whatever its list price is by now, and whether sending is paid."""

    prices: Mapping[UUID, int]
    freight_paid: bool


@dataclass(frozen=True)
class Benefits:
    """Everything that may be used for one checkout. Special prices are by SKU."""

    campaigns: Mapping[UUID, SpecialPrice] = field(default_factory=dict)
    member_prices: Mapping[UUID, SpecialPrice] = field(default_factory=dict)
    tier: Tier | None = None
    reductions: tuple[Reduction, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    points: Points | None = None
    cards: tuple[GiftCard, ...] = ()
    agreed: Agreed | None = None


NO_BENEFITS = Benefits()
