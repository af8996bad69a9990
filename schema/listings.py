"""Changes of published products that wait for review."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, listings, merchants
from domain.media import clip_at, shown_at
from models.base import Fen
from models.catalog import ReturnClass, StorageClass
from models.listings import ChangeState
from schema.base import NumberedPage, Refused
from schema.catalog import Product
from schema.merchants import Merchant
from schema.relations import RowType, derived, one

strawberry.enum(ChangeState, name="ProductChangeState")
strawberry.enum(listings.BatchEffect, description="Nothing changes; it holds at once; the price waits for review.")


@strawberry.type(description="One field of a product: what it says and what it shall say, in words.")
class ProductEdit:
    field: str
    label: str
    before: str
    after: str
    before_images: list[str] = strawberry.field(description="Paths of the pictures, where these are what changes.")
    after_images: list[str]
    before_clip: str | None = strawberry.field(description="Address of the video, where that is what changes.")
    after_clip: str | None


def edits_of(stored: list[dict[str, Any]]) -> list[ProductEdit]:
    return [
        ProductEdit(
            field=edit["field"],
            label=edit["label"],
            before=edit["before_text"],
            after=edit["after_text"],
            before_images=_pictures(edit, "before"),
            after_images=_pictures(edit, "after"),
            before_clip=_clip(edit, "before"),
            after_clip=_clip(edit, "after"),
        )
        for edit in stored
    ]


def _pictures(edit: dict[str, Any], side: str) -> list[str]:
    if edit["field"] == "clip_poster_key":
        return [shown_at(edit[side])] if edit[side] else []
    return [shown_at(image["key"]) for image in edit[side]] if edit["field"] == "images" else []


def _clip(edit: dict[str, Any], side: str) -> str | None:
    return clip_at(edit[side]) if edit["field"] == "clip_key" and edit[side] else None


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


# ------------------------------------------------------------------------------------------------ writing
@strawberry.type(description="What somebody has typed of a product so far.")
class ListingDraft(RowType):
    id: UUID
    title: str
    body: str = strawberry.field(description="The client's form as JSON; the server does not read it.")
    revision: int
    updated_at: datetime


@strawberry.type(description="What a new product probably is; the shop decides.")
class ListingSuggestion:
    category_id: UUID | None
    category_name: str
    origin_code: str | None
    origin_name: str
    grade: str
    storage: StorageClass | None
    return_class: ReturnClass | None
    reason: str = strawberry.field(description="Why this category, in Chinese; empty when there is none.")

    @classmethod
    def of(cls, found: listings.Suggestion) -> ListingSuggestion:
        return cls(**vars(found))


@strawberry.type(description="Old and new of one SKU, and what becomes of it; only the problem where it cannot be.")
class BatchRow:
    sku_id: UUID
    product_title: str = ""
    sku_name: str = ""
    old_price: Fen | None = None
    new_price: Fen | None = None
    old_stock: int | None = None
    new_stock: int | None = None
    effect: listings.BatchEffect = listings.BatchEffect.NOTHING
    problem: Refused | None = None


@strawberry.input(description="What a SKU shall cost (fen) and how many there shall be; null: as it is.")
class BatchRowInput:
    sku_id: UUID
    price: Fen | None = None
    stock: int | None = None
    price_seen: Fen | None = strawberry.field(default=None, description="As the preview told it.")
    stock_seen: int | None = None

    def wanted(self) -> listings.BatchWanted:
        return listings.BatchWanted(**vars(self))
