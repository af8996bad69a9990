"""One loop for all lives of a module, and the connections on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeAlias, TypeVar

import pytest
import uvloop

from server.settings import Settings
from tests.model.running import Runner

T = TypeVar("T")
Live: TypeAlias = Callable[[Callable[[Runner], Coroutine[Any, Any, T]]], T]


@pytest.fixture(scope="module")
def live(settings: Settings) -> Iterator[Live[Any]]:
    """Runs what it is given with the module's runner."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        opening = Runner.opened(settings)
        runner = loop.run(opening.__aenter__())
        try:
            yield lambda doing: loop.run(doing(runner))
        finally:
            loop.run(opening.__aexit__(None, None, None))
