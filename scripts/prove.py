"""The whole proof, part by part: every part runs, the table at the end says which held, and how long each took."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON = str(ROOT / ".venv/bin/python")
MINI = ROOT / "miniprogram-uniapp"
ADMIN = ROOT / "admin-web"


@dataclass(frozen=True)
class Part:
    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    # What its environment has besides.
    settings: tuple[tuple[str, str], ...] = ()


def _python(name: str, *arguments: str) -> Part:
    return Part(name, (PYTHON, "-m", *arguments))


def _npm(name: str, folder: Path, script: str) -> Part:
    return Part(name, ("npm", "run", "--silent", script), folder)


CHECK = (
    _python("lint", "ruff", "check", "."),
    _python("format", "ruff", "format", "--check", "."),
    _python("types", "mypy"),
    Part("import contracts", (str(ROOT / ".venv/bin/lint-imports"), "--no-cache")),
    _python("published schema", "server", "schema", "--check"),
    _python("front-end packages", "server", "build", "--install-only"),
    _npm("types of miniprogram-uniapp", MINI, "check"),
    _npm("types of admin-web", ADMIN, "check"),
)
PROOF = (
    *CHECK,
    _python("back end", "pytest", "-n", "2", "--dist", "loadgroup", "-m", "not browser and not external"),
    _python("public suites", "pytest", "-m", "external", "-rs"),
    _npm("tests of miniprogram-uniapp", MINI, "test"),
    _npm("tests of admin-web", ADMIN, "test"),
    _python("front-end builds", "server", "build"),
    _npm("compiled mini-program", MINI, "build:mp-weixin"),
    _npm("compiled mini-program, run", MINI, "test:mp"),
    _python("browser", "pytest", "-n", "2", "-m", "browser", "-rs"),
)
# Ten times as many generated operations, carts and steps as in the proof, and what else takes minutes.
MORE = (("MALL_EXAMPLES_FACTOR", "10"), ("MALL_RELEASE_CHECK", "1"))


def _more(name: str, *arguments: str, workers: int = 2) -> Part:
    """Tests that are longer in a release check, without those of the proof."""
    spread = ("-n", str(workers), "--dist", "loadgroup") if workers else ("-n", "0")
    return Part(name, (PYTHON, "-m", "pytest", *spread, "--durations=3", *arguments), settings=MORE)


GENERATED = ("tests/compiled/test_generated.py", "tests/graphql/test_generated.py")
RIG = "tests/faults/test_rig.py"
LONG = (
    _more("a million carts", "tests/pricing"),
    _more("fifty thousand generated operations", *GENERATED),
    _more("all pairs of events on an order", "tests/races"),
    _more("every seeded defect of the model", "tests/model/test_mutants.py"),
    _more("every seeded defect of the rig", RIG, "-k", "seeded", workers=0),
    _more("twenty fault rigs", RIG, "tests/faults/test_rush.py", "-k", "not seeded", workers=0),
    _more("two hundred thousand steps of the model", "tests/model/test_model.py"),
    _more("schemathesis and clairvoyance", "tests/external", "-rs", workers=0),
)
LISTS = {"proof": PROOF, "check": CHECK, "long": LONG, "release": (*PROOF, *LONG)}
# What held, by the tree it held of: so that a long check can go on where it was interrupted.
KEPT = ROOT / ".proof.json"


def main() -> int:
    asked = _asked()
    parts = [part for part in LISTS[asked.list] if all(word in part.name for word in asked.only)]
    if asked.show:
        print("\n".join(part.name for part in parts))
        return 0
    held = _held() if asked.resume else {}
    began, results = time.monotonic(), []
    for place, part in enumerate(parts, 1):
        known = held.get(part.name)
        good, seconds = (True, known) if known is not None else _run(part, f"{place} of {len(parts)}")
        results.append((part.name, good, seconds, known is not None))
        if good:
            held[part.name] = seconds
            _keep(held)
        failed = sum(not good for _, good, _, _ in results)
        print(f"-- {place} of {len(parts)} parts, {failed} failed, {time.monotonic() - began:.0f} s so far", flush=True)
    return _sum_up(results)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", nargs="?", default="proof", choices=LISTS)
    parser.add_argument(
        "--only", action="append", default=[], metavar="WORD", help="only parts with this in their name"
    )
    parser.add_argument("--resume", action="store_true", help="without the parts that have held of this very tree")
    parser.add_argument("--show", action="store_true", help="name the parts, run none")
    return parser.parse_args()


def _sum_up(results: Sequence[tuple[str, bool, float, bool]]) -> int:
    print("\nThe proof, part by part:")
    for name, good, seconds, before in results:
        print(f"  {'held  ' if good else 'FAILED'}  {seconds:7.1f} s  {name}{' (before)' if before else ''}")
    failed = sum(not good for _, good, _, _ in results)
    took = sum(seconds for _, _, seconds, _ in results)
    print(f"{len(results) - failed} parts held, {failed} failed, {took:.0f} s in all.")
    return 1 if failed else 0


# ------------------------------------------------------------------------------------------------ what held
def _tree() -> str:
    """Names the files as they are: the commit, and whatever has changed since."""
    commit = subprocess.run(("git", "rev-parse", "HEAD"), cwd=ROOT, capture_output=True, check=False).stdout
    changed = subprocess.run(("git", "diff", "HEAD"), cwd=ROOT, capture_output=True, check=False).stdout
    return hashlib.sha256(commit + changed).hexdigest()


def _held() -> dict[str, float]:
    try:
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(kept["held"]) if kept["tree"] == _tree() else {}


def _keep(held: dict[str, float]) -> None:
    KEPT.write_text(json.dumps({"tree": _tree(), "held": held}), encoding="utf-8")


def _run(part: Part, place: str) -> tuple[bool, float]:
    words = " ".join((Path(part.command[0]).name, *part.command[1:]))
    print(f"\n== {place}, {time.strftime('%H:%M:%S')}: {part.name}: {words}", flush=True)
    began = time.monotonic()
    env = {**os.environ, **dict(part.settings)}
    code = subprocess.run(part.command, cwd=part.folder, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    return code == 0, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
