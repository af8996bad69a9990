"""Finding products with Meilisearch: words, sound, initials and single characters merged into one ranking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from domain.catalog import placing
from domain.catalog.finding import (
    PRODUCT,
    Early,
    Facets,
    Found,
    Hit,
    Mixed,
    MixedFound,
    Point,
    Sort,
    Suggestion,
    SuggestionKind,
    Wanted,
    apart,
)
from search import federating, words
from search.client import SearchClient
from search.forms import forms, looser_forms, preferring
from search.suggesting import Vocabulary, merged
from search.words import Word

ATTRIBUTES = {
    "categories": "category_ids",
    "origins": "origin_codes",
    "brands": "brand_id",
    "storage": "storage",
    "merchants": "merchant_id",
    "places": "shop_codes",
    "campaigns": "campaigns",
    "stock": "in_stock",
    "season": "months",
    "price": "price",
}
# Facets that are counted by value; of the others one number or a range is wanted.
COUNTED = ("categories", "origins", "brands", "storage", "merchants", "places", "campaigns")
# What goods say under attributes: one field for all of them, filtered attribute by attribute.
TRAITS = "traits"
# Counted by band beside it.
BANDS = "price_band"
# Always asked for: every product has exactly one, so that the sum of its counts is the exact total, while the
# engine's own total stops at a limit.
COUNTED_ONCE = "storage"
ORDERS = {
    Sort.SALES: ["sold_count:desc", "id:asc"],
    Sort.PRICE_ASC: ["price:asc", "id:asc"],
    Sort.PRICE_DESC: ["price:desc", "id:asc"],
    Sort.NEWEST: ["published_at:desc", "id:asc"],
}


@dataclass(frozen=True)
class Ask:
    """One search: a page of ids and some counts."""

    filter: str
    facets: frozenset[str]
    offset: int = 0
    limit: int = 0
    sort: Sequence[str] = ()


@dataclass(frozen=True)
class Answer:
    hits: list[dict[str, Any]]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    stats: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.get(COUNTED_ONCE, {}).values())


class MeiliFinder:
    """Raises EngineFault while the engine has no answer."""

    def __init__(self, client: SearchClient, index: str, pages: str, vocabulary: Vocabulary) -> None:
        self._client = client
        self._index = index
        self._pages = pages
        self._vocabulary = vocabulary

    async def find(self, wanted: Wanted, early: Early | None = None) -> Found:
        def told(main: Answer) -> None:
            if early is not None and main.total:
                early(_found({"all": main}, wanted))

        asked, asks = words.question(wanted.words), _asks(wanted)
        listed, named = forms(asked, wanted.ranking), await self._preferred(asked)
        answers = await self._ask(listed, asks, told, named, wanted.ranking.category)
        if answers["all"].total or not (looser := looser_forms(asked, wanted.ranking)):
            return _found(answers, wanted)
        # Nothing has all the words: what has one of them is better than an empty page.
        found = _found(await self._ask(looser, asks, told), wanted)
        return replace(found, relaxed=found.total > 0)

    async def mixed(self, mixed: Mixed) -> MixedFound:
        asked = words.question(mixed.words)
        if not asked:
            return MixedFound([], {}, full_featured=True)
        found = await self._mixed(forms(asked, mixed.ranking), mixed, await self._preferred(asked))
        if not found.total and (looser := looser_forms(asked, mixed.ranking)):
            found = await self._mixed(looser, mixed, [])
            found = replace(found, relaxed=found.total > 0)
        return found

    async def _preferred(self, asked: Sequence[Word]) -> list[str]:
        """The categories that a word of the question names."""
        return await self._vocabulary.categories(asked) if asked else []

    async def _mixed(self, listed: Sequence[dict[str, Any]], mixed: Mixed, preferred: Sequence[str]) -> MixedFound:
        """Everything in one request, in one ranking."""
        filters = _among("category_ids", preferred), _without(mixed.without)
        queries = federating.queries(listed, mixed, self._index, self._pages, *filters)
        counted = {self._index: [COUNTED_ONCE], self._pages: ["kind"]}
        named = {query["indexUid"] for query in queries}
        facets = {index: names for index, names in counted.items() if index in named}
        federation = {"offset": mixed.offset, "limit": mixed.limit, "facetsByIndex": facets}
        answer = await self._client.post("/multi-search", {"queries": queries, "federation": federation})
        distributions = {index: each["distribution"] for index, each in answer["facetsByIndex"].items()}
        counts = dict(distributions.get(self._pages, {}).get("kind", {}))
        if products := sum(distributions.get(self._index, {}).get(COUNTED_ONCE, {}).values()):
            counts[PRODUCT] = products
        hits = [Hit(hit.get("kind", PRODUCT), hit.get("target") or hit["id"]) for hit in answer["hits"]]
        return MixedFound(hits, counts, full_featured=True)

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        asked = words.question(prefix)
        if not asked:
            return []
        names = await self._vocabulary.complete(prefix, limit)
        answer = await self._federated(forms(asked), Ask("", frozenset(), limit=limit))
        titles = [Suggestion(hit["title"], SuggestionKind.PRODUCT, hit["id"]) for hit in answer.hits]
        return merged(names, titles, limit)

    async def _ask(
        self,
        listed: Sequence[dict[str, Any]],
        asks: Mapping[str, Ask],
        told: Callable[[Answer], None],
        named: Sequence[str] = (),
        weight: float = 1.0,
    ) -> dict[str, Answer]:
        """Each of `asks`; of the page itself, which is `told` at once, goods of the categories `named` weigh more."""
        if not asks or not listed or not listed[0]["q"]:
            return await self._browse(asks)

        async def page(ask: Ask) -> Answer:
            answer = await self._federated([*listed, *_preferring(listed, ask, named, weight)], ask)
            told(answer)
            return answer

        asking = [page(ask) if name == "all" else self._federated(listed, ask) for name, ask in asks.items()]
        return dict(zip(asks, await asyncio.gather(*asking), strict=True))

    async def _browse(self, asks: Mapping[str, Ask]) -> dict[str, Answer]:
        """Searches without words, all in one request."""
        queries = [
            {
                "indexUid": self._index,
                "q": "",
                "offset": ask.offset,
                "limit": ask.limit,
                "facets": _attributes(ask),
                "attributesToRetrieve": ["id", "_geo"],
                **_narrowed(ask),
            }
            for ask in asks.values()
        ]
        results = (await self._client.post("/multi-search", {"queries": queries}))["results"]
        answers = [Answer(r["hits"], r.get("facetDistribution") or {}, r.get("facetStats") or {}) for r in results]
        return dict(zip(asks, answers, strict=True))

    async def _federated(self, listed: Sequence[dict[str, Any]], ask: Ask) -> Answer:
        """One search in several forms, each product found counted once."""
        common = {"indexUid": self._index, "attributesToRetrieve": ["id", "title", "_geo"], **_narrowed(ask)}
        federation = {
            "offset": ask.offset,
            "limit": ask.limit,
            "facetsByIndex": {self._index: _attributes(ask)},
        }
        body = {"queries": [common | form for form in listed], "federation": federation}
        answer = await self._client.post("/multi-search", body)
        counted = (answer.get("facetsByIndex") or {}).get(self._index, {})
        return Answer(answer["hits"], counted.get("distribution") or {}, counted.get("stats") or {})


# ------------------------------------------------------------------------------------------------ questions
def _asks(wanted: Wanted) -> dict[str, Ask]:
    """The page itself, and for every facet that is filtered one search without that filter."""
    own = _own_filters(wanted)
    among = [_among("id", wanted.only), _without(wanted.without)]

    def narrowed(without: str | None) -> str:
        return " AND ".join(filter(None, [*among, *(text for name, text in own.items() if name != without)]))

    counted = {*ATTRIBUTES, *([TRAITS] if wanted.count_traits else [])}
    unfiltered = frozenset(counted - own.keys()) if wanted.facets else frozenset()
    asks = {"all": Ask(narrowed(None), unfiltered, wanted.offset, wanted.limit, _order(wanted))}
    if wanted.facets:
        asks |= {name: Ask(narrowed(name), frozenset({name})) for name in own if name in counted}
        attributes = [str(each.attribute_id) for each in wanted.traits] if wanted.count_traits else []
        asks |= {id: Ask(narrowed(id), frozenset({TRAITS})) for id in attributes}
    return asks


def _order(wanted: Wanted) -> Sequence[str]:
    if wanted.near is not None:
        return [f"_geoPoint({wanted.near.latitude}, {wanted.near.longitude}):asc", *ORDERS[Sort.SALES]]
    return ORDERS.get(wanted.sort, ())


def _own_filters(wanted: Wanted) -> dict[str, str]:
    filters = {
        "categories": _equals("category_ids", wanted.category_id),
        "origins": _equals("origin_codes", wanted.origin_code),
        "brands": _equals("brand_id", wanted.brand_id),
        "storage": _equals("storage", wanted.storage),
        "merchants": _equals("merchant_id", wanted.merchant_id),
        "places": _equals("shop_codes", wanted.shop_in),
        "campaigns": _equals("campaigns", wanted.campaign),
        "stock": _equals("in_stock", None if wanted.in_stock is None else str(wanted.in_stock).lower()),
        "season": _equals("months", wanted.month),
        "price": _between(wanted.price_from, wanted.price_to),
        **{str(each.attribute_id): _among(TRAITS, each.traits) for each in wanted.traits},
    }
    return {name: text for name, text in filters.items() if text}


def _equals(attribute: str, value: object | None) -> str:
    if value is None:
        return ""
    return f"{attribute} = {_quoted(value)}"


def _quoted(value: object) -> str:
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _between(low: int | None, high: int | None) -> str:
    limits = [f"price >= {low}" if low is not None else "", f"price <= {high}" if high is not None else ""]
    return " AND ".join(filter(None, limits))


def _narrowed(ask: Ask) -> dict[str, Any]:
    return {**({"filter": ask.filter} if ask.filter else {}), **({"sort": list(ask.sort)} if ask.sort else {})}


def _attributes(ask: Ask) -> list[str]:
    bands = {BANDS} if "price" in ask.facets else set()
    return sorted({ATTRIBUTES.get(name, name) for name in ask.facets} | {COUNTED_ONCE} | bands)


def _among(attribute: str, ids: Sequence[object]) -> str:
    return f"{attribute} IN [{', '.join(map(_quoted, ids))}]" if ids else ""


def _without(ids: Sequence[object]) -> str:
    return f"NOT {_among('id', ids)}" if ids else ""


def _preferring(
    listed: Sequence[dict[str, Any]], ask: Ask, preferred: Sequence[str], weight: float
) -> list[dict[str, Any]]:
    """Only where relevance decides; a wanted order knows no weights."""
    if not preferred or ask.sort:
        return []
    narrowed = " AND ".join(filter(None, [ask.filter, _among("category_ids", preferred)]))
    return preferring(listed, narrowed, weight)


# ------------------------------------------------------------------------------------------------ answers
def _found(answers: Mapping[str, Answer], wanted: Wanted) -> Found:
    main = answers["all"]
    ids = [UUID(hit["id"]) for hit in main.hits]
    facets = _facets(answers, wanted) if wanted.facets else Facets()
    return Found(ids, main.total, facets, full_featured=True, metres=_metres(main.hits, wanted.near))


def _facets(answers: Mapping[str, Answer], wanted: Wanted) -> Facets:
    def answer(name: str) -> Answer:
        return answers.get(name, answers["all"])

    def counts(name: str) -> Mapping[str, int]:
        return answer(name).counts.get(ATTRIBUTES[name], {})

    filtered = {each.attribute_id: answer(str(each.attribute_id)).counts.get(TRAITS, {}) for each in wanted.traits}
    price = answer("price").stats.get("price", {})
    return Facets(
        **{name: dict(counts(name)) for name in COUNTED},
        price_bands=dict(answer("price").counts.get(BANDS, {})),
        traits=apart(answers["all"].counts.get(TRAITS, {}), filtered) if wanted.count_traits else {},
        in_stock=counts("stock").get("true", 0),
        in_season=counts("season").get(str(wanted.counted_month), 0),
        price_min=_fen(price.get("min")),
        price_max=_fen(price.get("max")),
    )


def _metres(hits: Sequence[Mapping[str, Any]], near: Point | None) -> dict[UUID, float]:
    """The engine itself tells distances only where there is one query, not of several merged into one ranking."""
    if near is None:
        return {}
    places = {UUID(hit["id"]): hit["_geo"] for hit in hits if hit.get("_geo")}
    return {id: placing.metres(near, Point(place["lat"], place["lng"])) for id, place in places.items()}


def _fen(value: float | None) -> int | None:
    return None if value is None else int(value)
