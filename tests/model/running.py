"""Running a plan of steps in an empty database, and making a failing one as short as it gets by leaving steps out."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from time import monotonic
from typing import NamedTuple

import asyncpg

from domain.base import clock
from server.settings import Settings
from tests.conftest import _changing_tables, _empty
from tests.model.machine import WEIGHTS, Machine
from tests.model.mall import Mall
from tests.model.market import open_market

# All invariants are asked after so many steps, and at the end.
EVERY = 25


class Step(NamedTuple):
    rule: str
    seed: int


@dataclass
class Outcome:
    """What came of a run: the steps that did something, and the first thing that was wrong."""

    steps: list[Step] = field(default_factory=list)
    wrong: str | None = None
    trace: str = ""

    @property
    def kind(self) -> str | None:
        """What tells one fault from another."""
        return self.wrong.split(":")[0] if self.wrong else None


class Runner:
    """Runs in one worker's database; every run begins with an empty one.

    Connections are kept from one run to the next: what was compiled and prepared then need not be once more.
    """

    def __init__(self, mall: Mall, sql: asyncpg.Connection, tables: list[str]) -> None:
        self._mall, self._sql, self._tables = mall, sql, tables

    @classmethod
    @asynccontextmanager
    async def opened(cls, settings: Settings) -> AsyncIterator[Runner]:
        mall = Mall(settings, pool=1)
        sql = await asyncpg.connect(settings.database_url.replace("+asyncpg", ""))
        try:
            yield cls(mall, sql, await _changing_tables(sql))
        finally:
            await sql.close()
            await mall.close()

    async def play(self, steps: Callable[[Machine, Outcome], Awaitable[None]]) -> Outcome:
        outcome = Outcome()
        try:
            await _empty(self._sql, self._tables)
            market = await open_market(self._mall, self._sql)
            await steps(Machine(market), outcome)
        except Exception as error:  # whatever a verb raises that is no refusal is a fault, too
            outcome.wrong = str(error) if str(error) and isinstance(error, AssertionError) else repr(error)
            outcome.trace = traceback.format_exc()
        finally:
            clock.reset()
        return outcome

    async def random(self, seed: int, many: int, *, every: int = EVERY) -> Outcome:
        """A run of `many` steps that do something."""
        dice = Random(seed)
        rules, weights = list(WEIGHTS), list(WEIGHTS.values())

        async def steps(machine: Machine, outcome: Outcome) -> None:
            while len(outcome.steps) < many:
                step = Step(dice.choices(rules, weights)[0], dice.getrandbits(32))
                outcome.steps.append(step)
                if not await machine.step(*step):
                    outcome.steps.pop()
                elif len(outcome.steps) % every == 0:
                    await machine.check()
            await machine.come_to_rest(Random(seed))

        return await self.play(steps)

    async def again(self, plan: Sequence[Step], *, rest: bool = True) -> Outcome:
        """The same steps, with everything checked after each."""

        async def steps(machine: Machine, outcome: Outcome) -> None:
            for step in plan:
                outcome.steps.append(step)
                if await machine.step(*step):
                    await machine.check()
            if rest:
                await machine.come_to_rest(Random(0))

        return await self.play(steps)

    async def shrunk(self, failed: Outcome, *, seconds: float = 90) -> Outcome:
        """A shorter run that is wrong in the same way, as far as so much time leads."""
        until = monotonic() + seconds
        best = await self.again(failed.steps)
        if best.kind != failed.kind:
            return failed
        size = len(best.steps) // 2
        while size and monotonic() < until:
            size, best = await self._without_some(best, size, until)
        return best

    async def _without_some(self, best: Outcome, size: int, until: float) -> tuple[int, Outcome]:
        for start in range(0, len(best.steps), size):
            if monotonic() > until:
                return 0, best
            shorter = await self.again(best.steps[:start] + best.steps[start + size :])
            if shorter.kind == best.kind:
                return min(size, len(shorter.steps) // 2), shorter
        return size // 2, best
