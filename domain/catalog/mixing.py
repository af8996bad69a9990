"""Finding products and pages in one ranking when no engine answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, and_, any_, case, cast, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from domain.catalog.counting import DOCUMENT, AnySelect
from domain.catalog.finding import PRODUCT, Hit, Mixed, MixedFound
from domain.catalog.searching import TextQuery, without
from models.search import SearchPage

PAGE = SearchPage.__table__.c
# What comes first: a page that is named, what has the words as they are written, what has them in another form.
NAMED, EXACT, SIMILAR = 3, 2, 1


async def find(session: AsyncSession, mixed: Mixed, text: TextQuery, typed: str) -> MixedFound:
    """One page in order and the number of each kind, in two statements."""
    parts = [_pages(mixed, text, typed), *([_products(mixed, text)] if PRODUCT in mixed.kinds else [])]
    both = union_all(*parts).cte("found")
    counts = await session.execute(select(both.c.kind, func.count()).group_by(both.c.kind))
    order = (both.c.tier.desc(), both.c.weight.desc(), both.c.kind, both.c.target)
    chosen = select(both.c.kind, both.c.target).order_by(*order).offset(mixed.offset).limit(mixed.limit)
    hits = [Hit(kind, target) for kind, target in await session.execute(chosen)]
    return MixedFound(hits, {kind: count for kind, count in counts}, full_featured=False)


def _products(mixed: Mixed, text: TextQuery) -> AnySelect:
    tier = case((_matches(DOCUMENT.words, text.exact), EXACT), else_=SIMILAR)
    id = DOCUMENT.product_id.cast(Text)
    chosen = select(literal(PRODUCT).label("kind"), id.label("target"), tier.label("tier"), DOCUMENT.sold_count)
    chosen = chosen.where(_matches(DOCUMENT.words, text.any_form))
    return chosen.where(without(mixed.without)) if mixed.without else chosen


def _pages(mixed: Mixed, text: TextQuery, typed: str) -> AnySelect:
    named = PAGE.spellings.op("@>")(literal([typed], ARRAY(Text)))
    tier = case((named, NAMED), else_=SIMILAR).label("tier")
    kinds = PAGE.kind == any_(literal(sorted(mixed.kinds), ARRAY(Text)))
    chosen = select(PAGE.kind.label("kind"), PAGE.target.label("target"), tier, PAGE.weight.label("weight"))
    return chosen.where(and_(kinds, ~PAGE.gone, or_(named, _matches(PAGE.words, text.any_form))))


def _matches(column: ColumnElement[Any], query: str) -> ColumnElement[bool]:
    return column.op("@@", is_comparison=True)(cast(literal(query, Text), TSQUERY))
