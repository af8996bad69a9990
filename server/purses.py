"""Points a process has taken in advance, so that most requests of a busy caller need not ask Valkey.

A purse is filled from the caller's bucket and spent here; what is unused after a few seconds goes back. Nothing is
ever spent that was not taken from the bucket first, so all processes together never grant more than the budget.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from server.refusing import RequestRefused

# How long points may lie here, out of the reach of other processes.
SECONDS = 5.0
# What part of a budget is taken in advance.
SHARE = 0.05
# At most so many purses are emptied in one round trip.
MOST_EMPTIED = 20
# What part of a budget a caller may use here without anybody being asked, in every so many seconds.
CREDIT = 0.02
# Of how many callers it is remembered that they have nothing left.
MOST_SPENT = 10_000


class Credit:
    """A little of every budget that is granted without asking Valkey: most callers never need more.

    It comes on top of the budget, once per process and `SECONDS`, and is what makes an ordinary visit free of charge.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ends = 0.0
        self._used: dict[str, float] = {}

    def covers(self, bucket: str, points: float, burst: float) -> bool:
        """Whether so many points of a budget of `burst` are granted; they are used then."""
        if (now := self._now()) >= self._ends:
            self._ends = now + SECONDS
            self._used.clear()
        used = self._used.get(bucket, 0.0) + points
        if used > burst * CREDIT:
            return False
        self._used[bucket] = used
        return True


class Spent:
    """Who has nothing left, by the refusal that said so: until its time to come back nobody need be asked again."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._refused: dict[str, tuple[RequestRefused, float]] = {}

    def get(self, caller: str) -> RequestRefused | None:
        """The refusal, to be raised anew; None when the caller may try again."""
        kept = self._refused.get(caller)
        if kept is None:
            return None
        refused, until = kept
        if until <= self._now():
            del self._refused[caller]
            return None
        return refused.again()

    def put(self, caller: str, refused: RequestRefused) -> None:
        """Remembers the refusal; with too many of them the oldest is forgotten."""
        if len(self._refused) >= MOST_SPENT:
            del self._refused[next(iter(self._refused))]
        self._refused[caller] = (refused.again(), self._now() + (refused.retry_after or 0))


@dataclass
class _Purse:
    points: float
    until: float


class Purses:
    """The purses of one process, the oldest first. `now` gives seconds that only grow."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._held: dict[str, _Purse] = {}

    def draw(self, bucket: str, points: float) -> float:
        """Takes so many points from the purse, or what there is of them."""
        purse = self._held.get(bucket)
        if purse is None or purse.until <= self._now():
            return 0.0
        drawn = min(points, purse.points)
        purse.points -= drawn
        return drawn

    def put(self, bucket: str, points: float) -> bool:
        """Adds unused points to a purse; False when there is none, and they must go back to the bucket."""
        purse = self._held.get(bucket)
        if purse is None:
            return False
        purse.points += points
        return True

    def fill(self, bucket: str, points: float) -> None:
        """Puts points into the purse, into a new one where there is none or an old one."""
        purse = self._held.get(bucket)
        if purse is not None and purse.until > self._now():
            purse.points += points
        elif points > 0:
            before = self._held.pop(bucket, None)
            self._held[bucket] = _Purse(points + (before.points if before else 0), self._now() + SECONDS)

    def emptied(self) -> list[tuple[str, float]]:
        """Closes purses that are too old: the points to give back, by bucket."""
        now, old = self._now(), list[tuple[str, float]]()
        for bucket, purse in self._held.items():
            if purse.until > now or len(old) == MOST_EMPTIED:
                break
            old.append((bucket, purse.points))
        for bucket, _ in old:
            del self._held[bucket]
        return old
