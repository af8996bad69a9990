"""Where orders wait to be placed: while one group is being committed, the next one gathers.

Commits are what placing costs most, and on one hot SKU they cannot overlap: its stock is locked until the disk has
answered. So a commit is shared. Every buyer still waits for his own durable commit and gets his own answer.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from domain.base import Database, Refusal, Unavailable, Viewer
from domain.orders.placing import Placed, WantedOrder, place_many

# What one commit may hold, how many commits may be under way, and how many orders may wait for theirs.
MOST_TOGETHER = 256
MOST_GROUPS = 3
MOST_WAITING = 2_000
# SQLSTATE classes that say nothing of what was asked: lost connection, deadlock, no resources, shutting down.
PASSING = frozenset({"08", "40", "53", "57"})

log = structlog.get_logger()


class Busy(Refusal):
    """More orders wait than can be placed in good time. Nothing was placed; the same request may be sent again."""

    code = "BUSY"


@dataclass(eq=False)
class _Asked:
    """A buyer who waits. `touches` are the SKUs and the member: whoever shares one comes later in the same queue."""

    viewer: Viewer
    wanted: WantedOrder
    touches: frozenset[UUID]
    answer: asyncio.Future[Placed | Refusal]

    def tell(self, answer: Placed | Refusal) -> None:
        if not self.answer.done():  # a buyer who went away is placed all the same, and told when he asks again
            self.answer.set_result(answer)

    def fail(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class PlacingDesk:
    """Places orders in groups, first come first served for each SKU. One per process and event loop."""

    def __init__(
        self,
        database: Database,
        *,
        together: int = MOST_TOGETHER,
        groups: int = MOST_GROUPS,
        waiting: int = MOST_WAITING,
    ) -> None:
        self._database = database
        self._together = together
        self._most_groups = groups
        self._most_waiting = waiting
        self._waiting: deque[_Asked] = deque()
        self._groups: set[asyncio.Task[None]] = set()
        # What the groups under way touch; no two of them share anything, so none waits for another's locks.
        self._taken: set[UUID] = set()
        self._looking = False
        self._closing = False

    async def place(self, viewer: Viewer, wanted: WantedOrder) -> Placed:
        """The trade, durably placed; raises what `orders.place` refuses, and Busy.

        Safe to repeat with the same key after any error. Cancelling leaves the order placed or not, never half.
        """
        if self._closing:
            raise Unavailable("服务正在重启，请稍后再试")
        if len(self._waiting) >= self._most_waiting:
            raise Busy("下单的人太多了，请稍后再试")
        asked = _Asked(viewer, wanted, _touches(viewer, wanted), asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if not self._looking and self._taken.isdisjoint(asked.touches):
            # Not at once: those who come in the same turn of the loop go together.
            self._looking = True
            asyncio.get_running_loop().call_soon(self._look)
        try:
            answer = await asked.answer
        except asyncio.CancelledError:
            with suppress(ValueError):  # in a group already
                self._waiting.remove(asked)
            raise
        if isinstance(answer, Refusal):
            raise answer
        return answer

    async def close(self) -> None:
        """Takes nothing more, and finishes what was accepted."""
        self._closing = True
        self._look()
        while self._groups:
            await asyncio.wait(set(self._groups))

    # ---------------------------------------------------------------------------------------- groups
    def _look(self) -> None:
        """Sends off as many groups as may go."""
        self._looking = False
        while len(self._groups) < self._most_groups and (group := self._gather()):
            self._taken.update(*(asked.touches for asked in group))
            # In a context of its own: nothing of the request that happened to be first.
            task = asyncio.get_running_loop().create_task(self._run(group), context=Context())
            self._groups.add(task)

    def _gather(self) -> list[_Asked]:
        """The next group: everybody from the front who shares nothing with a group under way or with who waits."""
        group: list[_Asked] = []
        left: deque[_Asked] = deque()
        blocked = set(self._taken)
        while self._waiting and len(group) < self._together:
            asked = self._waiting.popleft()
            if asked.answer.done():
                continue
            if blocked.isdisjoint(asked.touches):
                group.append(asked)
            else:
                left.append(asked)
                blocked |= asked.touches
        left.extend(self._waiting)
        self._waiting = left
        return group

    async def _run(self, group: Sequence[_Asked]) -> None:
        try:
            await self._settle(group)
        finally:
            # No await from here to the next look: who came meanwhile is seen, who comes later looks himself.
            self._taken.difference_update(*(asked.touches for asked in group))
            self._groups.discard(_this_task())
            _fail(group, Unavailable("下单没有完成，请重试"))
            self._look()

    async def _settle(self, group: Sequence[_Asked], *, again: bool = True) -> None:
        """Answers everybody in the group.

        Whether a commit that got no answer took place is unknown; asked again, the keys find what was placed. A group
        that fails for a reason of its own is halved until the order that is the reason fails alone.
        """
        try:
            answers = await self._place(group)
        except Exception as error:
            passing = _passes(error)
            log.warning("placing.failed", orders=len(group), again=again, error=repr(error))
            if passing and again:
                await self._settle(group, again=False)
            elif passing or len(group) == 1:
                _fail(group, error)
            else:
                middle = len(group) // 2
                await self._settle(group[:middle])
                await self._settle(group[middle:])
        else:
            for asked, answer in zip(group, answers, strict=True):
                asked.tell(answer)

    async def _place(self, group: Sequence[_Asked]) -> list[Placed | Refusal]:
        async with self._database.begin() as uow:
            return await place_many(uow, [(asked.viewer, asked.wanted) for asked in group])


def _touches(viewer: Viewer, wanted: WantedOrder) -> frozenset[UUID]:
    own = [viewer.id] if viewer.id else []
    return frozenset([*own, *(sku_id for sku_id, _ in wanted.lines)])


def _fail(group: Iterable[_Asked], error: Exception) -> None:
    for asked in group:
        asked.fail(error)


def _passes(error: Exception) -> bool:
    """Whether the same may succeed when it is tried again: the database was away or overloaded, or a lock was lost."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, InterfaceError) or _has_passing_state(error.orig)
    if isinstance(error, asyncpg.PostgresError):
        return _has_passing_state(error)
    return isinstance(error, asyncpg.InterfaceError | PoolExhausted | OSError | TimeoutError)


def _has_passing_state(error: BaseException | None) -> bool:
    return str(getattr(error, "sqlstate", None) or "")[:2] in PASSING


def _this_task() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    assert task is not None
    return task
