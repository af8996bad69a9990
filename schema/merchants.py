"""Shops and places."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, merchants, reviews
from models.base import Fen
from models.merchants import MerchantKind, MerchantState, RegionLevel
from schema.audience import internal
from schema.base import Connection, NumberedPage, Refused
from schema.pictures import Image
from schema.ratings import ReviewSummary
from schema.relations import RowType, derived, looked_up, many, one

strawberry.enum(RegionLevel, description="Levels of GB/T 2260; a town is below a county.")
strawberry.enum(MerchantKind)
strawberry.enum(MerchantState)


@strawberry.type(description="A place goods come from or go to.")
class Region(RowType):
    code: str = strawberry.field(
        description="GB/T 2260: six digits down to the county, nine for a town. Never changes."
    )
    name: str
    level: RegionLevel
    parent_code: str | None
    parent: Region | None = one(merchants.regions_by_code, key="parent_code")
    children: list[Region] = many(merchants.regions_by_parent, key="code")
    longitude: float | None = strawberry.field(description="Degrees, roughly the middle of the place.")
    latitude: float | None = strawberry.field(description="Degrees, roughly the middle of the place.")
    full_name: str = strawberry.field(
        description="昭通市 昭阳区 洒渔镇, from the city down; elsewhere from the province: 四川省 成都市 武侯区."
    )


def licence_display(number: str | None, exemption: str | None) -> str:
    """What E-Commerce Law Art. 15 wants to be seen on the shop's page."""
    return f"营业执照（统一社会信用代码）{number}" if number else exemption or ""


@strawberry.type(description="A shop. It keeps its `id` and `slug` for good; everything else may change.")
class Merchant(RowType):
    id: UUID
    name: str
    slug: str = strawberry.field(description="The shop in an address, lower-case ASCII.")
    kind: MerchantKind
    state: MerchantState = internal(strawberry.field())
    intro: str
    logo: Image | None = one(catalog.pictures_by_key, key="logo_key")
    region: Region = one(merchants.regions_by_code, key="region_code")
    region_code: str
    licence_display: str = derived(
        licence_display,
        "licence_number",
        "licence_exemption",
        description="Licence number, or the legal ground on which none is needed (E-Commerce Law Art. 10, 15).",
    )
    is_platform_owned: bool
    sold_count: int = strawberry.field(description="Pieces sold since the shop opened.")
    opened_at: datetime
    freight: Fen = strawberry.field(
        description="Freight of one order in fen, and the goods total from which it is free (null: never)."
    )
    free_freight_from: Fen | None

    product_count: int = looked_up(
        catalog.product_counts_by_merchant, "count", key="id", missing=0, description="Products on sale."
    )
    reviews: ReviewSummary | None = internal(
        one(reviews.summaries_by_merchant, key="id", description="What its reviews add up to; null before the first.")
    )


@strawberry.type
class MerchantConnection(Connection[Merchant]):
    pass


@strawberry.type
class MerchantPage(NumberedPage[Merchant]):
    pass


MerchantResult = Annotated[Merchant | Refused, strawberry.union("MerchantResult")]
