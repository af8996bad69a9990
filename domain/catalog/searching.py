"""Finding products in PostgreSQL when no engine answers, and what every search needs from the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    String,
    Text,
    Uuid,
    all_,
    and_,
    any_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, Invalid, RowDict, clean_text, page_size
from domain.catalog import placing, traits
from domain.catalog.counting import DOCUMENT, AnySelect, found, in_season, trait_filter
from domain.catalog.finding import Found, Mixed, Sort, SuggestionKind, Wanted
from domain.catalog.reading import for_sale
from domain.statements import Statement
from models.catalog import Brand, Category, Product
from models.merchants import Merchant, Region

LAST_OFFSET = 1000
MOST = 50
MOST_SUGGESTIONS = 20
CODE = re.compile(r"[0-9]{6}([0-9]{3})?")


@dataclass(frozen=True)
class TextQuery:
    """Words as queries of the text index: `any_form` finds, what `exact` finds too comes first."""

    any_form: str
    exact: str


def checked(wanted: Wanted) -> Wanted:
    """The question with its words cleaned; refused when something in it is out of bounds."""
    page_size(wanted.limit, most=MOST)
    if not 0 <= wanted.offset <= LAST_OFFSET:
        raise Invalid(f"只能查看前 {LAST_OFFSET} 件商品，请缩小搜索范围", field="after")
    for code, field, label in ((wanted.origin_code, "originCode", "产地"), (wanted.shop_in, "shopIn", "店铺所在地")):
        if code is not None and not CODE.fullmatch(code):
            raise Invalid(f"{label}代码不正确", field=f"filter.{field}")
    low, high = wanted.price_from, wanted.price_to
    if any(price is not None and price < 0 for price in (low, high)):
        raise Invalid("价格不能为负数", field="filter.priceFrom")
    if low is not None and high is not None and low > high:
        raise Invalid("最低价不能高于最高价", field="filter.priceFrom")
    words = clean_text(wanted.words, field="query", most=60, label="搜索内容")
    near = placing.checked(wanted.near)
    return replace(wanted, words=words, traits=traits.checked(wanted.traits), near=near)


def checked_mixed(mixed: Mixed) -> Mixed:
    """The same for a question for things of several kinds."""
    page_size(mixed.limit, most=MOST)
    if not 0 <= mixed.offset <= LAST_OFFSET:
        raise Invalid(f"只能查看前 {LAST_OFFSET} 条结果，请换个更具体的词", field="after")
    return replace(mixed, words=clean_text(mixed.words, field="query", most=60, label="搜索内容"))


def checked_prefix(prefix: str, first: int) -> str:
    """What is being typed, cleaned; refused when it or the number of completions is out of bounds."""
    page_size(first, most=MOST_SUGGESTIONS)
    return clean_text(prefix, field="prefix", most=60, label="搜索内容")


def page_start(cursor: str) -> int:
    """How many products come before the page a cursor points at."""
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) <= 6):
        raise Invalid("分页游标不正确", field="after")
    return int(cursor)


# ------------------------------------------------------------------------------------------------ finding
async def find(session: AsyncSession, wanted: Wanted, text: TextQuery | None) -> Found:
    """One page of products in order with counts, in one statement; `full_featured` is False."""
    own = _own_filters(wanted)
    far = null().cast(Integer) if wanted.near is None else placing.away(wanted.near).cast(Integer)
    chosen = select(DOCUMENT.product_id.cast(Text).label("id"), far.label("far"))
    chosen = chosen.where(_words(wanted, text), *own.values()).order_by(*_order(wanted, text))
    page = chosen.offset(wanted.offset).limit(wanted.limit)
    return await found(session, wanted, own, _words(wanted, text), page)


def _own_filters(wanted: Wanted) -> dict[str, ColumnElement[bool]]:
    """A condition for each facet, by its name: the facet's own counts leave it out."""
    prices: list[ColumnElement[bool]] = [true()]
    if wanted.price_from is not None:
        prices.append(DOCUMENT.price >= wanted.price_from)
    if wanted.price_to is not None:
        prices.append(DOCUMENT.price <= wanted.price_to)
    found: dict[str, ColumnElement[bool] | None] = {
        "categories": _has(DOCUMENT.category_ids, wanted.category_id, Uuid()),
        "origins": _has(DOCUMENT.origin_codes, wanted.origin_code, String(9)),
        "brands": DOCUMENT.brand_id == wanted.brand_id if wanted.brand_id else None,
        "storage": DOCUMENT.storage == wanted.storage if wanted.storage else None,
        "merchants": DOCUMENT.merchant_id == wanted.merchant_id if wanted.merchant_id else None,
        "places": placing.is_in(wanted.shop_in) if wanted.shop_in else None,
        "campaigns": _has(DOCUMENT.campaigns, wanted.campaign, String(16)),
        "stock": DOCUMENT.in_stock == wanted.in_stock if wanted.in_stock is not None else None,
        "season": in_season(wanted.month) if wanted.month is not None else None,
        "price": and_(*prices) if len(prices) > 1 else None,
        **{trait_filter(place): _has_one(each.traits) for place, each in enumerate(wanted.traits)},
    }
    return {name: true() if condition is None else condition for name, condition in found.items()}


