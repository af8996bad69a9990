"""Filling an empty database with the demo."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from domain.crypto import Keyring, vault
from server.database import Database
from server.settings import Settings

Told = Callable[..., None]


def seed_if_empty(settings: Settings, step: Told) -> bool:
    """Seeds the demo unless there is a merchant already. True if it did."""
    return asyncio.run(_with_database(settings, step, scale=0, only_if_empty=True))


def seed(settings: Settings, step: Told, *, scale: int = 0) -> None:
    """Seeds the demo, or `scale` times 20,000 products and 200,000 orders for benchmarks."""
    asyncio.run(_with_database(settings, step, scale=scale, only_if_empty=False))


def demo_accounts() -> list[str]:
    """One line for each account that the demo data has, for the end of `make run`."""
    return list(getattr(_seeds(), "DEMO_ACCOUNTS", []))


async def _with_database(settings: Settings, step: Told, *, scale: int, only_if_empty: bool) -> bool:
    vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
    database = Database(settings)
    try:
        if only_if_empty and not await _empty(database):
            return False
        fill = getattr(_seeds(), "seed_demo", None)
        if fill is not None:
            await fill(database, settings, step)
        return True
    finally:
        await database.close()


async def _empty(database: Database) -> bool:
    async with database.read() as session:
        return not await session.scalar(text("select exists (select from merchants)"))


def _seeds() -> Any:
    return importlib.import_module("server.seeds")
