"""What the rest of the mall hears of campaigns and coupons."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.base import Event
from models.promotions import ApplicationState, CampaignKind


@dataclass(frozen=True)
class CampaignChanged(Event):
    """A campaign was published or stopped: whoever shows what goods cost shows it anew."""

    campaign_id: UUID
    merchant_id: UUID | None
    kind: CampaignKind


@dataclass(frozen=True)
class ApplicationAnswered(Event):
    """The platform took a shop into a campaign, or declined, or took it out again."""

    application_id: UUID
    state: ApplicationState
