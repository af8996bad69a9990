"""A part of the mall that runs as a process of its own beside the servers: the API, the worker, the simulator."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from server.embedded.process import Child, end_leftover, spawn, wait_until_listening
from server.embedded.state import StateDir

ROOT = Path(__file__).parent.parent.parent
SUPERVISOR = "MALL_SUPERVISOR"
PR_SET_PDEATHSIG = 1


class Program:
    """Runs `python -m server <arguments>`; ready when it listens on `port`, or at once when it has none.

    `module` may be another that ends in the same command line.
    """

    def __init__(
        self,
        state: StateDir,
        name: str,
        arguments: Sequence[str],
        *,
        port: int | None = None,
        env: Mapping[str, str] | None = None,
        module: str = "server",
    ) -> None:
        self.name = name
        self._state = state
        self._command = (sys.executable, "-m", module, *arguments)
        self._port = port
        self._env = env or {}
        self._child: Child | None = None

    def start(self) -> None:
        end_leftover(self._state, self.name)
        env = {**os.environ, "PYTHONUNBUFFERED": "1", **self._env, SUPERVISOR: str(os.getpid())}
        self._child = spawn(self._state, self.name, self._command, env=env, cwd=ROOT)

    def wait(self, seconds: float = 60.0) -> None:
        """Returns when the program listens; raises Trouble with the end of its log when it does not."""
        if self._child and self._port:
            wait_until_listening(self._child, self._port, self._state, seconds)

    def ask_to_stop(self) -> None:
        if self._child and self._child.alive():
            self._child.popen.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        if self._child:
            self._child.stop()
            self._child = None

    def alive(self) -> bool:
        return self._child is not None and self._child.alive()

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid


def die_with_supervisor() -> None:
    """Ends this process when the one that started it is killed, so that nothing keeps serving unwatched."""
    supervisor = os.environ.pop(SUPERVISOR, None)
    if supervisor is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(supervisor):  # it was killed before we asked to be told
        raise SystemExit(0)
