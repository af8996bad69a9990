"""The state directory: whose it is, who uses it, and what is said when it cannot be used."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from server.embedded import state as state_module
from server.embedded.process import end_process, port_owner
from server.embedded.state import StateDir, Trouble
from server.run import require_free_port

Usage = namedtuple("Usage", "total used free")


def test_a_new_directory_is_marked_as_ours(place: Path) -> None:
    StateDir(place / "new").claim()
    StateDir(place / "new").prepare()
    assert (place / "new/.zhaotong-mall").exists()


def test_a_foreign_directory_is_refused(place: Path) -> None:
    (place / "thesis.odt").write_text("years of work")
    with pytest.raises(Trouble, match=r"holds files that are not the mall's; set MALL_STATE_DIR"):
        StateDir(place).claim()
    assert [path.name for path in place.iterdir()] == ["thesis.odt"]


def test_a_directory_in_use_is_refused(state: StateDir) -> None:
    state.claim()
    with pytest.raises(Trouble, match=f"in use by process {os.getpid()}"):
        StateDir(state.path).claim()
    assert StateDir(state.path).in_use()
    state.release()
    assert not state.in_use()
    StateDir(state.path).claim()


def test_a_killed_user_leaves_the_directory_free(state: StateDir) -> None:
    claim = f"StateDir(Path({str(state.path)!r})).claim(); print(1, flush=True); input()"
    code = f"from server.embedded.state import *; {claim}"
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    assert state.in_use()
    holder.kill()
    holder.wait()
    assert not state.in_use()


def test_a_full_disk_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module.shutil, "disk_usage", lambda _path: Usage(100, 99, 1))
    with pytest.raises(Trouble, match=r"has less than 600 MB left; free some"):
        StateDir(place / "new").prepare()


def test_a_directory_that_cannot_be_made_is_refused(place: Path) -> None:
    (place / "file").write_text("")
    with pytest.raises(Trouble, match=r"cannot be used \(not a directory\); set MALL_STATE_DIR"):
        StateDir(place / "file/below").prepare()


def test_what_is_kept_is_for_the_owner_only(state: StateDir) -> None:
    state.write("thing", {"a": "昭通"})
    assert state.read("thing") == {"a": "昭通"}
    assert (state.path / "thing").stat().st_mode & 0o777 == 0o600
    (state.path / "thing").write_text("{half")
    assert state.read("thing") is None


def test_a_process_number_that_was_used_again_is_spared() -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        started = psutil.Process(other.pid).create_time()
        assert not end_process(other.pid, started - 3600)
        assert other.poll() is None
        assert end_process(other.pid, started)
    finally:
        other.kill()
        other.wait()


def test_a_taken_port_names_its_owner() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            Trouble, match=rf"Port {port} is taken by .*process {os.getpid()}; stop .* or set MALL_PORT"
        ):
            require_free_port("127.0.0.1", port)
        assert port_owner(port)
    require_free_port("127.0.0.1", port)


def test_a_foreign_address_is_refused() -> None:
    with pytest.raises(Trouble, match=r"MALL_HOST 192\.0\.2\.1 is no address of this machine"):
        require_free_port("192.0.2.1", 18000)


def test_reset_refuses_what_is_not_ours(place: Path) -> None:
    (place / "thesis.odt").write_text("years of work")
    command = [sys.executable, "-m", "server", "reset"]
    env = {**os.environ, "MALL_STATE_DIR": str(place), "YES": "1"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "not the mall's" in done.stderr) == (1, True)
    assert (place / "thesis.odt").exists()


def test_reset_asks_and_then_deletes(state: StateDir) -> None:
    shutil.copytree(Path(__file__).parent, state.path / "things")
    command = [sys.executable, "-m", "server", "reset"]
    env = {**os.environ, "MALL_STATE_DIR": str(state.path)}
    env.pop("YES", None)
    asked = subprocess.run(command, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert asked.returncode == 1
    assert "set YES=1" in asked.stderr
    assert (state.path / "things").exists()
    done = subprocess.run(command, env={**env, "YES": "1"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert list(state.path.iterdir()) == []
