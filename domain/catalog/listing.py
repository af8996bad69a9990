"""What a shop writes of a product: its words, months, pictures and SKUs, saved as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, merchants
from domain.base import Conflict, Invalid, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.catalog import pictures, prices, snapshots
from domain.catalog.publication import ProductChanged
from domain.catalog.reading import access
from domain.catalog.skus import SkuWanted, checked_skus, save_skus
from models.base import new_id
from models.catalog import Brand, Category, Product, ProductImage, ProductState, ReturnClass, StorageClass
from models.freight import FreightTemplate

MOST_IMAGES = 9
LONGEST_SHELF_LIFE = 3650


@dataclass(frozen=True)
class ImageWanted:
    key: str
    alt: str = ""


@dataclass(frozen=True)
class ProductWanted:
    """A product as somebody filled it in. Months 1–12; `version` is the one that was read, None for a new product."""

    title: str
    category_id: UUID
    origin_code: str
    storage: StorageClass
    return_class: ReturnClass
    images: tuple[ImageWanted, ...]
    skus: tuple[SkuWanted, ...]
    subtitle: str = ""
    description: str = ""
    brand_id: UUID | None = None
    shelf_life_days: int | None = None
    harvest_from: int | None = None
    harvest_to: int | None = None
    # None: the shop's default template.
    freight_template_id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True)
class Saved:
    """The product, and the opening stock of its new SKUs, which the stock domain must be given at once."""

    id: UUID
    openings: Mapping[UUID, int]


async def save_product(uow: UnitOfWork, viewer: Viewer, id: UUID | None, wanted: ProductWanted) -> Saved:
    """Creates a draft, or changes a product of the viewer's own shop.

    Conflict when somebody changed it since `wanted.version`; WrongState while it is being reviewed. SKUs left out of
    `wanted` are taken off sale, never deleted: orders and carts hold them.
    """
    skus = checked_skus(wanted.skus)
    values = {**_words(wanted), **_months(wanted), **await _places(uow.session, viewer, wanted)}
    values |= {"storage": wanted.storage, "return_class": wanted.return_class, "updated_at": clock.now()}
    values |= prices.summary(sku for sku in skus if sku.active)
    if id is None:
        id = await _create(uow, viewer, values)
    else:
        await _update(uow, viewer, id, wanted.version, values)
    await _save_images(uow.session, viewer, id, wanted.images)
    await snapshots.keep(uow.session, [id])
    return Saved(id, await save_skus(uow.session, id, skus))


async def _create(uow: UnitOfWork, viewer: Viewer, values: Mapping[str, Any]) -> UUID:
    id = new_id()
    row = {"id": id, "merchant_id": viewer.shop_id, "created_at": values["updated_at"], **values}
    await uow.session.execute(insert(Product).values(row))
    await audit.record(uow, viewer, "product.create", "product", id, {"title": values["title"]})
    return id


async def _update(uow: UnitOfWork, viewer: Viewer, id: UUID, version: int | None, values: Mapping[str, Any]) -> None:
    before = await access(uow.session, viewer, id, frozenset({"state", *values}))
    if before["state"] is ProductState.IN_REVIEW:
        raise WrongState("商品正在审核，请先撤回再修改")
    if version is None:
        raise Invalid("缺少商品版本，请刷新后重试", field="version")
    unchanged = update(Product).where(Product.id == id, Product.version == version)
    saved = await uow.session.scalar(unchanged.values(**values, version=version + 1).returning(Product.version))
    if saved is None:
        raise Conflict("商品刚被他人修改过，请刷新后重试", field="version")
    uow.emit(ProductChanged(id, saved))
    changed = sorted(name for name in values if name != "updated_at" and before[name] != values[name])
    await audit.record(uow, viewer, "product.update", "product", id, {"title": values["title"], "changed": changed})


# ------------------------------------------------------------------------------------------------ what is allowed
def _words(wanted: ProductWanted) -> dict[str, Any]:
    return {
        "title": clean_text(wanted.title, field="title", least=4, most=60, label="商品标题"),
        "subtitle": clean_text(wanted.subtitle, field="subtitle", most=80, label="副标题"),
        "description": clean_text(wanted.description, field="description", most=5000, label="商品详情"),
    }


def _months(wanted: ProductWanted) -> dict[str, Any]:
    days, begins, ends = wanted.shelf_life_days, wanted.harvest_from, wanted.harvest_to
    if days is not None and not 1 <= days <= LONGEST_SHELF_LIFE:
        raise Invalid(f"保质期须在 1 到 {LONGEST_SHELF_LIFE} 天之间", field="shelfLifeDays")
    if (begins is None) != (ends is None):
        raise Invalid("采收月份须同时填写开始和结束", field="harvestTo" if ends is None else "harvestFrom")
    for field, month in (("harvestFrom", begins), ("harvestTo", ends)):
        if month is not None and not 1 <= month <= 12:
            raise Invalid("采收月份须在 1 到 12 之间", field=field)
    return {"shelf_life_days": days, "harvest_from": begins, "harvest_to": ends}


async def _places(session: AsyncSession, viewer: Viewer, wanted: ProductWanted) -> dict[str, Any]:
    """Where it belongs: a leaf of the categories, a brand the shop may use, a county or town."""
    origin = await merchants.place(session, wanted.origin_code, field="originCode")
    await _is_leaf(session, wanted.category_id)
    if wanted.brand_id is not None:
        allowed = Brand.merchant_id.is_(None) | (Brand.merchant_id == viewer.shop_id)
        if await session.scalar(select(Brand.id).where(Brand.id == wanted.brand_id, allowed)) is None:
            raise Invalid("品牌不存在或不属于本店", field="brandId")
    return {
        "category_id": wanted.category_id,
        "brand_id": wanted.brand_id,
        "origin_code": origin["code"],
        "freight_template_id": await _freight(session, viewer, wanted.freight_template_id),
    }


async def _freight(session: AsyncSession, viewer: Viewer, id: UUID | None) -> UUID | None:
    """One of the shop's own templates; held, so that it is not deleted before the product stands."""
    if id is None:
        return None
    own = select(FreightTemplate.id).where(FreightTemplate.id == id, FreightTemplate.merchant_id == viewer.shop_id)
    if await session.scalar(own.with_for_update(read=True, key_share=True)) is None:
        raise Invalid("运费模板不存在", field="freightTemplateId")
    return id


