"""The gate before an offer: who is let in to order, who waits and at which place.

What is true stands in PostgreSQL; the gate only keeps away from it whoever cannot win anyhow. So many are inside at
once as there are pieces left, and a tenth more, since not everybody who is let in orders. A gate that was lost is
built anew from how many pieces are left; the queue then forms again as its people ask.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol
from uuid import UUID

# So long who was let in may order; and so long after his last question somebody still waits.
INSIDE_SECONDS, WAITING_SECONDS = 60, 15
# At the front of the queue, so many who went away are forgotten with each question.
MOST_FORGOTTEN = 50


@dataclass(frozen=True)
class Passage:
    """What the gate says. `inside`: the member may order. Else `position` in the queue, from 1."""

    inside: bool
    position: int = 0


class Gate(Protocol):
    """Shared by all processes. Every method raises GateAway when nobody answers in good time."""

    async def ask(self, offer_id: UUID, member_id: UUID, now: float) -> Passage | None:
        """Lets the member in or queues him; None when the gate does not know how many pieces are left."""
        ...

    async def mark(self, offer_id: UUID) -> int:
        """How often the number of pieces changed here: read before PostgreSQL is asked, told with what it said."""
        ...

    async def tell(self, offer_id: UUID, left: int, mark: int) -> None:
        """So many pieces are left, unless some were taken here since the mark."""
        ...

    async def leave(self, offer_id: UUID, member_id: UUID, took: int) -> None:
        """The member ordered, with so many pieces, or was refused; his place inside is free."""
        ...

    async def came(self, offer_id: UUID) -> int:
        """How many members came to the gate."""
        ...


class GateAway(Exception):
    """Nobody keeps the gate now."""


def places(left: int) -> int:
    """How many may be inside at once."""
    return left + (left + 9) // 10 if left > 0 else 0


class _Queue:
    """Who waits, in the order of arrival. A place is looked up, not counted: there may be twenty thousand before it."""

    def __init__(self) -> None:
        # When each asked last, and the number he drew; of all numbers those that still wait, in order.
        self._seen: dict[UUID, float] = {}
        self._numbers: dict[UUID, int] = {}
        self._order: list[int] = []
        self._next = 0

    def see(self, member_id: UUID, now: float) -> None:
        if member_id not in self._seen:
            self._numbers[member_id] = self._next
            self._order.append(self._next)
            self._next += 1
        self._seen[member_id] = now

    def place(self, member_id: UUID) -> int:
        """How many are before him."""
        return bisect_left(self._order, self._numbers[member_id])

    def leave(self, member_id: UUID) -> None:
        del self._order[self.place(member_id)], self._seen[member_id], self._numbers[member_id]

    def forget(self, before: float) -> None:
        """Of those in front, who did not ask since then."""
        for member_id, seen in list(islice(self._seen.items(), MOST_FORGOTTEN)):
            if seen < before:
                self.leave(member_id)


@dataclass
class _Line:
    left: int | None = None
    changes: int = 0
    came: set[UUID] = field(default_factory=set)
    inside: dict[UUID, float] = field(default_factory=dict)
    queue: _Queue = field(default_factory=_Queue)


class OwnGate:
    """A gate of this process alone, while nobody keeps the shared one; and what the shared one does, in plain words.

    Each process then lets in as many as could win: as many times too many as there are processes, which the orders'
    own rules refuse.
    """

    def __init__(self) -> None:
        self._lines: dict[UUID, _Line] = {}

    async def ask(self, offer_id: UUID, member_id: UUID, now: float) -> Passage | None:
        line = self._line(offer_id)
        if line.left is None:
            return None
        line.inside = {member: until for member, until in line.inside.items() if until > now}
        if member_id in line.inside:
            return Passage(True)
        line.came.add(member_id)
        line.queue.see(member_id, now)
        line.queue.forget(now - WAITING_SECONDS)
        rank = line.queue.place(member_id)
        if rank < places(line.left) - len(line.inside):
            line.queue.leave(member_id)
            line.inside[member_id] = now + INSIDE_SECONDS
            return Passage(True)
        return Passage(False, rank + 1)

    async def mark(self, offer_id: UUID) -> int:
        line = self._lines.get(offer_id)
        return line.changes if line else 0

    async def tell(self, offer_id: UUID, left: int, mark: int) -> None:
        line = self._line(offer_id)
        if line.left is None or line.changes == mark:
            line.left = left

    async def leave(self, offer_id: UUID, member_id: UUID, took: int) -> None:
        line = self._lines.get(offer_id)
        if line is None:
            return
        line.inside.pop(member_id, None)
        if took and line.left is not None:
            line.left -= took
            line.changes += 1

    async def came(self, offer_id: UUID) -> int:
        line = self._lines.get(offer_id)
        return len(line.came) if line else 0

    def forget(self, offer_id: UUID) -> None:
        """Nobody asks any more: the sale is over."""
        self._lines.pop(offer_id, None)

    def _line(self, offer_id: UUID) -> _Line:
        return self._lines.setdefault(offer_id, _Line())
