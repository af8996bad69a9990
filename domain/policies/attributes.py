"""Attributes of goods by category, and what a product may say under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import Conflict, Event, Invalid, NotFound, RowDict, TooMany, UnitOfWork, Viewer, clean_text
from domain.policies.shelf import path
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.catalog import Category
from models.policies import Attribute, AttributeKind

MOST_OPTIONS = 60
MOST_ATTRIBUTES = 30
MOST_TEXT = 120
LARGEST = Decimal(1_000_000_000)

TABLE = Attribute.__table__.c
#: What a category asks itself, not what it has from above.
attributes_by_category = ManyBy(
    select(*TABLE).where(TABLE.active).subquery("asked"), "category_id", order_by=("position", "id")
)
attributes_by_id = OneBy(Attribute.__table__, "id")


@dataclass(frozen=True)
class AttributeChanged(Event):
    """What goods of a category say of themselves is called or asked otherwise."""

    category_id: UUID


@dataclass(frozen=True)
class AttributeWanted:
    name: str
    kind: AttributeKind
    unit: str | None = None
    options: tuple[str, ...] = ()
    required: bool = False
    filterable: bool = False
    position: int = 0


@dataclass(frozen=True)
class Said:
    """What a product says under one attribute, as somebody filled it in."""

    attribute_id: UUID
    value: str


async def asked_in(session: AsyncSession, category_id: UUID) -> list[RowDict]:
    """The attributes of a category with those from above, the highest first; one statement."""
    up = path(category_id)
    chosen = select(*TABLE).join(up, up.c.id == TABLE.category_id).where(TABLE.active)
    rows = await session.execute(chosen.order_by(up.c.depth.desc(), TABLE.position, TABLE.id))
    return [dict(row) for row in rows.mappings()]


async def save_attribute(
    uow: UnitOfWork, viewer: Viewer, id: UUID | None, category_id: UUID, wanted: AttributeWanted
) -> UUID:
    """Adds an attribute to a category, or changes one. Its kind stays: products have said values of it."""
    values = _checked(wanted)
    if await uow.session.scalar(select(Category.id).where(Category.id == category_id).with_for_update()) is None:
        raise NotFound("分类不存在", field="categoryId")
    key = id or new_id()
    try:
        async with uow.session.begin_nested():
            if id is None:
                await _has_room(uow.session, category_id)
                row = {"id": key, "category_id": category_id, "active": True, **values}
                await uow.session.execute(insert(Attribute).values(row))
            else:
                await _change(uow.session, id, category_id, values)
    except IntegrityError:
        raise Conflict("此分类已有同名属性", field="name") from None
    uow.emit(AttributeChanged(category_id))
    await audit.record(uow, viewer, "attribute.update" if id else "attribute.create", "attribute", key, dict(values))
    return key


async def _has_room(session: AsyncSession, category_id: UUID) -> None:
    count = select(func.count()).select_from(Attribute).where(TABLE.category_id == category_id, TABLE.active)
    if (await session.scalar(count) or 0) >= MOST_ATTRIBUTES:
        raise TooMany(f"一个分类最多 {MOST_ATTRIBUTES} 个属性", field="name")


async def _change(session: AsyncSession, id: UUID, category_id: UUID, values: Mapping[str, Any]) -> None:
    kind = await session.scalar(
        select(Attribute.kind).where(Attribute.id == id, Attribute.category_id == category_id, Attribute.active)
    )
    if kind is None:
        raise NotFound("属性不存在", field="id")
    if kind is not values["kind"]:
        raise Invalid("属性的类型不能更改，请停用后新建", field="kind")
    await session.execute(update(Attribute).where(Attribute.id == id).values(**values))


async def retire_attribute(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Asks no more for it. What products have said of it stays with them until they are saved again."""
    step = update(Attribute).where(Attribute.id == id, Attribute.active).values(active=False)
    found = (await uow.session.execute(step.returning(Attribute.name, Attribute.category_id))).one_or_none()
    if found is None:
        raise NotFound("属性不存在", field="id")
    uow.emit(AttributeChanged(found.category_id))
    await audit.record(uow, viewer, "attribute.retire", "attribute", id, {"name": found.name})


