"""What facets count, in words: categories, places, brands, shops, and the attributes that tell the goods apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    SmallInteger,
    String,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, RowDict
from domain.catalog.finding import Facets, Found, Wanted
from domain.policies.shelf import path
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Brand, Category
from models.merchants import Merchant, Region
from models.policies import Attribute

# A search falls into a category when so many of its hits are in it.
FALLS_INTO = 0.8
ATTRIBUTE = Attribute.__table__.c
# What the statement reads besides names.
ASKED: Columns = frozenset({"attributes"})
# What an attribute has and a name has not: its kind, unit, options and position.
NOTHING = (cast(null(), Text), cast(null(), Text), cast(null(), ARRAY(String(40))), cast(null(), SmallInteger))


@dataclass(frozen=True)
class Named:
    """`labels` by the value counted; `attributes` as rows, in the order in which their category asks for them."""

    labels: dict[str, str] = field(default_factory=dict)
    attributes: Sequence[RowDict] = ()


async def named(session: AsyncSession, wanted: Wanted, found: Found) -> Named:
    """Names of all that was counted; one statement.

    The attributes are those of the wanted category and of the ones above it; without one those of the categories the
    hits fall into. What is filtered by is always among them, so that it can be given up.
    """
    facets, shelves = found.facets, [] if wanted.category_id else _fallen_into(found)
    rows = await FACETS.rows(
        session,
        ASKED if facets.traits else NO_COLUMNS,
        ids=_ids(facets),
        codes=[*facets.origins, *facets.places],
        category=wanted.category_id,
        shelves=shelves,
        chosen=[each.attribute_id for each in wanted.traits],
    )
    attributes = [row | {"id": UUID(row["value"])} for row in rows if row.get("kind")]
    attributes.sort(key=lambda row: (row["position"], row["id"]))
    return Named({row["value"]: row["name"] for row in rows if not row.get("kind")}, attributes)


def _ids(facets: Facets) -> list[UUID]:
    return [UUID(value) for value in (*facets.categories, *facets.brands, *facets.merchants)]


def _fallen_into(found: Found) -> list[UUID]:
    least = FALLS_INTO * found.total
    return [UUID(id) for id, count in found.facets.categories.items() if count >= least]


def _facets(columns: Columns) -> Select[Any]:
    more = NOTHING if columns else ()
    ids, codes = bindparam("ids", type_=ARRAY(Uuid)), bindparam("codes", type_=ARRAY(String))
    names = [
        _of(Category.id, Category.name, ids, more),
        _of(Brand.id, Brand.name, ids, more),
        _of(Merchant.id, Merchant.name, ids, more),
        _of(Region.code, Region.name, codes, more),
    ]
    rows = union_all(*names, *([_attributes()] if columns else [])).subquery("names")
    return select(rows)


def _of(key: Any, name: Any, keys: Any, more: Sequence[ColumnElement[Any]]) -> Select[Any]:
    labels = ("kind", "unit", "options", "position")
    others = [each.label(label) for each, label in zip(more, labels, strict=False)]
    return select(cast(key, Text).label("value"), cast(name, Text).label("name"), *others).where(key == any_(keys))


def _attributes() -> Select[Any]:
    shelves, chosen = bindparam("shelves", type_=ARRAY(Uuid)), bindparam("chosen", type_=ARRAY(Uuid))
    above = select(path(bindparam("category", type_=Uuid)).c.id)
    shelf = or_(ATTRIBUTE.category_id == any_(shelves), ATTRIBUTE.category_id.in_(above))
    columns = (
        *(cast(ATTRIBUTE.id, Text), cast(ATTRIBUTE.name, Text), cast(ATTRIBUTE.kind, Text)),
        *(cast(ATTRIBUTE.unit, Text), ATTRIBUTE.options, ATTRIBUTE.position),
    )
    return select(*columns).where(ATTRIBUTE.active, ATTRIBUTE.filterable, or_(shelf, ATTRIBUTE.id == any_(chosen)))


FACETS = Statement(Category.__table__, _facets)
