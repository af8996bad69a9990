"""Uploads from the asking to the end: whose they are, how many, what lost answers and two at once do to them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from domain import media
from domain.base import Forbidden, Invalid, NotFound, Refusal, TooMany, Viewer, WrongState, clock
from jobs import media as jobs
from jobs.base import Tools
from models.base import new_id
from models.media import Upload, UploadKind, UploadState
from tests.catalog.test_pictures import Client, client, kept, picture, token_of
from tests.factories import members
from tests.factories.merchants import merchant

__all__ = ["client"]


@pytest.fixture(autouse=True)
def the_right_time() -> Iterator[None]:
    yield
    clock.reset()


MORE = media.KEPT + timedelta(minutes=1)


async def shopkeeper(client: Client, database: Any, login: str = "shop") -> Viewer:
    token = await token_of(database, await merchant(database), login)
    return (await client.viewers.of(f"Bearer {token}"))[0]


async def buyer(client: Client, database: Any) -> Viewer:
    signed = await members.signed_in(database, await members.member(database))
    return (await client.viewers.of(f"Bearer {signed.access}"))[0]


async def ask(
    client: Client, viewer: Viewer, size: int, kind: UploadKind = UploadKind.PRODUCT, type: str = "image/png"
) -> dict[str, Any]:
    return await client.desk.ask(viewer, kind, size, type)


async def post(client: Client, asked: dict[str, Any], content: bytes, **other: Any) -> httpx.Response:
    form: media.Form = asked["form"]
    given: dict[str, Any] = {"data": dict(form.fields), "files": {"file": content}}
    return await client.http.post(form.url, **(given | other))


async def post_bare(client: Client, asked: dict[str, Any], content: bytes, kind: str) -> int:
    headers = {"Content-Type": kind}
    return (await client.http.post(asked["form"].url, content=content, headers=headers)).status_code


async def states(database: Any) -> list[UploadState]:
    async with database.read() as session:
        return list(await session.scalars(select(Upload.state).order_by(Upload.created_at)))


def waiting(folder: Path) -> list[Path]:
    return [path for path in (folder / "objects").rglob("*") if path.is_file()]


# ------------------------------------------------------------------------------------------------ asking
@pytest.mark.parametrize(
    ("size", "type", "field"),
    [
        (0, "image/png", "byteSize"),
        (-1, "image/png", "byteSize"),
        (8 * 1024 * 1024 + 1, "image/png", "byteSize"),
        (2**31 - 1, "image/png", "byteSize"),
        (10, "image/svg+xml", "contentType"),
        (10, "text/html", "contentType"),
        (10, "video/mp4", "contentType"),
        (10, "", "contentType"),
        (10, "image/png\r\nX: y", "contentType"),
    ],
)
async def test_what_may_not_be_sent_is_told_at_once(
    client: Client, database: Any, size: int, type: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await ask(client, await shopkeeper(client, database), size, type=type)
    assert (refused.value.field, await states(database)) == (field, [])


async def test_who_may_send_what(client: Client, database: Any) -> None:
    shop, member = await shopkeeper(client, database), await buyer(client, database)
    for viewer, kind, may in (
        (shop, UploadKind.PRODUCT, True),
        (shop, UploadKind.EVIDENCE, True),
        (shop, UploadKind.POSTED, True),
        (member, UploadKind.PRODUCT, False),
        (member, UploadKind.EVIDENCE, True),
        (member, UploadKind.POSTED, True),
    ):
        if may:
            assert (await ask(client, viewer, 10, kind))["most_bytes"] == 10
        else:
            with pytest.raises(Forbidden):
                await ask(client, viewer, 10, kind)


async def test_nobody_has_more_open_than_may_be(client: Client, database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, other = await shopkeeper(client, database), await buyer(client, database)
    monkeypatch.setattr(media.asking, "MOST_OPEN", 3)
    found = await asyncio.gather(*(ask(client, viewer, 10) for _ in range(6)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in found) == ["TooMany"] * 3 + ["dict"] * 3
    await ask(client, other, 10, UploadKind.POSTED)
    clock.advance(media.asking.GOOD_FOR + timedelta(seconds=1))
    assert await ask(client, viewer, 10)  # what can no longer be sent takes no room
    monkeypatch.setattr(media.asking, "MOST_OPEN_BYTES", 1000)
    with pytest.raises(TooMany):
        await ask(client, viewer, 991)


# ------------------------------------------------------------------------------------------------ sending
async def test_the_address_holds_what_was_signed(client: Client, database: Any, tmp_path: Path) -> None:
    asked = await ask(client, await shopkeeper(client, database), 100)
    other = await ask(client, await buyer(client, database), 9, UploadKind.POSTED)
    url = urlsplit(asked["form"].url)
    sign = parse_qs(url.query)["sign"][0]
    for wrong in (
        asked["form"].url.replace("most=100", "most=9000000"),
        asked["form"].url.replace("until=", "until=9"),
        asked["form"].url.replace(sign, sign[::-1]),
        asked["form"].url.replace(sign, ""),
        asked["form"].url.replace(str(asked["id"]), str(other["id"])),
        asked["form"].url.replace(str(asked["id"]), "..%2f..%2fmedia%2fx"),
        url.path,
    ):
        reply = await client.http.post(wrong, files={"file": b"x"})
        assert reply.status_code == 404, wrong
    assert (await post(client, asked, b"x" * 101)).json()["code"] == "TOO_LARGE"
    assert (await post(client, asked, b"")).json()["code"] == "BAD_USER_INPUT"
    assert (await post(client, asked, b"", files={}, data={"file": "text"})).status_code == 400
    assert await post_bare(client, asked, b"bare", "image/png") == 400
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        assert await post_bare(client, asked, b"--y\r\nnonsense", kind) == 400
    assert waiting(tmp_path) == []
    assert (await post(client, asked, b"x" * 100)).status_code == 201
    assert [path.name for path in waiting(tmp_path)] == [str(asked["id"])]
    clock.advance(media.asking.GOOD_FOR + timedelta(seconds=1))
    assert (await post(client, asked, b"x")).status_code == 404


async def test_too_many_bytes_are_refused_while_they_arrive(client: Client, database: Any, tmp_path: Path) -> None:
    asked, sent = await ask(client, await shopkeeper(client, database), 1000), 0

    async def endless() -> Any:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        while sent < 50 * 2**20:
            sent += 2**16
            yield bytes(2**16)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    reply = await client.http.post(asked["form"].url, content=endless(), headers=headers)
    assert (reply.status_code, reply.json()["code"], waiting(tmp_path)) == (413, "TOO_LARGE", [])
    assert sent < 2**20


# ------------------------------------------------------------------------------------------------ finishing
async def test_a_lost_answer_costs_nothing(client: Client, database: Any, tmp_path: Path) -> None:
    viewer, content = await shopkeeper(client, database), picture()
    asked = await ask(client, viewer, len(content))
    with pytest.raises(WrongState):
        await client.desk.finish(viewer, asked["id"])
    for _ in range(2):
        assert (await post(client, asked, content)).status_code == 201
    first = await client.desk.finish(viewer, asked["id"])
    assert await client.desk.finish(viewer, asked["id"]) == first
    await post(client, asked, picture(size=(10, 10)))  # the form is still good, but what was kept is kept
    assert await client.desk.finish(viewer, asked["id"]) == first
    assert list(await kept(database)) == [first.key]


async def test_a_refusal_is_told_again(client: Client, database: Any, tmp_path: Path) -> None:
    viewer = await shopkeeper(client, database)
    asked = await ask(client, viewer, 9)
    await post(client, asked, b"no pixels")
    told = set()
    for _ in range(2):
        with pytest.raises(Invalid) as refused:
            await client.desk.finish(viewer, asked["id"])
        told.add(refused.value.message)
    assert (len(told), waiting(tmp_path), await states(database)) == (1, [], [UploadState.REFUSED])


async def test_two_finish_at_once_and_hear_the_same(client: Client, database: Any, tmp_path: Path) -> None:
    viewer, content = await shopkeeper(client, database), picture()
    for _ in range(5):
        asked = await ask(client, viewer, len(content))
        await post(client, asked, content)
        found = await asyncio.gather(*(client.desk.finish(viewer, asked["id"]) for _ in range(3)))
        assert len({each.key for each in found}) == 1
    assert (waiting(tmp_path), set(await states(database))) == ([], {UploadState.STORED})


async def test_an_upload_is_its_senders_alone(client: Client, database: Any) -> None:
    shop, member = await shopkeeper(client, database), await buyer(client, database)
    content = picture()
    asked = await ask(client, shop, len(content), UploadKind.POSTED)
    await post(client, asked, content)
    for viewer, id in ((member, asked["id"]), (await buyer(client, database), asked["id"]), (shop, new_id())):
        with pytest.raises(NotFound):
            await client.desk.finish(viewer, cast(UUID, id))
    assert (await client.desk.finish(shop, asked["id"])).url.startswith("/posted/")


# ------------------------------------------------------------------------------------------------ by itself
async def test_what_nobody_finished_goes(client: Client, database: Any, tmp_path: Path) -> None:
    viewer, content = await shopkeeper(client, database), picture()
    left, done = await ask(client, viewer, len(content)), await ask(client, viewer, len(content))
    for asked in (left, done):
        await post(client, asked, content)
    made = await client.desk.finish(viewer, done["id"])
    await post(client, done, content)  # once more, after it was kept
    tools = cast(Tools, SimpleNamespace(database=database, objects=client.desk._objects))
    await jobs.tidy(tools)
    assert len(waiting(tmp_path)) == 2
    clock.advance(MORE)
    for _ in range(2):
        await jobs.tidy(tools)
    with pytest.raises(Refusal):
        await client.desk.finish(viewer, left["id"])
    assert (waiting(tmp_path), await states(database), list(await kept(database))) == ([], [], [made.key])
