"""What a run tells: rows with their goals, and what became of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    """A bound of the ratio, or of our own figure where there is no reference."""

    bound: float
    least: bool = True

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.bound:g}"

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.least else value <= self.bound


@dataclass(frozen=True)
class Row:
    """One line of the table. Figures are per second unless `unit` says otherwise; latencies are ours, in ms.

    The microseconds of processor time that a program needed for one request differ less from run to run than rates do.

    Where `reference` is None, ours is what counts and there is no ratio. `problem`: why there are no figures at all.
    """

    case: str
    against: str
    ours: float
    reference: float | None
    p50_ms: float | None = None
    p99_ms: float | None = None
    goal: Goal | None = None
    unit: str = "/s"
    problem: str | None = None
    cpu_us: float | None = None
    reference_cpu_us: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether the goal was reached; None where there is none."""
        if self.goal is None:
            return False if self.problem else None
        value = self.ours if self.reference is None else self.ratio
        return self.problem is None and value is not None and self.goal.is_met(value)

    def told(self) -> dict[str, Any]:
        row = {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}
        ratio = None if self.ratio is None else round(self.ratio, 4)
        return {**row, "ratio": ratio, "goal": str(self.goal) if self.goal else None, "met": self.met}


def failed(case: str, problem: str) -> Row:
    return Row(case, "", 0.0, None, problem=problem)