async def _is_leaf(session: AsyncSession, id: UUID) -> None:
    below = select(Category.id).where(Category.parent_id == id).exists()
    has_children = (await session.execute(select(below).where(Category.id == id))).scalar_one_or_none()
    if has_children is None:
        raise Invalid("分类不存在", field="categoryId")
    if has_children:
        raise Invalid("请选择最末一级分类", field="categoryId")


# ------------------------------------------------------------------------------------------------ pictures
async def _save_images(session: AsyncSession, viewer: Viewer, id: UUID, wanted: tuple[ImageWanted, ...]) -> None:
    keys = [image.key for image in wanted]
    if len(keys) > MOST_IMAGES or len(set(keys)) < len(keys):
        raise Invalid(f"商品图片最多 {MOST_IMAGES} 张，且不能重复", field="images")
    if any(not pictures.KEY.fullmatch(key) for key in keys):
        raise Invalid("图片编号不正确，请重新上传", field="images")
    await pictures.usable(session, viewer.shop_id, keys, field="images")
    rows = [
        {"product_id": id, "position": place, "key": image.key, "alt": _alt(image)}
        for place, image in enumerate(wanted)
    ]
    await session.execute(delete(ProductImage).where(ProductImage.product_id == id))
    if rows:
        await session.execute(insert(ProductImage), rows)


def _alt(image: ImageWanted) -> str:
    return clean_text(image.alt, field="images", most=80, label="图片说明")
