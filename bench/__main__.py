"""`make bench`: every case beside its references in one run, as ratios, on throw-away but durable servers.

Figures of two runs on two machines are not comparable; ratios within one run are what this is for.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.cases import Row, measure
from bench.world import World

ROOT = Path(__file__).parent.parent


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="mall-bench-") as directory, World(Path(directory)) as world:
        world.prepare(scale=asked.scale)
        rows = asyncio.run(measure(world, seconds=asked.seconds, rounds=asked.rounds, fans=asked.fans))
    _show(rows)
    _keep(rows, asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind; the median is told")
    parser.add_argument("--fans", type=int, default=500, help="sockets of the fan-out case")
    parser.add_argument("--scale", type=int, default=0, help="20,000 products and 200,000 orders, that many times")
    return parser.parse_args()


def _show(rows: list[Row]) -> None:
    table = Table(title="requests/s in one run; ratio = ours ÷ reference")
    for name in ("case", "reference", "ours/s", "reference/s", "ratio", "p50 ms", "p99 ms"):
        table.add_column(name, justify="left" if name in ("case", "reference") else "right")
    for row in rows:
        figures = (f"{row.ours:,.0f}", f"{row.reference:,.0f}", f"{row.ratio:.3f}", f"{row.p50_ms:.2f}")
        table.add_row(row.case, row.against, *figures, f"{row.p99_ms:.2f}")
    Console().print(table)


def _keep(rows: list[Row], asked: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    kept = {
        "at": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {"cores": os.cpu_count(), "processor": _processor(), "python": ".".join(map(str, _version()))},
        "seconds": asked.seconds,
        "rounds": asked.rounds,
        "scale": asked.scale,
        "rows": [row.told() for row in rows],
    }
    file = ROOT / "bench/results" / f"{now:%Y-%m-%d}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    Console().print(f"kept in {file.relative_to(ROOT)}")


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
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
