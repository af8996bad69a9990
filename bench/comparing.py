"""One request to several programs in turn, a round at a time, and the medians of each."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

import orjson

from bench.load import Load, drive
from bench.rows import Goal, Row

Request = Callable[[], bytes]
HAND = "hand-written"


@dataclass(frozen=True)
class Rival:
    """Another program that is asked for the same, and what our ratio to it is to be."""

    port: int
    request: Request
    goal: Goal | None = None


async def nothing() -> None:
    """What is to be done before a round of reading."""


@dataclass(frozen=True)
class Comparing:
    """Seconds of one measurement, and how often each program has its turn; process ids of the programs by port."""

    seconds: float
    rounds: int
    pids: Mapping[int, int]

    async def compare(
        self,
        case: str,
        ours: tuple[int, Request],
        rivals: Mapping[str, Rival],
        *,
        before: Callable[[], Awaitable[None]] = nothing,
        same: Collection[str] = (),
    ) -> list[Row]:
        """A row for each rival; those named in `same` must answer what we do, "hand-written" to the byte."""
        turns = {"ours": ours, **{name: (rival.port, rival.request) for name, rival in rivals.items()}}
        found: dict[str, list[Load]] = {name: [] for name in turns}
        for _ in range(self.rounds):
            for name, (port, request) in turns.items():
                await before()
                found[name].append(await self.once(f"{case} by {name}", port, request))
        for name in same:
            require_same(f"{case} by {name}", found["ours"][0].body, found[name][0].body, exactly=name == HAND)
        return _rows(case, found, rivals)

    async def once(self, name: str, port: int, request: Request, *, connections: int = 8) -> Load:
        load = await drive(port, request, seconds=self.seconds, connections=connections, pid=self.pids[port])
        if load.failed or b'"errors"' in load.body[:200]:
            raise RuntimeError(f"{name}: {load.failed} failed; {load.body[:300]!r}")
        return load


def _rows(case: str, found: Mapping[str, list[Load]], rivals: Mapping[str, Rival]) -> list[Row]:
    def middle(name: str, figure: str) -> float:
        return float(statistics.median(getattr(load, figure) for load in found[name]))

    rate, p50, p99 = (middle("ours", figure) for figure in ("per_second", "p50", "p99"))
    cpu = middle("ours", "cpu_us")
    return [
        Row(
            *(case, name, rate, middle(name, "per_second"), p50, p99),
            goal=rival.goal,
            cpu_us=cpu,
            reference_cpu_us=middle(name, "cpu_us"),
        )
        for name, rival in rivals.items()
    ]


def require_same(case: str, ours: bytes, theirs: bytes, *, exactly: bool) -> None:
    """The reference is only one if it answers the same; where not `exactly`, JSON may be spelt otherwise."""
    if ours == theirs or (not exactly and orjson.loads(ours) == orjson.loads(theirs)):
        return
    pairs = enumerate(zip(ours, theirs, strict=False))
    where = next((at for at, (mine, other) in pairs if mine != other), min(len(ours), len(theirs)))
    around = slice(max(0, where - 80), where + 80)
    raise RuntimeError(f"{case}: answered differently:\n{ours[around]!r}\n{theirs[around]!r}")
