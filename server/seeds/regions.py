"""Where goods come from and go to: 昭通 down to its 150 towns, the rest of the mainland down to its counties.

Reference data that production needs too. Hong Kong, Macao and Taiwan are not among it: a parcel there needs customs
papers that the mall cannot make.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from domain import bulk
from domain.base import UnitOfWork
from models.merchants import RegionLevel

DATA = Path(__file__).parent.parent.parent / "data"
TYPES = {
    "code": "text",
    "name": "text",
    "full_name": "text",
    "level": "text",
    "parent_code": "text",
    "longitude": "float8",
    "latitude": "float8",
    "position": "int2",
}
NAMED = tuple(TYPES)[1:]
# What stands between a province and those of its counties that belong to no city is no name people use.
NAMELESS = frozenset({"县", "省直辖县", "自治区直辖县级行政区划"})
ENSURE = f"""
INSERT INTO regions ({", ".join(TYPES)})
SELECT * FROM unnest({", ".join(f"${at}::{type_}[]" for at, type_ in enumerate(TYPES.values(), 1))})
ON CONFLICT (code) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in NAMED)}
WHERE ({", ".join(f"regions.{name}" for name in NAMED)}) IS DISTINCT FROM ({
    ", ".join(f"excluded.{name}" for name in NAMED)
})
RETURNING code
"""


async def ensure_regions(uow: UnitOfWork) -> int:
    """Writes every region as this release knows it; answers how many were new or changed, 0 when repeated."""
    rows = region_rows()
    written = await bulk.run(uow.session, ENSURE, *[[row[name] for row in rows] for name in TYPES])
    return len(written)


@cache
def region_rows() -> tuple[dict[str, Any], ...]:
    return (*_mainland(), *_zhaotong())


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _zhaotong() -> Iterator[dict[str, Any]]:
    """The city, whose province is among the others; people here name places from the city down."""
    known = _read("zhaotong_divisions.json")
    city = known["city"]
    yield _row(city, RegionLevel.CITY, known["province"]["code"], city["name"], 0)
    for k, county in enumerate(known["counties"]):
        whole = f"{city['name']} {county['name']}"
        yield _row(county, RegionLevel.COUNTY, city["code"], whole, k)
        for j, town in enumerate(county["towns"]):
            yield _row(town, RegionLevel.TOWN, county["code"], f"{whole} {town['name']}", j)


def _mainland() -> Iterator[dict[str, Any]]:
    """Provinces, cities and counties, without the city that is known better."""
    known, home = _read("china_divisions.json"), _read("zhaotong_divisions.json")["city"]["code"]
    for i, province in enumerate(known["provinces"]):
        yield _row(province, RegionLevel.PROVINCE, None, province["name"], i)
        for j, city in enumerate(province["cities"]):
            if city["code"] == home:
                continue
            whole = _whole(province["name"], city["name"])
            yield _row(city, RegionLevel.CITY, province["code"], whole, j + 1)
            for k, (code, name) in enumerate(city["counties"].items()):
                county = {"code": code, "name": name}
                yield _row(county, RegionLevel.COUNTY, city["code"], _whole(whole, name), k)


def _whole(above: str, name: str) -> str:
    """湖北省 仙桃市, 北京市 东城区: without what only fills a level."""
    return above if name in NAMELESS or name == above else f"{above} {name}"


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
