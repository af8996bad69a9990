"""The object store that speaks S3, over real HTTP, against a bucket that checks every signature by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from domain.base import Invalid, Refusal, Unavailable, clock
from domain.media import incoming
from integrations.objects import S3, S3Config
from integrations.valkey import connect
from models.media import Upload, UploadKind, UploadState
from server.clips import ClipStore
from server.files import Files
from server.media import MediaStore, encode
from server.receiving import UploadDesk
from server.viewers import Viewers
from tests.catalog.test_hostile import HOSTILE
from tests.catalog.test_pictures import kept, picture, token_of
from tests.factories.merchants import merchant
from tests.media.bucket import BUCKET, KEY_ID, REGION, SECRET, Bucket, opened


@pytest.fixture
async def bucket() -> AsyncIterator[Bucket]:
    async with opened() as found:
        yield found


def config(bucket: Bucket) -> S3Config:
    return S3Config(f"http://127.0.0.1:{bucket.port}", REGION, BUCKET, KEY_ID, SECRET, path_style=True)


@pytest.fixture
def store(bucket: Bucket) -> S3:
    return S3(config(bucket))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def blocking(work: Any, *args: Any, **options: Any) -> Any:
    return await asyncio.to_thread(lambda: work(*args, **options))


async def test_a_file_comes_back_and_goes(store: S3, bucket: Bucket, tmp_path: Path) -> None:
    sent, back = tmp_path / "sent", tmp_path / "back"
    sent.write_bytes(b"apples" * 1000)
    assert await blocking(store.fetch, "media/ab/x.webp", back, most=10_000) is False
    assert await blocking(store.age, "media/ab/x.webp") is None
    await blocking(store.put, "media/ab/x.webp", sent, "image/webp")
    assert (bucket.objects["media/ab/x.webp"], bucket.types["media/ab/x.webp"]) == (sent.read_bytes(), "image/webp")
    assert await blocking(store.fetch, "media/ab/x.webp", back, most=10_000)
    assert back.read_bytes() == sent.read_bytes()
    bucket.since["media/ab/x.webp"] = datetime.now(UTC) - timedelta(hours=1)
    assert 3500 < await blocking(store.age, "media/ab/x.webp") < 3700
    with pytest.raises(Invalid):
        await blocking(store.fetch, "media/ab/x.webp", back, most=5999)
    for _ in range(2):
        await blocking(store.drop, "media/ab/x.webp")
    assert bucket.objects == {}


async def test_a_wrong_secret_is_refused_by_the_store(bucket: Bucket, tmp_path: Path) -> None:
    wrong = S3(replace(config(bucket), secret="another"))
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(Unavailable):
        await blocking(wrong.put, "media/a", tmp_path / "a", "image/webp")
    form = wrong.form("incoming/a", most=9, content_type="image/png", ends_at=clock.now() + timedelta(minutes=5))
    async with httpx.AsyncClient() as http:
        reply = await http.post(form.url, data=dict(form.fields), files={"file": b"a"})
    assert (reply.status_code, bucket.objects) == (403, {})


async def test_a_store_that_stumbles_is_asked_again_and_one_that_is_away_is_unavailable(
    store: S3, bucket: Bucket, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"a")
    bucket.faults = [500]
    await blocking(store.put, "media/a", tmp_path / "a", "image/webp")
    assert bucket.asked == ["PUT media/a"] * 2
    away = S3(replace(config(bucket), endpoint="http://127.0.0.1:1"))
    for work, args in ((away.age, ()), (away.drop, ())):
        with pytest.raises(Unavailable):
            await blocking(work, "media/a", *args)
    elsewhere = S3(replace(config(bucket), bucket="no-such-bucket"))
    with pytest.raises(Unavailable):
        await blocking(elsewhere.put, "media/a", tmp_path / "a", "image/webp")


async def test_a_form_holds_what_it_says(store: S3, bucket: Bucket) -> None:
    form = store.form("incoming/a", most=5, content_type="image/png", ends_at=clock.now() + timedelta(minutes=5))
    async with httpx.AsyncClient() as http:

        async def post(content: bytes, **other: str) -> int:
            return (await http.post(form.url, data={**form.fields, **other}, files={"file": content})).status_code

        assert await post(b"abcdef") == 400
        assert await post(b"") == 403
        assert await post(b"abc", key="media/ab/other") == 403
        assert await post(b"abc", **{"Content-Type": "text/html"}) == 403
        assert await post(b"abc", acl="public-read") == 403
        bucket.now = datetime.now(UTC) + timedelta(minutes=6)
        assert await post(b"abc") == 403
        bucket.now = None
        assert bucket.objects == {}
        assert [await post(b"abcde"), await post(b"abc")] == [201, 201]  # a lost answer: once more
    assert bucket.objects == {"incoming/a": b"abc"}


async def test_phones_are_told_the_public_address(bucket: Bucket) -> None:
    store = S3(replace(config(bucket), public_endpoint="https://files.example.cn", path_style=False))
    form = store.form("incoming/a", most=5, content_type="image/png", ends_at=clock.now() + timedelta(minutes=5))
    assert form.url == f"https://{BUCKET}.files.example.cn/"


# ------------------------------------------------------------------------------------------------ pictures
async def test_a_machine_fetches_what_another_has_stored(store: S3, bucket: Bucket, tmp_path: Path) -> None:
    one, other = MediaStore(tmp_path / "one/media", store), MediaStore(tmp_path / "other/media", store)
    stored = await blocking(one.put, encode(Image.new("RGB", (1000, 500), "red")))
    assert bucket.types[f"media/{stored.key[:2]}/{stored.key}.webp"] == "image/webp"
    thumbnail = await other.file(stored.key, 400)
    assert thumbnail is not None
    with Image.open(thumbnail) as small:
        assert small.size == (400, 200)
    assert await other.file("0" * 64, None) is None
    await other.drop(stored.key, older_than=timedelta(hours=1))  # just stored: kept
    assert bucket.objects
    await other.drop(stored.key, older_than=timedelta(0))
    assert (bucket.objects, await other.file(stored.key, None)) == ({}, None)


async def test_what_is_not_what_its_name_says_is_not_shown(store: S3, bucket: Bucket, tmp_path: Path) -> None:
    key = "0" * 64
    bucket.objects[f"media/00/{key}.webp"] = encode(Image.new("RGB", (10, 10)))
    bucket.types[f"media/00/{key}.webp"] = "image/webp"
    bucket.since[f"media/00/{key}.webp"] = datetime.now(UTC)
    assert await MediaStore(tmp_path / "media", store).file(key, None) is None
    assert files(tmp_path) == []


# ------------------------------------------------------------------------------------------------ the whole way
async def test_the_whole_way_and_every_hostile_picture(
    store: S3, bucket: Bucket, database: Any, redis_url: str, clean_redis: None, tmp_path: Path
) -> None:
    redis, pictures = connect(redis_url), MediaStore(tmp_path / "media", store)
    desk = UploadDesk(database, Files(store, pictures, ClipStore(tmp_path / "clips", store), pictures, pictures))
    token = await token_of(database, await merchant(database))
    viewer, _ = await Viewers(database, redis).of(f"Bearer {token}")

    async def send(content: bytes) -> str:
        asked = await desk.ask(viewer, UploadKind.PRODUCT, len(content), "image/jpeg")
        async with httpx.AsyncClient() as http:
            form = asked["form"]
            reply = await http.post(form.url, data=dict(form.fields), files={"file": content})
        assert reply.status_code == 201
        assert incoming(asked["id"]) in bucket.objects
        try:
            return (await desk.finish(viewer, asked["id"])).key
        except Refusal as refusal:
            return refusal.code

    assert {await send(each.content) for each in HOSTILE} == {"BAD_USER_INPUT"}
    assert (bucket.objects, await kept(database)) == ({}, {})
    key = await send(picture("JPEG"))
    assert list(bucket.objects) == [f"media/{key[:2]}/{key}.webp"]
    async with database.read() as session:
        states = dict((await session.execute(select(Upload.state, func.count()).group_by(Upload.state))).all())
    assert states == {UploadState.REFUSED: len(HOSTILE), UploadState.STORED: 1}
    await redis.aclose()
