"""Categories, brands, pictures, products with their SKUs and stock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain.base import Database, clock
from domain.catalog import prices
from domain.catalog.skus import SkuWanted
from models.base import new_id
from models.catalog import (
    Brand,
    Category,
    Clip,
    MarketBasis,
    Picture,
    Product,
    ProductImage,
    ProductState,
    ReturnClass,
    Sku,
    StorageClass,
)
from models.inventory import Stock
from tests.factories.merchants import ZHAOYANG

_numbers = count(1)


@dataclass(frozen=True)
class Made:
    """A product and its SKUs in order."""

    id: UUID
    skus: list[UUID]


async def category(database: Database, **values: Any) -> UUID:
    number = next(_numbers)
    row = {"id": new_id(), "slug": f"category-{number}", "name": f"水果{number}", **values}
    async with database.begin() as uow:
        await uow.session.execute(insert(Category).values(row))
    return row["id"]


async def brand(database: Database, **values: Any) -> UUID:
    row = {"id": new_id(), "name": f"昭果{next(_numbers)}", **values}
    async with database.begin() as uow:
        await uow.session.execute(insert(Brand).values(row))
    return row["id"]


async def clip(database: Database, **values: Any) -> str:
    """A row only: no film lies behind it."""
    key = hashlib.sha256(f"clip {next(_numbers)}".encode()).hexdigest()
    row = {"key": key, "width": 720, "height": 1280, "byte_size": 4000, "milliseconds": 5000, **values}
    async with database.begin() as uow:
        await uow.session.execute(insert(Clip).values(row))
    return key


async def picture(database: Database, **values: Any) -> str:
    """A row only: no file lies behind it."""
    key = hashlib.sha256(f"picture {next(_numbers)}".encode()).hexdigest()
    row = {"key": key, "width": 800, "height": 600, "byte_size": 12_345, **values}
    async with database.begin() as uow:
        await uow.session.execute(insert(Picture).values(row))
    return key


def sku(name: str = "5 斤装", price: int = 3990, weight: int = 2500, **values: Any) -> SkuWanted:
    if values.get("market_price"):
        said = {"market_basis": MarketBasis.SUGGESTED, "market_source": "合作社 2026 年建议零售价"}
        values = said | values
    return SkuWanted(
        name=name, price=price, weight=weight, gross_weight=values.pop("gross_weight", weight + 300), **values
    )


async def product(
    database: Database,
    merchant_id: UUID,
    *,
    category_id: UUID | None = None,
    skus: tuple[SkuWanted, ...] | None = None,
    stock: int = 100,
    images: int = 1,
    **values: Any,
) -> Made:
    """A product on sale, with a picture and one SKU of which there are 100."""
    wanted = (sku(),) if skus is None else skus
    made = Made(new_id(), [new_id() for _ in wanted])
    keys = [await picture(database) for _ in range(images)]
    row = {
        "id": made.id,
        "merchant_id": merchant_id,
        "category_id": category_id or await category(database),
        "origin_code": ZHAOYANG,
        "title": f"昭通红富士苹果 {next(_numbers)}",
        "state": ProductState.ON_SALE,
        "storage": StorageClass.AMBIENT,
        "return_class": ReturnClass.NO_RETURN_BY_LAW,
        "published_at": clock.now(),
        "updated_at": clock.now(),
        **prices.summary(each for each in wanted if each.active),
        **values,
    }
    async with database.begin() as uow:
        await uow.session.execute(insert(Product).values(row))
        await _insert(uow, Sku, [_sku(made, place, each) for place, each in enumerate(wanted)])
        await _insert(uow, Stock, [{"sku_id": id, "actual": stock} for id in made.skus])
        shown = [{"product_id": made.id, "position": place, "key": key, "alt": ""} for place, key in enumerate(keys)]
        await _insert(uow, ProductImage, shown)
    return made


async def _insert(uow: Any, model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        await uow.session.execute(insert(model), rows)


def _sku(made: Made, place: int, wanted: SkuWanted) -> dict[str, Any]:
    return {
        "id": made.skus[place],
        "product_id": made.id,
        "name": wanted.name,
        "price": wanted.price,
        "market_price": wanted.market_price,
        "market_basis": wanted.market_basis,
        "market_source": wanted.market_source,
        "weight": wanted.weight,
        "gross_weight": wanted.gross_weight,
        "active": wanted.active,
        "position": place,
    }
