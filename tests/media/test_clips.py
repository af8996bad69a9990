"""Short videos: what is taken, what is taken out of it, what is refused, and how it is shown with a product."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Route

from domain.base import Invalid, Refusal
from domain.media import clip_at, configure, shown_at
from models.catalog import Clip
from models.media import UploadKind
from server import boxes
from server.clips import ClipStore, serve_clip
from tests.catalog.test_pictures import Client, client, token_of
from tests.factories.merchants import merchant
from tests.media.films import HOSTILE_FILMS, ON_ITS_SIDE, PLACE, film, track, with_notes

__all__ = ["client"]


def written(folder: Path, content: bytes) -> Path:
    file = folder / "film"
    file.write_bytes(content)
    return file


async def rows(database: Any) -> list[Clip]:
    async with database.read() as session:
        return list(await session.scalars(select(Clip)))


async def send(client: Client, token: str, content: bytes, kind: str = "video/mp4") -> Any:
    viewer, _ = await client.viewers.of(f"Bearer {token}")
    asked = await client.desk.ask(viewer, UploadKind.CLIP, len(content), kind)
    await client.http.post(asked["form"].url, data=dict(asked["form"].fields), files={"file": content})
    return await client.desk.finish(viewer, asked["id"])


@pytest.mark.parametrize("each", HOSTILE_FILMS, ids=lambda each: each.name)
def test_hostile_films_are_refused_in_words(tmp_path: Path, each: Any) -> None:
    with pytest.raises(Invalid) as refused:
        boxes.look(written(tmp_path, each.content))
    assert re.search(each.told, refused.value.message), refused.value.message


def test_there_are_many_of_them_and_no_two_alike() -> None:
    assert len(HOSTILE_FILMS) >= 50
    assert (
        len({each.name for each in HOSTILE_FILMS})
        == len({each.content for each in HOSTILE_FILMS})
        == len(HOSTILE_FILMS)
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (film(), boxes.Film(720, 1280, 5000)),
        (film(seconds=60), boxes.Film(720, 1280, 60000)),
        (film(brand=b"qt  ", brands=b"qt  "), boxes.Film(720, 1280, 5000)),
        (film(track()), boxes.Film(720, 1280, 5000)),
        (film(track(matrix=ON_ITS_SIDE, size=(1280, 720))), boxes.Film(720, 1280, 5000)),
    ],
    ids=["plain", "a whole minute", "quicktime", "silent", "lying on its side"],
)
def test_what_phones_film_is_taken(tmp_path: Path, content: bytes, found: boxes.Film) -> None:
    assert boxes.look(written(tmp_path, content)) == found


def test_where_and_by_whom_it_was_filmed_is_not_kept(tmp_path: Path) -> None:
    content = with_notes()
    file = written(tmp_path, content)
    boxes.look(file)
    kept = file.read_bytes()
    assert len(kept) == len(content)
    for told in (PLACE, b"a maker", b"ISO6709", b"a preview", b"serial number", b"\xe8u\xb5\x00" * 2):
        assert told not in kept
    assert boxes.look(file) == boxes.Film(1280, 720, 5000)  # and it is still a film
    assert file.read_bytes() == kept


async def test_a_film_is_kept_and_shown_in_parts(client: Client, database: Any, tmp_path: Path) -> None:
    shop = await merchant(database)
    token = await token_of(database, shop)
    made = await send(client, token, with_notes())
    assert (made.url, made.width, made.height) == (f"/media/clips/{made.key}.mp4", 1280, 720)
    (row,) = await rows(database)
    assert (row.key, row.merchant_id, row.milliseconds) == (made.key, shop, 5000)
    app = Starlette(routes=[Route("/media/clips/{key}.mp4", serve_clip)])
    app.state.mall = SimpleNamespace(files=SimpleNamespace(clips=ClipStore(tmp_path / "clips")))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://mall") as http:
        whole = await http.get(made.url)
        assert (whole.status_code, whole.headers["content-type"]) == (200, "video/mp4")
        assert hashlib.sha256(whole.content).hexdigest() == made.key
        part = await http.get(made.url, headers={"Range": "bytes=100-199"})
        assert (part.status_code, part.content) == (206, whole.content[100:200])
        for wrong in ("0" * 64, "short", "..%2f..%2fx"):
            assert (await http.get(f"/media/clips/{wrong}.mp4")).status_code == 404


async def test_every_hostile_film_leaves_nothing(client: Client, database: Any, tmp_path: Path) -> None:
    token = await token_of(database, await merchant(database))
    for each in HOSTILE_FILMS[::6]:
        with pytest.raises(Refusal):
            await send(client, token, each.content)
    assert await rows(database) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []  # noqa: ASYNC240


def test_a_cdn_shows_everything_public() -> None:
    configure("https://cdn.example.cn/")
    try:
        assert (shown_at("k"), clip_at("k")) == (
            "https://cdn.example.cn/media/k",
            "https://cdn.example.cn/media/clips/k.mp4",
        )
    finally:
        configure("")
    assert (shown_at("k"), clip_at("k")) == ("/media/k", "/media/clips/k.mp4")
