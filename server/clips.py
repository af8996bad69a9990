"""Short videos: looked at, stored once under the hash of their bytes, served in parts as players ask for them."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from domain.base import Refusal
from domain.media import ObjectStore, most_bytes
from models.media import UploadKind
from server import boxes
from server.media import CACHED, hash_of

KEY = re.compile(r"[0-9a-f]{64}")
TYPE = "video/mp4"


@dataclass(frozen=True)
class StoredClip:
    """A video as it lies on disk: the SHA-256 of its bytes, its size in pixels and bytes, how long it lasts."""

    key: str
    width: int
    height: int
    byte_size: int
    milliseconds: int


class ClipStore:
    """Videos below `root`, kept in `objects` where there is one; as `MediaStore` keeps pictures."""

    def __init__(self, root: Path, objects: ObjectStore | None = None) -> None:
        self._root = root
        self._objects = objects
        self._fetching = asyncio.Semaphore(2)

    def take(self, file: Path) -> StoredClip:
        """Keeps the video in `file`, without what cameras write beside it; Invalid for anything else. Blocks."""
        film = boxes.look(file)
        key, size = hash_of(file), file.stat().st_size
        place = self._place(key)
        if not place.exists():
            _moved(file, place)
        if self._objects is not None:
            self._objects.put(self._name(key), place, TYPE)
        return StoredClip(key, film.width, film.height, size, film.milliseconds)

    async def file(self, key: str) -> Path | None:
        """The file of a video, fetched from the object store where this machine has none yet."""
        place = self._place(key)
        if place.exists() or self._objects is None:
            return place if place.exists() else None
        async with self._fetching:
            return await asyncio.to_thread(self._fetch, key)

    def _fetch(self, key: str) -> Path | None:
        place = self._place(key)
        if self._objects is None or place.exists():
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        try:
            if not self._objects.fetch(self._name(key), part, most=most_bytes(UploadKind.CLIP)) or hash_of(part) != key:
                return None
            part.replace(place)
            return place
        finally:
            part.unlink(missing_ok=True)

    def _name(self, key: str) -> str:
        return f"{self._root.name}/{key[:2]}/{key}.mp4"

    def _place(self, key: str) -> Path:
        return self._root / key[:2] / f"{key}.mp4"


def _moved(file: Path, place: Path) -> None:
    """Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        shutil.copyfile(file, part)
        with open(part, "rb") as written:
            os.fsync(written.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)


async def serve_clip(request: Request) -> Response:
    """GET /media/clips/{key}.mp4, whole or the range that is asked for."""
    clips: ClipStore = request.app.state.mall.files.clips
    key = request.path_params["key"]
    try:
        file = await clips.file(key) if KEY.fullmatch(key) else None
    except Refusal as refusal:  # the object store gives no answer
        return JSONResponse({"code": refusal.code, "message": refusal.message}, status_code=503)
    if file is None:
        return JSONResponse({"code": "NOT_FOUND", "message": "视频不存在"}, status_code=404)
    headers = {"Cache-Control": CACHED, "ETag": f'"{key[:32]}"', "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, media_type=TYPE, headers=headers)
