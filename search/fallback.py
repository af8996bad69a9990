"""The engine while it answers, PostgreSQL while it does not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from domain.catalog.finding import Early, Finder, Found, Mixed, MixedFound, Suggestion, Wanted
from search.client import EngineFault

T = TypeVar("T")
log = structlog.get_logger()

PATIENCE = 0.8
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0


class Breaker:
    """Keeps callers from an engine that failed twice in a row; after a pause one of them tries it again.

    The pause doubles with every failed try up to 15 seconds, so a dead engine costs one caller in 15 seconds its
    patience, and a recovered one is back within 15 seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._closed_until = 0.0
        self._trying = False

    def admits(self) -> bool:
        if self._failures < 2:
            return True
        if self._trying or self._now() < self._closed_until:
            return False
        self._trying = True
        return True

    def succeeded(self) -> None:
        self._failures, self._pause, self._trying = 0, FIRST_PAUSE, False

    def failed(self) -> None:
        self._failures += 1
        if self._failures > 2:
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._closed_until, self._trying = self._now() + self._pause, False

    def left(self) -> None:
        """The caller went away before there was an answer: somebody else may try."""
        self._trying = False


class ResilientFinder:
    """Answers from `primary`, or from `fallback` when that fails or is slow; comes back to it by itself."""

    def __init__(
        self,
        primary: Finder,
        fallback: Finder,
        *,
        patience: float = PATIENCE,
        breaker: Breaker | None = None,
    ) -> None:
        self.primary = primary
        self.fallback = fallback
        self._patience = patience
        self._breaker = breaker or Breaker()

    async def find(self, wanted: Wanted, early: Early | None = None) -> Found:
        return await self._either(lambda finder: finder.find(wanted, early))

    async def mixed(self, mixed: Mixed) -> MixedFound:
        return await self._either(lambda finder: finder.mixed(mixed))

    async def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return await self._either(lambda finder: finder.suggest(prefix, limit))

    async def _either(self, ask: Callable[[Finder], Awaitable[T]]) -> T:
        if not self._breaker.admits():
            return await ask(self.fallback)
        try:
            async with asyncio.timeout(self._patience):
                answer = await ask(self.primary)
        except (EngineFault, TimeoutError) as error:
            self._breaker.failed()
            log.warning("search engine gave no answer", error=str(error) or "too slow")
            return await ask(self.fallback)
        except BaseException:
            self._breaker.left()
            raise
        self._breaker.succeeded()
        return answer
