"""A program of the mall as `python -m server` starts it, with two handles for the rig: clock, and seeded defect."""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from domain.base import clock
from server.__main__ import main
from tests.faults.mutants import MUTANTS

CLOCK, DEFECT = "MALL_RIG_CLOCK", "MALL_RIG_DEFECT"
LOOK = 0.1


def _follow(file: Path) -> None:
    """Keeps the clock as many seconds ahead of the machine's as the file says."""
    ahead = 0.0
    while True:
        wanted = float(file.read_text(encoding="ascii") or ahead)
        clock.advance(timedelta(seconds=wanted - ahead))
        ahead = wanted
        time.sleep(LOOK)


if __name__ == "__main__":
    if CLOCK in os.environ:
        Thread(target=_follow, args=(Path(os.environ[CLOCK]),), daemon=True).start()
    if DEFECT in os.environ:
        MUTANTS[os.environ[DEFECT]](pytest.MonkeyPatch())
    sys.exit(main())
