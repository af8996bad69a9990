"""`make run` itself: one command up, everything watched, nothing left behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from server.embedded.process import free_port

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = ("api", "worker", "wxsim", "postgres", "valkey", "meilisearch")
GENEROUS = 120.0  # seconds; the machine may be busy with other tests

pytestmark = pytest.mark.faults


class Run:
    """One `python -m server run`, without front ends and demo, on a state directory that the tests here share."""

    def __init__(self, place: Path) -> None:
        self.state = place / "state"
        self.port = free_port()
        self.log = place / "run.log"
        self.process: subprocess.Popen[bytes] | None = None
        # Seconds of each start.
        self.starts: list[float] = []

    @property
    def env(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "MALL_CACHE_DIR") if name in os.environ}
        ours = {"MALL_STATE_DIR": str(self.state), "MALL_PORT": str(self.port), "MALL_SKIP_FRONTENDS": "1"}
        return {**kept, **ours, "MALL_SKIP_DEMO": "1"}

    def ensure(self) -> None:
        """Starts it unless an earlier test left it running."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def start(self) -> float:
        """Starts it and returns the seconds until it said that it runs."""
        began = time.monotonic()
        with open(self.log, "wb") as log:
            command = [sys.executable, "-m", "server", "run"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        self.wait_for(lambda: " runs after " in self.said())
        self.starts.append(time.monotonic() - began)
        return self.starts[-1]

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + GENEROUS
        while not condition():
            assert self.process is not None
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)

    def pid(self, name: str) -> int:
        return int(json.loads((self.state / f"{name}.process").read_text())["pid"])

    def pids(self) -> dict[str, int]:
        return {name: self.pid(name) for name in PROGRAMS if (self.state / f"{name}.process").exists()}

    def ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(180)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    place = Path(tempfile.mkdtemp(prefix="mall-run-"))
    place.chmod(0o755)
    made = Run(place)
    yield made
    if made.process and made.process.poll() is None:
        made.stop(signal.SIGTERM)
    shutil.rmtree(place, ignore_errors=True)


def _gone(pids: dict[str, int]) -> bool:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        alive = [n for n, pid in pids.items() if psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie"]
        if not alive:
            return True
        time.sleep(0.1)
    return False


def _refused(run: Run, **changed: str) -> str:
    command = [sys.executable, "-m", "server", "run"]
    done = subprocess.run(command, cwd=ROOT, env={**run.env, **changed}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stdout


def test_it_starts_and_serves(run: Run) -> None:
    run.ensure()
    assert run.ready()
    assert {"api", "worker", "wxsim", "postgres", "valkey"} <= set(run.pids())


def test_two_runs_refuse_each_other_in_one_sentence(run: Run) -> None:
    run.ensure()
    assert run.process is not None
    assert _refused(run) == (
        f"✗ The state directory {run.state} is in use by process {run.process.pid};"
        " stop that one or set MALL_STATE_DIR.\n"
    )
    assert run.ready()


def test_a_taken_port_is_one_sentence_and_nothing_is_left_behind(run: Run, place: Path) -> None:
    run.ensure()
    sentence = _refused(run, MALL_STATE_DIR=str(place / "other"))
    assert re.fullmatch(rf"✗ Port {run.port} is taken by .*; stop .* or set MALL_PORT to another port\.\n", sentence)
    assert list((place / "other").glob("*.process")) == []


def test_production_is_not_started_this_way(run: Run) -> None:
    assert "`run` is for development" in _refused(run, MALL_ENV="production")


def test_whatever_is_killed_comes_back_and_it_says_so(run: Run) -> None:
    run.ensure()
    pids = run.pids()
    for name, pid in pids.items():
        os.kill(pid, signal.SIGKILL)
        run.wait_for(lambda name=name: f"✓ {name} runs again." in run.said())
    run.wait_for(run.ready)
    assert len(re.findall(r"^! \w+ has ended", run.said(), re.MULTILINE)) == len(pids)


def test_ctrl_c_leaves_nothing_behind(run: Run) -> None:
    run.ensure()
    pids = run.pids()
    assert run.stop(signal.SIGINT) == 0
    assert _gone(pids)
    assert list(run.state.glob("*.process")) == []
    assert not (run.state / "services.json").exists()


def test_a_killed_supervisor_takes_everything_with_it_and_the_next_start_recovers_quickly(run: Run) -> None:
    run.ensure()
    pids = run.pids()
    run.stop(signal.SIGKILL)
    assert _gone(pids)
    seconds = run.start()
    assert run.ready()
    usual = 15 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert seconds < max(usual, 2 * run.starts[0]), "longer only where others are busy or all is slow"
