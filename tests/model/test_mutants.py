"""The model is worth what it finds: every seeded defect must be caught, in so many steps."""

from __future__ import annotations

import os

import pytest
import uvloop

from server.settings import Settings
from tests.model.mutants import MUTANTS
from tests.model.running import Runner

# A defect is looked for in so many runs of so many steps, everything being checked after every few.
RUNS, STEPS, EVERY = 12, 200, 5
# The others are looked for before a release.
QUICK = (
    "holds_of_closed_orders_are_not_released",
    "a_wrong_amount_is_taken",
    "a_payment_is_booked_one_fen_short",
    "nobody_is_told_of_steps",
)
CHOSEN = tuple(MUTANTS) if "MALL_RELEASE_CHECK" in os.environ else QUICK


@pytest.mark.parametrize("name", CHOSEN)
def test_a_seeded_defect_is_caught(settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    MUTANTS[name](monkeypatch)
    if not uvloop.run(_noticed(Runner(settings))):
        pytest.fail(f"{name} was not noticed in {RUNS * STEPS} steps")


async def _noticed(runner: Runner) -> bool:
    for seed in range(1000, 1000 + RUNS):
        if (await runner.random(seed, STEPS, every=EVERY)).wrong is not None:
            return True
    return False
