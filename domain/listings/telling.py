"""Edits in words a reviewer reads: the label of the field, and what it said and shall say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import catalog, freight, merchants, policies
from domain.catalog.listing import ProductWanted
from domain.listings.edits import LABELS, NEW, SKU_LABELS, Edit, sku_field
from models.base import id_of
from models.policies import AttributeKind

STORAGE = {"AMBIENT": "常温", "CHILLED": "冷藏", "FROZEN": "冷冻"}
RETURNS = {"SEVEN_DAYS": "七天无理由", "NO_RETURN_BY_LAW": "依法不支持", "NO_RETURN_IF_CONFIRMED": "确认后不支持"}
SOLD_BY = {"PIECE": "按件", "WEIGHT": "按重量", "CATCH_WEIGHT": "称重"}
BASES = {"ORIGINAL": "本店原价", "SUGGESTED": "厂商建议零售价"}
WORDS = {"storage": STORAGE, "return_class": RETURNS, "sold_by": SOLD_BY}
NAME = frozenset({"name"})


async def told(session: AsyncSession, now: ProductWanted, edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """For each edit its `label`, `before_text` and `after_text`."""
    names = await _names(session, edits)
    skus = {sku.id: sku.name for sku in now.skus}
    attributes = await _attributes(session, edits)
    return [_told(edit, names, skus, attributes) for edit in edits]


def _told(
    edit: Edit, names: Mapping[str, str], skus: Mapping[UUID | None, str], attributes: Mapping[UUID, Mapping[str, Any]]
) -> dict[str, Any]:
    if sku := sku_field(edit.field):
        label = "新规格" if sku[1] == NEW else f"规格“{skus.get(sku[0], '')}”{SKU_LABELS[sku[1]]}"
        return _words(label, *(_sku_text(sku[1], value) for value in (edit.before, edit.after)))
    if edit.field.startswith("attribute."):
        row = attributes[id_of(edit.field.removeprefix("attribute."))]
        texts = (_said(row, value) for value in (edit.before, edit.after))
        return _words(row["name"], *texts)
    return _words(LABELS[edit.field], *(_text(edit.field, value, names) for value in (edit.before, edit.after)))


def _words(label: str, before: str, after: str) -> dict[str, Any]:
    return {"label": label, "before_text": before, "after_text": after}


def _text(field: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return ""
    if field == "images":
        return f"{len(value)} 张"
    if field in ("clip_key", "clip_poster_key"):
        return "有"
    return WORDS.get(field, names).get(value, str(value)) if isinstance(value, str) else str(value)


def _sku_text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == NEW:
        return f"{value['name']}，{yuan(value['price'])}，净重 {value['weight']} 克"
    if name == "market_basis":
        return BASES[value]
    if name == "active":
        return "在售" if value else "停售"
    return yuan(value) if name in ("price", "market_price") else str(value)


def yuan(fen: int) -> str:
    return f"¥{fen // 100}.{fen % 100:02d}"


def _said(row: Mapping[str, Any], value: str | None) -> str:
    return "" if value is None else policies.shown_value(AttributeKind(row["kind"]), row["unit"], value)


async def _attributes(session: AsyncSession, edits: Sequence[Edit]) -> Mapping[UUID, Mapping[str, Any]]:
    ids = [id_of(edit.field.removeprefix("attribute.")) for edit in edits if edit.field.startswith("attribute.")]
    return await policies.attributes_by_id(session, ids, frozenset({"name", "kind", "unit"})) if ids else {}


async def _names(session: AsyncSession, edits: Sequence[Edit]) -> dict[str, str]:
    """Names of what the edits point to, by the id as JSON has it."""
    values = {edit.field: [value for value in (edit.before, edit.after) if value] for edit in edits}
    found: dict[str, str] = {}
    readers = {
        "category_id": catalog.categories_by_id,
        "brand_id": catalog.brands_by_id,
        "freight_template_id": freight.templates_by_id,
    }
    for field, reader in readers.items():
        if ids := values.get(field):
            rows = await reader(session, [id_of(id) for id in ids], NAME)
            found |= {str(id): row["name"] for id, row in rows.items()}
    if codes := values.get("origin_code"):
        places = await merchants.regions_by_code(session, codes, frozenset({"full_name"}))
        found |= {code: row["full_name"] for code, row in places.items()}
    return found
