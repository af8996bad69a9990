"""Changes of published products that wait for review."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, merchants
from models.listings import ChangeState
from schema.base import NumberedPage, Refused
from schema.catalog import Product
from schema.merchants import Merchant
from schema.pictures import picture_url
from schema.relations import RowType, derived, one

strawberry.enum(ChangeState, name="ProductChangeState")


@strawberry.type(description="One field of a product: what it says and what it shall say, in words.")
class ProductEdit:
    field: str
    label: str
    before: str
    after: str
    before_images: list[str] = strawberry.field(description="Paths of the pictures, where these are what changes.")
    after_images: list[str]


def edits_of(stored: list[dict[str, Any]]) -> list[ProductEdit]:
    return [
        ProductEdit(
            field=edit["field"],
            label=edit["label"],
            before=edit["before_text"],
            after=edit["after_text"],
            before_images=_pictures(edit, "before"),
            after_images=_pictures(edit, "after"),
        )
        for edit in stored
    ]


def _pictures(edit: dict[str, Any], side: str) -> list[str]:
    return [picture_url(image["key"]) for image in edit[side]] if edit["field"] == "images" else []


@strawberry.type(description="What a shop wants to change of a product that was published; it waits for the platform.")
class ProductChange(RowType):
    id: UUID
    product_id: UUID
    merchant_id: UUID
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    product: Product = one(catalog.products_by_id, key="product_id")
    state: ChangeState
    edits: list[ProductEdit] = derived(edits_of, "edits")
    asked_by: str
    decided_by: str | None
    decided_at: datetime | None
    note: str
    created_at: datetime


@strawberry.type
class ProductChangePage(NumberedPage[ProductChange]):
    pass


ProductChangeResult = Annotated[ProductChange | Refused, strawberry.union("ProductChangeResult")]
