"""Random lives of a whole market beside a plain account of what should be true; more with `MALL_EXAMPLES_FACTOR`."""

from __future__ import annotations

import os

import pytest

from server.settings import Settings
from tests.model.running import Runner

FACTOR = int(os.environ.get("MALL_EXAMPLES_FACTOR", "1"))
# About 25 steps a second: 4,000 each time, 40,000 before a release. Each run begins with an empty market, so that
# questions over all rows stay short.
RUNS, STEPS = 8 * FACTOR, 500


@pytest.mark.parametrize("seed", range(RUNS))
async def test_nothing_goes_wrong(settings: Settings, seed: int) -> None:
    runner = Runner(settings)
    found = await runner.random(seed, STEPS)
    if found.wrong is not None:
        short = await runner.shrunk(found)
        pytest.fail("\n".join([short.wrong or found.wrong, *map(repr, short.steps), short.trace or found.trace]))
