"""Categories, brands, products with their SKUs and pictures, banners, and the words the fallback search reads."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class Category(Row):
    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("parent_id", "name", postgresql_nulls_not_distinct=True),)

    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    icon: Mapped[str | None] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(SmallInteger, default=0)


class Brand(Row):
    __tablename__ = "brands"

    name: Mapped[str] = mapped_column(String(60), unique=True)
    merchant_id: Mapped[UUID | None] = mapped_column(ForeignKey("merchants.id"))
    logo_key: Mapped[str | None]
    story: Mapped[str] = mapped_column(default="", server_default="")


class ProductState(StrEnum):
    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    ON_SALE = "ON_SALE"
    OFF_SALE = "OFF_SALE"
    FROZEN = "FROZEN"


class StorageClass(StrEnum):
    AMBIENT = "AMBIENT"
    CHILLED = "CHILLED"
    FROZEN = "FROZEN"


class ReturnClass(StrEnum):
    SEVEN_DAYS = "SEVEN_DAYS"
    NO_RETURN_BY_LAW = "NO_RETURN_BY_LAW"
    NO_RETURN_IF_CONFIRMED = "NO_RETURN_IF_CONFIRMED"


class SoldBy(StrEnum):
    """By the piece, by a weight that is packed, or by a weight that is only estimated when it is ordered."""

    PIECE = "PIECE"
    WEIGHT = "WEIGHT"
    CATCH_WEIGHT = "CATCH_WEIGHT"


class Product(Row):
    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("min_price >= 0 AND max_price >= min_price", "prices"),
        CheckConstraint("(harvest_from IS NULL) = (harvest_to IS NULL)", "harvest_whole"),
        CheckConstraint("harvest_from BETWEEN 1 AND 12 AND harvest_to BETWEEN 1 AND 12", "harvest_months"),
        CheckConstraint(
            "harvest_from_day BETWEEN 1 AND 31 AND (harvest_from_day IS NULL OR harvest_from IS NOT NULL)",
            "harvest_day",
        ),
        CheckConstraint("shelf_life_days > 0", "shelf_life"),
        CheckConstraint("(sold_by = 'CATCH_WEIGHT') = (tolerance_percent IS NOT NULL)", "catch_weight_has_tolerance"),
        CheckConstraint("tolerance_percent BETWEEN 1 AND 30", "tolerance"),
        CheckConstraint("sold_count >= 0", "sold_count"),
        CheckConstraint("(clip_key IS NULL) = (clip_poster_key IS NULL)", "clip_has_poster"),
        CheckConstraint("state <> 'ON_SALE' OR published_at IS NOT NULL", "on_sale_is_published"),
        # The lists a buyer pages through read only what is on sale.
        Index("ix_products_on_sale_sold", "sold_count", "id", postgresql_where=text("state = 'ON_SALE'")),
        Index("ix_products_on_sale_category", "category_id", "sold_count", postgresql_where=text("state = 'ON_SALE'")),
        Index("ix_products_on_sale_origin", "origin_code", "sold_count", postgresql_where=text("state = 'ON_SALE'")),
        Index("ix_products_merchant", "merchant_id", "created_at"),
        ForeignKeyConstraint(
            ["merchant_id", "freight_template_id"],
            ["freight_templates.merchant_id", "freight_templates.id"],
            name="fk_products_freight_template",
        ),
        Index(
            "ix_products_freight_template",
            "freight_template_id",
            postgresql_where=text("freight_template_id IS NOT NULL"),
        ),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    category_id: Mapped[UUID] = mapped_column(ForeignKey("categories.id"))
    brand_id: Mapped[UUID | None] = mapped_column(ForeignKey("brands.id"), index=True)
    origin_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    title: Mapped[str] = mapped_column(String(80))
    subtitle: Mapped[str] = mapped_column(String(120), default="")
    description: Mapped[str] = mapped_column(default="")
    state: Mapped[ProductState] = mapped_column(default=ProductState.DRAFT)
    review_note: Mapped[str | None]
    storage: Mapped[StorageClass]
    return_class: Mapped[ReturnClass]
    # Null: the shop's default template.
    freight_template_id: Mapped[UUID | None]
    shelf_life_days: Mapped[int | None]
    harvest_from: Mapped[int | None] = mapped_column(SmallInteger)
    harvest_to: Mapped[int | None] = mapped_column(SmallInteger)
    # The day of the first month; null: its first.
    harvest_from_day: Mapped[int | None] = mapped_column(SmallInteger)
    # What is ordered before is sent from this day on.
    ships_from: Mapped[date | None]
    # As it is sorted and called: 「一级果 80 mm」.
    grade: Mapped[str] = mapped_column(String(40), default="", server_default="")
    sold_by: Mapped[SoldBy] = mapped_column(default=SoldBy.PIECE, server_default="PIECE")
    # How far the weighed piece may be off the estimate, both ways.
    tolerance_percent: Mapped[int | None] = mapped_column(SmallInteger)
    # The shop explains the goods (讲解视频); the poster is shown until it plays.
    clip_key: Mapped[str | None] = mapped_column(ForeignKey("clips.key"))
    clip_poster_key: Mapped[str | None] = mapped_column(ForeignKey("pictures.key"))
    # Of the active SKUs; written with them, so that lists need not read SKUs.
    min_price: Mapped[Fen] = mapped_column(default=0)
    max_price: Mapped[Fen] = mapped_column(default=0)
    price_per_500g: Mapped[Fen | None]
    sold_count: Mapped[int] = mapped_column(default=0)
    # Of what its page says now; orders take it over. Null until it was saved once.
    snapshot_hash: Mapped[str | None] = mapped_column(ForeignKey("product_snapshots.hash"))
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class ProductSnapshot(Base):
    """What a product's page said at some time, found by the hash of its content: the same words are kept once.

    Kept for orders (E-Commerce Law Art. 31: three years from completion); never changed.
    """

    __tablename__ = "product_snapshots"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class MarketBasis(StrEnum):
    """What a price that is struck through is: what we charged before it went down, or what its maker suggests."""

    ORIGINAL = "ORIGINAL"
    SUGGESTED = "SUGGESTED"


class Sku(Row):
    __tablename__ = "skus"
    __table_args__ = (
        CheckConstraint("price > 0", "price"),
        CheckConstraint("market_price IS NULL OR market_price > price", "market_price"),
        CheckConstraint("(market_price IS NULL) = (market_basis IS NULL)", "market_basis_is_said"),
        CheckConstraint("(market_source <> '') = (market_basis IS NOT DISTINCT FROM 'SUGGESTED')", "market_source"),
        CheckConstraint("weight >= 0 AND gross_weight > 0 AND gross_weight >= weight", "weights"),
        CheckConstraint("num_nonnulls(length, width, height) IN (0, 3)", "dimensions_whole"),
        CheckConstraint("length > 0 AND width > 0 AND height > 0", "dimensions"),
        CheckConstraint("limit_each BETWEEN 1 AND 999", "limit_each"),
        CheckConstraint("limit_days BETWEEN 1 AND 365 AND limit_each IS NOT NULL OR limit_days IS NULL", "limit_days"),
        UniqueConstraint("product_id", "name"),
        # What lines of orders refer to: theirs is the product of their SKU.
        UniqueConstraint("id", "product_id"),
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    name: Mapped[str] = mapped_column(String(60))
    price: Mapped[Fen]
    # Struck through, with what it is; of a suggested one who says so, and where.
    market_price: Mapped[Fen | None]
    market_basis: Mapped[MarketBasis | None]
    market_source: Mapped[str] = mapped_column(String(80), default="", server_default="")
    # What it was offered for at least in the seven days before the price of now began; kept by the database itself,
    # see `models.pricing`. Null: not on sale, or never offered before.
    lowest_before: Mapped[Fen | None]
    # What the platform saw last: how far the price may move by itself is measured from here. Null: never reviewed.
    reviewed_price: Mapped[Fen | None]
    # Net and gross weight in grams; net 0 means "not sold by weight".
    weight: Mapped[int]
    gross_weight: Mapped[int]
    # Of the parcel of one piece, in millimetres: light but bulky goods are charged by volume.
    length: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    # How many one member may buy, ever or within so many days; null: as many as there are.
    limit_each: Mapped[int | None] = mapped_column(SmallInteger)
    limit_days: Mapped[int | None] = mapped_column(SmallInteger)
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(SmallInteger, default=0)


class ProductAttribute(Base):
    """What a product says of itself under an attribute of its category: 果径 80, 采摘方式 人工."""

    __tablename__ = "product_attributes"
    __table_args__ = (Index("ix_product_attributes_value", "attribute_id", "value"),)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    attribute_id: Mapped[UUID] = mapped_column(ForeignKey("attributes.id"), primary_key=True)
    # In its one form: an option, a number without needless zeros, a text, true or false.
    value: Mapped[str] = mapped_column(String(120))


class Picture(Base):
    """A stored picture; `key` is the hash of its bytes, so the same picture is stored once."""

    __tablename__ = "pictures"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    byte_size: Mapped[int]
    # Null: belongs to the platform.
    merchant_id: Mapped[UUID | None] = mapped_column(ForeignKey("merchants.id"))


class Clip(Base):
    """A stored short video; `key` is the hash of its bytes."""

    __tablename__ = "clips"
    __table_args__ = (
        CheckConstraint("milliseconds BETWEEN 1 AND 60500", "length"),
        CheckConstraint("width > 0 AND height > 0 AND byte_size > 0", "sizes"),
    )

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    byte_size: Mapped[int]
    milliseconds: Mapped[int]
    # Null: two shops have sent it, and both may show it.
    merchant_id: Mapped[UUID | None] = mapped_column(ForeignKey("merchants.id"))


class ProductImage(Base):
    __tablename__ = "product_images"
    __table_args__ = (CheckConstraint("focus_x BETWEEN 0 AND 1000 AND focus_y BETWEEN 0 AND 1000", "focus"),)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("pictures.key"))
    alt: Mapped[str] = mapped_column(String(80), default="")
    # Where to look, in thousandths from the left and the top: what is cut off is cut off around it.
    focus_x: Mapped[int] = mapped_column(SmallInteger, default=500, server_default="500")
    focus_y: Mapped[int] = mapped_column(SmallInteger, default=500, server_default="500")


class Banner(Row):
    __tablename__ = "banners"

    title: Mapped[str] = mapped_column(String(40))
    subtitle: Mapped[str] = mapped_column(String(80))
    image_key: Mapped[str] = mapped_column(ForeignKey("pictures.key"))
    link: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger, default=0)
    active: Mapped[bool] = mapped_column(default=True)


class SearchDocument(Base):
    """A product as the PostgreSQL search reads it: tokens made in Python, filters beside them."""

    __tablename__ = "search_documents"
    __table_args__ = (
        Index("ix_search_documents_words", "words", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_search_documents_origins", "origin_codes", postgresql_using="gin"),
        CheckConstraint("cardinality(traits) <= 60", "traits"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", "place_whole"),
    )

    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    words: Mapped[Any] = mapped_column(TSVECTOR)
    merchant_id: Mapped[UUID]
    # Where the shop and its pickup points are, each with its county and city; and the seat of the shop's county.
    shop_codes: Mapped[list[str]] = mapped_column(ARRAY(String(9)), default=list, server_default="{}")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    brand_id: Mapped[UUID | None]
    # The town, its county and the city: a filter by county is one containment test.
    origin_codes: Mapped[list[str]] = mapped_column(ARRAY(String(9)))
    storage: Mapped[StorageClass]
    # What one piece costs now, a running campaign included; and what runs, by the names of `pricing.CampaignMark`.
    price: Mapped[Fen]
    campaigns: Mapped[list[str]] = mapped_column(ARRAY(String(16)), default=list, server_default="{}")
    sold_count: Mapped[int]
    in_stock: Mapped[bool]
    harvest_from: Mapped[int | None] = mapped_column(SmallInteger)
    harvest_to: Mapped[int | None] = mapped_column(SmallInteger)
    published_at: Mapped[datetime]
    # What it says under attributes one may filter by, each as `finding.trait` writes it.
    traits: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    version: Mapped[int] = mapped_column(BigInteger)


class SearchPending(Base):
    """A product whose newest state the search engine has not confirmed yet; the row goes when it has.

    `mark` grows with every further change, so that a confirmation of an older state does not take the row away.
    """

    __tablename__ = "search_pending"

    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    mark: Mapped[int] = mapped_column(BigInteger, default=1)
    # How often the engine refused this very document: such rows wait behind the others.
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")


class SearchIndex(Base):
    """What is known of an index, and which process may write to it: one at a time, or older states could win."""

    __tablename__ = "search_indexes"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    # Of the settings and the form of the documents it was built with; another one means a rebuild.
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    built_at: Mapped[datetime | None]
    holder: Mapped[UUID | None]
    held_until: Mapped[datetime | None]
    rebuilding: Mapped[bool] = mapped_column(default=False)
