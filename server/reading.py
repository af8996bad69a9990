"""Reading what strangers write: one text at a time, a little at a time, and by turns.

To parse and validate a text of a thousand tokens takes tens of milliseconds of the processor, in which an event loop
answers nobody else. So a text is read in slices of a millisecond, each followed by a rest as long as others have work,
and the next text is not begun before this one is done. Who sends one text waits behind one text of each other caller,
however many they sent; who waits too long is told to come back. What is known already is never read, and waits for
nothing.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from graphql import DocumentNode, Visitor
from graphql.language.parser import Parser
from graphql.validation import ASTValidationContext
from greenlet import getcurrent, greenlet

from server.refusing import RequestRefused

# Seconds of work before others get their turn.
SLICE = 0.001
# What part of the time reading may take while others have work as well.
SHARE = 0.2
# A turn of the event loop that is over within so many seconds had nothing to do.
IDLE = 0.0002
# Seconds a text waits until its reading begins; texts that wait, of all callers and of one.
PATIENCE = 1.0
MOST_WAITING = 200
MOST_OF_ONE = 50
# Seconds after which the refused may come back, drawn evenly, so that they do not come back together.
RETRY = (1.0, 4.0)

T = TypeVar("T")


# ------------------------------------------------------------------------------------------------ slices
class _Sliced(greenlet):  # type: ignore[misc]
    """Work that stops by itself where `breathe` finds that its slice is over."""

    until = 0.0


def breathe() -> None:
    """Called often by work that may take long; elsewhere than in slices it does nothing."""
    work = getcurrent()
    if isinstance(work, _Sliced) and time.perf_counter() >= work.until:
        work.parent.switch()


async def in_slices(work: Callable[[], T]) -> T:
    """What `work` returns or raises; others get their turn whenever it has worked for a slice."""
    running = _Sliced(work)
    try:
        while True:
            began = time.perf_counter()
            running.until = began + SLICE
            found: Any = running.switch()
            if running.dead:
                return found  # type: ignore[no-any-return]
            await _rest(time.perf_counter() - began)
    finally:
        if not running.dead:
            running.throw()  # its caller went away


async def _rest(worked: float) -> None:
    """Lets others work for as long as their share is; not at all when nobody has anything to do."""
    began = time.perf_counter()
    await asyncio.sleep(0)
    taken = time.perf_counter() - began
    if taken > IDLE and (left := worked * (1 / SHARE - 1) - taken) > 0:
        await asyncio.sleep(left)


class _Breathing(Parser):
    def advance_lexer(self) -> None:
        breathe()
        super().advance_lexer()


def parsed(text: str) -> DocumentNode:
    """The document of a text; GraphQLError where it is none."""
    return _Breathing(text, allow_empty_selection_sets=False).parse_document()


class Breath(Visitor):
    """Stands among the rules of validation: finds nothing wrong, and breathes at each node."""

    def __init__(self, _context: ASTValidationContext) -> None:
        super().__init__()

    def enter(self, *_node: Any) -> None:
        breathe()


# ------------------------------------------------------------------------------------------------ turns
class Turns:
    """One at a time, the callers in a circle, each in the order it came in."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._taken = False
        # The next one's queue first.
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}
        self._waiting = 0

    @asynccontextmanager
    async def mine(self, caller: str) -> AsyncIterator[None]:
        """Entered when it is the caller's turn; RequestRefused 503 BUSY when that would be too late."""
        if self._taken:
            await self._wait(caller)
        self._taken = True
        try:
            yield
        finally:
            self._next()

    async def _wait(self, caller: str) -> None:
        queue = self._queues.setdefault(caller, deque())
        if self._waiting >= MOST_WAITING or len(queue) >= MOST_OF_ONE:
            self._forget(caller)
            raise _busy()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except BaseException as error:
            self._withdraw(caller, turn)
            if isinstance(error, TimeoutError):
                raise _busy() from None
            raise

    def _withdraw(self, caller: str, turn: asyncio.Future[None]) -> None:
        """Leaves the queue; a turn that came in the same moment goes to the next."""
        if turn.done() and not turn.cancelled():
            self._next()
            return
        queue = self._queues.get(caller, ())
        if turn in queue:
            self._queues[caller].remove(turn)
            self._waiting -= 1
            self._forget(caller)

    def _forget(self, caller: str) -> None:
        if not self._queues.get(caller, True):
            del self._queues[caller]

    def _next(self) -> None:
        while self._queues:
            caller = next(iter(self._queues))
            queue = self._queues.pop(caller)
            turn = queue.popleft()
            self._waiting -= 1
            if queue:
                self._queues[caller] = queue  # behind all others
            if not turn.done():
                turn.set_result(None)
                return  # taken still, by the next
        self._taken = False


def _busy() -> RequestRefused:
    return RequestRefused(503, "BUSY", "访问的人太多了，请稍后再试", retry_after=random.uniform(*RETRY))
