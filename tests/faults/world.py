"""Everything the mall needs, as real processes with durable servers, each of which can be killed and started again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from server.embedded.meilisearch import Meilisearch, ensure_program
from server.embedded.postgres import Postgres
from server.embedded.process import free_port
from server.embedded.program import Program
from server.embedded.servers import Unit
from server.embedded.state import StateDir, default_cache_dir
from server.embedded.valkey import Valkey
from server.migrate import migrate
from server.secrets import development_secrets
from server.settings import Settings
from tests.wechat.simulator import Simulator

DATABASE = "mall"
# Seconds that a program may take to start: with everything else starting on a machine that others load.
START = 300.0


class World:
    """Start it once; `kill` and `revive` any of `names`; `stop` ends all of it."""

    def __init__(self) -> None:
        self._place = Path(tempfile.mkdtemp(prefix="mall-faults-"))
        self._place.chmod(0o755)  # the servers' own account must pass
        self._state = StateDir(self._place / "state")
        self.units: dict[str, Unit] = {}
        self.port = free_port()
        self.wxsim = Simulator()
        # One thread for all starts: a program ends when the thread that started it does.
        self._hands = ThreadPoolExecutor(1)
        self._killed: set[str] = set()
        #: Those that ended though nobody killed them.
        self.fallen: Counter[str] = Counter()

    @property
    def names(self) -> list[str]:
        return list(self.units)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def has_engine(self) -> bool:
        return "meilisearch" in self.units

    # ---------------------------------------------------------------------------------------- up and down
    def start(self) -> None:
        self._state.claim()
        self._env = {**development_secrets(self._state), **self._addresses()}
        self._add(postgres := Postgres(self._state))
        asyncio.run(_create_database(postgres.url()))
        self._env["DATABASE_URL"] = postgres.url(DATABASE)
        migrate(self._env["DATABASE_URL"])
        self._add(valkey := Valkey(self._state))
        self._env["REDIS_URL"] = valkey.url
        if program := ensure_program(default_cache_dir(), lambda line: None):
            self._add(engine := Meilisearch(self._state, program, self._env["MEILI_MASTER_KEY"]))
            self._env["MEILI_URL"] = engine.url
        self.wxsim.start()
        self._start_programs()
        self._until_ready()

    def _start_programs(self) -> None:
        self._add(Program(self._state, "api", ["api"], port=self.port, env=self._env))
        self._add(Program(self._state, "worker", ["worker"], env=self._env))

    def stop(self) -> None:
        for unit in reversed(self.units.values()):
            unit.stop()
        self.wxsim.stop()
        self._hands.shutdown()
        self._state.release()
        shutil.rmtree(self._place, ignore_errors=True)

    async def another_api(self, name: str) -> str:
        """A second process behind the same gates; answers its address."""
        port = free_port()
        made = Program(self._state, name, ["api"], port=port, env={**self._env, "MALL_PORT": str(port)})

        def start() -> None:
            self._add(made)
            made.wait(START)

        await asyncio.get_running_loop().run_in_executor(self._hands, start)
        return f"http://127.0.0.1:{port}"

    async def kill(self, name: str) -> None:
        """kill -9, and returns when the process is gone."""
        await asyncio.get_running_loop().run_in_executor(self._hands, self._kill, name)

    async def revive(self, name: str) -> None:
        """As the supervisor does after a death."""
        await asyncio.get_running_loop().run_in_executor(self._hands, self._revive, name)

    async def mend(self) -> None:
        """Starts again what ended by itself, as the supervisor does."""
        await asyncio.get_running_loop().run_in_executor(self._hands, self._mend)

    def _mend(self) -> None:
        for name in self.units.keys() - self._killed:
            if not self.units[name].alive():
                self.fallen[name] += 1
                self.units[name].start()

    def _kill(self, name: str) -> None:
        unit = self.units[name]
        self._killed.add(name)
        with suppress(ProcessLookupError):  # it may just have ended by itself
            os.kill(unit.pid, signal.SIGKILL)  # type: ignore[attr-defined]
        end = time.monotonic() + 60
        while unit.alive():
            assert time.monotonic() < end
            time.sleep(0.01)

    def _revive(self, name: str) -> None:
        unit = self.units[name]
        self._killed.discard(name)
        unit.start()
        if isinstance(unit, Program):
            unit.wait(START)

    def settings(self) -> Settings:
        """What the processes run with, for a test's own hands."""
        return Settings(**{**self._fields(), "env": "test"})

    def log(self, name: str) -> str:
        return (self._state.path / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _add(self, unit: Unit) -> None:
        self.units[unit.name] = unit
        unit.start()

    def _addresses(self) -> dict[str, str]:
        simulator = {"WECHAT_API_BASE": self.wxsim.base_url, "WXPAY_API_BASE": self.wxsim.base_url}
        # The whole crowd comes from one address, and each of it buys faster than a person.
        simulator["MALL_RATE_FACTOR"] = "1000"
        return {**simulator, "MALL_STATE_DIR": str(self._state.path), "MALL_PORT": str(self.port)}

    def _fields(self) -> dict[str, Any]:
        # `Settings` takes its variables by field name; the names differ for a few.
        by_variable = {str(field.validation_alias): name for name, field in Settings.model_fields.items()}
        return {by_variable[name]: value for name, value in self._env.items() if name in by_variable}

    def _until_ready(self) -> None:
        end = time.monotonic() + 300
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.base_url}/readyz", timeout=5, trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log("api")[-2000:])


async def _create_database(url: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(f"create database {DATABASE}")
    finally:
        await connection.close()
