"""Which unfinished groups go together. Pure: `ending.merge` looks again and does it.

Groups are merged whole, and only where everybody agreed. Nobody is invented: a group that finds no other fails.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.groups.states import MERGE_WITHIN

# Of so many groups of an activity a set that fills one exactly is looked for; those that end first come first.
MOST_LOOKED_AT = 60


@dataclass(frozen=True)
class Forming:
    """A group whose members all agreed to be merged; `members` are those with a seat in it, paid or not."""

    id: UUID
    size: int
    expires_at: datetime
    members: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def held(self) -> int:
        return len(self.members)


def near_its_end(group: Forming, ttl: timedelta, now: datetime) -> bool:
    """Whether it is time to look for others: earlier, it may still find its members by itself."""
    return now < group.expires_at <= now + min(MERGE_WITHIN, ttl / 4)


def partners(group: Forming, others: Collection[Forming]) -> Sequence[Forming]:
    """Those to merge with `group`, fewest first: they fill it exactly if any set does, else the fullest that fits.

    Nobody may be in two of them. Empty when none fits.
    """
    fitting = [each for each in others if each.id != group.id and _fit(group.members, each, group.size)]
    fitting.sort(key=lambda each: (each.expires_at, each.id.int))
    exact = _exact(group, fitting[:MOST_LOOKED_AT])
    if exact:
        return exact
    return sorted(fitting, key=lambda each: -each.held)[:1]


def _fit(members: frozenset[UUID], other: Forming, size: int) -> bool:
    return len(members) + other.held <= size and members.isdisjoint(other.members)


def _exact(group: Forming, others: Sequence[Forming]) -> Sequence[Forming]:
    """The smallest set of others that fills the group, found by how many members each number of groups can have."""
    reached: dict[int, tuple[frozenset[UUID], tuple[Forming, ...]]] = {group.held: (group.members, ())}
    best: tuple[Forming, ...] = ()
    for other in others:
        for members, chosen in list(reached.values()):
            if not _fit(members, other, group.size):
                continue
            total, more = len(members) + other.held, (*chosen, other)
            if total == group.size and (not best or len(more) < len(best)):
                best = more
            elif total not in reached or len(more) < len(reached[total][1]):
                reached[total] = members | other.members, more
    return best
