"""The whole proof, part by part: every part runs, the table at the end says which held, and how long each took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
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
    _python("browser", "pytest", "-m", "browser", "-rs"),
)
# As many as in the proof are 110 seconds of processor time, without PostgreSQL's: of these there are four times as
# many, 20,000 against plain execution and 4,000 requests over HTTP.
GENERATED = ("-n", "2", "--durations=8", "tests/compiled/test_generated.py", "tests/graphql/test_generated.py")
FOUR_TIMES = (("MALL_EXAMPLES_FACTOR", "4"),)
# Ten times as many carts and steps as in the proof, and what else takes minutes.
MORE = (("MALL_EXAMPLES_FACTOR", "10"), ("MALL_RELEASE_CHECK", "1"))
MONEY = ("-n", "2", "--dist", "loadgroup", "tests/pricing", "tests/model", "tests/faults")
RELEASE = (
    *PROOF,
    Part("generated operations", (PYTHON, "-m", "pytest", *GENERATED), settings=FOUR_TIMES),
    Part("a million carts, 200,000 steps, 20 rigs, their mutants", (PYTHON, "-m", "pytest", *MONEY), settings=MORE),
    Part("schemathesis and clairvoyance", (PYTHON, "-m", "pytest", "tests/external", "-rs"), settings=MORE),
)
LISTS = {"check": CHECK, "release": RELEASE}


def main() -> int:
    parts = LISTS[sys.argv[1]] if len(sys.argv) > 1 else PROOF
    results = [(part.name, *_run(part)) for part in parts]
    print("\nThe proof, part by part:")
    for name, good, seconds in results:
        print(f"  {'held  ' if good else 'FAILED'}  {seconds:7.1f} s  {name}")
    failed = sum(not good for _, good, _ in results)
    print(f"{len(results) - failed} parts held, {failed} failed, {sum(took for *_, took in results):.0f} s in all.")
    return 1 if failed else 0


def _run(part: Part) -> tuple[bool, float]:
    words = " ".join((Path(part.command[0]).name, *part.command[1:]))
    print(f"\n== {part.name}: {words}", flush=True)
    began = time.monotonic()
    env = {**os.environ, **dict(part.settings)}
    code = subprocess.run(part.command, cwd=part.folder, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    return code == 0, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
