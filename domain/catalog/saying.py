"""A product as its shop would fill it in again: what is stored, as it was wanted. And what it says of itself."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import policies
from domain.base import NotFound
from domain.catalog.listing import ImageWanted, ProductWanted
from domain.catalog.skus import SkuWanted
from domain.statements import ManyBy
from models.catalog import Product, ProductAttribute, ProductImage, Sku
from models.policies import Attribute

VALUE, ASKED = ProductAttribute.__table__.c, Attribute.__table__.c


def _said() -> Any:
    chosen = select(VALUE.product_id, VALUE.attribute_id, VALUE.value, ASKED.name, ASKED.kind, ASKED.unit)
    chosen = chosen.add_columns(ASKED.position, ASKED.filterable)
    return chosen.join(Attribute, ASKED.id == VALUE.attribute_id).subquery("said")


#: What each product says under the attributes of its category, in the order they are asked.
attributes_by_product = ManyBy(_said(), "product_id", order_by=("position", "attribute_id"))

SAME = tuple(field.name for field in fields(ProductWanted) if field.name not in ("images", "skus", "attributes"))
OF_SKU = tuple(field.name for field in fields(SkuWanted) if field.name != "stock")


async def as_wanted(session: AsyncSession, id: UUID, *, lock: bool = False) -> ProductWanted:
    """Everything a shop may write of a product as it stands now, SKUs that are off sale too; four statements.

    With `lock`, nobody else writes it until this unit of work has ended.
    """
    chosen = select(Product).where(Product.id == id)
    product = await session.scalar(chosen.with_for_update() if lock else chosen)
    if product is None:
        raise NotFound("商品不存在")
    images = await session.scalars(
        select(ProductImage).where(ProductImage.product_id == id).order_by(ProductImage.position)
    )
    skus = await session.scalars(select(Sku).where(Sku.product_id == id).order_by(Sku.position, Sku.id))
    said = await session.scalars(
        select(ProductAttribute).where(ProductAttribute.product_id == id).order_by(ProductAttribute.attribute_id)
    )
    return ProductWanted(
        **{name: getattr(product, name) for name in SAME},
        images=tuple(ImageWanted(image.key, image.alt, image.focus_x, image.focus_y) for image in images),
        skus=tuple(SkuWanted(**{name: getattr(sku, name) for name in OF_SKU}) for sku in skus),
        attributes=tuple(policies.Said(each.attribute_id, each.value) for each in said),
    )


async def reviewed_prices(session: AsyncSession, id: UUID) -> dict[UUID, int]:
    """What the platform saw last of each SKU's price; the price itself where it never looked."""
    rows = await session.execute(select(Sku.id, Sku.reviewed_price, Sku.price).where(Sku.product_id == id))
    return {sku: price if reviewed is None else reviewed for sku, reviewed, price in rows}
