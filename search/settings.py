"""The index as data: what is searched, filtered, sorted and counted in Meilisearch 1.21 or later."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson

from search import words

# Counts up when `documents.document` changes its form: a higher number means a rebuild.
DOCUMENT_FORM = 6
# The same of the documents of pages.
PAGE_FORM = 2
# As far as anybody pages; beyond it a question should be narrowed.
LAST_OFFSET = 1000

# Names that mean the same around Zhaotong, in groups.
SAME = (
    ("洋芋", "土豆", "马铃薯"),
    ("魔芋", "蒟蒻"),
    ("番茄", "西红柿"),
    ("玉米", "包谷", "苞谷"),
    ("红薯", "番薯", "地瓜", "山芋"),
    ("花生", "落花生"),
    ("辣椒", "海椒"),
    ("猕猴桃", "奇异果"),
    ("樱桃", "车厘子"),
    ("土鸡", "走地鸡"),
    ("竹笋", "笋子"),
    ("板栗", "栗子"),
    ("桃", "桃子"),
    ("梨", "梨子"),
    ("蜜橘", "橘子", "桔子"),
    ("脐橙", "橙子"),
    ("乌骨鸡", "乌鸡"),
    ("香菇", "花菇", "冬菇"),
    ("泡菜坛", "泡菜坛子"),
    ("牛干巴", "牛肉干"),
    ("折耳根", "鱼腥草"),
    ("苦荞", "荞麦"),
    ("糍粑", "年糕"),
)


def synonyms(same: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What else each word of a group may be called; a word typed in pinyin is one, too."""
    found: dict[str, tuple[str, ...]] = {}
    for group in same:
        for word in group:
            others = tuple(other for other in group if other != word)
            found[word] = (*found.get(word, ()), *others)
            if len(word) > 1:
                spoken = words.typed_pinyin(word)
                found[spoken] = (*found.get(spoken, ()), *others)
    return found


SYNONYMS = synonyms(SAME)

FILTERS = [
    *("id", "category_ids", "brand_id", "merchant_id", "origin_codes"),
    *("storage", "in_stock", "months", "price_band", "traits", "shop_codes", "campaigns"),
]

INDEX_SETTINGS: dict[str, Any] = {
    "searchableAttributes": ["words", "about", "characters", "pinyin", "syllables", "initials"],
    "displayedAttributes": ["id", "title", "_geo"],
    "filterableAttributes": [
        {
            "attributePatterns": FILTERS,
            "features": {"facetSearch": False, "filter": {"equality": True, "comparison": False}},
        },
        {
            "attributePatterns": ["price"],
            "features": {"facetSearch": False, "filter": {"equality": True, "comparison": True}},
        },
    ],
    "sortableAttributes": ["price", "sold_count", "published_at", "id", "_geo"],
    # A wanted order comes before everything else; without one this rule does nothing.
    "rankingRules": [
        "sort",
        "words",
        "typo",
        "proximity",
        "attribute",
        "exactness",
        "sold_count:desc",
        "id:asc",
    ],
    "localizedAttributes": [{"attributePatterns": ["words", "about", "characters"], "locales": ["cmn"]}],
    "synonyms": {word: list(others) for word, others in SYNONYMS.items()},
    # Of prices only the lowest and highest are wanted, and counting them by value is what makes facets slow:
    # in alphabetical order the engine may stop early.
    "faceting": {"maxValuesPerFacet": 300, "sortFacetValuesBy": {"*": "count", "price": "alpha"}},
    "pagination": {"maxTotalHits": 2 * LAST_OFFSET},
    "typoTolerance": {
        "minWordSizeForTypos": {"oneTypo": 7, "twoTypos": 11},
        "disableOnAttributes": ["characters", "syllables", "initials"],
    },
}


# Of the index of pages, which is searched in the same forms.
PAGE_SETTINGS: dict[str, Any] = INDEX_SETTINGS | {
    "searchableAttributes": [*INDEX_SETTINGS["searchableAttributes"], "spellings"],
    "displayedAttributes": ["id", "kind", "target", "title"],
    "filterableAttributes": [
        {
            "attributePatterns": ["id", "kind", "spellings"],
            "features": {"facetSearch": False, "filter": {"equality": True, "comparison": False}},
        },
    ],
    "sortableAttributes": ["weight"],
    "rankingRules": ["words", "typo", "proximity", "attribute", "exactness", "weight:desc", "id:asc"],
    "faceting": {"maxValuesPerFacet": 50},
}


def index_settings(same: Sequence[Sequence[str]] = ()) -> dict[str, Any]:
    """Of the index of products, with the groups of synonyms the desk has added."""
    known = synonyms((*SAME, *same)) if same else SYNONYMS
    return INDEX_SETTINGS | {"synonyms": {word: list(others) for word, others in known.items()}}


def fingerprint(same: Sequence[Sequence[str]] = ()) -> str:
    """Says whether an index was built as this version and the desk want it."""
    return _hash({"settings": index_settings(same), "form": DOCUMENT_FORM})


def page_fingerprint() -> str:
    """The same of the index of pages."""
    return _hash({"settings": PAGE_SETTINGS, "form": PAGE_FORM})


def _hash(wanted: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(wanted, option=orjson.OPT_SORT_KEYS)).hexdigest()
