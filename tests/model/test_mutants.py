"""The model is worth what it finds: every seeded defect must be caught, in so many steps."""

from __future__ import annotations

import pytest

from server.settings import Settings
from tests.model.mutants import MUTANTS
from tests.model.running import Runner

# A defect is looked for in so many runs of so many steps, everything being checked after every few.
RUNS, STEPS, EVERY = 12, 200, 5


@pytest.mark.parametrize("name", MUTANTS)
async def test_a_seeded_defect_is_caught(settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    MUTANTS[name](monkeypatch)
    runner = Runner(settings)
    for seed in range(1000, 1000 + RUNS):
        if (await runner.random(seed, STEPS, every=EVERY)).wrong is not None:
            return
    pytest.fail(f"{name} was not noticed in {RUNS * STEPS} steps")
