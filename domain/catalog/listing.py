"""What a shop writes of a product: its words, months, pictures and SKUs, saved as one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, merchants, policies
from domain.base import Conflict, Invalid, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.catalog import pictures, prices, snapshots, struck
from domain.catalog.publication import ProductChanged
from domain.catalog.reading import access
from domain.catalog.skus import SkuWanted, checked_skus, save_skus
from models.base import new_id
from models.catalog import (
    Brand,
    Category,
    Product,
    ProductAttribute,
    ProductImage,
    ProductState,
    ReturnClass,
    SoldBy,
    StorageClass,
)
from models.freight import FreightTemplate

MOST_IMAGES = 9
LONGEST_SHELF_LIFE = 3650
# A harvest may begin on any day a month can have.
LEAP_YEAR = 2024


@dataclass(frozen=True)
class ImageWanted:
    key: str
    alt: str = ""
    # Where to look, in thousandths from the left and the top.
    focus_x: int = 500
    focus_y: int = 500


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
    harvest_from_day: int | None = None
    ships_from: date | None = None
    grade: str = ""
    sold_by: SoldBy = SoldBy.PIECE
    # Only of what is weighed after it was ordered.
    tolerance_percent: int | None = None
    attributes: tuple[policies.Said, ...] = ()
    # A short video and the picture shown before it plays: both or neither.
    clip_key: str | None = None
    clip_poster_key: str | None = None
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
    return await write_product(uow, viewer, viewer.shop_id, id, wanted)


async def write_product(
    uow: UnitOfWork,
    viewer: Viewer,
    merchant_id: UUID,
    id: UUID | None,
    wanted: ProductWanted,
    *,
    as_id: UUID | None = None,
) -> Saved:
    """As `save_product`, whoever writes it for the shop; a new one gets the id `as_id` where that is given."""
    checked = await check_product(uow.session, merchant_id, wanted)
    values = {**checked.values, "updated_at": clock.now()}
    if id is None:
        id = await _create(uow, viewer, merchant_id, values, as_id or new_id())
    else:
        await _update(uow, viewer, id, wanted.version, values)
    await _save_images(uow.session, id, wanted.images)
    await _save_attributes(uow.session, id, checked.attributes)
    await struck.check(uow.session, id, checked.skus)
    openings = await save_skus(uow.session, id, checked.skus)
    await snapshots.keep(uow.session, [id])
    return Saved(id, openings)


@dataclass(frozen=True)
class Checked:
    """What may be written of a product, clean."""

    values: dict[str, Any]
    skus: Sequence[SkuWanted]
    attributes: Mapping[UUID, str]


async def check_product(session: AsyncSession, merchant_id: UUID, wanted: ProductWanted) -> Checked:
    """Looks at everything that is wanted and writes nothing; Invalid names the first field that is wrong."""
    skus = checked_skus(wanted.skus)
    values = {**_words(wanted), **_months(wanted), **_selling(wanted), **await _places(session, merchant_id, wanted)}
    values |= {"storage": wanted.storage, "return_class": wanted.return_class}
    values |= {"grade": await _grade(session, wanted)}
    values |= prices.summary(sku for sku in skus if sku.active)
    await _check_images(session, merchant_id, wanted.images)
    values |= await _clip(session, merchant_id, wanted)
    return Checked(values, skus, await policies.checked_values(session, wanted.category_id, wanted.attributes))


def with_checked(wanted: ProductWanted, checked: Checked) -> ProductWanted:
    """What is wanted, clean: what `check_product` found is written over what somebody typed."""
    known = {name: value for name, value in checked.values.items() if hasattr(wanted, name)}
    images = tuple(replace(image, alt=_alt(image)) for image in wanted.images)
    attributes = tuple(policies.Said(id, value) for id, value in checked.attributes.items())
    return replace(wanted, **known, images=images, skus=tuple(checked.skus), attributes=attributes)


async def _create(uow: UnitOfWork, viewer: Viewer, merchant_id: UUID, values: Mapping[str, Any], id: UUID) -> UUID:
    row = {"id": id, "merchant_id": merchant_id, "created_at": values["updated_at"], **values}
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
    day = wanted.harvest_from_day
    if day is not None and (begins is None or not 1 <= day <= monthrange(LEAP_YEAR, begins)[1]):
        raise Invalid("采收开始的日子不正确", field="harvestFromDay")
    return {"shelf_life_days": days, "harvest_from": begins, "harvest_to": ends, "harvest_from_day": day}


def _selling(wanted: ProductWanted) -> dict[str, Any]:
    """By what it is sold: what goes by weight says the weight of every SKU."""
    by, tolerance = wanted.sold_by, wanted.tolerance_percent
    if (by is SoldBy.CATCH_WEIGHT) != (tolerance is not None):
        raise Invalid("称重商品须填写重量误差，其他商品不填", field="tolerancePercent")
    if tolerance is not None and not 1 <= tolerance <= 30:
        raise Invalid("重量误差须在 1% 到 30% 之间", field="tolerancePercent")
    light = next((place for place, sku in enumerate(wanted.skus) if sku.active and sku.weight == 0), None)
    if by is not SoldBy.PIECE and light is not None:
        raise Invalid("按重量销售的规格须填写净重", field=f"skus.{light}.weight")
    if wanted.ships_from is not None and wanted.ships_from.year not in range(2020, 2100):
        raise Invalid("发货日期不正确", field="shipsFrom")
    return {"sold_by": by, "tolerance_percent": tolerance, "ships_from": wanted.ships_from}


async def _grade(session: AsyncSession, wanted: ProductWanted) -> str:
    """Begins with one of the category's grades where it has any: 「一级果 80 mm」."""
    grade = clean_text(wanted.grade, field="grade", most=40, label="等级")
    known = (await policies.policy_of(session, wanted.category_id)).grades
    if grade and known and not grade.startswith(known):
        raise Invalid(f"等级须以此分类的等级开头：{'、'.join(known)}", field="grade")
    return grade


