"""Rates of commission, as the platform sets them and shops read them."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import commissions
from domain.members.permissions import Permission
from models.base import Fen
from resolvers.base import Audience, mutation, query
from schema.base import Info
from schema.commissions import (
    CommissionPreview,
    CommissionPreviewLine,
    CommissionRule,
    CommissionRuleInput,
    CommissionRulePage,
    CommissionRuleResult,
    PlatformCommissionRule,
)
from schema.relations import columns_for


async def _rule(info: Info, id: UUID) -> PlatformCommissionRule:
    columns = columns_for(info, PlatformCommissionRule)
    return PlatformCommissionRule.of(await info.context.read(commissions.access, info.context.viewer, id, columns))


@strawberry.type
class Query:
    @query(
        Audience.PLATFORM,
        Permission.PLATFORM_LEDGER,
        description="What begins last first; `over`: those too that hold no more.",
    )
    async def platform_commission_rules(
        self, info: Info, merchant_id: UUID | None = None, over: bool = False, page: int = 1, size: int = 20
    ) -> CommissionRulePage:
        columns, viewer = columns_for(info, PlatformCommissionRule, "items"), info.context.viewer
        rows, total = await info.context.read(commissions.page, viewer, merchant_id, over, page, size, columns)
        return CommissionRulePage(items=[PlatformCommissionRule.of(row) for row in rows], total=total)

    @query(
        Audience.PLATFORM,
        Permission.PLATFORM_LEDGER,
        description="What an order would pay if it were paid on a day, by all rules that are announced.",
    )
    async def platform_commission_preview(self, info: Info, order_number: str, day: str) -> CommissionPreview:
        lines = await info.context.read(commissions.preview, info.context.viewer, order_number, day)
        total = Fen(sum(line.amount for line in lines))
        return CommissionPreview(lines=[CommissionPreviewLine.of(line) for line in lines], total=total)

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_FUNDS_READ,
        description="The rates that hold or will hold for the shop, the most specific first.",
    )
    async def merchant_commission_rules(self, info: Info) -> list[CommissionRule]:
        columns = columns_for(info, CommissionRule)
        rows = await info.context.read(commissions.of_shop, info.context.viewer, columns)
        return [CommissionRule.of(row) for row in rows]


@strawberry.type
class Mutation:
    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_FUNDS,
        description="Announces a rate from a day on; the one before it for the same goods ends then.",
    )
    async def platform_add_commission_rule(self, info: Info, input: CommissionRuleInput) -> CommissionRuleResult:
        async with info.context.database.begin() as uow:
            id = await commissions.add(uow, info.context.viewer, input.wanted())
        return await _rule(info, id)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_FUNDS,
        description="From a day on, tomorrow or later, a rate holds no more; what is said less specifically does.",
    )
    async def platform_end_commission_rule(self, info: Info, id: UUID, until: str, note: str) -> CommissionRuleResult:
        async with info.context.database.begin() as uow:
            await commissions.end(uow, info.context.viewer, id, until, note)
        return await _rule(info, id)
