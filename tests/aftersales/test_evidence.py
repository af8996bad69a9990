"""Pictures that were uploaded and hung on nothing: forgotten after a day, and never one that hangs."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from domain import aftersales
from domain.base import Database, Invalid, UnitOfWork, clock
from models.aftersales import AfterSaleKind, AfterSaleReason, EvidencePicture
from server.media import MediaStore
from tests.factories import aftersales as made
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

LOOSE, HUNG, FRESH = "aa" * 32, "bb" * 32, "cc" * 32
DAY = timedelta(days=1, minutes=1)


async def forget(database: Database) -> list[str]:
    async with database.begin() as uow:
        return await aftersales.forget_loose(uow)


async def test_what_hangs_on_nothing_is_forgotten_after_a_day(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    made.stopped()
    for key in (LOOSE, HUNG):
        await made.evidence(database, it.buyer, key)
    claim = made.page(it, 1, AfterSaleKind.RETURN, AfterSaleReason.QUALITY, pictures=[HUNG])
    await made.applied(database, it, claim)
    assert await forget(database) == []
    clock.advance(DAY)
    await made.evidence(database, it.buyer, FRESH)
    assert await forget(database) == [LOOSE]
    assert {row["key"] for row in await market.rows(database, EvidencePicture)} == {HUNG, FRESH}
    assert await forget(database) == []


async def test_a_picture_somebody_else_has_keeps_its_file(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    made.stopped()
    await made.evidence(database, it.buyer, LOOSE)
    clock.advance(DAY)
    await made.evidence(database, it.keeper, LOOSE)
    assert await forget(database) == []
    assert [row["uploader_id"] for row in await market.rows(database, EvidencePicture)] == [it.keeper.id]


async def test_uploaded_again_it_counts_from_then(database: Database, gateway: FakeGateway) -> None:
    it = await made.bought(database, gateway)
    made.stopped()
    await made.evidence(database, it.buyer, LOOSE)
    clock.advance(DAY)
    await made.evidence(database, it.buyer, LOOSE)
    assert await forget(database) == []


async def test_hanging_up_and_forgetting_have_one_winner(database: Database, gateway: FakeGateway) -> None:
    """While a claim that shows it is being written, the picture is left alone; once forgotten it cannot be shown."""
    it = await made.received(database, gateway)
    made.stopped()
    await made.evidence(database, it.buyer, LOOSE)
    clock.advance(DAY)
    claim = made.page(it, 1, AfterSaleKind.RETURN, AfterSaleReason.QUALITY, pictures=[LOOSE])
    held, go_on = asyncio.Event(), asyncio.Event()

    async def apply_slowly() -> None:
        async with database.begin() as uow:
            await aftersales.apply(uow, it.buyer, claim)
            held.set()
            await go_on.wait()

    applying = asyncio.create_task(apply_slowly())
    await held.wait()
    assert await forget(database) == []
    go_on.set()
    await applying
    assert await forget(database) == []
    await made.evidence(database, it.buyer, FRESH)
    clock.advance(DAY)
    assert await forget(database) == [FRESH]
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await attach_again(uow, it)


async def attach_again(uow: UnitOfWork, it: made.Bought) -> None:
    claim = made.page(
        it, 1, AfterSaleKind.RETURN, AfterSaleReason.QUALITY, pictures=[FRESH], request_key="another-visit"
    )
    await aftersales.apply(uow, it.buyer, claim)


async def test_a_file_stored_again_meanwhile_is_not_dropped(tmp_path: Path) -> None:
    store, out = MediaStore(tmp_path), BytesIO()
    Image.new("RGB", (900, 600), "#c92b20").save(out, "WEBP")
    key = store.put(out.getvalue()).key
    assert await store.file(key, 200) is not None
    old = time.time() - DAY.total_seconds()
    os.utime(store.find(key, None) or tmp_path, (old, old))
    store.put(out.getvalue())
    await store.drop(key, older_than=aftersales.KEPT_LOOSE)
    file = store.find(key, None)
    assert file is not None
    os.utime(file, (old, old))
    await store.drop(key, older_than=aftersales.KEPT_LOOSE)
    assert store.find(key, None) is None
    assert store.find(key, 200) is None
    await store.drop(key, older_than=aftersales.KEPT_LOOSE)
