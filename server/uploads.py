"""POST /uploads/incoming/{id}: where files are sent when the mall keeps them in a folder; and what uploads share."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from domain.base import Forbidden, Invalid, NotFound, Refusal, Unauthenticated, Viewer
from integrations.objects.folder import check_form
from server.budgets import throttled
from server.refusing import RequestRefused
from server.services import Mall

# The frame of a multipart body around the file: boundary, headers, a short field or two.
FRAME = 64 * 1024
STATUS = {Unauthenticated: 401, Forbidden: 403, NotFound: 404}


class TooLarge(Invalid):
    """More bytes than were allowed."""

    code = "TOO_LARGE"


# Tables of one person: some at once, then one every two seconds.
MOST_AT_ONCE, SECONDS_EACH = 60, 2.0


async def receive(request: Request) -> Response:
    """Takes a form with one file in `file`, at an address that `requestUpload` gave out; 201 and nothing else.

    Who sends it is of no account: the address says what may be sent, and until when.
    """
    mall: Mall = request.app.state.mall
    name, asked = f"incoming/{request.path_params['id']}", request.query_params
    try:
        most = check_form(name, asked.get("most", ""), asked.get("until", ""), asked.get("sign", ""))
        with TemporaryDirectory(prefix="upload-") as folder:
            file = Path(folder) / "file"
            await _from_form(request, file, most)
            await asyncio.to_thread(mall.files.objects.put, name, file, "application/octet-stream")
    except Refusal as refusal:
        return refused(refusal)
    except ClientDisconnect:
        return Response(status_code=499)
    return Response(status_code=201)


async def _from_form(request: Request, to: Path, most: int) -> None:
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise Invalid("上传内容格式不正确", field="file")
    parser = MultiPartParser(request.headers, _counted(request, most + FRAME), max_files=1, max_fields=4)
    try:
        form = await parser.parse()
    except (MultiPartException, ValueError, KeyError):
        raise Invalid("上传内容格式不正确", field="file") from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.size:
            raise Invalid("请选择一个文件", field="file")
        if file.size > most:
            raise TooLarge(f"文件不能超过 {most} 字节", field="file")
        await asyncio.to_thread(_copied, file.file, to)
    finally:
        await form.close()


def _copied(sent: BinaryIO, to: Path) -> None:
    with open(to, "wb") as out:
        shutil.copyfileobj(sent, out)


async def slowly(mall: Mall, viewer: Viewer) -> None:
    """Refuses one table too many before any of it is read."""
    factor = mall.settings.rate_factor
    rates = {"per_second": factor / SECONDS_EACH, "burst": MOST_AT_ONCE * factor}
    taken = await mall.rates.take(f"uploadTable:{viewer.kind}:{viewer.id}", 1, **rates)
    if not taken.ok:
        raise throttled(taken)


async def whole_body(request: Request, most: int, told: str) -> bytes:
    """The bare body, refused with `told` at the first byte too many."""
    try:
        return b"".join([chunk async for chunk in _counted(request, most)])
    except TooLarge:
        raise TooLarge(told, field="file") from None


async def _counted(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body as it arrives, refused at the first byte too many: what a header claims of its length is no matter."""
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > most:
            raise TooLarge("文件超过了允许的大小", field="file")
        yield chunk


def refused(refusal: Refusal) -> Response:
    status = 413 if isinstance(refusal, TooLarge) else STATUS.get(type(refusal), 400)
    return JSONResponse({"code": refusal.code, "message": refusal.message}, status_code=status)


def turned_away(turned: RequestRefused) -> Response:
    told = {"code": turned.code, "message": turned.message}
    return JSONResponse(told, status_code=turned.status, headers={"retry-after": f"{turned.retry_after:.0f}"})
