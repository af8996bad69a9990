"""Random lives of a whole market beside a plain account of what should be true; more with `MALL_EXAMPLES_FACTOR`."""

from __future__ import annotations

import os

import pytest

from tests.model.conftest import Live
from tests.model.running import Runner

FACTOR = int(os.environ.get("MALL_EXAMPLES_FACTOR", "1"))
# 20,000 steps each time, 200,000 before a release. Each life begins with an empty market, so that questions over all
# rows stay short; each worker has lives of its own.
RUNS, STEPS = 20 * FACTOR, 1000


@pytest.mark.parametrize("seed", range(RUNS))
def test_nothing_goes_wrong(live: Live[None], seed: int) -> None:
    live(lambda runner: _life(runner, seed))


async def _life(runner: Runner, seed: int) -> None:
    found = await runner.random(seed, STEPS)
    if found.wrong is not None:
        short = await runner.shrunk(found)
        pytest.fail("\n".join([short.wrong or found.wrong, *map(repr, short.steps), short.trace or found.trace]))
