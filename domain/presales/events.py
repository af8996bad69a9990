"""What the rest of the mall hears of presales."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Event


@dataclass(frozen=True)
class PresaleChanged(Event):
    """An offer was published, stopped or allocated: the product's page says something else."""

    offer_id: UUID
    product_id: UUID
