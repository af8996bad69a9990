"""A database filled with the demo, once for all tests of a module, with small grey pictures instead of drawn ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from domain.base import clock
from domain.crypto import Keyring, signer, vault
from server.database import Database
from server.media import MediaStore, StoredPicture
from server.seeds import pictures, seed_demo
from server.settings import Settings
from tests.conftest import REFERENCE_TABLES

# A Sunday evening in November, when apples, oranges and gastrodia are in season.
SEEDED_AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def quietly(label: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def grey(store: MediaStore, key: str) -> StoredPicture:
    """A picture of its own for each key, made in no time: drawing has its own tests."""
    shade = sum(key.encode()) * 7919 % 2**24
    out = BytesIO()
    Image.new("RGB", (8, 8), (shade & 255, shade >> 8 & 255, shade >> 16)).save(out, "WEBP", lossless=True)
    return store.put(out.getvalue())


@pytest.fixture
def quick_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw_all(store_root: Path, state_dir: Path, progress: pictures.Progress) -> dict[str, StoredPicture]:
        store = MediaStore(store_root)
        return {order.key: grey(store, order.key) for order in pictures.wanted()}

    monkeypatch.setattr(pictures, "draw_all", draw_all)


@pytest.fixture
def seeding_day() -> Iterator[datetime]:
    clock.stop(SEEDED_AT)
    yield SEEDED_AT
    clock.reset()


@pytest.fixture
def own_settings(settings: Settings, tmp_path: Path) -> Settings:
    """The settings of a mall with a state directory of its own."""
    vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
    signer.configure(settings.trace_keyring)
    return settings.model_copy(update={"state_dir": tmp_path})


# Databases that hold the demo as it was made: seeding takes seconds, and most tests only look.
_untouched: set[str] = set()


@pytest.fixture
async def seeded(
    settings: Settings, own_settings: Settings, quick_pictures: None, seeding_day: datetime
) -> AsyncIterator[Database]:
    """The demo, for tests that only look."""
    opened = Database(settings)
    if settings.database_url not in _untouched or not await _holds_demo(opened):
        await _seed_anew(opened, own_settings)
        _untouched.add(settings.database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def own_seeded(
    settings: Settings, own_settings: Settings, quick_pictures: None, seeding_day: datetime
) -> AsyncIterator[Database]:
    """The demo, for tests that change something."""
    _untouched.discard(settings.database_url)
    opened = Database(settings)
    await _seed_anew(opened, own_settings)
    yield opened
    await opened.close()


async def _holds_demo(database: Database) -> bool:
    async with database.read() as session:
        return bool(await session.scalar(text("select count(*) = 20 from merchants")))


async def _seed_anew(database: Database, settings: Settings) -> None:
    await forget(database)
    await seed_demo(database, settings, quietly)


async def forget(database: Database) -> None:
    """Empties the database as if it were new, numbers included."""
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        tables = await uow.session.scalars(text("select tablename from pg_tables where schemaname = 'public'"))
        for table in tables.all():
            if table not in REFERENCE_TABLES:
                await uow.session.execute(text(f'delete from "{table}"'))
        await uow.session.execute(text("alter sequence order_numbers restart"))
