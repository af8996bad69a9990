"""What one process has done, counted while it works: a few dictionary updates per request, bounded in size.

Counters say how the house is doing, not what happened: a process that ends takes the last few seconds with it.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

# Names come from callers, partners among them: so many are kept, and the rarest makes room for a new one.
MOST_NAMES = 200
LONGEST_NAME = 80
# Times are counted in classes, so that those of several processes can be added: 0.25 ms, each next half as long again.
BOUNDS = tuple(0.00025 * 1.5**step for step in range(28))
# Times of the present and the previous window are told together: of the last ten to twenty minutes.
WINDOW_SECONDS = 600
SLOT_SECONDS = 30
MOST_SLOTS = 60

Key = TypeVar("Key")
Kept = TypeVar("Kept")

Snapshot = Callable[[], Mapping[str, Any]]


@dataclass
class Times:
    """How often an operation ran, how often by a compiled plan, and for how long, in classes between BOUNDS."""

    count: int = 0
    compiled: int = 0
    classes: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def add(self, seconds: float, compiled: bool) -> None:
        self.count += 1
        self.compiled += compiled
        self.classes[bisect_left(BOUNDS, seconds)] += 1

    def join(self, other: Times) -> None:
        self.count += other.count
        self.compiled += other.compiled
        self.classes = [mine + its for mine, its in zip(self.classes, other.classes, strict=True)]

    def within(self, share: float) -> float:
        """The seconds within which this share of the runs ended, estimated inside its class; 0 when none ran."""
        wanted, seen = share * self.count, 0
        for place, many in enumerate(self.classes):
            if many and seen + many >= wanted:
                low = BOUNDS[place - 1] if place else 0.0
                high = BOUNDS[min(place, len(BOUNDS) - 1)]
                return low + (high - low) * (wanted - seen) / many
            seen += many
        return 0.0


class Counters:
    """The counters of this process. `now` gives seconds since 1970."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.started = now()
        self._turns = self.started + WINDOW_SECONDS
        self._times: dict[str, Times] = {}
        self._earlier: dict[str, Times] = {}
        self._ran = self._compiled = 0
        self._left: dict[tuple[str, str], int] = {}
        self._refused: dict[str, int] = {}
        self._slots: dict[int, list[int]] = {}
        self._watched: dict[str, Snapshot] = {}
        self._gauges: dict[str, Callable[[], float]] = {}

    def ran(self, operation: str, seconds: float, compiled: bool) -> None:
        """An operation was answered, with or without errors, after so many seconds."""
        if self._now() >= self._turns:
            self._turn()
        name = operation[:LONGEST_NAME] or "(anonymous)"
        times = self._times.get(name)
        if times is None:
            times = self._times[name] = _room(self._times, Times(), lambda known: known.count)
        times.add(seconds, compiled)
        self._ran += 1
        self._compiled += compiled
        self._slot()[0] += 1

    def left(self, operation: str, reason: str) -> None:
        """An operation, or one run of it, was left for graphql-core, and why."""
        key = (operation[:LONGEST_NAME] or "(anonymous)", reason[:LONGEST_NAME])
        if key not in self._left:
            self._left[key] = _room(self._left, 0, lambda known: known)
        self._left[key] += 1

    def refused(self, code: str) -> None:
        """A request was turned away with this code before it began, or ended at its deadline."""
        self._refused[code] = self._refused.get(code, 0) + 1
        self._slot()[1] += 1

    def gauge(self, name: str, read: Callable[[], float]) -> None:
        """A figure as it stands, such as `sockets.connected`; processes are added up."""
        self._gauges[name] = read

    def watch(self, name: str, snapshot: Snapshot) -> None:
        """Figures another part counts by itself: numbers by name, nested as it likes; processes are added up."""
        self._watched[name] = snapshot

    def snapshot(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return {
            "at": self._now(),
            "started": self.started,
            "ran": self._ran,
            "compiled": self._compiled,
            "operations": {
                name: [times.count, times.compiled, times.classes] for name, times in self._joined().items()
            },
            "left": [[*key, count] for key, count in self._left.items()],
            "refused": dict(self._refused),
            "slots": {str(slot): counts for slot, counts in self._slots.items()},
            "figures": self._figures(),
        }

    def _joined(self) -> dict[str, Times]:
        joined: dict[str, Times] = {}
        for window in (self._times, self._earlier):
            for name, times in window.items():
                joined.setdefault(name, Times()).join(times)
        return joined

    def _figures(self) -> dict[str, float]:
        found = {name: float(read()) for name, read in self._gauges.items()}
        for name, snapshot in self._watched.items():
            found.update(flat(name, snapshot()))
        return found

    def _turn(self) -> None:
        self._earlier, self._times = self._times, {}
        self._turns = self._now() + WINDOW_SECONDS

    def _slot(self) -> list[int]:
        number = int(self._now()) // SLOT_SECONDS
        slot = self._slots.get(number)
        if slot is None:
            slot = self._slots[number] = [0, 0]
            for old in [known for known in self._slots if known <= number - MOST_SLOTS]:
                del self._slots[old]
        return slot


def _room(table: dict[Key, Kept], fresh: Kept, weight: Callable[[Kept], int]) -> Kept:
    """`fresh`, after the rarest entry made room for it in a table that is full."""
    if len(table) >= MOST_NAMES:
        del table[min(table, key=lambda key: weight(table[key]))]
    return fresh


def flat(name: str, value: Any) -> dict[str, float]:
    """Nested numbers by dotted names; what is no number is left out."""
    if isinstance(value, Mapping):
        return {key: number for inner, each in value.items() for key, number in flat(f"{name}.{inner}", each).items()}
    return {name: float(value)} if isinstance(value, int | float) else {}
