"""How shops write their products, and what the platform says to changes of those that were published."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import catalog, inventory, listings, policies
from domain.base import Refusal
from domain.members.permissions import Permission
from models.base import Fen
from models.listings import ChangeState
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info, Refused
from schema.catalog import Product, ProductResult
from schema.listings import (
    BatchRow,
    BatchRowInput,
    ListingDraft,
    ListingSuggestion,
    ProductChange,
    ProductChangePage,
    ProductChangeResult,
)
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

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ, description="The shop's drafts, newest first.")
    async def merchant_drafts(self, info: Info) -> list[ListingDraft]:
        viewer, columns = info.context.viewer, columns_for(info, ListingDraft)
        return [ListingDraft.of(row) for row in await info.context.read(listings.shop_drafts, viewer, columns)]

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_suggest_listing(self, info: Info, title: str) -> ListingSuggestion:
        return ListingSuggestion.of(await info.context.read(listings.suggest, info.context.viewer, title))

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_WRITE,
        description="What `merchantApplyBatch` would do, row by row; writes nothing. At most 200 rows.",
    )
    async def merchant_preview_batch(self, info: Info, rows: list[BatchRowInput]) -> list[BatchRow]:
        wanted = [row.wanted() for row in rows]
        found = await info.context.read(listings.preview_batch, info.context.viewer, wanted)
        return [_batch_row(row.sku_id, each) for row, each in zip(wanted, found, strict=True)]


async def _applied(info: Info, wanted: listings.BatchWanted) -> BatchRow:
    try:
        async with info.context.database.begin() as uow:
            effect = await listings.apply_row(uow, info.context.viewer, wanted)
    except Refusal as refusal:
        return _batch_row(wanted.sku_id, refusal)
    price = None if wanted.price is None else Fen(wanted.price)
    return BatchRow(sku_id=wanted.sku_id, new_price=price, new_stock=wanted.stock, effect=effect)


def _batch_row(id: UUID, found: listings.BatchRow | Refusal) -> BatchRow:
    if isinstance(found, Refusal):
        return BatchRow(sku_id=id, problem=Refused.of(found))
    return BatchRow(**vars(found))


@strawberry.type
class Mutation:
    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_WRITE,
        description="Keeps what was typed. The client names the draft; an older revision that comes late does nothing.",
    )
    async def merchant_save_draft(self, info: Info, id: UUID, revision: int, body: str, title: str = "") -> DoneResult:
        async with info.context.database.begin() as uow:
            await listings.save_draft(uow, info.context.viewer, id, revision, title, body)
        return Done()

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_drop_draft(self, info: Info, id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await listings.drop_draft(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE, description="A draft that says the same.")
    async def merchant_copy_product(self, info: Info, id: UUID) -> ProductResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            copied = await listings.copy_product(uow, viewer, id)
        return Product.of(await info.context.read(catalog.access, viewer, copied, columns_for(info, Product)))

    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_WRITE,
        description="Each row by itself: one that is refused keeps no other back. At most 200 rows.",
    )
    async def merchant_apply_batch(self, info: Info, rows: list[BatchRowInput]) -> list[BatchRow]:
        wanted = [row.wanted() for row in rows]
        listings.check_batch(wanted)
        return [await _applied(info, row) for row in wanted]

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
