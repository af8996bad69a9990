"""A process that serves does not look through what is there to stay; one in which tests run still does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from server import app as serving
from server.settings import Settings
from tests.client import lifespan

TOLD = "import gc; from server.settling import settle; settle(); print(gc.get_freeze_count(), gc.get_threshold()[0])"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[bool]:
    found: list[bool] = []
    monkeypatch.setattr(serving, "settle", lambda: found.append(True))
    monkeypatch.setattr(serving, "load_settings", lambda: settings)
    return found


async def test_a_process_of_its_own_settles_once_it_is_ready(settled: list[bool]) -> None:
    app = serving.create_app()
    assert settled == []
    async with lifespan(app):
        assert settled == [True]


async def test_an_application_among_others_does_not(settled: list[bool], settings: Settings) -> None:
    async with lifespan(serving.create_app(settings)):
        assert settled == []


def test_what_is_there_is_left_alone_from_then_on() -> None:
    frozen, young = subprocess.run(
        [sys.executable, "-c", TOLD], capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(frozen) > 1000
    assert int(young) == 50_000
