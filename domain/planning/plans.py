"""One row of the calendar, whatever kind it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from models.promotions import CampaignKind

NOTHING: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Brought:
    """The products with which a shop takes part in a campaign of the platform, and the categories they are in."""

    products: frozenset[UUID]
    touched: frozenset[UUID]


@dataclass(frozen=True)
class Planned:
    """A campaign of any kind with its time. `draft`: written or applied for, and not published yet.

    `merchant_id` None: of the platform. What it is for: one SKU of a product, or (both None) all goods, those of
    `categories`, or `products`. `touched` are the categories that its products are in.
    """

    kind: CampaignKind
    id: UUID
    merchant_id: UUID | None
    name: str
    draft: bool
    starts_at: datetime
    ends_at: datetime
    product_id: UUID | None = None
    sku_id: UUID | None = None
    categories: frozenset[UUID] = NOTHING
    products: frozenset[UUID] = NOTHING
    touched: frozenset[UUID] = NOTHING
    # The shops whose goods it is for: its own, or those that applied for a campaign of the platform; none: all.
    shops: frozenset[UUID] = NOTHING
    # What those of them bring that do not bring all that it is for.
    brought: Mapping[UUID, Brought] = field(default_factory=dict)

    def at(self, shop: UUID) -> Planned:
        """What it is for of this shop's goods."""
        own = self.brought.get(shop)
        if own is None:
            return self
        return replace(self, categories=NOTHING, products=own.products, touched=own.touched)

    def overlaps(self, other: Planned) -> bool:
        """Whether there is a moment at which both run."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at
