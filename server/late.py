"""Who is refused again and again is told so later and later: whoever sends nothing but wrong requests, each as soon as
the last is answered, must not take the processor from those who are served.

Only the refusal waits, never an answer; so nobody pays for his neighbour behind the same address, and behind a proxy
nothing but the one request is held. Refusals are counted by address and for the process as a whole: whoever comes from
ever new addresses is slowed as well.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from server.addresses import counted_as

# So many refusals are told at once; then so many in a second, of one address and of all together.
OF_ONE = (20, 5.0)
OF_ALL = (100, 50.0)
# Seconds that a refusal waits at most, and how many wait at most; beyond that it is told at once.
LONGEST = 1.0
MOST_WAITING = 5_000
MOST_KNOWN = 10_000


@dataclass
class _Debt:
    """Refusals that nothing has flowed off yet, as they were at a moment."""

    refused: float
    at: float


class Late:
    """How long the refusals of one process wait; `factor` multiplies what is told at once, as it does every rate."""

    def __init__(
        self,
        factor: float = 1.0,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._one = (OF_ONE[0] * factor, OF_ONE[1] * factor)
        self._all = (OF_ALL[0] * factor, OF_ALL[1] * factor)
        self._now = now
        self._sleep = sleep
        self._whole = _Debt(0.0, now())
        # By address, the longest unheard of first.
        self._known: dict[str, _Debt] = {}
        self.waiting = 0
        self.delayed = 0

    def seconds(self, address: str) -> float:
        """Counts a refusal of this address, and says how long it waits."""
        now, key = self._now(), counted_as(address)
        debt = self._known.pop(key, None) or _Debt(0.0, now)
        if len(self._known) >= MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[key] = debt
        return max(_owed(debt, now, *self._one), _owed(self._whole, now, *self._all))

    async def wait(self, address: str) -> None:
        """Called when a refusal of this address is about to be told."""
        seconds = self.seconds(address)
        if seconds <= 0 or self.waiting >= MOST_WAITING:
            return
        self.waiting += 1
        self.delayed += 1
        try:
            await self._sleep(seconds)
        finally:
            self.waiting -= 1

    def snapshot(self) -> dict[str, int]:
        """How many refusals wait now, and how many have waited."""
        return {"waiting": self.waiting, "delayed": self.delayed}


def _owed(debt: _Debt, now: float, free: float, per_second: float) -> float:
    left = max(0.0, debt.refused - (now - debt.at) * per_second)
    # No more than what the longest wait stands for, or who once attacked would wait long after.
    debt.refused, debt.at = min(left + 1, free + per_second * LONGEST), now
    return max(0.0, debt.refused - free) / per_second
