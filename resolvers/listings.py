"""How shops write their products, and what the platform says to changes of those that were published."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import catalog, inventory, listings, policies
from domain.members.permissions import Permission
from models.listings import ChangeState
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.listings import ProductChange, ProductChangePage, ProductChangeResult
from schema.relations import columns_for


async def _page(info: Info, state: ChangeState | None, page: int, size: int) -> ProductChangePage:
    viewer, columns = info.context.viewer, columns_for(info, ProductChange, "items")
    rows, total = await info.context.read(listings.changes_page, viewer, state, page, size, columns)
    return ProductChangePage(items=[ProductChange.of(row) for row in rows], total=total)


async def _change(info: Info, id: UUID) -> ProductChange:
    columns = columns_for(info, ProductChange)
    return ProductChange.of(await info.context.read(listings.find_change, info.context.viewer, id, columns))


@strawberry.type
class Query:
    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ, description="The shop's changes, newest first.")
    async def merchant_changes(
        self, info: Info, state: ChangeState | None = None, page: int = 1, size: int = 20
    ) -> ProductChangePage:
        return await _page(info, state, page, size)

    @query(
        Audience.PLATFORM,
        Permission.PLATFORM_PRODUCTS_READ,
        description="Changes of products; those that wait come oldest first.",
    )
    async def platform_changes(
        self, info: Info, state: ChangeState | None = None, page: int = 1, size: int = 20
    ) -> ProductChangePage:
        return await _page(info, state, page, size)


@strawberry.type
class Mutation:
    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_withdraw_change(self, info: Info, id: UUID) -> ProductChangeResult:
        async with info.context.database.begin() as uow:
            await listings.withdraw_change(uow, info.context.viewer, id)
        return await _change(info, id)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_PRODUCTS_REVIEW,
        description="Writes the whole change at once. CONFLICT names what the product no longer says.",
    )
    async def platform_apply_change(self, info: Info, id: UUID) -> ProductChangeResult:
        async with info.context.database.begin() as uow:
            saved = await listings.apply_change(uow, info.context.viewer, id)
            await inventory.open_stock(uow, saved.openings)
        return await _change(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_REVIEW)
    async def platform_reject_change(self, info: Info, id: UUID, note: str) -> ProductChangeResult:
        async with info.context.database.begin() as uow:
            await listings.reject_change(uow, info.context.viewer, id, note)
        return await _change(info, id)

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_PRODUCTS_REVIEW,
        description="A reviewer finds a forbidden word right for one product, and says why.",
    )
    async def platform_except_word(self, info: Info, product_id: UUID, word_id: UUID, reason: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await catalog.access(uow.session, info.context.viewer, product_id, frozenset())
            await policies.except_word(uow, info.context.viewer, product_id, word_id, reason)
        return Done()
