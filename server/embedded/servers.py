"""The embedded servers as one: those whose address the environment does not give."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Protocol

import asyncpg

from server.embedded.meilisearch import Meilisearch, ensure_program
from server.embedded.postgres import Postgres
from server.embedded.state import StateDir, default_cache_dir
from server.embedded.valkey import Valkey
from server.progress import Progress

DATABASE = "mall"


class Unit(Protocol):
    """Anything that is started, watched and stopped."""

    name: str

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def alive(self) -> bool: ...


class Servers:
    """Starts PostgreSQL, Valkey and Meilisearch unless DATABASE_URL, REDIS_URL or MEILI_URL replaces them."""

    def __init__(self, state: StateDir, progress: Progress, master_key: str) -> None:
        self._state = state
        self._progress = progress
        self._master_key = master_key
        self.running: list[Unit] = []
        self.addresses: dict[str, str] = {}

    def start(self) -> None:
        """Raises Trouble; whatever had been started before is then in `running`."""
        self._unless("DATABASE_URL", self._postgres)
        self._unless("REDIS_URL", self._valkey)
        self._unless("MEILI_URL", self._meilisearch)

    def stop(self) -> None:
        for unit in reversed(self.running):
            unit.stop()
        self.running.clear()

    def _unless(self, variable: str, start: Callable[[], None]) -> None:
        if os.environ.get(variable) or os.environ.get(f"{variable}_FILE"):
            self._progress.say(f"· {variable} is set: using that server instead of an embedded one.")
        else:
            start()

    def _postgres(self) -> None:
        server = Postgres(self._state)
        with self._progress.step("Starting PostgreSQL"):
            self._start(server)
            server.check()
            asyncio.run(_ensure_database(server.url()))
        self.addresses["DATABASE_URL"] = server.url(DATABASE)

    def _valkey(self) -> None:
        server = Valkey(self._state)
        with self._progress.step("Starting Valkey"):
            self._start(server)
        self.addresses["REDIS_URL"] = server.url

    def _meilisearch(self) -> None:
        with self._progress.step("Starting Meilisearch") as step:
            step("fetching it on first use, 61 MB")
            program = ensure_program(default_cache_dir(), self._progress.say)
            if program is None:
                return
            server = Meilisearch(self._state, program, self._master_key)
            self._start(server)
        self.addresses["MEILI_URL"] = server.url

    def _start(self, server: Unit) -> None:
        self.running.append(server)  # first, so that a start that fails half way is stopped too
        server.start()


async def _ensure_database(url: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        if not await connection.fetchval("select true from pg_database where datname = $1", DATABASE):
            await connection.execute(f"create database {DATABASE}")
    finally:
        await connection.close()
