"""What the demo's categories ask of their goods, and what its goods say of themselves."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from domain.base import UnitOfWork
from models.catalog import ProductAttribute
from models.policies import Attribute, AttributeKind
from server.seeds.catalogue import DATA, goods
from server.seeds.ids import demo_id

# The categories have asked for them as long as the mall is open.
AGE = timedelta(days=300)


async def add_attributes(uow: UnitOfWork, now: datetime) -> None:
    """After the goods; none of them is required, or the demo's drafts could not be published."""
    written = tomllib.loads((DATA / "attributes.toml").read_text(encoding="utf-8"))
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for position, raw in enumerate(written["attribute"], 1):
        asked[raw["category"]].append(_attribute(position, raw) | {"created_at": now - AGE})
    await uow.session.execute(insert(Attribute), [row for rows in asked.values() for row in rows])
    said: dict[str, list[str]] = written["said"]
    found = [
        {"product_id": good.id, "attribute_id": row["id"], "value": value}
        for good in goods()
        for row, value in zip(asked.get(good.leaf.slug, ()), said.get(good.key, ()), strict=False)
        if value
    ]
    await uow.session.execute(insert(ProductAttribute), found)


def _attribute(position: int, raw: dict[str, Any]) -> dict[str, Any]:
    category, name = raw["category"], raw["name"]
    return {
        "id": demo_id("attribute", f"{category}/{name}"),
        "category_id": demo_id("category", category),
        "name": name,
        "kind": AttributeKind(raw.get("kind", "ENUM")),
        "options": raw.get("options", []),
        "filterable": True,
        "position": position,
    }
