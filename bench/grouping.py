"""How many groups fail, with merging and without: `python -m bench.grouping`.

Buyers come to one offer by themselves, as a Poisson stream; so many of a hundred join the fullest group shown on the
page, the others open one of their own. The rule that merges is the product's (`domain.groups.merging`), run every
minute as the worker runs it; who does not agree is left alone, and so is his group. Nobody is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from domain.groups.merging import Forming, near_its_end, partners

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Case:
    """An offer: `hourly` buyers, of whom `join` of a hundred join a group that forms; `agree` of a hundred agree."""

    name: str
    size: int
    hourly: float
    join: int
    agree: int
    ttl: timedelta = timedelta(hours=24)
    days: int = 30


CASES = (
    Case("quiet: 3 seats, 1 buyer every two hours, 30 % join", 3, 0.5, 30, 80),
    Case("middle: 3 seats, 1 buyer an hour, 30 % join", 3, 1.0, 30, 80),
    Case("middle, everybody agrees", 3, 1.0, 30, 100),
    Case("middle, half agree", 3, 1.0, 30, 50),
    Case("busy: 3 seats, 5 buyers an hour, 60 % join", 3, 5.0, 60, 80),
    Case("large: 5 seats, 2 buyers an hour, 50 % join", 5, 2.0, 50, 80),
)


@dataclass(frozen=True)
class Came:
    """What became of the groups, and of the buyers in them."""

    opened: int
    failed: int
    buyers: int
    refunded: int

    @property
    def shares(self) -> tuple[float, float]:
        return self.failed / max(self.opened, 1), self.refunded / max(self.buyers, 1)


def run(case: Case, seed: int, *, merging: bool) -> Came:
    """One offer from its beginning until its last group has ended."""
    dice = Random(seed)
    town = _Town(case, dice, merging)
    for minute in range(case.days * 24 * 60):
        for _ in range(_arrivals(dice, case.hourly / 60)):
            town.arrive(BEGIN + minute * MINUTE)
        town.sweep(BEGIN + minute * MINUTE)
    for minute in range(int(case.ttl / MINUTE) + 1):
        town.sweep(BEGIN + timedelta(days=case.days) + minute * MINUTE)
    return Came(town.opened, town.failed, town.buyers, town.refunded)


def _arrivals(dice: Random, rate: float) -> int:
    """A minute's number, for rates far below one."""
    return int(dice.random() < rate)


class _Town:
    def __init__(self, case: Case, dice: Random, merging: bool) -> None:
        self._case, self._dice, self._merging = case, dice, merging
        self._forming: dict[UUID, Forming] = {}
        self._agreed: dict[UUID, bool] = {}
        self.opened = self.failed = self.buyers = self.refunded = 0

    def arrive(self, now: datetime) -> None:
        self.buyers += 1
        member, agrees = self._id(), self._dice.random() * 100 < self._case.agree
        joins = self._dice.random() * 100 < self._case.join
        shown = max(self._forming.values(), key=lambda each: each.held, default=None)
        if joins and shown is not None:
            self._agreed[shown.id] &= agrees
            self._keep(replace(shown, members=shown.members | {member}))
        else:
            self.opened += 1
            group = Forming(self._id(), self._case.size, now + self._case.ttl, frozenset([member]))
            self._agreed[group.id] = agrees
            self._keep(group)

    def sweep(self, now: datetime) -> None:
        for group in list(self._forming.values()):
            if self._merging and group.id in self._forming and self._agreed[group.id]:
                self._merge(self._forming[group.id], now)
        for group in [each for each in self._forming.values() if each.expires_at <= now]:
            del self._forming[group.id]
            self.failed, self.refunded = self.failed + 1, self.refunded + group.held

    def _merge(self, group: Forming, now: datetime) -> None:
        if not near_its_end(group, self._case.ttl, now):
            return
        willing = [each for each in self._forming.values() if self._agreed[each.id]]
        if found := partners(group, willing):
            *others, into = sorted([group, *found], key=lambda each: (each.expires_at, each.id.int))
            for each in others:
                del self._forming[each.id]
            members = into.members.union(*(each.members for each in others))
            self._keep(replace(into, members=members))

    def _keep(self, group: Forming) -> None:
        self._forming[group.id] = group
        if group.held == group.size:
            del self._forming[group.id]

    def _id(self) -> UUID:
        return UUID(int=self._dice.getrandbits(128))


def rows(seeds: int = 5) -> Iterator[tuple[Case, Came, Came]]:
    """Each case without and with merging, all seeds together."""
    for case in CASES:
        without, merged = ([run(case, seed, merging=way) for seed in range(seeds)] for way in (False, True))
        yield case, _sum(without), _sum(merged)


def _sum(found: list[Came]) -> Came:
    return Came(*(sum(getattr(each, name) for each in found) for name in Came.__dataclass_fields__))


def main() -> None:
    print("| offer | groups | failed without | failed with | buyers refunded without | with |")
    print("|---|---|---|---|---|---|")
    for case, without, merged in rows():
        (one, two), (three, four) = without.shares, merged.shares
        print(
            f"| {case.name}, {case.agree} % agree | {without.opened}"
            f" | {one:.1%} | {three:.1%} | {two:.1%} | {four:.1%} |"
        )


if __name__ == "__main__":
    main()
