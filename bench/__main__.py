"""`make bench`: every case beside its references in one run, as ratios, on throw-away but durable servers.

Figures of two runs on two machines are not comparable; ratios within one run are what this is for.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import uvloop
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bench.cases import CASES, Run, measure
from bench.fan_out import FANS
from bench.pages import Measured
from bench.rows import Row
from bench.world import World

ROOT = Path(__file__).parent.parent


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="mall-bench-") as directory, World(Path(directory)) as world:
        world.prepare(scale=asked.scale)
        # On uvloop, so that who asks takes as little as may be from who answers.
        rows, pages = uvloop.run(_measured(world, asked))
    _show(rows)
    _show_pages(pages)
    _keep(rows, pages, asked)


async def _measured(world: World, asked: argparse.Namespace) -> tuple[list[Row], list[Measured]]:
    with ExitStack() as opened:
        run = Run(world, asked.seconds, asked.rounds, asked.fans, opened, alone=len(asked.only) == 1)
        return await measure(run, asked.only), run.documents


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind; the median is told")
    parser.add_argument("--fans", type=int, default=FANS, help="sockets of the fan-out case")
    parser.add_argument("--scale", type=int, default=0, help="20,000 products and 200,000 orders, that many times")
    parser.add_argument("--only", type=_names, default=(), help=f"some of {','.join(CASES)}")
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in CASES]:
        raise argparse.ArgumentTypeError(f"there is no case {', '.join(unknown)}; there are {', '.join(CASES)}")
    return names


# ------------------------------------------------------------------------------------------------ what is shown
def _show(rows: list[Row]) -> None:
    table = Table(title="one run; ratio = ours ÷ reference")
    for name in (
        "case",
        "reference",
        "ours",
        "reference ",
        "ratio",
        "goal",
        "met",
        "p50 ms",
        "p99 ms",
        "CPU µs",
        "of ref.",
    ):
        table.add_column(name, justify="left" if name in ("case", "reference") else "right")
    for row in rows:
        table.add_row(*_problem(row) if row.problem else _figures(row))
    _console().print(table)


def _console() -> Console:
    """As wide as the tables where nothing else says how wide."""
    return Console() if sys.stdout.isatty() else Console(width=160)


def _figures(row: Row) -> tuple[str, ...]:
    met = {True: "yes", False: "[bold red]NO[/]", None: ""}[row.met]
    figures = (_amount(row.ours, row.unit), _amount(row.reference, row.unit), _number(row.ratio, 3))
    goal = str(row.goal) if row.goal else ""
    spent = (_number(row.p50_ms, 2), _number(row.p99_ms, 2), _number(row.cpu_us), _number(row.reference_cpu_us))
    return (row.case, row.against, *figures, goal, met, *spent)


def _problem(row: Row) -> tuple[str, ...]:
    return (
        row.case,
        escape((row.problem or "")[:200]),
        "[bold red]failed[/]",
        "",
        "",
        "",
        "[bold red]NO[/]",
        *4 * ("",),
    )


def _show_pages(pages: list[Measured]) -> None:
    if not pages:
        return
    table = Table(title="the queries of both front ends, by id, nothing kept")
    for name in ("document", "viewer", "statements", "requests/s", "p50 ms", "p99 ms", "bytes"):
        table.add_column(name, justify="left" if name in ("document", "viewer") else "right")
    for page in pages:
        told = (_number(page.statements), _number(page.per_second), _number(page.p50_ms, 2), _number(page.p99_ms, 2))
        table.add_row(page.document, page.viewer, *told, _number(page.bytes))
    _console().print(table)


def _number(value: float | None, digits: int = 0) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{_number(value, 0 if unit in ('', '/s') else 1)}{unit}"


# ------------------------------------------------------------------------------------------------ what is kept
def _keep(rows: list[Row], pages: list[Measured], asked: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    kept = {
        "at": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {"cores": os.cpu_count(), "processor": _processor(), "python": ".".join(map(str, _version()))},
        "seconds": asked.seconds,
        "rounds": asked.rounds,
        "scale": asked.scale,
        "only": asked.only,
        "failed": [row.case for row in rows if row.problem],
        "missed": [f"{row.case} / {row.against}" for row in rows if row.met is False and not row.problem],
        "rows": [row.told() for row in rows],
        "documents": [page.told() for page in pages],
    }
    # A run of some cases does not stand in the place of a whole one.
    which = f"-{asked.only[0]}" if len(asked.only) == 1 else "-some" if asked.only else ""
    file = ROOT / "bench/results" / f"{now:%Y-%m-%d}{which}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    Console().print(f"kept in {file.relative_to(ROOT)}")


def _commit() -> str:
    """The commit, and a mark where what was measured is not just that."""
    found = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip() or "unknown"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _version() -> tuple[int, ...]:
    return sys.version_info[:3]


if __name__ == "__main__":
    main()
