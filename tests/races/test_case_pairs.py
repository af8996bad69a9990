"""Every pair of what may be done at once to an order with an open case: enumerated from the state tables, and run.

Each pair is started at a barrier on PostgreSQL and must end as the two one after the other, this way round or that;
then all invariants hold. What the second finds is written in docs/domains/order-pairs.md, and compared here.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from domain.aftersales import AFTER_SALE_STEPS, AfterSaleEvent
from domain.base import Database, Refusal, clock
from domain.orders.states import ORDER_STEPS, OrderEvent
from server.settings import Settings
from tests.model.invariants import INVARIANTS, asked
from tests.orders.gateway import FakeGateway
from tests.races.cases import (
    BEFORE,
    DEEDS,
    FOLLOWS,
    GROUP,
    PICKUP,
    PRESALE,
    QUICK,
    STAGES,
    Market,
    Scene,
    Stage,
    outcome,
    pairs,
)

PAGE = Path(__file__).parents[2] / "docs/domains/order-pairs.md"
# The stock of these shops was put there without a movement, and nobody relays what is told.
HELD = {name: query for name, query in INVARIANTS.items() if name != "stock is the sum of its movements"}
# These do nothing before their time has come.
TIMED, LATER = {"time", "complete"}, timedelta(days=11)
SIDE_BY_SIDE = 6
# All of them before a release. Each time those of orders that are not on their way, and the first of those that are.
CHOSEN = [stage for stage in STAGES if "MALL_RELEASE_CHECK" in os.environ or stage in QUICK]


async def told(name: str, at: Scene, barrier: asyncio.Barrier | None = None) -> str:
    """How it went, as the table says it."""
    if barrier is not None:
        await barrier.wait()
    before = await outcome(at) if barrier is None else None
    try:
        await DEEDS[name].act(at)
    except Refusal as refusal:
        return refusal.code
    return "nothing" if before is not None and await outcome(at) == before else "done"


class Runner:
    """The pairs of one stage, several at a time, each on an order of its own."""

    def __init__(self, market: Market, stage: Stage) -> None:
        self._market, self._stage = market, stage
        self._few = asyncio.Semaphore(SIDE_BY_SIDE)
        self.found: dict[tuple[str, str], tuple[str, str]] = {}
        self.wrong: list[Any] = []

    async def run(self, chosen: list[tuple[str, str]], ahead: timedelta) -> None:
        """All orders are brought into their state before the clock is moved."""
        names = list(dict.fromkeys(name for pair in chosen for name in pair))
        alone = dict(zip(names, await self._each(self._alone, [(name,) for name in names], ahead), strict=True))
        may = {name for name, (said, _) in alone.items() if said == "done"}
        # Who does nothing when nobody was first leaves it to the other; of two such neither can be in the other's way.
        ways = [way for one, other in chosen for way in dict.fromkeys(((one, other), (other, one))) if way[0] in may]
        legal = dict(zip(ways, await self._each(self._apart, ways, ahead), strict=True))
        kept = [pair for pair in chosen if self._meet(*pair)]
        for (one, other), result in zip(kept, await self._each(at_once, kept, ahead), strict=True):
            right = [legal.get((one, other), alone[other][1]), legal.get((other, one), alone[one][1])]
            if result not in right:
                self.wrong.append((one, other, result, right))

    def _meet(self, one: str, other: str) -> bool:
        """Whether each of the two does something when it is first, or when it is second."""
        firsts = {first for first, _ in self.found}
        seconds = {
            then
            for (first, then), (_, finds) in self.found.items()
            if {first, then} == {one, other} and finds == "done"
        }
        return {one, other} <= firsts | seconds

    async def _alone(self, name: str, at: Scene) -> tuple[str, Any]:
        return await told(name, at), await outcome(at)

    async def _each(self, act: Callable[..., Awaitable[Any]], given: Sequence[Any], ahead: timedelta) -> list[Any]:
        scenes = await asyncio.gather(*(self._one(self._market.scene, self._stage) for _ in given))
        clock.advance(ahead)
        try:
            return await asyncio.gather(*(self._one(act, *each, at) for each, at in zip(given, scenes, strict=True)))
        finally:
            clock.reset()

    async def _one(self, doing: Callable[..., Awaitable[Any]], *given: Any) -> Any:
        async with self._few:
            return await doing(*given)

    async def _apart(self, first: str, then: str, at: Scene) -> Any:
        self.found[first, then] = await told(first, at), await told(then, at)
        return await outcome(at)


async def at_once(one: str, other: str, at: Scene) -> Any:
    barrier = asyncio.Barrier(2)
    await asyncio.gather(told(one, at, barrier), told(other, at, barrier))
    return await outcome(at)


@pytest.mark.parametrize("stage", CHOSEN, ids=str)
async def test_every_pair_ends_as_one_after_the_other(
    settings: Settings, database: Database, gateway: FakeGateway, stage: Stage
) -> None:
    market = Market(database, gateway)
    await market.open()
    runner, chosen = Runner(market, stage), pairs(stage)
    await runner.run([pair for pair in chosen if not TIMED & set(pair)], timedelta(0))
    await runner.run([pair for pair in chosen if TIMED & set(pair)], LATER)
    connection = await asyncpg.connect(settings.database_url.replace("+asyncpg", ""))
    try:
        runner.wrong += await asked(connection, HELD)
    finally:
        await connection.close()
    assert runner.wrong == []
    expected = section(stage, runner.found)
    assert expected in PAGE.read_text(encoding="utf-8"), expected


def section(stage: Stage, found: dict[tuple[str, str], tuple[str, str]]) -> str:
    """What the second finds, by the first: those alike together."""
    lines = [f"### {stage.title}", "", "| first | then | the second finds |", "|---|---|---|"]
    for first in sorted({first for first, _ in found}):
        alike: dict[str, list[str]] = defaultdict(list)
        for (one, then), (_, finds) in found.items():
            if one == first:
                alike[finds].append(then)
        lines += [f"| {first} | {', '.join(sorted(then))} | {finds} |" for finds, then in sorted(alike.items())]
    return "\n".join(lines) + "\n"


def test_every_row_of_the_tables_is_somebodys_deed() -> None:
    of_order = {event for deed in DEEDS.values() if deed.of_order for event in deed.events}
    # The two tables share some words, so kinds are told apart first.
    others = FOLLOWS | BEFORE | GROUP | PRESALE | PICKUP
    assert {event for _, event in ORDER_STEPS} - others == {e for e in of_order if isinstance(e, OrderEvent)}
    done = {(state, event) for deed in DEEDS.values() for state in deed.states for event in deed.events}
    rows = {row for row in AFTER_SALE_STEPS if row[1] is not AfterSaleEvent.OVERTAKE}
    assert AfterSaleEvent.OVERTAKE in of_order
    assert rows - done == set()


def test_the_page_tells_of_every_stage_and_no_other() -> None:
    told_of = [line[4:] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("### ")]
    assert told_of == [stage.title for stage in STAGES]
