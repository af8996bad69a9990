"""What the rest of the mall hears of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Event


@dataclass(frozen=True)
class ReviewsSummedUp(Event):
    """What the reviews of a product add up to was worked out anew: kept pages that show it are no longer true."""

    product_id: UUID
    merchant_id: UUID


@dataclass(frozen=True)
class ReviewChanged(Event):
    """What is shown of a review, or whether it counts, has changed: summaries follow."""

    review_id: UUID
    product_id: UUID
    merchant_id: UUID
