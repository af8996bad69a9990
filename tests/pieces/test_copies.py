"""Copies are told from honest traffic: rule by rule, and how often, on seeded traffic of either kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.pieces.copies import ALARM, CopyRule, Look, parties, weigh
from tests.pieces.traffic import FAR, HOME, NEAR, ORIGIN, START, Traffic

SENT = START + timedelta(days=1)


def look(hours: float, who: int, county: str | None = None, address: int | None = None) -> Look:
    whence = None if address is None else bytes([address]) * 16
    return Look(START + timedelta(hours=hours), bytes([who]) * 16, whence, county)


def points(*looks: Look, sent: Any = START) -> dict[CopyRule, int]:
    return weigh(looks, origin=ORIGIN, sent_at=sent).points


# ------------------------------------------------------------------------------------------------ rule by rule
def test_a_family_a_shop_and_a_gift_are_nothing() -> None:
    assert points() == {}
    shop = [look(hour, 1, HOME, 1) for hour in range(3)]
    family = [look(60 + who, 10 + who, NEAR[0], 2) for who in range(5)]
    gift = [look(200 + who, 20 + who, FAR[0], 3) for who in range(3)]
    assert points(*shop, *family, *gift) == {}


def test_each_city_beyond_those_one_piece_sees_is_a_point() -> None:
    looks = [look(48 * at, at, county) for at, county in enumerate((HOME, *NEAR[:2], *FAR[::3]))]
    assert points(*looks[:3]) == {}
    assert points(*looks[:4]) == {CopyRule.CITIES: 1}
    assert points(*looks) == {CopyRule.CITIES: 4}
    # Two counties of one city are one.
    assert points(*(look(48 * at, at, f"5301{at:02d}") for at in range(1, 9))) == {}


def test_nothing_is_in_two_cities_at_once() -> None:
    here, far = look(30, 1, NEAR[0]), look(31, 2, FAR[0])
    assert points(here, far) == {CopyRule.TRAVEL: 1}
    assert points(here, look(35, 2, FAR[0])) == {}
    # Somebody who travels with his telephone and tells it wrongly is no copy.
    assert points(here, look(31, 1, FAR[0])) == {}


def test_a_crowd_is_one_of_strangers() -> None:
    assert points(*(look(who, who, None, 1) for who in range(60))) == {}
    assert points(*(look(who, 1, None, who) for who in range(60))) == {}
    assert points(*(look(who, who, None, who) for who in range(25))) == {CopyRule.CROWD: 2}
    assert parties([look(0, 1), look(1, 2)]) == 2  # forgotten addresses hide nobody


def test_what_was_not_sent_is_nowhere_else() -> None:
    assert points(look(30, 1, FAR[0]), sent=None) == {CopyRule.EARLY: 1}
    assert points(look(30, 1, FAR[0]), sent=SENT) == {}
    assert points(look(3, 1, HOME), sent=None) == {}


def test_looks_of_long_ago_do_not_count() -> None:
    looks = [look(24 * 20 * at, at, county) for at, county in enumerate((*NEAR[:3], *FAR[::3]))]
    assert weigh(looks, origin=ORIGIN, sent_at=START).score == 0


# ------------------------------------------------------------------------------------------------ how often
HONEST, COPIED = 10_000, 200
# Copies of one label: the least share that is found, when half, and when a quarter of the people tell their county.
FOUND = {10: (0.20, 0.03), 20: (0.65, 0.20), 50: (0.98, 0.90), 100: (0.99, 0.99)}


def alarmed(seed: int, tells: float, copies: int = 0) -> bool:
    traffic = Traffic(seed, tells)
    looks = traffic.copied(copies) if copies else traffic.honest()
    return weigh(looks, origin=ORIGIN, sent_at=SENT).score >= ALARM


@pytest.mark.parametrize(("tells", "most"), [(0.5, 0.001), (1.0, 0.004)])
def test_honest_traffic_alarms_hardly_ever(tells: float, most: float, record_property: Any) -> None:
    false = sum(alarmed(seed, tells) for seed in range(HONEST))
    record_property("table", f"{tells:.0%} tell their county: {false} of {HONEST} honest pieces alarm")
    assert false <= HONEST * most


@pytest.mark.parametrize("copies", FOUND)
def test_copies_are_found(copies: int, record_property: Any) -> None:
    for tells, least in zip((0.5, 0.25), FOUND[copies], strict=True):
        found = sum(alarmed(seed, tells, copies) for seed in range(COPIED)) / COPIED
        record_property("table", f"{copies} copies, {tells:.0%} tell their county: {found:.1%} found")
        assert found >= least
