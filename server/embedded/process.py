"""Starting, recognising and ending programs of ours, and finding ports for them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from server.embedded.state import StateDir, Trouble

LOG_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True)
class Account:
    """The account under which a program runs; None of both means our own."""

    user: int | None = None
    group: int | None = None

    def popen(self) -> dict[str, Any]:
        return {} if self.user is None else {"user": self.user, "group": self.group, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def remembered_port(directory: Path) -> int:
    """The port this server had before, so that open pages and tools find it again, or a free one if that is taken."""
    file = directory / "port"
    try:
        port = int(file.read_text())
    except (OSError, ValueError):
        port = 0
    if not port or listening(port):
        port = free_port()
        file.write_text(str(port))
    return port


def port_owner(port: int) -> str | None:
    """Who listens on `port`, for an error message; None where the system does not tell."""
    try:
        holders = [c.pid for c in psutil.net_connections("inet") if c.status == "LISTEN" and c.laddr.port == port]
        found = [psutil.Process(pid) for pid in holders if pid]
        return f"{found[0].name()}, process {found[0].pid}" if found else None
    except (psutil.Error, OSError):
        return None


class Child:
    """A program we started. Its record (pid and start time) lets the next run recognise a leftover for certain."""

    def __init__(self, popen: subprocess.Popen[bytes], state: StateDir, name: str) -> None:
        self.popen = popen
        self.pid = popen.pid
        self.name = name
        self._state = state
        state.write(f"{name}.process", {"pid": self.pid, "started": psutil.Process(self.pid).create_time()})

    def alive(self) -> bool:
        return self.popen.poll() is None

    def stop(self, how: signal.Signals = signal.SIGTERM, patience: float = 15.0) -> None:
        """Asks the program to end, waits `patience` seconds, then kills it."""
        if self.alive():
            self.popen.send_signal(how)
            try:
                self.popen.wait(patience)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
        (self._state.path / f"{self.name}.process").unlink(missing_ok=True)


def spawn(
    state: StateDir,
    name: str,
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path | str = "/",
    account: Account | None = None,
    ends_by: signal.Signals | None = None,
) -> Child:
    """Starts a program in a session of its own (a Ctrl-C in the terminal is ours to pass on) with a log file.

    `ends_by` is the signal it gets when we are killed, where the system can do that; elsewhere the next run ends it.
    """
    guard = shutil.which("setpriv") if ends_by else None
    prefix = [guard, "--pdeathsig", ends_by.name.removeprefix("SIG"), "--"] if guard and ends_by else []
    log_path = state.path / f"{name}.log"
    if log_path.exists() and log_path.stat().st_size > LOG_LIMIT:
        log_path.replace(log_path.with_suffix(".log.1"))
    with open(log_path, "ab") as log:
        popen = subprocess.Popen(
            [*prefix, *(str(part) for part in argv)],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **(account or Account()).popen(),
        )
    return Child(popen, state, name)


def log_tail(state: StateDir, name: str, size: int = 800) -> str:
    """The end of a program's log, on one line, for an error message."""
    try:
        data = (state.path / f"{name}.log").read_bytes()[-size:]
    except OSError:
        return ""
    return " / ".join(line.strip() for line in data.decode(errors="replace").splitlines()[-4:])


def end_leftover(state: StateDir, name: str, how: signal.Signals = signal.SIGTERM) -> bool:
    """Ends the program that an earlier, killed run left behind. True if there was one."""
    record = state.read(f"{name}.process")
    (state.path / f"{name}.process").unlink(missing_ok=True)
    if not isinstance(record, dict):
        return False
    return end_process(record.get("pid", 0), record.get("started", 0.0), how)


def end_process(pid: int, started: float, how: signal.Signals = signal.SIGTERM, patience: float = 15.0) -> bool:
    """Ends process `pid` only if it is the one that started at `started`: numbers are used again."""
    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - started) > 1.0 or process.status() == psutil.STATUS_ZOMBIE:
            return False
        process.send_signal(how)
        try:
            process.wait(patience)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(5)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied as error:
        raise Trouble(
            f"Process {pid} of an earlier run belongs to another account; stop it or set MALL_STATE_DIR."
        ) from error
    return True


def wait_until_listening(child: Child, port: int, state: StateDir, seconds: float = 30.0) -> None:
    """Returns when `child` accepts connections on `port`; raises Trouble with the end of its log when it does not."""
    end = time.monotonic() + seconds
    while not listening(port):
        if not child.alive() or time.monotonic() > end:
            child.stop()
            raise Trouble(
                f"{child.name} did not start; its log {state.path / child.name}.log ends: {log_tail(state, child.name)}"
            )
        time.sleep(0.01)


def plain_environment() -> dict[str, str]:
    """What a server needs of our environment: no PG*, no REDIS*, nothing that would redirect it."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}
