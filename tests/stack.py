"""One set of throw-away servers for a test session, shared by its xdist workers.

The first worker that asks starts a server; the process that began the session stops them all. A session that was
killed is cleaned up by the next one, which recognises it by the process id and start time in the directory's name.
"""

from __future__ import annotations

import asyncio
import fcntl
import importlib
import os
import pkgutil
import secrets
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg
import psutil
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

import models
from models.base import Base
from server.embedded.meilisearch import Meilisearch, ensure_program
from server.embedded.postgres import Postgres
from server.embedded.process import end_leftover
from server.embedded.state import StateDir, default_cache_dir
from server.embedded.valkey import Valkey
from server.migrate import migrate

VARIABLE = "MALL_TEST_STACK"
PREFIX = "mall-test-"
ROOT = Path(__file__).parent.parent
TEMPLATE = "mall_template"


def begin_session() -> Path:
    """Called once by the process that runs the session; its workers inherit the directory by the environment."""
    place = _place()
    _clean_up_killed_sessions(place)
    directory = place / f"{PREFIX}{os.getpid()}-{int(psutil.Process().create_time())}-{secrets.token_hex(3)}"
    os.environ[VARIABLE] = str(directory)
    return directory


def end_session(directory: Path) -> None:
    os.environ.pop(VARIABLE, None)
    _end(directory)


class Stack:
    """The session's servers as one worker sees them. Each method returns at once when another worker was first."""

    def __init__(self, directory: Path) -> None:
        self._state = StateDir(directory)
        self._state.prepare()
        directory.chmod(0o755)

    def postgres(self) -> str:
        """Address of the server, without a database: `postgresql+asyncpg://…@127.0.0.1:port/`."""
        return str(self._once("postgres", self._start_postgres))

    def worker_database(self, worker: str) -> str:
        """A database of this worker's own, copied from one migrated template."""
        server = self.postgres()
        with self._locked():  # a template can be copied only while nobody else is connected to it
            if not self._state.read("template.json"):
                asyncio.run(_create_database(server, TEMPLATE))
                make_schema(server + TEMPLATE)
                self._state.write("template.json", True)
            asyncio.run(_create_database(server, f"mall_{worker}", TEMPLATE))
        return f"{server}mall_{worker}"

    def worker_valkey(self, worker: str) -> str:
        """A server of this worker's own: published messages do not keep to one database number."""
        return str(self._once(f"valkey-{worker}", lambda: self._start_valkey(worker)))

    def meilisearch(self) -> tuple[str, str] | None:
        """Address and master key of the shared server, or None where the program cannot be had."""
        found = self._once("meilisearch", self._start_meilisearch)
        return (found["url"], found["key"]) if found else None

    def _once(self, name: str, start: Callable[[], Any]) -> Any:
        with self._locked():
            kept = self._state.read(f"{name}.json")
            if kept is None:
                kept = start()
                self._state.write(f"{name}.json", kept)
        return kept

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with open(self._state.path / "stack.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start_postgres(self) -> str:
        server = Postgres(self._state, durable=False)
        server.start()
        server.check()
        return server.url("")

    def _start_valkey(self, worker: str) -> str:
        server = Valkey(self._state, durable=False, name=f"valkey-{worker}")
        server.start()
        return server.url

    def _start_meilisearch(self) -> dict[str, str]:
        program = ensure_program(default_cache_dir(), lambda line: None)
        if program is None:
            return {}
        server = Meilisearch(self._state, program, secrets.token_urlsafe(24), durable=False)
        server.start()
        return {"url": server.url, "key": server.master_key}


def make_schema(url: str) -> None:
    """The schema as production gets it: by the migrations. Only before the first one exists, from the models."""
    if any((ROOT / "migrations/versions").glob("*.py")):
        migrate(url)
    else:
        asyncio.run(_create_all(url))


async def _create_all(url: str) -> None:
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for extension in ("pg_trgm", "btree_gist"):
            await connection.execute(text(f"create extension if not exists {extension}"))
        await connection.run_sync(Base.metadata.create_all)
        raw = (await connection.get_raw_connection()).driver_connection
        await Queries(AsyncpgDriver(raw)).install()
    await engine.dispose()


async def _create_database(server: str, name: str, template: str | None = None) -> None:
    connection = await asyncpg.connect(server.replace("+asyncpg", "") + "postgres")
    copied = f" template {template} strategy file_copy" if template else ""
    try:
        await connection.execute(f'create database "{name}"{copied}')
    finally:
        await connection.close()


def _place() -> Path:
    memory = Path("/dev/shm")
    enough = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 * 1024**3
    return memory if enough else Path(os.environ.get("TMPDIR") or "/tmp")


def _clean_up_killed_sessions(place: Path) -> None:
    for directory in place.glob(f"{PREFIX}*"):
        pid, started = directory.name.removeprefix(PREFIX).split("-")[:2]
        if not _runs(int(pid), int(started)) and directory.owner() == Path.home().owner():
            _end(directory)


def _runs(pid: int, started: int) -> bool:
    try:
        return abs(psutil.Process(pid).create_time() - started) < 2
    except psutil.NoSuchProcess:
        return False


def _end(directory: Path) -> None:
    state = StateDir(directory)
    for record in directory.glob("*.process"):
        with suppress(psutil.Error):
            end_leftover(state, record.stem, signal.SIGQUIT if record.stem == "postgres" else signal.SIGTERM)
    shutil.rmtree(directory, ignore_errors=True)
