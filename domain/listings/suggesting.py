"""What a new product probably is, by its title and what its shop sells already. Only proposals: the shop decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import policies
from domain.base import Viewer, clean_text
from models.catalog import Category, Product, ReturnClass, StorageClass
from models.merchants import Merchant, Region, RegionLevel

EARLIER = 200


@dataclass(frozen=True)
class Suggestion:
    category_id: UUID | None
    category_name: str
    origin_code: str | None
    origin_name: str
    grade: str
    storage: StorageClass | None
    return_class: ReturnClass | None
    # Why the category was chosen, in words the shop reads; empty when there is none.
    reason: str


async def suggest(session: AsyncSession, viewer: Viewer, title: str) -> Suggestion:
    """Six statements at most, whatever the shop has."""
    words = clean_text(title, field="title", most=60, label="商品标题")
    earlier = await _earlier(session, viewer.shop_id)
    alike = max(earlier, key=lambda row: _likeness(words, row.title), default=None)
    known = alike is not None and _likeness(words, alike.title) >= 0.3
    category, reason = (alike.category_id, f"与“{alike.title}”相近") if known and alike else (None, "")
    if category is None:
        category, reason = await _named(session, words)
    origin = await _place(session, viewer.shop_id, words, earlier)
    grades = (await policies.policy_of(session, category)).grades if category else ()
    name = await session.scalar(select(Category.name).where(Category.id == category)) if category else ""
    kind = next((row for row in earlier if row.category_id == category), None)
    return Suggestion(
        category,
        name or "",
        *origin,
        next((grade for grade in sorted(grades, key=len, reverse=True) if grade in words), ""),
        kind.storage if kind else None,
        kind.return_class if kind else None,
        reason,
    )


async def _earlier(session: AsyncSession, shop: UUID) -> Sequence[Any]:
    table = Product.__table__.c
    chosen = select(table.title, table.category_id, table.origin_code, table.storage, table.return_class)
    rows = await session.execute(chosen.where(table.merchant_id == shop).order_by(table.id.desc()).limit(EARLIER))
    return rows.all()


def _likeness(one: str, other: str) -> float:
    """How many of the pairs of characters of the shorter title are in the other, 0 to 1."""
    first, second = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


async def _named(session: AsyncSession, title: str) -> tuple[UUID | None, str]:
    """The leaf whose name is in the title, the longest name first."""
    parents = select(Category.parent_id).where(Category.parent_id.is_not(None))
    rows = await session.execute(select(Category.id, Category.name).where(Category.id.not_in(parents)))
    found = sorted(((name, id) for id, name in rows if name in title), key=lambda each: -len(each[0]))
    return (found[0][1], f"标题中有“{found[0][0]}”") if found else (None, "")


async def _place(session: AsyncSession, shop: UUID, title: str, earlier: Sequence[Any]) -> tuple[str | None, str]:
    """The town or county the title names, else where most of the shop's goods come from, else where the shop is."""
    county = select(Region.code).where(Region.level == RegionLevel.COUNTY, Region.parent_code == "530600")
    here = Region.code.in_(county) | Region.parent_code.in_(county)
    rows = list(await session.execute(select(Region.code, Region.name, Region.full_name).where(here)))
    named = [(code, full) for code, name, full in rows if _stem(name) in title]
    if named:
        return max(named, key=lambda each: len(each[0]))
    usual = Counter(row.origin_code for row in earlier).most_common(1)
    code = usual[0][0] if usual else await session.scalar(select(Merchant.region_code).where(Merchant.id == shop))
    return next(((each, full) for each, _, full in rows if each == code), (None, ""))


def _stem(name: str) -> str:
    """洒渔镇 as people call it: 洒渔."""
    for ending in ("街道", "镇", "乡", "区", "县", "市"):
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name
