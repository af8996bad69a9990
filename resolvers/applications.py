"""Shops apply for campaigns of the platform, and the platform answers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import strawberry

from domain import promotions
from domain.members.permissions import Permission
from models.promotions import ApplicationState
from resolvers.base import Audience, mutation, query
from schema.applications import (
    CampaignApplication,
    CampaignApplicationPage,
    CampaignApplicationResult,
    CampaignInvitation,
    CampaignInvitationPage,
)
from schema.base import Done, DoneResult, Info
from schema.relations import columns_for

SHOP = Permission.MERCHANT_PROMOTIONS
PLATFORM = Permission.PLATFORM_PROMOTIONS


async def _application(info: Info, id: UUID) -> CampaignApplication:
    columns = columns_for(info, CampaignApplication)
    return CampaignApplication.of(
        await info.context.read(promotions.access_application, info.context.viewer, id, columns)
    )


async def _answer(info: Info, ids: Sequence[UUID], accept: bool, reason: str) -> Done:
    async with info.context.database.begin() as uow:
        await promotions.answer(uow, info.context.viewer, ids, accept=accept, reason=reason)
    return Done(ok=True)


@strawberry.type
class Query:
    @query(
        Audience.MERCHANT,
        SHOP,
        description="Campaigns of the platform the shop may apply for, and those it has applied for.",
    )
    async def merchant_campaign_invitations(self, info: Info, page: int = 1, size: int = 20) -> CampaignInvitationPage:
        columns = columns_for(info, CampaignInvitation, "items")
        rows, total = await info.context.read(promotions.invitations, info.context.viewer, page, size, columns)
        return CampaignInvitationPage(items=[CampaignInvitation.of(row) for row in rows], total=total)

    @query(
        Audience.PLATFORM,
        PLATFORM,
        description="Applications of shops, for one campaign or all: those that wait for an answer first.",
    )
    async def platform_campaign_applications(
        self,
        info: Info,
        campaign_id: UUID | None = None,
        state: ApplicationState | None = None,
        page: int = 1,
        size: int = 20,
    ) -> CampaignApplicationPage:
        columns, viewer = columns_for(info, CampaignApplication, "items"), info.context.viewer
        rows, total = await info.context.read(
            promotions.page_of_applications, viewer, campaign_id, state, page, size, columns
        )
        return CampaignApplicationPage(items=[CampaignApplication.of(row) for row in rows], total=total)


@strawberry.type
class Mutation:
    @mutation(Audience.MERCHANT, SHOP)
    async def merchant_apply_for_campaign(
        self, info: Info, campaign_id: UUID, merchant_percent: int, product_ids: list[UUID] | None = None
    ) -> CampaignApplicationResult:
        """The shop agrees to bear `merchantPercent` of what is taken off its goods; no products: all of its goods that
        the campaign is for. It takes part once the platform accepts.
        """
        async with info.context.database.begin() as uow:
            id = await promotions.apply(uow, info.context.viewer, campaign_id, product_ids, merchant_percent)
        return await _application(info, id)

    @mutation(Audience.MERCHANT, SHOP)
    async def merchant_withdraw_application(self, info: Info, id: UUID) -> CampaignApplicationResult:
        """The shop leaves, accepted or not; before the deadline only."""
        async with info.context.database.begin() as uow:
            await promotions.withdraw(uow, info.context.viewer, id)
        return await _application(info, id)

    @mutation(Audience.PLATFORM, PLATFORM)
    async def platform_accept_applications(self, info: Info, ids: list[UUID]) -> DoneResult:
        """All of them or, with a refusal, none; of one campaign. Their goods take part from now on."""
        return await _answer(info, ids, True, "")

    @mutation(Audience.PLATFORM, PLATFORM)
    async def platform_decline_applications(self, info: Info, ids: list[UUID], reason: str) -> DoneResult:
        """All of them or none; the shops read the reason."""
        return await _answer(info, ids, False, reason)

    @mutation(Audience.PLATFORM, PLATFORM)
    async def platform_remove_application(self, info: Info, id: UUID, reason: str) -> CampaignApplicationResult:
        """Takes an accepted shop out; what was ordered before keeps what it was promised."""
        async with info.context.database.begin() as uow:
            await promotions.remove(uow, info.context.viewer, id, reason)
        return await _application(info, id)
