"""Uploading pictures and serving them in sizes."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Route

from domain.base import Database, Refusal
from domain.members import roles, sessions, staff
from integrations.objects import Folder
from integrations.valkey import connect
from models.catalog import Picture
from models.media import UploadKind
from server.clips import ClipStore
from server.files import Files
from server.media import MediaStore, encode, serve_picture
from server.receiving import UploadDesk
from server.uploads import receive
from server.viewers import Viewers
from tests.factories import members
from tests.factories.merchants import merchant


@dataclass
class Client:
    """Two routes and the desk with what they need of the mall, and nothing else to start."""

    http: httpx.AsyncClient
    media: MediaStore
    desk: UploadDesk
    viewers: Viewers


@dataclass
class Sent:
    """What became of a picture: where it is, or the code and sentence of the refusal."""

    code: str = ""
    message: str = ""
    key: str = ""
    url: str = ""
    width: int = 0
    height: int = 0


@pytest.fixture
async def client(database: Any, redis_url: str, clean_redis: None, tmp_path: Path) -> AsyncIterator[Client]:
    redis, objects = connect(redis_url), Folder(tmp_path / "objects")
    store, others = MediaStore(tmp_path / "media"), MediaStore(tmp_path / "others")
    app = Starlette(
        routes=[Route("/uploads/incoming/{id}", receive, methods=["POST"]), Route("/media/{key}", serve_picture)]
    )
    files = Files(objects, store, ClipStore(tmp_path / "clips"), others, others)
    app.state.mall = SimpleNamespace(files=files)
    desk = UploadDesk(database, files)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://mall") as http:
        yield Client(http, store, desk, Viewers(database, redis))
    await redis.aclose()


def picture(format: str = "PNG", size: tuple[int, int] = (400, 300), **options: Any) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, format, **options)
    return out.getvalue()


async def token_of(database: Database, shop: UUID, login: str = "shop", role: str | None = None) -> str:
    await members.shopkeeper(database, shop, login, role)
    tokens: sessions.Tokens = await staff.sign_in(database, login, members.PASSWORD, None, "控制台")
    return tokens.access


async def send(client: Client, content: bytes, token: str | None, kind: str = "image/png", name: str = "a") -> Sent:
    """All three steps, as our pages take them."""
    try:
        viewer, _ = await client.viewers.of(f"Bearer {token}" if token else "")
        asked = await client.desk.ask(viewer, UploadKind.PRODUCT, len(content) or 1, kind)
        form = asked["form"]
        await client.http.post(form.url, data=dict(form.fields), files={"file": (name, content)})
        return Sent(**vars(await client.desk.finish(viewer, asked["id"])))
    except Refusal as refusal:
        return Sent(refusal.code, refusal.message)


async def kept(database: Database) -> dict[str, UUID | None]:
    async with database.read() as session:
        return {key: owner for key, owner in await session.execute(select(Picture.key, Picture.merchant_id))}


# ------------------------------------------------------------------------------------------------ uploading
@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_is_kept_as_webp_under_its_hash(client: Client, database: Any, format: str) -> None:
    shop = await merchant(database)
    told = await send(client, picture(format), await token_of(database, shop))
    assert (told.code, told.width, told.height, told.url) == ("", 400, 300, f"/media/{told.key}")
    assert await kept(database) == {told.key: shop}
    served = await client.http.get(told.url)
    assert served.headers["content-type"] == "image/webp"
    assert hashlib.sha256(served.content).hexdigest() == told.key


async def test_large_pictures_shrink_and_lose_their_metadata(client: Client, database: Any) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "secret camera"
    content = picture("JPEG", (3000, 1500), exif=exif)
    assert b"secret camera" in content
    told = await send(client, content, await token_of(database, await merchant(database)))
    assert (told.width, told.height) == (800, 1600)
    served = await client.http.get(told.url)
    assert b"secret camera" not in served.content
    assert not Image.open(BytesIO(served.content)).getexif()


async def test_transparency_stays(client: Client, database: Any) -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(out, "PNG")
    told = await send(client, out.getvalue(), await token_of(database, await merchant(database)))
    with Image.open(BytesIO((await client.http.get(told.url)).content)) as served:
        assert served.convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]


def bomb() -> bytes:
    out = BytesIO()
    Image.new("1", (10_000, 5_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        picture()[:500],
        picture("GIF"),
        picture("BMP"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ]
    + [bomb(), b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, picture("JPEG")[:300]],
    ids=["nothing", "text", "cut png", "gif", "bmp", "svg", "bomb", "png header", "cut jpeg"],
)
async def test_what_is_no_picture_of_ours_is_refused(client: Client, database: Any, content: bytes) -> None:
    told = await send(client, content, await token_of(database, await merchant(database)))
    # Of no bytes at all the store takes nothing, so that there is nothing to finish.
    assert told.code == ("BAD_USER_INPUT" if content else "WRONG_STATE")
    assert told.message
    assert await kept(database) == {}


async def test_only_those_who_write_products_may_upload(client: Client, database: Any) -> None:
    shop = await merchant(database)
    buyer = await members.signed_in(database, await members.member(database))
    shipper = await token_of(database, shop, "zhang", roles.SHIPPER.name)
    for token in (buyer.access, shipper):
        assert (await send(client, picture(), token)).code == "FORBIDDEN"
    assert await kept(database) == {}


async def test_the_same_picture_from_two_shops_may_be_shown_by_both(client: Client, database: Any) -> None:
    one, other = await merchant(database), await merchant(database)
    first = await send(client, picture(), await token_of(database, one, "one"))
    for login in ("other", "again"):
        assert await send(client, picture(), await token_of(database, other, login)) == first
    assert await kept(database) == {first.key: None}


# ------------------------------------------------------------------------------------------------ serving
@pytest.fixture
def key(client: Client) -> str:
    return client.media.put(encode(Image.new("RGB", (1000, 500), "red"))).key


@pytest.mark.parametrize("width", [200, 400, 800])
async def test_sizes_are_made_once_however_many_ask(client: Client, key: str, width: int) -> None:
    replies = await asyncio.gather(*(client.http.get(f"/media/{key}?w={width}") for _ in range(6)))
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.content for reply in replies}) == 1
    with Image.open(BytesIO(replies[0].content)) as served:
        assert (served.format, served.size) == ("WEBP", (width, width // 2))
    folder = client.media.find(key, width)
    assert folder is not None
    assert sorted(path.name for path in folder.parent.iterdir()) == [f"{key}.{width}.webp", f"{key}.webp"]


async def test_a_picture_never_grows(client: Client) -> None:
    small = client.media.put(encode(Image.new("RGB", (150, 100))))
    with Image.open(BytesIO((await client.http.get(f"/media/{small.key}?w=400")).content)) as served:
        assert served.size == (150, 100)


async def test_browsers_keep_pictures(client: Client, key: str) -> None:
    first = await client.http.get(f"/media/{key}?w=200")
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = await client.http.get(f"/media/{key}?w=200", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.http.get(f"/media/{key}?w=400", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"/media/{'0' * 64}", 404, "NOT_FOUND"),
        (f"/media/{'0' * 64}?w=200", 404, "NOT_FOUND"),
        ("/media/..%2f..%2fsettings", 404, "NOT_FOUND"),
        ("/media/short", 404, "NOT_FOUND"),
        (f"/media/{'0' * 64}?w=201", 400, "BAD_USER_INPUT"),
        (f"/media/{'0' * 64}?w=", 400, "BAD_USER_INPUT"),
        (f"/media/{'0' * 64}?w=99999999999999", 400, "BAD_USER_INPUT"),
    ],
)
async def test_what_is_not_there(client: Client, path: str, status: int, code: str) -> None:
    reply = await client.http.get(path)
    if path.startswith("/media/.."):
        assert reply.status_code == 404  # another route's 404 will do: nothing was served
        return
    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_storing_the_same_bytes_twice_writes_once(tmp_path: Path) -> None:
    store, content = MediaStore(tmp_path), encode(Image.new("RGB", (20, 10)))
    first = store.put(content)
    assert store.put(content) == first
    assert (first.width, first.height, first.byte_size) == (20, 10, len(content))
    assert [path.name for path in tmp_path.rglob("*.webp")] == [f"{first.key}.webp"]
