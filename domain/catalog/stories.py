"""What the pages of brands and of places of origin tell, kept by the platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Select, String, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, merchants
from domain.base import Columns, Event, NotFound, RowDict, UnitOfWork, Viewer, clean_text
from domain.catalog.pictures import usable
from domain.catalog.reading import ON_SALE
from domain.statements import NO_COLUMNS, ManyBy, OneBy, Statement
from models.catalog import Product
from models.merchants import Merchant, Region
from models.policies import PlaceStory

MOST_TOLD = 2_000
PLACE, STORY = Region.__table__.c, PlaceStory.__table__.c


@dataclass(frozen=True)
class OriginChanged(Event):
    """The page of a place tells something else."""

    code: str


# ------------------------------------------------------------------------------------------------ reading
def _told() -> Select[Any]:
    chosen = select(PLACE.code, PLACE.parent_code, PLACE.position, func.coalesce(STORY.story, "").label("story"))
    return chosen.add_columns(STORY.picture_key).outerjoin(PlaceStory, STORY.code == PLACE.code)


def _has_goods() -> Select[Any]:
    """Places that something on sale comes from, or from right below them."""
    below = Region.__table__.alias("below")
    sold = select(Product.id).join(below, below.c.code == Product.origin_code)
    sold = sold.join(Merchant, Merchant.id == Product.merchant_id).where(ON_SALE, merchants.OPEN)
    return _told().where(sold.where(or_(below.c.code == PLACE.code, below.c.parent_code == PLACE.code)).exists())


#: `code`, `story` (empty: none) and `picture_key` of any place that is known.
origins_by_code = OneBy(_told().subquery("origins"), "code")
#: The same of those right below a place that something on sale comes from.
origins_by_parent = ManyBy(_has_goods().subquery("parts"), "parent_code", order_by=("position", "code"))


def _counts_below(_columns: Columns) -> Select[tuple[object, ...]]:
    keys = bindparam("keys", type_=ARRAY(String))
    asked = select(PLACE.code.label("top"), PLACE.code.label("code")).where(PLACE.code == any_(keys))
    tree = asked.cte("tree", recursive=True)
    tree = tree.union_all(select(tree.c.top, PLACE.code).join(tree, PLACE.parent_code == tree.c.code))
    return (
        select(tree.c.top, func.count().label("count"))
        .join(Product, Product.origin_code == tree.c.code)
        .join(Merchant, Merchant.id == Product.merchant_id)
        .where(ON_SALE, merchants.OPEN)
        .group_by(tree.c.top)
    )


COUNTS_BELOW = Statement(Region.__table__, _counts_below)


async def product_counts_by_origin(
    session: AsyncSession, keys: Sequence[str], columns: Columns
) -> Mapping[str, RowDict]:
    """`count`: products on sale from each place and everything below it; places without any are missing."""
    return {row["top"]: row for row in await COUNTS_BELOW.rows(session, NO_COLUMNS, keys=keys)}


async def origin(session: AsyncSession, code: str, columns: Columns) -> RowDict | None:
    """What the page of a place tells; None for a code that is none."""
    return (await origins_by_code(session, [code], columns)).get(code) if merchants.CODE.fullmatch(code) else None


# ------------------------------------------------------------------------------------------------ writing
async def alone(session: AsyncSession, key: str, *, field: str) -> str | None:
    """A picture of the platform's own for a brand or a place; an empty key: none. Refuses what is no such picture."""
    if key:
        await usable(session, None, [key], field=field)
    return key or None


def told(story: str) -> str:
    """A story as it is kept. Refuses what is too long."""
    return clean_text(story, field="story", most=MOST_TOLD, label="介绍")


async def save_origin(uow: UnitOfWork, viewer: Viewer, code: str, story: str, picture_key: str | None = None) -> None:
    """Tells something else on the page of a place; an empty text: nothing.

    No key: its picture stays; an empty one: none. NotFound (`code`), Invalid (`story`, `pictureKey`).
    """
    cleaned = told(story)
    shown = {} if picture_key is None else {"picture_key": await alone(uow.session, picture_key, field="pictureKey")}
    name = await uow.session.scalar(select(Region.name).where(Region.code == code))
    if name is None:
        raise NotFound("没有这个地方", field="code")
    new = insert(PlaceStory).values(code=code, story=cleaned, **shown)
    kept = {name: new.excluded[name] for name in ("story", *shown)}
    await uow.session.execute(new.on_conflict_do_update(index_elements=["code"], set_=kept))
    uow.emit(OriginChanged(code))
    await audit.record(uow, viewer, "origin.update", "region", code, {"name": name})
