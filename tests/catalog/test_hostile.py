"""Hostile uploads are refused with a reason, and nothing is stored; what phones truly send is taken."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.catalog.hostile import HOSTILE, Hostile, archive, picture
from tests.catalog.test_pictures import Client, client, kept, send, token_of
from tests.factories.merchants import merchant

__all__ = ["client"]


async def test_every_one_is_refused_and_nothing_is_stored(client: Client, database: Any, tmp_path: Any) -> None:
    token = await token_of(database, await merchant(database))
    wrong: list[str] = []
    for each in HOSTILE:
        told = await send(client, each.content, token, "image/jpeg")
        if told.code != "BAD_USER_INPUT" or not re.search(each.told, told.message):
            wrong.append(f"{each.name}: {told}")
    assert wrong == []
    assert await kept(database) == {}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_there_are_many_of_them_and_no_two_alike() -> None:
    assert len(HOSTILE) >= 60
    assert len({each.name for each in HOSTILE}) == len({each.content for each in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.php", "a\x00.png", "/etc/passwd", "%2e%2e%2fx", "x" * 3000]
)
async def test_a_files_name_is_of_no_account(client: Client, database: Any, tmp_path: Any, name: str) -> None:
    token = await token_of(database, await merchant(database))
    told = await send(client, picture(), token, name=name)
    stored = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    # The parser of forms may find such a name too much: then nothing came.
    assert (told.code, stored) in [("", [f"{told.key}.webp"]), ("WRONG_STATE", [])]


async def test_where_a_photo_was_taken_is_not_kept(client: Client, database: Any) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (27.0, 20.0, 12.0), 3: "E", 4: (103.0, 43.0, 0.0)})
    content = picture("JPEG", (400, 300), exif=exif)
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    told = await send(client, content, await token_of(database, await merchant(database)))
    served = (await client.http.get(told.url)).content
    assert not Image.open(BytesIO(served)).getexif().get_ifd(0x8825)
    assert b"Exif" not in served


async def test_what_phones_append_is_dropped(client: Client, database: Any) -> None:
    """A preview, a short film, a maker's notes: photos have them, and they are no reason to send a farmer away."""
    token = await token_of(database, await merchant(database))
    trailers = (
        picture("JPEG", (16, 16)),
        b"\x00\x00\x00\x18ftypmp42" + bytes(64),
        b"\x00\x00SEFH" + bytes(32),
        bytes(9),
    )
    replies = [await send(client, picture("JPEG") + trailer, token) for trailer in trailers]
    assert [reply.code for reply in replies] == [""] * len(trailers)
    assert len({reply.key for reply in replies}) == 1


def test_the_archive_of_the_table_is_one() -> None:
    assert archive()[:4] == b"PK\x03\x04"
    assert isinstance(HOSTILE[0], Hostile)
