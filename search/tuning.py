"""The desk's decisions as the searches use them: a copy in the process, merged with the synonyms in the code."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

from domain.base import Database, clock
from domain.catalog import comparing
from domain.catalog.finding import Arm, Picks, Ranking
from domain.catalog.tuning import TOLD, Tuning
from search import words
from search.settings import SAME, synonyms

# How long a copy is good while every change is announced, and while nothing can be heard.
TOLD_SECONDS, UNTOLD_SECONDS = 300.0, 5.0
NONE = Picks()


class News(Protocol):
    """Where the relay announces to every process that the desk decided something."""

    def watch(self, topic: str, listener: Callable[[str], None]) -> Any: ...

    def standing(self, topic: str) -> bool: ...


class Tuned:
    """What was decided, read again by the first search after a change: all others cost no statement.

    `now` gives seconds that only grow. Without news the copy is read again every few seconds.
    """

    def __init__(self, database: Database, news: News | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._news = news
        self._now = now
        self._known = Tuning()
        self._synonyms = synonyms(SAME)
        # How often something was heard, and how often that was when the copy was read.
        self._heard = 0
        self._read_for = -1
        self._read_at = 0.0
        self._reading = asyncio.Lock()
        if news is not None:
            news.watch(TOLD, self._hear)

    async def picks(self, query: str) -> Picks:
        """What this query shows first and last."""
        await self._refresh()
        return self._known.picks.get(words.typed(query), NONE)

    async def synonyms(self) -> dict[str, tuple[str, ...]]:
        await self._refresh()
        return self._synonyms

    async def ranking(self, arm: Arm) -> Ranking:
        """The weights this arm is answered by."""
        await self._refresh()
        return self._known.ranking_of(arm, clock.now())

    def _hear(self, _message: str) -> None:
        self._heard += 1

    def _is_fresh(self) -> bool:
        told = self._news is not None and self._news.standing(TOLD)
        most = TOLD_SECONDS if told else UNTOLD_SECONDS
        return self._read_for == self._heard and self._now() - self._read_at < most

    async def _refresh(self) -> None:
        if self._is_fresh():
            return
        async with self._reading:
            if self._is_fresh():
                return
            # What is heard while the rows are on their way may be missing in them.
            heard = self._heard
            # From the primary: a replica may not have what was just announced.
            async with self._database.begin() as uow:
                self._known = await comparing.decided(uow.session)
            self._synonyms = synonyms((*SAME, *self._known.same))
            self._read_for, self._read_at = heard, self._now()
