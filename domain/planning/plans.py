"""One row of the calendar, whatever kind it is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.promotions import CampaignKind

NOTHING: frozenset[UUID] = frozenset()


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

    def overlaps(self, other: Planned) -> bool:
        """Whether there is a moment at which both run."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at
