"""What the migrations make is what the models say, constraint by constraint."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import secrets

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

import models
from models.base import Base
from tests.stack import make_schema

QUESTIONS = {
    "columns": "select table_name, column_name, data_type, is_nullable, column_default, character_maximum_length"
    " from information_schema.columns where table_schema = 'public'",
    "constraints": "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace = 'public'::regnamespace",
    "indexes": "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'",
    "sequences": "select sequencename from pg_sequences where schemaname = 'public'",
    "triggers": "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
    "functions": "select proname, prosrc from pg_proc p where pronamespace = 'public'::regnamespace"
    " and proname not like 'fn_pgqueuer%' and not exists"
    " (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')",
}
# The job queue's own objects, and the migrations' own table, are in no model.
FOREIGN = ("pgqueuer", "alembic_version")


async def test_migrations_make_what_the_models_say(postgres_url: str) -> None:
    server = postgres_url.replace("+asyncpg", "").rpartition("/")[0]
    names = [f"shape_{secrets.token_hex(4)}" for _ in range(2)]
    admin = await asyncpg.connect(f"{server}/postgres")
    try:
        for name in names:
            await admin.execute(f"create database {name}")
        migrated, modelled = (f"postgresql+asyncpg{server.removeprefix('postgresql')}/{name}" for name in names)
        await asyncio.to_thread(make_schema, migrated)
        await create_all(modelled)
        assert await shape(f"{server}/{names[0]}") == await shape(f"{server}/{names[1]}")
    finally:
        for name in names:
            await admin.execute(f"drop database if exists {name} with (force)")
        await admin.close()


async def create_all(url: str) -> None:
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("create extension if not exists pg_trgm"))
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()


async def shape(url: str) -> dict[str, set[tuple[object, ...]]]:
    connection = await asyncpg.connect(url)
    try:
        return {
            name: {tuple(row) for row in await connection.fetch(question) if not str(row[0]).startswith(FOREIGN)}
            for name, question in QUESTIONS.items()
        }
    finally:
        await connection.close()
