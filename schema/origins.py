"""Brands and places of origin, with what their pages tell."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, merchants
from schema.base import Refused
from schema.merchants import Merchant, Region
from schema.pictures import Image
from schema.relations import RowType, looked_up, many, one


@strawberry.type(description="A brand, of one shop or (`merchantId` null) of the whole mall.")
class Brand(RowType):
    id: UUID
    name: str
    logo: Image | None = one(catalog.pictures_by_key, key="logo_key")
    story: str = strawberry.field(description="Told on its page, in plain text with line breaks; may be empty.")
    merchant_id: UUID | None
    merchant: Merchant | None = one(
        merchants.open_by_id, key="merchant_id", description="The shop it belongs to, while that is open."
    )

    product_count: int = looked_up(
        catalog.product_counts_by_brand, "count", key="id", missing=0, description="Products on sale."
    )


@strawberry.type(description="The page of a place that goods come from.")
class Origin(RowType):
    code: str
    region: Region = one(merchants.regions_by_code, key="code")
    story: str = strawberry.field(description="Plain text with line breaks; may be empty.")
    picture: Image | None = one(catalog.pictures_by_key, key="picture_key")
    parts: list[Origin] = many(
        catalog.origins_by_parent, key="code", description="Places right below it that something on sale comes from."
    )

    product_count: int = looked_up(
        catalog.product_counts_by_origin,
        "count",
        key="code",
        missing=0,
        description="Products on sale from it and from everything below it.",
    )


BrandResult = Annotated[Brand | Refused, strawberry.union("BrandResult")]
OriginResult = Annotated[Origin | Refused, strawberry.union("OriginResult")]
