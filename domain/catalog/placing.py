"""Where goods are sold from: the places of a shop, and how far it is to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, String, func, literal, select

from domain.base import Invalid
from domain.catalog.finding import Point
from models.catalog import SearchDocument
from models.merchants import Merchant, Region
from models.pickups import PickupPoint

COUNTY_DIGITS = 6
# Metres.
EARTH = 6_371_000
# As far as a position is of use here: two digits of a degree are a kilometre, and nobody's address.
DIGITS = 2
# Distances are told to a hundred metres: a shop's place is the seat of its district.
STEP = 100
DOCUMENT = SearchDocument.__table__.c
SEAT = Region.__table__.alias("seat")


def checked(near: Point | None) -> Point | None:
    """The position to about a kilometre; refused outside of China."""
    if near is None:
        return None
    if not (3 <= near.latitude <= 54 and 73 <= near.longitude <= 136):
        raise Invalid("位置不在中国境内，请手动选择县区", field="near")
    return replace(near, latitude=round(near.latitude, DIGITS), longitude=round(near.longitude, DIGITS))


def levels(codes: Iterable[str]) -> list[str]:
    """Each of the codes with its county and its city, as GB/T 2260 builds them."""
    found = {level for code in codes for level in (code, code[:COUNTY_DIGITS], f"{code[:4]}00")}
    return sorted(found)


def at_its_seat() -> ColumnElement[bool]:
    """Joins a shop's county, which has coordinates; towns have none."""
    return SEAT.c.code == func.left(Merchant.region_code, COUNTY_DIGITS)


def counters() -> ColumnElement[list[str]]:
    """The places of the shop's open pickup points; null when it has none."""
    point = PickupPoint.__table__.c
    chosen = select(func.array_agg(point.region_code.distinct()))
    chosen = chosen.where(point.merchant_id == Merchant.id, point.closed_at.is_(None))
    return chosen.correlate(Merchant).scalar_subquery()


# ------------------------------------------------------------------------------------------------ distances
def metres(one: Point, other: Point) -> float:
    """Along the surface."""
    up, along = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    flat = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH * asin(sqrt(sin(up / 2) ** 2 + flat * sin(along / 2) ** 2))


def told(metres: float) -> int:
    return round(metres / STEP) * STEP


def away(near: Point) -> ColumnElement[Any]:
    """The same to the shop of a document, in SQL; null where its place is not known."""
    up = func.sin(func.radians(DOCUMENT.latitude - near.latitude) / 2)
    along = func.sin(func.radians(DOCUMENT.longitude - near.longitude) / 2)
    flat = literal(cos(radians(near.latitude))) * func.cos(func.radians(DOCUMENT.latitude))
    return 2 * EARTH * func.asin(func.sqrt(up * up + flat * along * along))


def is_in(code: str) -> ColumnElement[bool]:
    """Documents of shops that are at this place, or have a pickup point there."""
    return DOCUMENT.shop_codes.op("@>", is_comparison=True)(literal([code], ARRAY(String(9))))
