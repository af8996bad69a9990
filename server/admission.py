"""Who is let in when everybody comes at once, and how long one may stay.

The operations of a process share its processor and its connections. Each class has room of its own and a short queue
before it, first come first served. The checkout may use half of the room of browsing, never the other way round:
however many look, those who buy get through, and however many buy, some can still look. Who cannot be let in within
about a second is told to come back, at a moment that differs from caller to caller.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType

from schema.audience import Room
from server.refusing import RequestRefused
from server.sizes import Sizes

# Whose turn it is when room becomes free.
ORDER = (Room.CHECKOUT, Room.BROWSE, Room.EXPORT)
# How many wait at most. Time is what bounds the queue as a rule; this bounds the memory of a flood.
LONGEST_QUEUE = {Room.CHECKOUT: 1_000, Room.BROWSE: 500, Room.EXPORT: 4}
# Seconds between two looks at whose time is up.
LOOK_SECONDS = 0.1
# Seconds after which the refused may come back, drawn evenly, so that they do not come back together.
RETRY = (1.0, 4.0)


@dataclass
class _Place:
    """One class: how many run in its room and how many wait for it."""

    size: int
    queue: int
    running: int = 0
    # Of the running ones, those of the checkout in the room of browsing.
    lent: int = 0
    waiting: deque[asyncio.Future[Room]] = field(default_factory=deque)
    admitted: int = 0
    queued: int = 0
    refused: int = 0


class Admission:
    """The rooms of one process."""

    def __init__(self, sizes: Sizes) -> None:
        wanted = {
            Room.CHECKOUT: sizes.room_checkout,
            Room.BROWSE: sizes.room_browse,
            Room.EXPORT: sizes.room_export,
        }
        self._places = {room: _Place(size, LONGEST_QUEUE[room]) for room, size in wanted.items()}
        self._seconds = sizes.queue_seconds
        self._most_lent = sizes.room_browse // 2

    def admit(self, kind: Room | str) -> Admitted:
        """`async with admit(kind):` runs inside when there is room; RequestRefused 503 BUSY when there will be none."""
        return Admitted(self, kind if isinstance(kind, Room) else Room(kind))

    def snapshot(self) -> dict[str, dict[str, int]]:
        """For each class: how many run and wait now; how many were admitted, had to queue, were refused so far."""
        return {
            room.value: {
                "running": place.running,
                "waiting": len(place.waiting),
                "admitted": place.admitted,
                "queued": place.queued,
                "refused": place.refused,
            }
            for room, place in self._places.items()
        }

    async def enter(self, kind: Room) -> Room:
        """Waits for room; the room that was given, to be left again by `leave`."""
        room = self.entered(kind)
        if room is None:
            place = self._places[kind]
            room = await self._queue(kind, place)
            place.admitted += 1
        return room

    def entered(self, kind: Room) -> Room | None:
        """The room that was given at once; None for who must wait."""
        place = self._places[kind]
        room = None if place.waiting else self._free(kind)
        if room is not None:
            self._occupy(kind, room)
            place.admitted += 1
        return room

    def leave(self, kind: Room, room: Room) -> None:
        """Gives the room to the next in turn."""
        self._places[room].running -= 1
        if kind is not room:
            self._places[room].lent -= 1
        self._call_in()

    async def _queue(self, kind: Room, place: _Place) -> Room:
        if len(place.waiting) >= place.queue:
            raise self._busy(place)
        place.queued += 1
        turn: asyncio.Future[Room] = asyncio.get_running_loop().create_future()
        place.waiting.append(turn)
        try:
            async with asyncio.timeout(self._seconds):
                return await turn
        except TimeoutError:
            self._withdraw(kind, place, turn)
            raise self._busy(place) from None
        except asyncio.CancelledError:
            self._withdraw(kind, place, turn)
            raise

    def _withdraw(self, kind: Room, place: _Place, turn: asyncio.Future[Room]) -> None:
        """Leaves the queue; room that was given in the same moment goes to the next."""
        if turn.done() and not turn.cancelled():
            self.leave(kind, turn.result())
        elif turn in place.waiting:
            place.waiting.remove(turn)

    def _free(self, kind: Room) -> Room | None:
        """The room an operation of this class may enter now."""
        own, browse = self._places[kind], self._places[Room.BROWSE]
        if own.running < own.size:
            return kind
        may_borrow = kind is Room.CHECKOUT and browse.lent < self._most_lent
        return Room.BROWSE if may_borrow and browse.running < browse.size else None

    def _occupy(self, kind: Room, room: Room) -> None:
        self._places[room].running += 1
        if kind is not room:
            self._places[room].lent += 1

    def _call_in(self) -> None:
        for kind in ORDER:
            waiting = self._places[kind].waiting
            while waiting and (room := self._free(kind)) is not None:
                turn = waiting.popleft()
                if not turn.done():
                    self._occupy(kind, room)
                    turn.set_result(room)

    def _busy(self, place: _Place) -> RequestRefused:
        place.refused += 1
        after = random.uniform(*RETRY)
        return RequestRefused(503, "BUSY", "访问的人太多了，请稍后再试", retry_after=after)


class Admitted:
    """One operation's stay."""

    def __init__(self, admission: Admission, kind: Room) -> None:
        self._admission = admission
        self._kind = kind
        self._room: Room | None = None

    async def __aenter__(self) -> None:
        self._room = self._admission.entered(self._kind) or await self._admission.enter(self._kind)

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        assert self._room is not None
        self._admission.leave(self._kind, self._room)


