"""Trying a campaign out before anybody meets it, and what came of it."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import checkout, promotions
from domain.members.permissions import Permission
from resolvers.base import Audience, Room, query
from schema.base import Info
from schema.campaigns import CampaignResults, CampaignTrial, CampaignTrialResult
from schema.checkout import WantedSku, quantities

SHOP = Permission.MERCHANT_PROMOTIONS
PLATFORM = Permission.PLATFORM_PROMOTIONS
TRIES = "What a cart pays with the campaign, published or not, and without it. No `lines`: a few goods that reach it."


async def _tried(info: Info, id: UUID, lines: list[WantedSku] | None) -> CampaignTrial:
    wanted = None if lines is None else quantities(lines)
    return CampaignTrial.of(await info.context.read(checkout.try_campaign, info.context.viewer, id, wanted))


async def _results(info: Info, id: UUID) -> CampaignResults:
    return CampaignResults.of(await info.context.read(promotions.results, info.context.viewer, id))


@strawberry.type
class Query:
    @query(Audience.MERCHANT, SHOP, room=Room.CHECKOUT, description=TRIES)
    async def merchant_try_campaign(
        self, info: Info, id: UUID, lines: list[WantedSku] | None = None
    ) -> CampaignTrialResult:
        return await _tried(info, id, lines)

    @query(Audience.PLATFORM, PLATFORM, room=Room.CHECKOUT, description=f"{TRIES} Of any shop's goods.")
    async def platform_try_campaign(
        self, info: Info, id: UUID, lines: list[WantedSku] | None = None
    ) -> CampaignTrialResult:
        return await _tried(info, id, lines)

    @query(Audience.MERCHANT, SHOP, description="What came of a campaign of the shop's.")
    async def merchant_campaign_results(self, info: Info, id: UUID) -> CampaignResults:
        return await _results(info, id)

    @query(Audience.PLATFORM, PLATFORM, description="What came of any campaign.")
    async def platform_campaign_results(self, info: Info, id: UUID) -> CampaignResults:
        return await _results(info, id)
