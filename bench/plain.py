"""(c) The textbook: Strawberry types with resolver methods, ORM entities, one data loader per relation, stdlib JSON."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import strawberry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from models import catalog as rows
from models import merchants as shops

engine = create_async_engine(os.environ.get("DATABASE_URL", "postgresql+asyncpg://unset/unset"), pool_size=15)
sessions = async_sessionmaker(engine, expire_on_commit=False)


async def load_merchants(keys: list[Any]) -> list[Any]:
    async with sessions() as session:
        found = {
            row.id: row for row in await session.scalars(select(shops.Merchant).where(shops.Merchant.id.in_(keys)))
        }
    return [found.get(key) for key in keys]


async def load_skus(keys: list[Any]) -> list[Any]:
    chosen = select(rows.Sku).where(rows.Sku.product_id.in_(keys))
    found = defaultdict(list)
    async with sessions() as session:
        for row in await session.scalars(chosen.order_by(rows.Sku.active.desc(), rows.Sku.position, rows.Sku.id)):
            found[row.product_id].append(row)
    return [found[key] for key in keys]


async def load_images(keys: list[Any]) -> list[Any]:
    chosen = select(rows.ProductImage, rows.Picture).join(rows.Picture, rows.Picture.key == rows.ProductImage.key)
    found = defaultdict(list)
    async with sessions() as session:
        ordered = chosen.where(rows.ProductImage.product_id.in_(keys)).order_by(rows.ProductImage.position)
        for image, picture in await session.execute(ordered):
            found[image.product_id].append((image, picture))
    return [found[key] for key in keys]


@strawberry.type
class Image:
    url: str
    alt: str
    width: int
    height: int

    @classmethod
    def of(cls, pair: Any) -> Image:
        image, picture = pair
        return cls(url=f"/media/{image.key}", alt=image.alt, width=picture.width, height=picture.height)


@strawberry.type
class Merchant:
    id: strawberry.ID
    name: str
    kind: str
    intro: str


@strawberry.type
class Sku:
    id: strawberry.ID
    name: str
    price: int
    market_price: int | None
    weight: int
    gross_weight: int


PLAIN = [
    *("title", "subtitle", "description", "min_price", "max_price", "price_per_500g", "sold_count", "origin_code"),
    *("id", "storage", "return_class", "shelf_life_days", "harvest_from", "harvest_to"),
]


@strawberry.type
class Product:
    row: strawberry.Private[rows.Product]
    id: strawberry.ID
    title: str
    subtitle: str
    description: str
    min_price: int
    max_price: int
    price_per_500g: int | None
    sold_count: int
    origin_code: str
    storage: str
    return_class: str
    shelf_life_days: int | None
    harvest_from: int | None
    harvest_to: int | None

    @classmethod
    def of(cls, row: rows.Product) -> Product:
        return cls(row=row, **{name: getattr(row, name) for name in PLAIN})

    @strawberry.field
    async def merchant(self, info: strawberry.Info) -> Merchant:
        row = await info.context["merchants"].load(self.row.merchant_id)
        return Merchant(id=row.id, name=row.name, kind=row.kind, intro=row.intro)

    @strawberry.field
    async def skus(self, info: strawberry.Info) -> list[Sku]:
        names = ("id", "name", "price", "market_price", "weight", "gross_weight")
        found = await info.context["skus"].load(self.row.id)
        return [Sku(**{name: getattr(row, name) for name in names}) for row in found]

    @strawberry.field
    async def images(self, info: strawberry.Info) -> list[Image]:
        return [Image.of(pair) for pair in await info.context["images"].load(self.row.id)]

    @strawberry.field
    async def cover(self, info: strawberry.Info) -> Image | None:
        found = await info.context["images"].load(self.row.id)
        return Image.of(found[0]) if found else None


ON_SALE = (rows.Product.state == rows.ProductState.ON_SALE, shops.Merchant.state == shops.MerchantState.OPEN)


@strawberry.type
class Query:
    @strawberry.field
    async def origin_products(self, origin_code: str, first: int = 20) -> list[Product]:
        chosen = (
            select(rows.Product).join(shops.Merchant, shops.Merchant.id == rows.Product.merchant_id).where(*ON_SALE)
        )
        chosen = chosen.where(rows.Product.origin_code.startswith(origin_code.rstrip("0")))
        chosen = chosen.order_by(rows.Product.sold_count.desc(), rows.Product.id.desc()).limit(first)
        async with sessions() as session:
            return [Product.of(row) for row in await session.scalars(chosen)]

    @strawberry.field
    async def product(self, id: strawberry.ID) -> Product | None:
        async with sessions() as session:
            row = await session.get(rows.Product, id)
        return Product.of(row) if row else None


class Plain(GraphQL[Any, Any]):
    async def get_context(self, request: Any, response: Any) -> Any:
        return {
            "merchants": DataLoader(load_merchants),
            "skus": DataLoader(load_skus),
            "images": DataLoader(load_images),
        }


@contextlib.asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    yield
    await engine.dispose()


app = Starlette(routes=[Route("/graphql", Plain(strawberry.Schema(Query)), methods=["POST"])], lifespan=lifespan)