class Deadlines:
    """How long an operation of each class may take, in seconds.

    All that run are looked at ten times a second: a timer for each of them costs as much as a small page, and nobody
    minds a tenth of a second.
    """

    def __init__(self, sizes: Sizes) -> None:
        self._seconds: Mapping[Room, float] = {
            Room.CHECKOUT: sizes.deadline_checkout,
            Room.BROWSE: sizes.deadline_browse,
            Room.EXPORT: sizes.deadline_export,
        }
        # By class, so that whose time is up first stands first.
        self._running: dict[Room, dict[Deadline, None]] = {room: {} for room in Room}
        self._looking: asyncio.TimerHandle | None = None
        self.passed = 0

    def deadline(self, kind: Room | str) -> Deadline:
        """`async with deadline(kind):` ends what runs inside after its time, PostgreSQL's statement with it.

        Past it 503 DEADLINE. Something may have been done by then, which a caller finds out by looking or, where it
        sent an idempotency key, by sending the same again.
        """
        room = kind if isinstance(kind, Room) else Room(kind)
        return Deadline(self, room, self._seconds[room])

    def begin(self, deadline: Deadline) -> None:
        self._running[deadline.room][deadline] = None
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look)

    def end(self, deadline: Deadline) -> None:
        self._running[deadline.room].pop(deadline, None)

    def _look(self) -> None:
        now, self._looking = time.monotonic(), None
        for running in self._running.values():
            while running and (first := next(iter(running))).until <= now:
                del running[first]
                first.expire()
        if any(self._running.values()):
            self._looking = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look)


class Deadline:
    """One operation's time."""

    def __init__(self, deadlines: Deadlines, room: Room, seconds: float) -> None:
        self.room = room
        self.until = time.monotonic() + seconds
        self._deadlines = deadlines
        self._expired = False

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._task, self._cancelling = task, task.cancelling()
        self._deadlines.begin(self)

    def expire(self) -> None:
        self._expired = True
        self._task.cancel()

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._deadlines.end(self)
        if not self._expired:
            return
        # As `asyncio.timeout` tells its own cancelling from that of somebody else, such as a caller that went away.
        ours = self._task.uncancel() <= self._cancelling and isinstance(error, asyncio.CancelledError)
        # What breaks because it was cancelled has broken at the deadline, whatever it calls itself.
        if ours or isinstance(error, Exception):
            self._deadlines.passed += 1
            raise RequestRefused(503, "DEADLINE", "处理超时，请刷新后再试", retry_after=1) from None
