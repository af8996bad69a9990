"""Directories in which servers may run: every parent passable, since PostgreSQL gives up root."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.embedded.state import StateDir


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty directory that any account may enter; pytest's own ones are for root's eyes."""
    directory = Path(tempfile.mkdtemp(prefix="mall-place-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def state(place: Path) -> StateDir:
    made = StateDir(place / "state")
    made.prepare()
    return made
