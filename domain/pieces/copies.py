"""Whether a piece was looked up as one piece can be, or as many that carry the same code: pure functions over looks.

One piece is seen by the shop that packs it, by a family, perhaps by whom it was given on to, or by customers before one
shelf. Copies are seen in many cities, at the same time, by people who do not know each other. Each rule gives points;
three are an alarm, which a person then decides. tests/pieces/test_copies.py states how often that is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Looks that are weighed together; later ones tell of eating, not of selling.
WINDOW = timedelta(days=30)
ALARM = 3
# Beside the lot's own: the buyer's city, and the one it was given on to or taken along to.
CITIES, MOST_FOR_CITIES = 2, 4
# Nothing is carried to another city, or to another province, faster.
TO_CITY, TO_PROVINCE, MOST_FOR_TRAVEL = timedelta(hours=1), timedelta(hours=4), 2
# Who stands before a shelf: a crowd of strangers in one city is no copy yet.
CROWD, CROWD_STEP, MOST_FOR_CROWD = 15, 5, 3


class CopyRule(StrEnum):
    CITIES = "CITIES"
    TRAVEL = "TRAVEL"
    CROWD = "CROWD"
    # Far away, before anything of the lot was sent.
    EARLY = "EARLY"


@dataclass(frozen=True)
class Look:
    """One look at a piece. `county` is None when it was not told, `address` once it is forgotten."""

    at: datetime
    device: bytes
    address: bytes | None = None
    county: str | None = None

    @property
    def city(self) -> str | None:
        return self.county and self.county[:4]


@dataclass(frozen=True)
class Weighed:
    """Points by rule; those without are missing."""

    points: dict[CopyRule, int]

    @property
    def score(self) -> int:
        return sum(self.points.values())

    @property
    def alarming(self) -> bool:
        return self.score >= ALARM


def weigh(looks: Sequence[Look], *, origin: str, sent_at: datetime | None) -> Weighed:
    """What speaks for copies in thirty days of looks; `origin`: the lot's region, `sent_at`: its first parcel."""
    if not looks:
        return Weighed({})
    ordered = sorted(looks, key=lambda look: look.at)
    recent = [look for look in ordered if look.at > ordered[-1].at - WINDOW]
    home = origin[:4]
    told = [look for look in recent if look.city]
    far = [look for look in told if look.city != home]
    points = {
        CopyRule.CITIES: min(max(0, len({look.city for look in far}) - CITIES), MOST_FOR_CITIES),
        CopyRule.TRAVEL: min(_too_fast(told), MOST_FOR_TRAVEL),
        CopyRule.CROWD: min(max(0, parties(recent) - CROWD) // CROWD_STEP, MOST_FOR_CROWD),
        CopyRule.EARLY: int(any(sent_at is None or look.at < sent_at for look in far)),
    }
    return Weighed({rule: many for rule, many in points.items() if many})


def parties(looks: Sequence[Look]) -> int:
    """How many strangers looked, at least: a family shares an address, a telephone on its way has many."""
    return min(len({look.device for look in looks}), len({look.address or look.device for look in looks}))


def _too_fast(told: Sequence[Look]) -> int:
    """How often the next look, by another device, was farther away than anything is carried in that time."""
    found = 0
    for before, after in zip(told, told[1:], strict=False):
        if before.device == after.device or before.city == after.city or not (before.county and after.county):
            continue
        least = TO_CITY if before.county[:2] == after.county[:2] else TO_PROVINCE
        found += after.at - before.at < least
    return found
