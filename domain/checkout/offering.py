"""SKUs as they can be bought right now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    exists,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain import cards, points
from domain.base import clock
from domain.pricing import GiftCard
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Product, ProductImage, ProductState, ReturnClass, Sku, StorageClass
from models.inventory import Stock
from models.merchants import Merchant, MerchantState
from models.promotions import Coupon, CouponState


@dataclass(frozen=True)
class Offer:
    """A SKU as it can be bought right now. Money in fen, weight in grams, quantities in sale units."""

    sku_id: UUID
    product_id: UUID
    category_id: UUID
    merchant_id: UUID
    title: str
    sku_name: str
    image_key: str | None
    price: int
    weight: int
    gross_weight: int
    return_class: ReturnClass
    # Of what the product's page says; None where it was never saved by its shop.
    snapshot_hash: str | None
    on_sale: bool
    available: int
    # None: the shop's default template.
    freight_template_id: UUID | None
    freight_mark: UUID
    # None: the shop never reduced anything.
    promotions_mark: UUID | None
    # Of a parcel with one piece, in mm³; None where nobody measured it.
    volume: int | None
    cold: bool
    # How many one member may buy, ever or within so many days; None: as many as there are.
    limit_each: int | None
    limit_days: int | None


def _cover() -> ColumnElement[Any]:
    first = select(ProductImage.key).where(ProductImage.product_id == Product.id, ProductImage.position == 0)
    return first.correlate(Product).scalar_subquery()


OFFER: Mapping[str, ColumnElement[Any]] = {
    "sku_id": Sku.__table__.c.id,
    "product_id": Product.__table__.c.id,
    "category_id": Product.__table__.c.category_id,
    "merchant_id": Merchant.__table__.c.id,
    "title": Product.__table__.c.title,
    "sku_name": Sku.__table__.c.name,
    "image_key": _cover(),
    "price": Sku.__table__.c.price,
    "weight": Sku.__table__.c.weight,
    "gross_weight": Sku.__table__.c.gross_weight,
    "return_class": Product.__table__.c.return_class,
    "snapshot_hash": Product.__table__.c.snapshot_hash,
    "on_sale": and_(Sku.active, Product.state == ProductState.ON_SALE, Merchant.state == MerchantState.OPEN),
    "available": func.coalesce(Stock.actual - Stock.held, 0),
    "freight_template_id": Product.__table__.c.freight_template_id,
    "freight_mark": Merchant.__table__.c.freight_mark,
    "promotions_mark": Merchant.__table__.c.promotions_mark,
    "volume": cast(Sku.length, BigInteger) * Sku.width * Sku.height,
    "cold": Product.storage != StorageClass.AMBIENT,
    "limit_each": Sku.__table__.c.limit_each,
    "limit_days": Sku.__table__.c.limit_days,
}


def chosen_offers() -> Select[*tuple[Any, ...]]:
    """The SELECT of all offers, to be narrowed down."""
    return (
        select(*(expression.label(name) for name, expression in OFFER.items()))
        .select_from(Sku)
        .join(Product, Product.id == Sku.product_id)
        .join(Merchant, Merchant.id == Product.merchant_id)
        .join(Stock, Stock.sku_id == Sku.id, isouter=True)
    )


OFFERS = Statement(
    Sku.__table__, lambda _: chosen_offers().where(Sku.id == any_(bindparam("sku_ids", type_=ARRAY(Uuid))))
)


# With them, whether the member holds any coupon: who holds none costs no statement more.
OFFERS_FOR = Statement(
    Sku.__table__,
    lambda _: (
        chosen_offers()
        .add_columns(holds_coupons(), _gift_cards(), _points())
        .where(Sku.id == any_(bindparam("sku_ids", type_=ARRAY(Uuid))))
    ),
)


def holds_coupons() -> ColumnElement[Any]:
    """Whether the member `member_id` may have a coupon to use."""
    mine = (Coupon.member_id == bindparam("member_id", type_=Uuid)) & (Coupon.state == CouponState.HELD)
    return exists(select(Coupon.id).where(mine)).label("holds_coupons")


def _gift_cards() -> ColumnElement[Any]:
    """The member's gift cards that may pay for these goods: looked for once, and told with the first SKU alone."""
    asked, sku = bindparam("sku_ids", type_=ARRAY(Uuid)), aliased(Sku)
    shops = select(Product.merchant_id).join(sku, sku.product_id == Product.id).where(sku.id == any_(asked))
    is_first = Sku.__table__.c.id == bindparam("first", type_=Uuid)
    return case((is_first, cards.usable_at(shops.correlate(None)))).label("gift_cards")


def _points() -> ColumnElement[Any]:
    """The member's points and the rules of them, likewise."""
    is_first = Sku.__table__.c.id == bindparam("first", type_=Uuid)
    return case((is_first, points.told_of())).label("points")


@dataclass(frozen=True)
class Holds:
    """What a buyer may pay less with: whether coupons need be looked for, the gift cards of the shops, and points."""

    coupons: bool = False
    cards: tuple[GiftCard, ...] = ()
    points: points.Held | None = None


async def offers(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, Offer]:
    """What each SKU costs and whether it can be had; SKUs that do not exist are missing."""
    return {row["sku_id"]: offer_of(row) for row in await OFFERS.rows(session, NO_COLUMNS, sku_ids=sku_ids)}


async def offers_for(
    session: AsyncSession, member_id: UUID, sku_ids: Sequence[UUID]
) -> tuple[dict[UUID, Offer], Holds]:
    """As `offers`, and what the member holds; the SKUs are some."""
    asked = {"sku_ids": sku_ids, "first": sku_ids[0], "member_id": member_id, "now": clock.now()}
    rows = await OFFERS_FOR.rows(session, NO_COLUMNS, **asked)
    own = next((row["gift_cards"] for row in rows if row["gift_cards"]), None)
    told = next((row["points"] for row in rows if row["points"]), None)
    holds = Holds(any(row["holds_coupons"] for row in rows), cards.usable(own), points.held_of(told))
    return {row["sku_id"]: offer_of(row) for row in rows}, holds


def offer_of(row: Mapping[Any, Any]) -> Offer:
    """The offer in a row of `chosen_offers`."""
    return Offer(**{name: row[name] for name in OFFER})
