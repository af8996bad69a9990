"""Pictures: stored once under the hash of their bytes, served in sizes made on first use.

They lie in a folder. Where the mall has an object store, that is where they are kept and the folder only holds what was
asked for: it may be emptied at any time, and every machine has its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from domain import aftersales, moderation
from domain.base import NotFound, Refusal
from domain.media import ObjectStore

WIDTHS = (200, 400, 800)
QUALITY = 80
# Of a picture as we wrote it: 1600 pixels each way, however badly they pack.
MOST_STORED = 16 * 1024 * 1024
KEY = re.compile(r"[0-9a-f]{64}")
# A key names its bytes for ever, so nobody needs to ask again.
CACHED = "public, max-age=31536000, immutable"
# What three people may see is kept by nobody between them and us, and no longer than its address is good.
PRIVATE = "private, max-age=3600"


@dataclass(frozen=True)
class StoredPicture:
    """A picture as it lies on disk: the SHA-256 of its bytes, its size in pixels and in bytes."""

    key: str
    width: int
    height: int
    byte_size: int


class MediaStore:
    """WebP files below `root`, kept in `objects` where there is one. `put` and `find` block: call them in a thread."""

    def __init__(self, root: Path, objects: ObjectStore | None = None) -> None:
        self._root = root
        self._objects = objects
        # Two at a time: resizing is heavy and must not take the machine from those who buy.
        self._making = asyncio.Semaphore(2)

    def put(self, webp: bytes) -> StoredPicture:
        """Stores a WebP picture; the same bytes again change nothing."""
        key = hashlib.sha256(webp).hexdigest()
        with Image.open(BytesIO(webp), formats=["WEBP"]) as picture:
            width, height = picture.size
        place = self._place(key)
        if place.exists():
            os.utime(place)  # stored again: not to be dropped as one that nobody wants
        else:
            _write(place, webp)
        if self._objects is not None:
            self._objects.put(self._name(key), place, "image/webp")
        return StoredPicture(key, width, height, len(webp))

    async def drop(self, key: str, *, older_than: timedelta) -> None:
        """Deletes a picture in all its sizes, unless it was stored again within that time; one that is gone is gone."""
        await asyncio.to_thread(self._drop, key, older_than.total_seconds())

    def _drop(self, key: str, seconds: float) -> None:
        age = self._age(key)
        if age is not None and age < seconds:
            return
        if self._objects is not None:
            self._objects.drop(self._name(key))
        for width in (*WIDTHS, None):
            self._place(key, width).unlink(missing_ok=True)

    def _age(self, key: str) -> float | None:
        if self._objects is not None:
            return self._objects.age(self._name(key))
        place = self._place(key)
        return time.time() - place.stat().st_mtime if place.exists() else None

    def _name(self, key: str) -> str:
        """Of the picture in the object store."""
        return f"{self._root.name}/{key[:2]}/{key}.webp"

    def find(self, key: str, width: int | None) -> Path | None:
        """The file of a picture in one of WIDTHS, or as it was stored; None when this machine has none."""
        place = self._place(key)
        if width is not None and (made := self._place(key, width)).exists():
            return made
        return place if width is None and place.exists() else None

    async def file(self, key: str, width: int | None) -> Path | None:
        """As `find`; what lies in the object store is fetched, a size nobody has asked for before is made first."""
        found = self.find(key, width)
        if found is not None or (width is None and self._objects is None):
            return found
        async with self._making:
            return await asyncio.to_thread(self._make, key, width)

    def _fetch(self, key: str) -> None:
        """The picture from the object store, if it has it, and only if it is the one the key names."""
        place = self._place(key)
        if self._objects is None or place.exists():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        try:
            if self._objects.fetch(self._name(key), part, most=MOST_STORED) and hash_of(part) == key:
                part.replace(place)
        finally:
            part.unlink(missing_ok=True)

    def _make(self, key: str, width: int | None) -> Path | None:
        self._fetch(key)
        original, made = self._place(key), self._place(key, width)
        if width is None or made.exists() or not original.exists():
            return made if made.exists() else None
        with Image.open(original, formats=["WEBP"]) as picture:
            if picture.width <= width:
                return original
            height = max(1, round(picture.height * width / picture.width))
            _write(made, encode(picture.resize((width, height), Image.Resampling.LANCZOS)))
        return made

    def _place(self, key: str, width: int | None = None) -> Path:
        name = f"{key}.webp" if width is None else f"{key}.{width}.webp"
        return self._root / key[:2] / key[2:4] / name


def encode(picture: Image.Image) -> bytes:
    """The picture as WebP, without metadata."""
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return out.getvalue()


def hash_of(file: Path) -> str:
    """SHA-256 of what is in the file."""
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write(place: Path, content: bytes) -> None:
    """Whole or not at all: a reader, or a crash, never meets half a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        with open(part, "xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


async def serve_picture(request: Request) -> Response:
    """GET /media/{key}?w=200|400|800, where `key` is the hash of a stored picture."""
    store: MediaStore = request.app.state.mall.files.pictures
    key, width = request.path_params["key"], request.query_params.get("w")
    if width is not None and width not in map(str, WIDTHS):
        return _refused(400, "BAD_USER_INPUT", "图片宽度须为 200、400 或 800")
    if not KEY.fullmatch(key):
        return _refused(404, "NOT_FOUND", "图片不存在")
    return await _served(request, store, key, width, CACHED)


async def serve_evidence(request: Request) -> Response:
    """GET /evidence/{key}?until=…&sign=…, an address that GraphQL gave to a side of an after-sale case."""
    return await _serve_signed(request, request.app.state.mall.files.evidence, aftersales.check_address)


async def serve_posted(request: Request) -> Response:
    """GET /posted/{key}?until=…&sign=…, an address that GraphQL gave to somebody who may see the picture."""
    return await _serve_signed(request, request.app.state.mall.files.posted, moderation.check_posted_address)


async def _serve_signed(request: Request, store: MediaStore, check: Callable[[str, str, str], None]) -> Response:
    key, asked = request.path_params["key"], request.query_params
    width = asked.get("w")
    try:
        check(key, asked.get("until", ""), asked.get("sign", ""))
    except NotFound as refusal:
        return _refused(404, refusal.code, refusal.message)
    if width is not None and width not in map(str, WIDTHS):
        return _refused(400, "BAD_USER_INPUT", "图片宽度须为 200、400 或 800")
    return await _served(request, store, key, width, PRIVATE)


async def _served(request: Request, store: MediaStore, key: str, width: str | None, cached: str) -> Response:
    try:
        file = await store.file(key, int(width) if width else None)
    except Refusal as refusal:  # the object store gives no answer
        return _refused(503, refusal.code, refusal.message)
    if file is None:
        return _refused(404, "NOT_FOUND", "图片不存在")
    return _answer(request, file, f'"{key[:32]}-{width or "full"}"', cached)


def _answer(request: Request, file: Path, etag: str, cached: str) -> Response:
    headers = {"Cache-Control": cached, "ETag": etag, "X-Content-Type-Options": "nosniff"}
    if etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(file, media_type="image/webp", headers=headers)


def _refused(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
