"""The catalogue for buyers, a shop's products for its staff, all of it for the platform."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import catalog, inventory, listings
from domain.members.permissions import Permission
from resolvers.base import Audience, Keep, mutation, query
from schema.base import First, Info
from schema.catalog import (
    Banner,
    Category,
    CategoryResult,
    ConsoleProductFilter,
    PriceChange,
    Product,
    ProductInput,
    ProductPage,
    ProductResult,
)
from schema.origins import Brand, BrandResult, Origin, OriginResult
from schema.relations import columns_for

# What changes rarely; and what shows sold counts and stock, which may lag so long.
CONTENT, GOODS = Keep(60), Keep(30)


async def _page(info: Info, filter: ConsoleProductFilter | None, page: int, size: int) -> ProductPage:
    wanted, columns = (filter or ConsoleProductFilter()).wanted(), columns_for(info, Product, "items")
    rows, total = await info.context.read(catalog.products_page, info.context.viewer, wanted, page, size, columns)
    return ProductPage(items=[Product.of(row) for row in rows], total=total)


async def _product(info: Info, id: UUID) -> Product:
    return Product.of(await info.context.read(catalog.access, info.context.viewer, id, columns_for(info, Product)))


async def _product_or_none(info: Info, id: UUID) -> Product | None:
    row = await info.context.read(catalog.find, info.context.viewer, id, columns_for(info, Product))
    return Product.of(row) if row else None


@strawberry.type
class Query:
    @query(Audience.ANYONE, keep=CONTENT)
    async def banners(self, info: Info) -> list[Banner]:
        return [Banner.of(row) for row in await info.context.read(catalog.banners, columns_for(info, Banner))]

    @query(Audience.ANYONE, keep=CONTENT, public=True, description="The roots of the tree of categories, in order.")
    async def categories(self, info: Info) -> list[Category]:
        rows = await info.context.read(catalog.root_categories, columns_for(info, Category))
        return [Category.of(row) for row in rows]

    @query(Audience.ANYONE, keep=CONTENT, public=True, description="One category; null when there is none of this id.")
    async def category(self, info: Info, id: UUID) -> Category | None:
        row = await info.context.read(catalog.category, id, columns_for(info, Category))
        return Category.of(row) if row else None

    @query(Audience.ANYONE, keep=CONTENT, public=True, description="Brands by name.")
    async def brands(self, info: Info, first: First = 50) -> list[Brand]:
        return [Brand.of(row) for row in await info.context.read(catalog.brands, first, columns_for(info, Brand))]

    @query(Audience.ANYONE, keep=CONTENT, public=True, description="One brand; null when there is none of this id.")
    async def brand(self, info: Info, id: UUID) -> Brand | None:
        row = (await info.context.read(catalog.brands_by_id, [id], columns_for(info, Brand))).get(id)
        return Brand.of(row) if row else None

    @query(
        Audience.ANYONE,
        keep=CONTENT,
        public=True,
        description="The page of a place: code of a city, a county or a town; null for any other text.",
    )
    async def origin(self, info: Info, code: str) -> Origin | None:
        row = await info.context.read(catalog.origin, code, columns_for(info, Origin))
        return Origin.of(row) if row else None

    @query(
        Audience.ANYONE,
        keep=GOODS,
        public=True,
        description="One product; null when there is none of this id, or it is not on sale.",
    )
    async def product(self, info: Info, id: UUID) -> Product | None:
        row = await info.context.read(catalog.product_for_sale, id, columns_for(info, Product))
        return Product.of(row) if row else None

    @query(
        Audience.ANYONE,
        keep=GOODS,
        public=True,
        description="What is harvested this month, best selling first; goods of the whole year are not seasonal.",
    )
    async def seasonal_products(self, info: Info, first: First = 10) -> list[Product]:
        rows = await info.context.read(catalog.seasonal, first, columns_for(info, Product))
        return [Product.of(row) for row in rows]

    @query(
        Audience.ANYONE,
        keep=GOODS,
        public=True,
        description="On sale from this origin (county or town), best selling first.",
    )
    async def origin_products(self, info: Info, origin_code: str, first: First = 10) -> list[Product]:
        rows = await info.context.read(catalog.from_origin, origin_code, first, columns_for(info, Product))
        return [Product.of(row) for row in rows]

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_products(
        self, info: Info, filter: ConsoleProductFilter | None = None, page: int = 1, size: int = 20
    ) -> ProductPage:
        return await _page(info, filter, page, size)

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_READ,
        description="What a SKU was offered for, newest first: the evidence behind a struck-through price.",
    )
    async def merchant_price_history(self, info: Info, sku_id: UUID, first: int = 50) -> list[PriceChange]:
        rows = await info.context.read(catalog.price_changes, info.context.viewer, sku_id, first)
        return [PriceChange.of(row) for row in rows]

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ)
    async def merchant_product(self, info: Info, id: UUID) -> Product | None:
        return await _product_or_none(info, id)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_READ)
    async def platform_products(
        self, info: Info, filter: ConsoleProductFilter | None = None, page: int = 1, size: int = 20
    ) -> ProductPage:
        return await _page(info, filter, page, size)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_READ)
    async def platform_product(self, info: Info, id: UUID) -> Product | None:
        return await _product_or_none(info, id)


@strawberry.type
class Mutation:
    @mutation(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_WRITE,
        description="Of a product that was published, what must be reviewed first is not written yet: "
        "`pendingChangeId` then names the change that waits.",
    )
    async def merchant_save_product(self, info: Info, input: ProductInput, id: UUID | None = None) -> ProductResult:
        async with info.context.database.begin() as uow:
            saved = await listings.save_product(uow, info.context.viewer, id, input.wanted())
            # A SKU without stock would be sold out the moment it appears, so both are written as one.
            await inventory.open_stock(uow, saved.openings)
        return await _product(info, saved.id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_move_product(self, info: Info, id: UUID, step: catalog.MerchantStep) -> ProductResult:
        async with info.context.database.begin() as uow:
            await catalog.move_by_merchant(uow, info.context.viewer, id, step)
        return await _product(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_REVIEW)
    async def platform_move_product(
        self, info: Info, id: UUID, step: catalog.PlatformStep, note: str = ""
    ) -> ProductResult:
        async with info.context.database.begin() as uow:
            await catalog.move_by_platform(uow, info.context.viewer, id, step, note)
        return await _product(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_CATALOG_WRITE)
    async def platform_save_category(
        self,
        info: Info,
        name: str,
        id: UUID | None = None,
        parent_id: UUID | None = None,
        icon: str | None = None,
        position: int = 0,
    ) -> CategoryResult:
        wanted = catalog.CategoryWanted(name, parent_id, icon, position)
        async with info.context.database.begin() as uow:
            saved = await catalog.save_category(uow, info.context.viewer, id, wanted)
        rows = await info.context.read(catalog.categories_by_id, [saved], columns_for(info, Category))
        return Category.of(rows[saved])

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_CATALOG_WRITE,
        description="Adds a brand of the whole mall, or changes any. No `story`, no `logoKey`: what its page "
        "tells and shows stays; an empty key takes the logo away.",
    )
    async def platform_save_brand(
        self, info: Info, name: str, id: UUID | None = None, story: str | None = None, logo_key: str | None = None
    ) -> BrandResult:
        async with info.context.database.begin() as uow:
            saved = await catalog.save_brand(uow, info.context.viewer, id, name, story, logo_key)
        return Brand.of((await info.context.read(catalog.brands_by_id, [saved], columns_for(info, Brand)))[saved])

    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_CATALOG_WRITE,
        description="What the page of a place tells; an empty text takes it away. "
        "`pictureKey` as `logoKey` of a brand.",
    )
    async def platform_save_origin(
        self, info: Info, code: str, story: str, picture_key: str | None = None
    ) -> OriginResult:
        async with info.context.database.begin() as uow:
            await catalog.save_origin(uow, info.context.viewer, code, story, picture_key)
        found = await info.context.read(catalog.origins_by_code, [code], columns_for(info, Origin))
        return Origin.of(found[code])
