"""What the rest of the mall hears of flash sales."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Event
from models.flash import FlashState


@dataclass(frozen=True)
class FlashChanged(Event):
    """An offer was published or ended: lists and the product's page say something else."""

    offer_id: UUID
    product_id: UUID
    state: FlashState
