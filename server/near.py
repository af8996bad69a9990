"""Whom tokens stand for, remembered in the process for a moment, so that a busy page does not ask Valkey each time.

Forgotten at once when a token is revoked: the relay announces it to every process. Where the announcement is lost, the
moment is the longest a revoked token lives here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from domain.base import Viewer, clock
from integrations.topics import RESYNC, RedisTopics

# The topic on which the relay announces the SHA-256 of a token that is good no more, in hexadecimal.
REVOKED = "tokens"
MOST_KEPT = 20_000

Found: TypeAlias = tuple[Viewer, datetime | None]


class Near:
    """Viewers by the SHA-256 of their token; `now` gives seconds that only grow."""

    def __init__(self, topics: RedisTopics, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._now = now
        self._kept: dict[str, tuple[Found, float]] = {}
        # How much was forgotten so far: what was looked up before may be old by now.
        self.forgotten = 0
        topics.watch(REVOKED, self._hear)

    def _hear(self, message: str) -> None:
        self.forgotten += 1
        if message == RESYNC:
            self._kept.clear()
        else:
            self._kept.pop(message, None)

    def get(self, token_hash: str) -> Found | None:
        kept = self._kept.get(token_hash)
        if kept is None:
            return None
        (viewer, expires_at), until = kept
        if until < self._now() or (expires_at is not None and expires_at <= clock.now()):
            del self._kept[token_hash]
            return None
        return viewer, expires_at

    def keep(self, token_hash: str, found: Found, forgotten: int) -> None:
        """Remembers what was looked up when so much had been `forgotten`."""
        if forgotten != self.forgotten or not self._seconds:
            return
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[token_hash] = (found, self._now() + self._seconds)
