"""What comes out of pricing: lines with what was taken off them and by whom, by merchant, and all together.

Money in integer fen. For every line, group and whole: payable = amount - discounts, total = payable + freight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from domain import shares
from models.pricing import Party, ShareKind


class Named(Protocol):
    """A SKU in words. `price` is the list price of one, in fen."""

    @property
    def title(self) -> str: ...
    @property
    def sku_name(self) -> str: ...
    @property
    def price(self) -> int: ...


class Offered(Named, Protocol):
    """What making a price has to know of a SKU."""

    @property
    def sku_id(self) -> UUID: ...
    @property
    def product_id(self) -> UUID: ...
    @property
    def category_id(self) -> UUID: ...
    @property
    def merchant_id(self) -> UUID: ...


N = TypeVar("N", bound=Named)
G = TypeVar("G", bound=Offered)


@dataclass(frozen=True, slots=True)
class Share:
    """What one party takes off one line for one cause, in fen; `source` is the campaign or coupon it comes from."""

    kind: ShareKind
    party: Party
    source: UUID | None
    name: str
    amount: int

    def of_units(self, units: int, taken: int, wanted: int) -> int:
        """The fen of the next `wanted` of the line's units: what this party gets back when they go back."""
        return shares.of_units(self.amount, units, taken, wanted)


@dataclass(frozen=True)
class PricedLine(Generic[N]):
    """So many of one SKU, and what is taken off their price."""

    offer: N
    quantity: int
    shares: tuple[Share, ...] = ()

    @property
    def amount(self) -> int:
        """At the list price."""
        return self.offer.price * self.quantity

    @property
    def discount(self) -> int:
        return sum(share.amount for share in self.shares) if self.shares else 0

    @property
    def payable(self) -> int:
        """What the buyer pays for the line, without freight."""
        return self.amount - self.discount

    def of_units(self, taken: int, wanted: int) -> int:
        """The fen the buyer paid for the next `wanted` units; any split of the line adds up to `payable`."""
        return shares.of_units(self.payable, self.quantity, taken, wanted)


@dataclass(frozen=True, slots=True)
class FreightStep:
    """One reason of a freight: `amount` fen, negative for what is let off."""

    label: str
    amount: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Freight:
    """What sending the goods of one merchant costs, in fen. The steps, where there are any, add up to it."""

    fen: int
    explained: tuple[FreightStep, ...] = ()

    def __post_init__(self) -> None:
        if self.fen < 0 or (self.explained and sum(step.amount for step in self.explained) != self.fen):
            raise ValueError(f"a freight of {self.fen} fen explained as {self.explained}")


@dataclass(frozen=True, slots=True)
class Unused:
    """A benefit that took nothing off, and why, as the buyer reads it."""

    kind: ShareKind
    party: Party
    name: str
    note: str
    source: UUID | None = None


@dataclass(frozen=True, slots=True)
class CardPart:
    """What a gift card pays of one order, in fen. It pays and takes nothing off: the goods cost what they cost."""

    card_id: UUID
    name: str
    amount: int
    # It is a voucher, which pays in the same way.
    voucher: bool = False


@dataclass(frozen=True)
class PricedGroup(Generic[N]):
    """The goods of one merchant, and the freight they cost together: what becomes one order."""

    merchant_id: UUID
    lines: tuple[PricedLine[N], ...]
    goods_total: int
    discount_total: int
    freight: int
    freight_steps: tuple[FreightStep, ...] = ()
    unused: tuple[Unused, ...] = ()
    cards: tuple[CardPart, ...] = ()

    @property
    def payable(self) -> int:
        """Of the goods, after every discount."""
        return self.goods_total - self.discount_total

    @property
    def total(self) -> int:
        return self.goods_total - self.discount_total + self.freight

    @property
    def due(self) -> int:
        """What is left to pay in money after the gift cards."""
        return self.total - sum(part.amount for part in self.cards)


@dataclass(frozen=True)
class Priced(Generic[N]):
    """Goods of several merchants: what becomes one trade. `unused` is what belongs to no single merchant."""

    groups: tuple[PricedGroup[N], ...]
    unused: tuple[Unused, ...] = ()
    points_used: int = 0

    @property
    def goods_total(self) -> int:
        return sum(group.goods_total for group in self.groups)

    @property
    def discount_total(self) -> int:
        return sum(group.discount_total for group in self.groups)

    @property
    def freight(self) -> int:
        return sum(group.freight for group in self.groups)

    @property
    def total(self) -> int:
        return sum([group.total for group in self.groups])

    @property
    def due(self) -> int:
        """What is left to pay in money after the gift cards."""
        return sum(group.due for group in self.groups)

    @property
    def lines(self) -> list[PricedLine[N]]:
        return [line for group in self.groups for line in group.lines]
