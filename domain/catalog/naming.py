"""What facets count, in words: categories, places, brands, shops, and the attributes that tell the goods apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Select,
    String,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, RowDict
from domain.catalog.finding import Found, Wanted
from domain.policies.shelf import path
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Brand, Category
from models.merchants import Merchant, Region
from models.policies import Attribute

# A search falls into a category when so many of its hits are in it.
FALLS_INTO = 0.8
ATTRIBUTE = Attribute.__table__.c


async def labels(session: AsyncSession, ids: Sequence[UUID], codes: Sequence[str]) -> dict[str, str]:
    """The names of categories, brands and shops by their ids, of places by their codes; what is gone is missing."""
    found = await NAMES.rows(session, NO_COLUMNS, ids=list(ids), codes=list(codes))
    return {row["value"]: row["name"] for row in found}


async def attributes(session: AsyncSession, wanted: Wanted, found: Found) -> Sequence[RowDict]:
    """Attributes that may tell the goods apart, in the order in which their category asks for them.

    They are those of the wanted category and of the ones above it; without one those of the categories the hits fall
    into. What is filtered by is always among them, so that it can be given up.
    """
    shelves, chosen = [] if wanted.category_id else _fallen_into(found), [each.attribute_id for each in wanted.traits]
    values = {"category": wanted.category_id, "shelves": shelves, "chosen": chosen}
    return await ATTRIBUTES.rows(session, NO_COLUMNS, **values)


def _fallen_into(found: Found) -> list[UUID]:
    least = FALLS_INTO * found.total
    return [UUID(id) for id, count in found.facets.categories.items() if count >= least]


def _names(_columns: Columns) -> Select[Any]:
    ids, codes = bindparam("ids", type_=ARRAY(Uuid)), bindparam("codes", type_=ARRAY(String))
    names = [
        _of(Category.id, Category.name, ids),
        _of(Brand.id, Brand.name, ids),
        _of(Merchant.id, Merchant.name, ids),
        _of(Region.code, Region.name, codes),
    ]
    return select(union_all(*names).subquery("names"))


def _of(key: Any, name: Any, keys: Any) -> Select[str, str]:
    return select(cast(key, Text).label("value"), cast(name, Text).label("name")).where(key == any_(keys))


def _attributes(_columns: Columns) -> Select[Any]:
    shelves, chosen = bindparam("shelves", type_=ARRAY(Uuid)), bindparam("chosen", type_=ARRAY(Uuid))
    above = select(path(bindparam("category", type_=Uuid)).c.id)
    shelf = or_(ATTRIBUTE.category_id == any_(shelves), ATTRIBUTE.category_id.in_(above))
    columns = (ATTRIBUTE.id, ATTRIBUTE.name, ATTRIBUTE.kind, ATTRIBUTE.unit, ATTRIBUTE.options)
    asked = select(*columns).where(ATTRIBUTE.active, ATTRIBUTE.filterable, or_(shelf, ATTRIBUTE.id == any_(chosen)))
    return asked.order_by(ATTRIBUTE.position, ATTRIBUTE.id)


NAMES = Statement(Category.__table__, _names)
ATTRIBUTES = Statement(Attribute.__table__, _attributes)
