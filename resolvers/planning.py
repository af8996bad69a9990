"""The calendar of campaigns, for the shops and the platform that plan them."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import planning
from domain.members.permissions import Permission
from models.promotions import CampaignKind
from resolvers.base import Audience, query
from schema.base import Info
from schema.planning import CampaignCalendar, PlanClash, shown

SHOP = Permission.MERCHANT_PROMOTIONS
PLATFORM = Permission.PLATFORM_PROMOTIONS
DAYS = "What runs or is to run on these days: in Shanghai, YYYY-MM-DD, both included, at most 92."


async def _calendar(info: Info, since: str, until: str) -> CampaignCalendar:
    plans, clashes, truncated = await info.context.read(planning.calendar, info.context.viewer, since, until)
    return CampaignCalendar(plans=[shown(plan, clashes.get(plan.id, ())) for plan in plans], truncated=truncated)


async def _clashes(info: Info, kind: CampaignKind, id: UUID) -> list[PlanClash]:
    found = await info.context.read(planning.in_the_way_of, info.context.viewer, kind, id)
    return [PlanClash.of(clash) for clash in found]


@strawberry.type
class Query:
    @query(Audience.MERCHANT, SHOP, description=DAYS)
    async def merchant_campaign_calendar(self, info: Info, since: str, until: str) -> CampaignCalendar:
        return await _calendar(info, since, until)

    @query(Audience.MERCHANT, SHOP, description="What is in the way of one of the shop's plans.")
    async def merchant_plan_clashes(self, info: Info, kind: CampaignKind, id: UUID) -> list[PlanClash]:
        return await _clashes(info, kind, id)

    @query(Audience.PLATFORM, PLATFORM, description=f"{DAYS} Of all shops.")
    async def platform_campaign_calendar(self, info: Info, since: str, until: str) -> CampaignCalendar:
        return await _calendar(info, since, until)

    @query(Audience.PLATFORM, PLATFORM, description="What is in the way of a plan.")
    async def platform_plan_clashes(self, info: Info, kind: CampaignKind, id: UUID) -> list[PlanClash]:
        return await _clashes(info, kind, id)
