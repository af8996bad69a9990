"""What sending costs, for buyers; the freight desk of a merchant."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import checkout, freight
from domain.members.permissions import Permission
from resolvers.base import Audience, answers, mutation, query
from schema.base import Done, DoneResult, Info
from schema.freight import (
    FreightQuote,
    FreightQuoteResult,
    FreightTemplate,
    FreightTemplateInput,
    FreightTemplateResult,
    FreightTrialInput,
    Undeliverable,
)

answers(freight.Undeliverable, Undeliverable.of)


async def _template(info: Info, id: UUID) -> FreightTemplate:
    return FreightTemplate.whole(await info.context.read(freight.template_row, info.context.viewer, id))


@strawberry.type
class Query:
    @query(
        Audience.ANYONE,
        description="What sending some of a SKU costs: to `regionCode`, else to the viewer's default address, else "
        "what is usual.",
    )
    async def sku_freight(
        self, info: Info, sku_id: UUID, quantity: int = 1, region_code: str | None = None
    ) -> FreightQuoteResult:
        viewer = info.context.viewer
        found = await info.context.read(checkout.sku_freight, viewer, sku_id, quantity, region_code)
        return FreightQuote.of_sku(found)

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_READ,
        description="All templates of the shop, the default first, then by name.",
    )
    async def merchant_freight_templates(self, info: Info) -> list[FreightTemplate]:
        rows = await info.context.read(freight.merchant_templates, info.context.viewer)
        return [FreightTemplate.whole(row) for row in rows]

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_READ,
        description="What a template would ask, saved or not.",
    )
    async def merchant_try_freight(
        self, info: Info, template: FreightTemplateInput, trial: FreightTrialInput
    ) -> FreightQuoteResult:
        return FreightQuote.whole(freight.try_out(template.wanted(), trial.wanted()), trial.region_code)


@strawberry.type
class Mutation:
    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_WRITE,
        description="Adds a template, or replaces the one with `id` as a whole; `version` is the one that was read.",
    )
    async def merchant_save_freight_template(
        self, info: Info, template: FreightTemplateInput, id: UUID | None = None, version: int | None = None
    ) -> FreightTemplateResult:
        async with info.context.database.begin() as uow:
            saved = await freight.save(uow, info.context.viewer, id, template.wanted(), version)
        return await _template(info, saved)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_set_default_freight_template(self, info: Info, id: UUID) -> FreightTemplateResult:
        async with info.context.database.begin() as uow:
            await freight.set_default(uow, info.context.viewer, id)
        return await _template(info, id)

    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_WRITE,
        description="Refused for the default template, and while products use it.",
    )
    async def merchant_delete_freight_template(self, info: Info, id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await freight.delete(uow, info.context.viewer, id)
        return Done()
