"""A product on sale as a document of the engine and as words of the PostgreSQL search."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from domain.catalog.finding import band_of
from domain.catalog.indexing import SearchRow
from domain.catalog.seasons import in_season
from search import words


# Cutting words takes about a millisecond a product, so both run in a thread: others are waiting for this process.
async def tokens(rows: Sequence[SearchRow]) -> list[list[str]]:
    """What the PostgreSQL search knows each product by."""
    return await asyncio.to_thread(lambda: [words.tokens(_texts(row), _names(row)) for row in rows])


async def documents(rows: Sequence[SearchRow]) -> list[dict[str, Any]]:
    """What the engine knows of each product."""
    return await asyncio.to_thread(lambda: [document(row) for row in rows])


def document(row: SearchRow) -> dict[str, Any]:
    """Every searchable field is there even when empty: the engine refuses to search one that no document has."""
    texts = _texts(row)
    return {
        "id": str(row.id),
        "title": row.title,
        "words": words.simplified(row.title),
        "about": words.simplified(". ".join(texts[1:])),
        "characters": words.spaced(texts),
        "pinyin": words.joined_pinyin(texts),
        "syllables": words.spaced_syllables(texts),
        "initials": " ".join(words.initials(_names(row))),
        "category_ids": [str(id) for id in row.category_ids],
        "brand_id": str(row.brand_id) if row.brand_id else None,
        "merchant_id": str(row.merchant_id),
        "origin_codes": row.origin_codes,
        "storage": row.storage.value,
        "price": row.price,
        "price_band": band_of(row.price),
        "campaigns": row.campaigns,
        "sold_count": row.sold_count,
        "in_stock": row.in_stock,
        "months": [month for month in range(1, 13) if in_season(row.harvest_from, row.harvest_to, month)],
        "traits": row.traits,
        "shop_codes": row.shop_codes,
        "_geo": None if row.latitude is None else {"lat": row.latitude, "lng": row.longitude},
        "published_at": int(row.published_at.timestamp() * 1000),
    }


def _names(row: SearchRow) -> list[str]:
    return [row.title, *row.names]


def _texts(row: SearchRow) -> list[str]:
    return [text for text in (row.title, row.subtitle, *row.names) if text]
