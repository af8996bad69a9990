"""The index as data: what is searched, filtered, sorted and counted in Meilisearch 1.21 or later."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

# Counts up when `documents.document` changes its form: a higher number means a rebuild.
DOCUMENT_FORM = 1
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
)
SYNONYMS: dict[str, tuple[str, ...]] = {
    word: tuple(other for other in group if other != word) for group in SAME for word in group
}

FILTERS = ["id", "category_ids", "brand_id", "merchant_id", "origin_codes", "storage", "in_stock", "months"]

INDEX_SETTINGS: dict[str, Any] = {
    "searchableAttributes": ["words", "about", "characters", "pinyin", "syllables", "initials"],
    "displayedAttributes": ["id", "title"],
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
    "sortableAttributes": ["price", "sold_count", "published_at", "id"],
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


def fingerprint() -> str:
    """Says whether an index was built as this version wants it."""
    wanted = {"settings": INDEX_SETTINGS, "form": DOCUMENT_FORM}
    return hashlib.sha256(orjson.dumps(wanted, option=orjson.OPT_SORT_KEYS)).hexdigest()
