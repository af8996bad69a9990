"""昭通 from the province down to its 150 towns: reference data that production needs too."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert

from domain.base import UnitOfWork
from models.merchants import Region, RegionLevel

DIVISIONS = Path(__file__).parent.parent.parent / "data/zhaotong_divisions.json"
NAMED = ("name", "full_name", "level", "parent_code", "longitude", "latitude", "position")


async def ensure_regions(uow: UnitOfWork) -> int:
    """Writes every region as this release knows it; answers how many were new or changed, 0 when repeated."""
    new = insert(Region)
    columns = {name: new.excluded[name] for name in NAMED}
    table = Region.__table__.c
    changed = or_(*(table[name].is_distinct_from(new.excluded[name]) for name in NAMED))
    upsert = new.on_conflict_do_update(index_elements=["code"], set_=columns, where=changed)
    # The province first, then the city, and so on: each row's parent is there before it.
    rows = await uow.session.scalars(upsert.values(list(region_rows())).returning(table.code))
    return len(rows.all())


@cache
def region_rows() -> tuple[dict[str, Any], ...]:
    known = json.loads(DIVISIONS.read_text(encoding="utf-8"))
    province, city = known["province"], known["city"]
    rows = [_row(province, RegionLevel.PROVINCE, None, province["name"], 0)]
    rows.append(_row(city, RegionLevel.CITY, province["code"], city["name"], 0))
    for k, county in enumerate(known["counties"]):
        whole = f"{city['name']} {county['name']}"
        rows.append(_row(county, RegionLevel.COUNTY, city["code"], whole, k))
        for j, town in enumerate(county["towns"]):
            rows.append(_row(town, RegionLevel.TOWN, county["code"], f"{whole} {town['name']}", j))
    return tuple(rows)


@cache
def full_names() -> dict[str, str]:
    return {row["code"]: row["full_name"] for row in region_rows()}


def _row(raw: dict[str, Any], level: RegionLevel, parent: str | None, whole: str, position: int) -> dict[str, Any]:
    return {
        "code": raw["code"],
        "name": raw["name"],
        "full_name": whole,
        "level": level,
        "parent_code": parent,
        "longitude": raw.get("longitude"),
        "latitude": raw.get("latitude"),
        "position": position,
    }
