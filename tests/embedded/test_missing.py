"""What is said when a tool is missing or too old."""

from __future__ import annotations

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server import frontends
from server.embedded.state import Trouble
from server.frontends import FRONT_ENDS, Builder, FrontEnd, require_node
from server.progress import Progress

ROOT = Path(__file__).parent.parent.parent


def _program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_without_node_one_sentence_says_what_to_do(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place))
    with pytest.raises(Trouble, match=r"Node.js 20 or newer with npm is needed .*; install it, or set MALL_SKIP"):
        require_node()


@pytest.mark.parametrize("version", ["v18.20.4", "v6.0.0", ""])
def test_an_old_node_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    _program(place / "bin", "node", f"echo {version}")
    _program(place / "bin", "npm", "true")
    monkeypatch.setenv("PATH", str(place / "bin"))
    with pytest.raises(Trouble, match=rf"Node.js 20 or newer is needed .* is {version or 'broken'}; install a newer"):
        require_node()


FAILURES = [
    ("echo npm error code ENOTFOUND; exit 1", "npm could not fetch the packages of front; check the network"),
    ("echo npm error ENOSPC; exit 1", "The disk is full while `npm ci"),
    ("echo npm error surprising; exit 1", "failed in front: npm error surprising"),
]


@pytest.fixture
def front_end(place: Path, monkeypatch: pytest.MonkeyPatch) -> FrontEnd:
    monkeypatch.setattr(frontends, "ROOT", place)
    (place / "front/src").mkdir(parents=True)
    (place / "front/package.json").write_text("{}")
    (place / "front/src/main.ts").write_text("1")
    return FrontEnd(place / "front", "build", "dist/index.html")


@pytest.mark.parametrize(("script", "sentence"), FAILURES)
def test_a_failing_npm_is_one_sentence(
    front_end: FrontEnd, place: Path, monkeypatch: pytest.MonkeyPatch, script: str, sentence: str
) -> None:
    _program(place / "bin", "node", "echo v20.0.0")
    _program(place / "bin", "npm", script)
    monkeypatch.setenv("PATH", f"{place}/bin:/bin:/usr/bin")
    with pytest.raises(Trouble) as refused:
        Builder(Progress()).build([front_end])
    assert sentence in str(refused.value)


def test_a_build_happens_once_until_something_changes(
    front_end: FrontEnd, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(place / "bin", "node", "echo v20.0.0")
    _program(place / "bin", "npm", f"echo $1 >> {place}/calls; mkdir -p node_modules dist; touch dist/index.html")
    monkeypatch.setenv("PATH", f"{place}/bin:/bin:/usr/bin")
    for _ in range(2):
        Builder(Progress()).build([front_end])
    (front_end.folder / "src/main.ts").write_text("2")
    Builder(Progress()).build([front_end])
    assert (place / "calls").read_text().split() == ["ci", "run", "run"], "packages once, the build again"


def test_a_build_that_was_ended_is_not_done(front_end: FrontEnd, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle, with the pages of an earlier build lying there: the next run builds."""
    (front_end.folder / "dist").mkdir()
    (front_end.folder / front_end.proof).touch()
    _program(place / "bin", "node", "echo v20.0.0")
    _program(place / "bin", "npm", f"mkdir -p node_modules; touch {place}/$1; [ $1 = ci ] || sleep 60")
    monkeypatch.setenv("PATH", f"{place}/bin:/bin:/usr/bin")
    builder = Builder(Progress())
    with ThreadPoolExecutor(1) as threads:
        building = threads.submit(builder.build, [front_end])
        while not (place / "run").exists():
            time.sleep(0.01)
        builder.cancel()
        with pytest.raises(Trouble, match="cancelled"):
            building.result(30)
    assert front_end.installed()
    assert not front_end.built()


def test_both_front_ends_are_known() -> None:
    assert [(front_end.name, (front_end.folder / "package.json").exists()) for front_end in FRONT_ENDS] == [
        ("miniprogram-uniapp", True),
        ("admin-web", True),
    ]


def test_without_python_one_sentence_says_what_to_do(place: Path) -> None:
    _program(place / "bin", "python3", "exit 1")  # as one that is too old answers the question for its version
    shell = "/bin/sh"
    for tool in ("dirname",):
        (place / "bin" / tool).symlink_to(f"/usr/bin/{tool}")
    done = subprocess.run(
        [shell, ROOT / "scripts/bootstrap", "run"],
        env={"PATH": str(place / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "Python 3.11 or newer was not found; install it, or name yours: PYTHON=/path/to/python3 make run.\n"
    )
