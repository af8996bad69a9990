"""Real servers for every test: one database and one Valkey per worker, one shared Meilisearch, all thrown away."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import hypothesis
import pytest
import redis.asyncio

from domain.crypto import Keyring, signer, vault
from server.database import Database
from server.secrets import simulator_secrets
from server.settings import Settings
from tests.stack import VARIABLE, Stack, begin_session, end_session

pytest_plugins = ["tests.wechat.fixtures"]

# What the migrations fill in and no test changes: official regions, the roles and their permissions.
REFERENCE_TABLES = {"alembic_version", "regions", "roles"}
SESSION = pytest.StashKey[Path]()

# Machines are noisy: no example has a time of its own, and what draws slowly today is not wrong.
hypothesis.settings.register_profile(
    "mall", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("mall")


@dataclass(frozen=True)
class Meili:
    """The shared Meilisearch. Index names must begin with `prefix`: other workers use it too."""

    url: str
    key: str
    prefix: str


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # xdist's workers share what their controller began
        config.stash[SESSION] = begin_session()


def pytest_unconfigure(config: pytest.Config) -> None:
    if directory := config.stash.get(SESSION, None):
        end_session(directory)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test has to tell besides that it passed."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for table in (text for name, text in report.user_properties if name == "table" and report.when == "call"):
            terminalreporter.write_sep("-", report.nodeid)
            terminalreporter.write_line(str(table))


@pytest.fixture(scope="session")
def worker() -> str:
    """This worker's name, `gw0` and so on; `main` without xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def stack() -> Stack:
    return Stack(Path(os.environ[VARIABLE]))


@pytest.fixture(scope="session")
def postgres_url(stack: Stack, worker: str) -> str:
    """This worker's own database, with the schema, `postgresql+asyncpg://…`."""
    return stack.worker_database(worker)


@pytest.fixture(scope="session")
def redis_url(stack: Stack, worker: str) -> str:
    """This worker's own Valkey."""
    return stack.worker_valkey(worker)


@pytest.fixture(scope="session")
def meili(stack: Stack, worker: str) -> Meili | None:
    """The shared Meilisearch, or None where its program cannot be had; then such tests must skip."""
    found = stack.meilisearch()
    return Meili(*found, prefix=f"{worker}_") if found else None


@pytest.fixture(scope="session")
def settings(postgres_url: str, redis_url: str, meili: Meili | None) -> Settings:
    """Settings of a mall on this worker's servers, with the simulator's keys; change them by `model_copy(update=…)`."""
    made = Settings(
        env="test",
        database_url=postgres_url,
        database_read_url=postgres_url,
        redis_url=redis_url,
        meili_url=meili.url if meili else None,
        meili_master_key=meili.key if meili else None,
        meili_index_prefix=meili.prefix if meili else "test_",
        # Tests write rows without the rules, so nothing would tell that a kept answer has ended.
        kept_megabytes=0,
        near_seconds=0,
        data_keys=f"1:{_key()}",
        index_key=_key(),
        trace_keys=f"1:{_key()}",
        # All tests come from one address and some at once by the hundred; those of the limits set them by themselves.
        rate_factor=1000,
        queue_seconds=10,
        deadline_browse=20,
        deadline_checkout=25,
        **{name.lower(): value for name, value in simulator_secrets().items()},
    )
    vault.configure(Keyring(made.data_keyring, 1, made.index_key_bytes))
    signer.configure(made.trace_keyring)
    return made


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture(scope="session")
def _tables() -> list[str]:
    return []


@pytest.fixture
async def clean_database(postgres_url: str, _tables: list[str]) -> None:
    """Empties what an earlier test wrote, by DELETE: truncating a hundred tables takes a hundred times longer."""
    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        if not _tables:
            _tables += await _changing_tables(connection)
        await _empty(connection, _tables)
    finally:
        await connection.close()


async def _changing_tables(connection: asyncpg.Connection) -> list[str]:
    found = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    return sorted({row["tablename"] for row in found} - REFERENCE_TABLES)


async def _empty(connection: asyncpg.Connection, tables: list[str]) -> None:
    probes = " union all ".join(f"select '{name}' where exists (select from \"{name}\")" for name in tables)
    written = [row[0] for row in await connection.fetch(probes)] if probes else []
    if written:
        # The replica role runs no trigger and checks no foreign key, so the order does not matter
        # and ledgers that refuse deletion can be emptied all the same.
        deletes = "; ".join(f'delete from "{name}"' for name in written)
        await connection.execute(f"begin; set local session_replication_role = replica; {deletes}; commit")


@pytest.fixture
async def clean_redis(redis_url: str) -> None:
    """Empties this worker's Valkey."""
    client = redis.asyncio.Redis.from_url(redis_url)
    await client.flushall()
    await client.aclose()


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    """An empty database behind the product's own `Database`; one per test, since a pool belongs to one event loop."""
    opened = Database(settings)
    yield opened
    await opened.close()
