"""Whom tokens stand for, remembered in a process: for a moment, and never past a revocation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.base import Viewer, ViewerKind, clock
from integrations.topics import RESYNC
from server.near import Near

SOMEBODY = Viewer(kind=ViewerKind.MEMBER, name="赵小苹")


class Topics:
    """Keeps the listener, for the test to speak to."""

    def watch(self, topic: str, listener: Callable[[str], None]) -> Callable[[], None]:
        assert topic == "tokens"
        self.say = listener
        return lambda: None


def made(seconds: float = 10.0) -> tuple[Any, Topics, list[float]]:
    topics, now = Topics(), [0.0]
    return Near(topics, seconds, lambda: now[0]), topics, now  # type: ignore[arg-type]


def test_for_a_moment() -> None:
    near, _, now = made()
    near.keep("a", (SOMEBODY, None), near.forgotten)
    assert near.get("a") == (SOMEBODY, None)
    assert near.get("b") is None
    now[0] = 10.1
    assert near.get("a") is None


def test_not_past_a_revocation() -> None:
    near, topics, _ = made()
    near.keep("a", (SOMEBODY, None), near.forgotten)
    near.keep("b", (SOMEBODY, None), near.forgotten)
    topics.say("a")
    assert (near.get("a"), near.get("b")) == (None, (SOMEBODY, None))
    topics.say(RESYNC)
    assert near.get("b") is None, "anything may have been revoked while the line was cut"


def test_what_was_looked_up_before_a_revocation_is_not_kept_after_it() -> None:
    near, topics, _ = made()
    before = near.forgotten
    topics.say("a")
    near.keep("a", (SOMEBODY, None), before)
    assert near.get("a") is None


def test_not_past_the_end_of_the_token() -> None:
    near, _, _ = made()
    clock.stop(datetime(2026, 1, 1, tzinfo=UTC))
    try:
        near.keep("a", (SOMEBODY, clock.now() + timedelta(seconds=5)), near.forgotten)
        assert near.get("a") is not None
        clock.advance(timedelta(seconds=5))
        assert near.get("a") is None
    finally:
        clock.reset()


def test_nothing_where_it_is_switched_off() -> None:
    near, _, _ = made(seconds=0)
    near.keep("a", (SOMEBODY, None), near.forgotten)
    assert near.get("a") is None