async def _places(session: AsyncSession, merchant_id: UUID, wanted: ProductWanted) -> dict[str, Any]:
    """Where it belongs: a leaf of the categories, a brand the shop may use, a county or town."""
    origin = await merchants.place(session, wanted.origin_code, field="originCode")
    await _is_leaf(session, wanted.category_id)
    if wanted.brand_id is not None:
        allowed = Brand.merchant_id.is_(None) | (Brand.merchant_id == merchant_id)
        if await session.scalar(select(Brand.id).where(Brand.id == wanted.brand_id, allowed)) is None:
            raise Invalid("品牌不存在或不属于本店", field="brandId")
    return {
        "category_id": wanted.category_id,
        "brand_id": wanted.brand_id,
        "origin_code": origin["code"],
        "freight_template_id": await _freight(session, merchant_id, wanted.freight_template_id),
    }


async def _freight(session: AsyncSession, merchant_id: UUID, id: UUID | None) -> UUID | None:
    """One of the shop's own templates; held, so that it is not deleted before the product stands."""
    if id is None:
        return None
    own = select(FreightTemplate.id).where(FreightTemplate.id == id, FreightTemplate.merchant_id == merchant_id)
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
async def _check_images(session: AsyncSession, merchant_id: UUID, wanted: tuple[ImageWanted, ...]) -> None:
    keys = [image.key for image in wanted]
    if len(keys) > MOST_IMAGES or len(set(keys)) < len(keys):
        raise Invalid(f"商品图片最多 {MOST_IMAGES} 张，且不能重复", field="images")
    if any(not pictures.KEY.fullmatch(key) for key in keys):
        raise Invalid("图片编号不正确，请重新上传", field="images")
    if any(not 0 <= focus <= 1000 for image in wanted for focus in (image.focus_x, image.focus_y)):
        raise Invalid("图片焦点须在图片之内", field="images")
    await pictures.usable(session, merchant_id, keys, field="images")


async def _clip(session: AsyncSession, merchant_id: UUID, wanted: ProductWanted) -> dict[str, Any]:
    """The short video and its poster, of the shop's own uploads."""
    clip, poster = wanted.clip_key, wanted.clip_poster_key
    if (clip is None) != (poster is None):
        raise Invalid("视频须有一张封面", field="clip")
    if clip is not None and poster is not None:
        await pictures.usable_clip(session, merchant_id, clip)
        await pictures.usable(session, merchant_id, [poster], field="clip")
    return {"clip_key": clip, "clip_poster_key": poster}


async def _save_images(session: AsyncSession, id: UUID, wanted: tuple[ImageWanted, ...]) -> None:
    rows = [
        {"product_id": id, "position": place, "key": image.key, "alt": _alt(image)}
        | {"focus_x": image.focus_x, "focus_y": image.focus_y}
        for place, image in enumerate(wanted)
    ]
    await session.execute(delete(ProductImage).where(ProductImage.product_id == id))
    if rows:
        await session.execute(insert(ProductImage), rows)


async def _save_attributes(session: AsyncSession, id: UUID, values: Mapping[UUID, str]) -> None:
    await session.execute(delete(ProductAttribute).where(ProductAttribute.product_id == id))
    rows = [{"product_id": id, "attribute_id": attribute, "value": value} for attribute, value in values.items()]
    if rows:
        await session.execute(insert(ProductAttribute), rows)


def _alt(image: ImageWanted) -> str:
    return clean_text(image.alt, field="images", most=80, label="图片说明")
