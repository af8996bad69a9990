"""How alembic reaches the database: one connection, one migration run at a time, never a long wait for a lock."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import models
from models.base import Base
from server.settings import load_settings

# Any number will do, as long as nobody else takes the same one: several replicas may start at once.
MIGRATION_LOCK = 5_307_0600
# Tables that pgqueuer's own migration makes; autogenerate must not propose to drop them.
FOREIGN_PREFIX = "pgqueuer"


def run() -> None:
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    url = context.config.attributes.get("database_url") or load_settings().database_url
    if context.is_offline_mode():
        _configure(url=url, literal_binds=True)
        _migrate()
    else:
        asyncio.run(_run_online(url))


async def _run_online(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_run_on)
    finally:
        await engine.dispose()


def _run_on(connection: Connection) -> None:
    connection.execute(text("select pg_advisory_lock(:number)"), {"number": MIGRATION_LOCK})
    # A migration that waits for a table stops everybody behind it: better to fail and be tried again.
    connection.execute(text("set lock_timeout = '5s'"))
    connection.commit()
    try:
        _configure(connection=connection)
        _migrate()
    finally:
        connection.rollback()
        connection.execute(text("select pg_advisory_unlock(:number)"), {"number": MIGRATION_LOCK})
        connection.commit()


def _configure(**target: object) -> None:
    context.configure(
        **target,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=False,
        include_name=_is_ours,
        transaction_per_migration=True,
    )


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(FOREIGN_PREFIX))


def _migrate() -> None:
    with context.begin_transaction():
        context.run_migrations()


run()