def _checked(wanted: AttributeWanted) -> dict[str, Any]:
    kind = wanted.kind
    options = [clean_text(each, field="options", least=1, most=40, label="选项") for each in wanted.options]
    if (kind is AttributeKind.ENUM) != bool(options):
        raise Invalid("单选属性须有选项，其他类型不能有", field="options")
    if len(options) > MOST_OPTIONS or len(set(options)) < len(options):
        raise Invalid(f"选项最多 {MOST_OPTIONS} 个，且不能重复", field="options")
    unit = clean_text(wanted.unit or "", field="unit", most=10, label="单位") or None
    if unit and kind is not AttributeKind.NUMBER:
        raise Invalid("只有数值属性可以有单位", field="unit")
    if wanted.filterable and kind is AttributeKind.TEXT:
        raise Invalid("文字属性不能用于筛选", field="filterable")
    if not 0 <= wanted.position <= 9999:
        raise Invalid("排序须在 0 到 9999 之间", field="position")
    return {
        "name": clean_text(wanted.name, field="name", least=1, most=20, label="属性名称"),
        "kind": kind,
        "unit": unit,
        "options": options,
        "required": wanted.required,
        "filterable": wanted.filterable,
        "position": wanted.position,
    }


# ------------------------------------------------------------------------------------------------ values
async def checked_values(session: AsyncSession, category_id: UUID, said: Sequence[Said]) -> dict[UUID, str]:
    """The values in their one form, by attribute; Invalid for one the category does not ask, or of another kind.

    That a required one is missing is no fault of a draft: see `missing`.
    """
    asked = {row["id"]: row for row in await asked_in(session, category_id)}
    found: dict[UUID, str] = {}
    for place, each in enumerate(said):
        field = f"attributes.{place}"
        row = asked.get(each.attribute_id)
        if row is None:
            raise Invalid("此分类没有这个属性，请重新选择分类后再填", field=field)
        if each.attribute_id in found:
            raise Invalid(f"属性“{row['name']}”填了两次", field=field)
        found[each.attribute_id] = _value(row, each.value, field)
    return found


async def missing(session: AsyncSession, category_id: UUID, said: set[UUID]) -> list[str]:
    """Names of required attributes that are not among `said`."""
    return [row["name"] for row in await asked_in(session, category_id) if row["required"] and row["id"] not in said]


def _value(row: RowDict, value: str, field: str) -> str:
    name, kind = row["name"], row["kind"]
    cleaned = clean_text(value, field=field, least=1, most=MOST_TEXT, label=name)
    if kind is AttributeKind.ENUM and cleaned not in row["options"]:
        raise Invalid(f"“{name}”只能选：{'、'.join(row['options'][:10])}", field=field)
    if kind is AttributeKind.BOOLEAN and cleaned not in ("true", "false"):
        raise Invalid(f"“{name}”只能选是或否", field=field)
    return _number(name, cleaned, field) if kind is AttributeKind.NUMBER else cleaned


def _number(name: str, text: str, field: str) -> str:
    """「80」, 「12.5」: at most three places, no needless zeros."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Invalid(f"“{name}”须为数字", field=field) from None
    if not number.is_finite() or not 0 <= number <= LARGEST or number != round(number, 3):
        raise Invalid(f"“{name}”须为不小于 0 的数字，最多三位小数", field=field)
    shown = f"{number:.3f}".rstrip("0").rstrip(".")
    return shown or "0"


def shown_value(kind: AttributeKind, unit: str | None, value: str) -> str:
    """As a page shows it: 「80 mm」, 「是」."""
    if kind is AttributeKind.BOOLEAN:
        return "是" if value == "true" else "否"
    return f"{value} {unit}" if unit else value
