"""The built front ends: what lies in `assets` is packed once when it is built, and kept by browsers for ever."""

from __future__ import annotations

import gzip
import mimetypes
import os
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import Scope

# Below this a packed file saves no packet.
LEAST = 500
PACKED = (".js", ".css", ".svg")


def pack(folder: Path) -> None:
    """Writes a `.gz` beside each text of a build's `assets`: no request waits while half a megabyte is packed."""
    for file in folder.rglob("assets/*"):
        if file.suffix in PACKED and file.stat().st_size >= LEAST:
            # Without a time in it the same text is packed into the same bytes.
            Path(f"{file}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


class Built(StaticFiles):
    """A built front end: what lies in `assets` has its hash in its name and never changes, the rest may at any time.

    What is packed is known from the start: a request asks no disk for it.
    """

    def __init__(self, *, directory: Path, html: bool = False) -> None:
        super().__init__(directory=directory, html=html)
        found = Path(directory).resolve().rglob("assets/*.gz")
        self._packed = {os.path.realpath(file): file.stat() for file in found}

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        fixed = path.startswith("assets/") and response.status_code in (200, 304)
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
        return response

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        asked = Headers(scope=scope)
        packed = f"{full_path}.gz"
        stat = self._packed.get(packed)
        if stat is None or not _takes_gzip(asked.get("accept-encoding", "")):
            return super().file_response(full_path, stat_result, scope, status_code)
        kind = mimetypes.guess_type(full_path)[0]
        headers = {"content-encoding": "gzip", "vary": "Accept-Encoding"}
        response = FileResponse(packed, status_code, headers, kind, stat_result=stat)
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, asked) else response


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding names gzip and does not refuse it: `gzip;q=0` is a no."""
    for offer in accepted.lower().split(","):
        name, _, weight = offer.partition(";")
        if name.strip() == "gzip":
            _, _, value = weight.partition("=")
            return not value.strip() or value.strip().strip("0.") != ""
    return False
