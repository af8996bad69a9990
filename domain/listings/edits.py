"""What differs between two forms of a product, field by field; and one form with such differences written over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.catalog.listing import ImageWanted, ProductWanted
from domain.catalog.skus import SkuWanted
from domain.policies import Said
from models.base import id_of
from models.catalog import ReturnClass, SoldBy, StorageClass

LABELS = {
    "title": "商品标题",
    "subtitle": "副标题",
    "description": "商品详情",
    "category_id": "分类",
    "brand_id": "品牌",
    "origin_code": "产地",
    "storage": "储运方式",
    "return_class": "退货规则",
    "shelf_life_days": "保质期（天）",
    "harvest_from": "采收开始（月）",
    "harvest_to": "采收结束（月）",
    "harvest_from_day": "采收开始（日）",
    "ships_from": "发货日期",
    "grade": "等级",
    "sold_by": "销售方式",
    "tolerance_percent": "重量误差（%）",
    "freight_template_id": "运费模板",
    "clip_key": "讲解视频",
    "clip_poster_key": "视频封面",
    "images": "图片",
}
SKU_LABELS = {
    "name": "名称",
    "price": "价格",
    "market_price": "划线价",
    "market_basis": "划线价依据",
    "market_source": "划线价出处",
    "weight": "净重（克）",
    "gross_weight": "毛重（克）",
    "length": "长（毫米）",
    "width": "宽（毫米）",
    "height": "高（毫米）",
    "limit_each": "每人限购（件）",
    "limit_days": "限购周期（天）",
    "active": "销售",
}
#: Nobody looks at these: where a shop sends from what to pay for it, when, what it stops to sell, and how much to whom.
AT_ONCE = frozenset({"freight_template_id", "ships_from"})
SKU_AT_ONCE = frozenset({"active", "limit_each", "limit_days"})
IDS = frozenset({"category_id", "brand_id", "freight_template_id"})
ENUMS: Mapping[str, type[StrEnum]] = {"storage": StorageClass, "return_class": ReturnClass, "sold_by": SoldBy}
NEW = "new"


@dataclass(frozen=True)
class Edit:
    """One field: what it said and what it shall say, as JSON knows it."""

    field: str
    before: Any
    after: Any


def flat(wanted: ProductWanted) -> dict[str, Any]:
    """The product as one value of JSON for each field: `title`, `attribute.<id>`, `sku.<id>.price`, `sku.new.0` …"""
    found: dict[str, Any] = {name: _plain(getattr(wanted, name)) for name in LABELS if name != "images"}
    found["images"] = [_image(image) for image in wanted.images]
    found |= {f"attribute.{said.attribute_id}": said.value for said in wanted.attributes}
    fresh = 0
    for sku in wanted.skus:
        values = {name: _plain(getattr(sku, name)) for name in SKU_LABELS}
        if sku.id is None:
            found[f"sku.{NEW}.{fresh}"] = values | {"stock": sku.stock}
            fresh += 1
        else:
            found |= {f"sku.{sku.id}.{name}": value for name, value in values.items()}
    return found


def _image(image: ImageWanted) -> dict[str, Any]:
    """Where to look is said only where it is not the middle, as of pictures that were written before one could."""
    said = {"key": image.key, "alt": image.alt}
    focus = [image.focus_x, image.focus_y]
    return said if focus == [500, 500] else said | {"focus": focus}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int | str) and not isinstance(value, StrEnum):
        return value
    return value.value if isinstance(value, StrEnum) else str(value)


def differences(now: ProductWanted, wanted: ProductWanted) -> list[Edit]:
    """What `wanted` says otherwise. A SKU it leaves out is taken off sale; their order is no difference."""
    before, after = flat(now), flat(_with_leavers(now, wanted))
    names = [*after, *(name for name in before if name not in after)]
    return [Edit(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def _with_leavers(now: ProductWanted, wanted: ProductWanted) -> ProductWanted:
    """All SKUs: one that is new with the name of one that leaves is that one, come back."""
    named = {sku.id for sku in wanted.skus}
    idle = {sku.name: sku for sku in now.skus if sku.id not in named}
    skus = [
        replace(sku, id=idle.pop(sku.name).id) if sku.id is None and sku.name in idle else sku for sku in wanted.skus
    ]
    return replace(wanted, skus=(*skus, *(replace(sku, active=False) for sku in idle.values())))


def conflicts(now: ProductWanted, edits: Sequence[Edit]) -> list[Edit]:
    """Edits made of something the product no longer says."""
    said = flat(now)
    return [edit for edit in edits if said.get(edit.field) != edit.before]


def overlaid(now: ProductWanted, edits: Sequence[Edit]) -> ProductWanted:
    """`now` with the edits written over it."""
    values = flat(now) | {edit.field: edit.after for edit in edits}
    touched = {sku[0] for edit in edits if (sku := sku_field(edit.field)) and sku[1] != "active"}
    # What is off sale and stays as it is need not be written; there may be more of it than a form holds.
    skus = [sku for sku in now.skus if values[f"sku.{sku.id}.active"] or sku.id in touched]
    plain = {name: _back(name, values[name]) for name in LABELS if name != "images"}
    return replace(
        now,
        **plain,
        images=tuple(ImageWanted(image["key"], image["alt"], *image.get("focus", ())) for image in values["images"]),
        attributes=tuple(
            Said(id_of(name.removeprefix("attribute.")), value)
            for name, value in values.items()
            if name.startswith("attribute.") and value is not None
        ),
        skus=(*(_sku(sku, values) for sku in skus), *_new(values)),
    )


def _back(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in IDS:
        return id_of(value)
    if name == "ships_from":
        return date.fromisoformat(value)
    return ENUMS[name](value) if name in ENUMS else value


def _sku(sku: SkuWanted, values: Mapping[str, Any]) -> SkuWanted:
    return replace(sku, **{name: values[f"sku.{sku.id}.{name}"] for name in SKU_LABELS})


def _new(values: Mapping[str, Any]) -> list[SkuWanted]:
    known = {field.name for field in fields(SkuWanted)}
    return [
        SkuWanted(**{key: each for key, each in value.items() if key in known})
        for name, value in values.items()
        if name.startswith(f"sku.{NEW}.") and value is not None
    ]


def sku_field(field: str) -> tuple[UUID | None, str] | None:
    """The SKU (None: a new one) and the name of its field, for the field of a SKU."""
    parts = field.split(".")
    if parts[0] != "sku":
        return None
    return (None, NEW) if parts[1] == NEW else (id_of(parts[1]), parts[2])