def _has(column: ColumnElement[Any], value: object | None, type_: Any) -> ColumnElement[bool] | None:
    return None if value is None else column.op("@>")(literal([value], ARRAY(type_)))


def _has_one(traits: Sequence[str]) -> ColumnElement[bool]:
    return DOCUMENT.traits.op("&&", is_comparison=True)(literal(list(traits), ARRAY(Text)))


def _words(wanted: Wanted, text: TextQuery | None) -> ColumnElement[bool]:
    found = [true() if text is None else _matches(text.any_form)]
    if wanted.only:
        found.append(DOCUMENT.product_id == any_(literal(list(wanted.only), ARRAY(Uuid))))
    if wanted.without:
        found.append(without(wanted.without))
    return and_(*found)


def without(ids: Sequence[UUID]) -> ColumnElement[bool]:
    return DOCUMENT.product_id != all_(literal(list(ids), ARRAY(Uuid)))


def _matches(query: str) -> ColumnElement[bool]:
    return DOCUMENT.words.op("@@", is_comparison=True)(cast(literal(query, Text), TSQUERY))


def _order(wanted: Wanted, text: TextQuery | None) -> list[ColumnElement[Any]]:
    best = [DOCUMENT.sold_count.desc(), DOCUMENT.product_id]
    if wanted.near is not None:
        return [placing.away(wanted.near).nulls_last(), *best]
    exact = [_matches(text.exact).desc()] if text is not None else []
    orders: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.RELEVANCE: [*exact, *best],
        Sort.SALES: best,
        Sort.PRICE_ASC: [DOCUMENT.price, DOCUMENT.product_id],
        Sort.PRICE_DESC: [DOCUMENT.price.desc(), DOCUMENT.product_id],
        Sort.NEWEST: [DOCUMENT.published_at.desc(), DOCUMENT.product_id],
    }
    return orders[wanted.sort]


# ------------------------------------------------------------------------------------------------ completing
async def titles(session: AsyncSession, query: str, limit: int) -> list[tuple[UUID, str]]:
    """Products whose words match, best selling first."""
    chosen = select(DOCUMENT.product_id, DOCUMENT.title).where(_matches(query))
    ordered = chosen.order_by(DOCUMENT.sold_count.desc(), DOCUMENT.product_id).limit(limit)
    return [(id, title) for id, title in await session.execute(ordered)]


async def best_titles(session: AsyncSession, limit: int) -> list[str]:
    """Of what sells best."""
    chosen = select(DOCUMENT.title).order_by(DOCUMENT.sold_count.desc(), DOCUMENT.product_id).limit(limit)
    return list(await session.scalars(chosen))


async def terms(session: AsyncSession) -> list[tuple[SuggestionKind, str, str, int]]:
    """Names worth completing: kind, target, name and how many products on sale stand behind it."""
    listed = select(DOCUMENT.category_ids, DOCUMENT.origin_codes, DOCUMENT.brand_id, DOCUMENT.merchant_id).cte("listed")

    def counted(kind: SuggestionKind, value: ColumnElement[Any], name: Any, key: Any) -> AnySelect:
        counts = select(value.label("value"), func.count().label("products")).group_by(literal_column("1")).subquery()
        return select(literal_column(f"'{kind}'"), key.cast(Text), name, counts.c.products).join(
            counts, counts.c.value == key
        )

    named = union_all(
        counted(SuggestionKind.CATEGORY, func.unnest(listed.c.category_ids), Category.name, Category.id),
        counted(SuggestionKind.ORIGIN, func.unnest(listed.c.origin_codes), Region.name, Region.code),
        counted(SuggestionKind.BRAND, listed.c.brand_id, Brand.name, Brand.id),
        counted(SuggestionKind.MERCHANT, listed.c.merchant_id, Merchant.name, Merchant.id),
    )
    return [(SuggestionKind(kind), target, name, count) for kind, target, name, count in await session.execute(named)]


# ------------------------------------------------------------------------------------------------ hits
HITS = Statement(
    Product.__table__,
    lambda columns: for_sale(columns).where(Product.id == any_(bindparam("ids", type_=ARRAY(Uuid)))),
)


async def shown_by_id(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> dict[UUID, RowDict]:
    """The products of these ids that are on sale."""
    return {row["id"]: row for row in await HITS.rows(session, columns, ids=keys)}


async def hits(session: AsyncSession, ids: Sequence[UUID], columns: Columns) -> list[RowDict]:
    """The products an engine named, in its order; those no longer on sale are left out, whatever it believes."""
    found = await shown_by_id(session, ids, columns)
    return [found[id] for id in ids if id in found]
