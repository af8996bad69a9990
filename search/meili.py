"""Finding products with Meilisearch: words, sound, initials and single characters merged into one ranking."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.catalog.finding import Facets, Found, Sort, Suggestion, SuggestionKind, Wanted
from search import words
from search.client import SearchClient
from search.suggesting import Vocabulary, merged
from search.words import Word

ATTRIBUTES = {
    "categories": "category_ids",
    "origins": "origin_codes",
    "brands": "brand_id",
    "storage": "storage",
    "price": "price",
}
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

    def __init__(self, client: SearchClient, index: str, vocabulary: Vocabulary) -> None:
        self._client = client
        self._index = index
        self._vocabulary = vocabulary

    async def find(self, wanted: Wanted) -> Found:
        asked = words.question(wanted.words)
        answers = await self._ask(asked, _asks(wanted), "all")
        main = answers["all"]
        if not main.total and len(asked) > 1:
            # Nothing has all the words: what has the rarest of them is better than an empty page.
            answers = await self._ask(asked, _asks(wanted), "frequency")
            main = answers["all"]
        ids = [UUID(hit["id"]) for hit in main.hits]
        facets = _facets(answers) if wanted.facets else Facets()
        return Found(ids, main.total, facets, full_featured=True)

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        asked = words.question(prefix)
        if not asked:
            return []
        names = await self._vocabulary.complete(prefix, limit)
        answer = await self._federated(asked, Ask("", frozenset(), limit=limit), "all")
        titles = [Suggestion(hit["title"], SuggestionKind.PRODUCT, hit["id"]) for hit in answer.hits]
        return merged(names, titles, limit)

    async def _ask(self, asked: Sequence[Word], asks: Mapping[str, Ask], strategy: str) -> dict[str, Answer]:
        if asked:
            found = await asyncio.gather(*[self._federated(asked, ask, strategy) for ask in asks.values()])
            return dict(zip(asks, found, strict=True))
        return await self._browse(asks)

    async def _browse(self, asks: Mapping[str, Ask]) -> dict[str, Answer]:
        """Searches without words, all in one request."""
        queries = [
            {
                "indexUid": self._index,
                "q": "",
                "offset": ask.offset,
                "limit": ask.limit,
                "facets": _attributes(ask),
                "attributesToRetrieve": ["id"],
                **_narrowed(ask),
            }
            for ask in asks.values()
        ]
        results = (await self._client.post("/multi-search", {"queries": queries}))["results"]
        answers = [Answer(r["hits"], r.get("facetDistribution") or {}, r.get("facetStats") or {}) for r in results]
        return dict(zip(asks, answers, strict=True))

    async def _federated(self, asked: Sequence[Word], ask: Ask, strategy: str) -> Answer:
        """One search in several forms, each product found counted once."""
        common = {"indexUid": self._index, "attributesToRetrieve": ["id", "title"], **_narrowed(ask)}
        federation = {
            "offset": ask.offset,
            "limit": ask.limit,
            "facetsByIndex": {self._index: _attributes(ask)},
        }
        body = {"queries": [common | form for form in _forms(asked, strategy)], "federation": federation}
        answer = await self._client.post("/multi-search", body)
        counted = (answer.get("facetsByIndex") or {}).get(self._index, {})
        return Answer(answer["hits"], counted.get("distribution") or {}, counted.get("stats") or {})


# ------------------------------------------------------------------------------------------------ questions
def _asks(wanted: Wanted) -> dict[str, Ask]:
    """The page itself, and for every facet that is filtered one search without that filter."""
    own, other = _own_filters(wanted), _other_filters(wanted)

    def narrowed(without: str | None) -> str:
        return " AND ".join([*other, *(text for name, text in own.items() if name != without)])

    unfiltered = frozenset(ATTRIBUTES) - own.keys() if wanted.facets else frozenset()
    asks = {"all": Ask(narrowed(None), unfiltered, wanted.offset, wanted.limit, ORDERS.get(wanted.sort, ()))}
    if wanted.facets:
        asks |= {name: Ask(narrowed(name), frozenset({name})) for name in own}
    return asks


def _own_filters(wanted: Wanted) -> dict[str, str]:
    filters = {
        "categories": _equals("category_ids", wanted.category_id),
        "origins": _equals("origin_codes", wanted.origin_code),
        "brands": _equals("brand_id", wanted.brand_id),
        "storage": _equals("storage", wanted.storage),
        "price": _between(wanted.price_from, wanted.price_to),
    }
    return {name: text for name, text in filters.items() if text}


def _other_filters(wanted: Wanted) -> list[str]:
    in_stock = None if wanted.in_stock is None else str(wanted.in_stock).lower()
    filters = [
        _equals("merchant_id", wanted.merchant_id),
        _equals("in_stock", in_stock),
        _equals("months", wanted.month),
    ]
    return [text for text in filters if text]


def _equals(attribute: str, value: object | None) -> str:
    if value is None:
        return ""
    quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'{attribute} = "{quoted}"'


def _between(low: int | None, high: int | None) -> str:
    limits = [f"price >= {low}" if low is not None else "", f"price <= {high}" if high is not None else ""]
    return " AND ".join(filter(None, limits))


def _narrowed(ask: Ask) -> dict[str, Any]:
    return {**({"filter": ask.filter} if ask.filter else {}), **({"sort": list(ask.sort)} if ask.sort else {})}


def _attributes(ask: Ask) -> list[str]:
    return sorted({ATTRIBUTES[name] for name in ask.facets} | {COUNTED_ONCE})


def _forms(asked: Sequence[Word], strategy: str) -> list[dict[str, Any]]:
    """The words as they are; as single characters, which finds pieces of words; as pinyin; as initials."""
    text = " ".join(word.text for word in asked)
    forms = [_form(text, ["words", "about"], 1.0, strategy)]
    if any(word.chinese for word in asked):
        forms.append(_form(" ".join(map(_as_characters, asked)), ["characters"], 0.9))
    if any(len(word.syllables) > 1 or word.unfinished for word in asked):
        forms.append(_form(" ".join(map(_as_pinyin, asked)), ["syllables", "characters"], 0.6))
    if any(not word.chinese for word in asked):
        forms.append(_form(text, ["words", "about", "pinyin", "initials"], 0.6))
    return forms


def _form(q: str, attributes: list[str], weight: float, strategy: str = "all") -> dict[str, Any]:
    return {
        "q": q,
        "attributesToSearchOn": attributes,
        "matchingStrategy": strategy,
        "locales": ["cmn"],
        "federationOptions": {"weight": weight},
    }


def _as_characters(word: Word) -> str:
    return f'"{" ".join(word.text)}"' if word.chinese else word.text


def _as_pinyin(word: Word) -> str:
    if not word.syllables or (len(word.syllables) == 1 and word.chinese):
        return word.text
    return f'"{" ".join(word.syllables)}" {word.unfinished}'.strip()


# ------------------------------------------------------------------------------------------------ answers
def _facets(answers: Mapping[str, Answer]) -> Facets:
    def answer(name: str) -> Answer:
        return answers.get(name, answers["all"])

    counts = {
        name: dict(answer(name).counts.get(ATTRIBUTES[name], {}))
        for name in ("categories", "origins", "brands", "storage")
    }
    price = answer("price").stats.get("price", {})
    low, high = price.get("min"), price.get("max")
    return Facets(**counts, price_min=_fen(low), price_max=_fen(high))


def _fen(value: float | None) -> int | None:
    return None if value is None else int(value)
