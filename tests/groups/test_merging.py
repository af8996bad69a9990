"""Which groups go together: exactly full where that is possible, nobody twice; and what it is worth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from uuid import UUID

from bench.grouping import Case, run
from domain.groups.merging import Forming, near_its_end, partners

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def group(id: int, *members: int, size: int = 5, minutes: int = 30) -> Forming:
    return Forming(UUID(int=id), size, NOW + timedelta(minutes=minutes), frozenset(UUID(int=each) for each in members))


def test_a_set_that_fills_the_group_is_preferred_to_a_fuller_one_that_does_not() -> None:
    own, three, two = group(1, 1, 2), group(2, 3, 4, 5), group(3, 6, 7)
    assert partners(own, [two, three]) == (three,)
    assert partners(own, [two, group(4, 8)]) == (two, group(4, 8))


def test_nobody_is_in_two_of_them() -> None:
    assert list(partners(group(1, 1, 2), [group(2, 2, 3, 4)])) == []
    assert list(partners(group(1, 1, 2), [group(2, 3, 4, 5, 6)])) == []


def test_groups_are_merged_shortly_before_their_end_only() -> None:
    ttl = timedelta(hours=4)
    assert near_its_end(group(1, 1, minutes=60), ttl, NOW)
    assert not near_its_end(group(1, 1, minutes=61), ttl, NOW)
    assert not near_its_end(group(1, 1, minutes=0), ttl, NOW)


def test_an_exact_set_is_found_wherever_there_is_one() -> None:
    """Members of their own: compared with all subsets."""
    dice = Random(5)
    for _ in range(300):
        counts = [dice.randint(1, 4) for _ in range(dice.randint(1, 7))]
        ids = iter(range(1000))
        own = group(1, *(next(ids) for _ in range(dice.randint(1, 4))), size=6)
        others = [group(n + 2, *(next(ids) for _ in range(count)), size=6) for n, count in enumerate(counts)]
        sums = {sum(chosen) for r in range(1, len(counts) + 1) for chosen in combinations(counts, r)}
        found = partners(own, others)
        total = own.held + sum(each.held for each in found)
        assert total <= 6
        if 6 - own.held in sums:
            assert total == 6


def test_fewer_groups_fail_with_merging() -> None:
    case = Case("middle", 3, 1.0, 30, 100, days=6)
    without, merged = (run(case, 1, merging=way) for way in (False, True))
    assert (without.opened, without.buyers) == (merged.opened, merged.buyers)
    assert merged.failed * 10 < without.failed
