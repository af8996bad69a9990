"""POST /uploads/images: a picture from a shop's staff, decoded, shrunk and written anew as WebP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TypeAlias
from uuid import UUID

from PIL import Image, ImageCms, ImageOps
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from domain import aftersales, catalog, moderation
from domain.base import Forbidden, Invalid, Refusal, Unauthenticated, UnitOfWork, Viewer, ViewerKind
from domain.members.permissions import Permission
from server import sniffing
from server.budgets import throttled
from server.media import MediaStore, StoredPicture, encode
from server.refusing import RequestRefused
from server.services import Mall

MOST_BYTES = 8 * 1024 * 1024
# The frame of a multipart body around the picture: boundary, headers, a short field or two.
FRAME = 64 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
# Notes a stored picture on somebody's behalf; answers its address.
Record: TypeAlias = Callable[[UnitOfWork, Viewer, StoredPicture], Awaitable[str]]
STATUS = {Unauthenticated: 401, Forbidden: 403}


class TooLarge(Invalid):
    """More bytes than a picture may have."""

    code = "TOO_LARGE"


# Pictures of one person: a whole shop at once, then one every two seconds.
MOST_PICTURES, SECONDS_EACH = 60, 2.0

# Decoding a large picture takes some 200 MB for a moment: two at a time are enough, whoever else waits.
_decoders = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")


async def upload_image(request: Request) -> Response:
    """Takes a form with the picture in `file`, or the picture as the body; answers {key, url, width, height}."""
    mall: Mall = request.app.state.mall

    async def record(uow: UnitOfWork, viewer: Viewer, stored: StoredPicture) -> str:
        await catalog.record_picture(uow, _shop_of(viewer), **vars(stored))
        return f"/media/{stored.key}"

    return await _take(request, mall.media, _shop_of, record)


async def upload_evidence(request: Request) -> Response:
    """The same for an after-sale case: from a member, or from staff who deal with cases; `url` is good for an hour."""
    mall: Mall = request.app.state.mall

    async def record(uow: UnitOfWork, viewer: Viewer, stored: StoredPicture) -> str:
        await aftersales.record_evidence(uow, viewer, **vars(stored))
        return aftersales.evidence_url(stored.key)

    return await _take(request, mall.evidence, _claimant, record)


async def upload_posted(request: Request) -> Response:
    """The same for what is shown to others once it is checked: a review, a post; `url` is good for an hour."""
    mall: Mall = request.app.state.mall

    async def record(uow: UnitOfWork, viewer: Viewer, stored: StoredPicture) -> str:
        await moderation.record_posted(uow, viewer, **vars(stored))
        return moderation.posted_url(stored.key)

    return await _take(request, mall.posted, _poster, record)


async def _take(request: Request, store: MediaStore, admit: Callable[[Viewer], UUID], record: Record) -> Response:
    mall: Mall = request.app.state.mall
    try:
        viewer, _ = await mall.viewers.of(request.headers.get("Authorization", ""))
        admit(viewer)
        await slowly(mall, viewer)
        content = await _content(request)
        stored = await asyncio.get_running_loop().run_in_executor(_decoders, _store, store, content)
        async with mall.database.begin() as uow:
            url = await record(uow, viewer, stored)
    except Refusal as refusal:
        return refused(refusal)
    except RequestRefused as turned:
        return turned_away(turned)
    except ClientDisconnect:
        return Response(status_code=499)
    return JSONResponse(_told(stored, url), status_code=201)


def _claimant(viewer: Viewer) -> UUID:
    if viewer.kind is ViewerKind.ANONYMOUS:
        raise Unauthenticated("请先登录")
    return aftersales.may_upload(viewer)


def _poster(viewer: Viewer) -> UUID:
    if viewer.kind is ViewerKind.ANONYMOUS:
        raise Unauthenticated("请先登录")
    return moderation.may_post(viewer)


def _shop_of(viewer: Viewer) -> UUID:
    if viewer.kind is ViewerKind.ANONYMOUS:
        raise Unauthenticated("请先登录")
    if Permission.MERCHANT_PRODUCTS_WRITE not in viewer.permissions:
        raise Forbidden("没有权限上传图片")
    return viewer.shop_id


async def slowly(mall: Mall, viewer: Viewer) -> None:
    """Refuses one picture too many before any of it is read."""
    factor = mall.settings.rate_factor
    rates = {"per_second": factor / SECONDS_EACH, "burst": MOST_PICTURES * factor}
    taken = await mall.rates.take(f"uploadImage:{viewer.kind}:{viewer.id}", 1, **rates)
    if not taken.ok:
        raise throttled(taken)


async def _content(request: Request) -> bytes:
    """The picture's bytes, from a form or the bare body."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        content = await _from_form(request)
    else:
        content = b"".join([chunk async for chunk in _counted(request, MOST_BYTES)])
    if not content:
        raise Invalid("请选择一张图片", field="file")
    if len(content) > MOST_BYTES:
        raise _too_large()
    return content


async def _from_form(request: Request) -> bytes:
    parser = MultiPartParser(request.headers, _counted(request, MOST_BYTES + FRAME), max_files=1, max_fields=4)
    try:
        form = await parser.parse()
    except (MultiPartException, ValueError, KeyError):
        raise Invalid("上传内容格式不正确", field="file") from None
    try:
        file = form.get("file")
        return await file.read() if isinstance(file, UploadFile) else b""
    finally:
        await form.close()


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
            raise _too_large()
        yield chunk


def _too_large() -> TooLarge:
    return TooLarge(f"图片不能超过 {MOST_BYTES // 1024 // 1024} MB", field="file")


def _store(media: MediaStore, content: bytes) -> StoredPicture:
    return media.put(encode(normalised(content)))


def normalised(content: bytes) -> Image.Image:
    """The picture upright, in sRGB, at most 1600 pixels long; Invalid for what is no JPEG, PNG or WebP, or more."""
    kind = sniffing.check(content)
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_wide()
            # JPEG can be decoded at a fraction of its size; a no-op for the other formats.
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = _in_srgb(ImageOps.exif_transpose(picture))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            return upright
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_wide() from None
    except (OSError, ValueError, SyntaxError):
        # Pillow's decoders tell of broken files in all of these ways.
        raise Invalid("无法识别的图片，请上传 JPEG、PNG 或 WebP", field="file") from None


def _too_wide() -> Invalid:
    return Invalid("图片尺寸过大，最多 4000 万像素", field="file")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The pixels as sRGB: the colour profile is dropped with the rest of the metadata, so it is applied first."""
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if profile and picture.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
        except ImageCms.PyCMSError:
            pass  # a broken profile: the colours are taken as they stand
    return picture.convert("RGBA" if has_alpha else "RGB")


def _told(stored: StoredPicture, url: str) -> dict[str, object]:
    return {"key": stored.key, "url": url, "width": stored.width, "height": stored.height}


def refused(refusal: Refusal) -> Response:
    status = 413 if isinstance(refusal, TooLarge) else STATUS.get(type(refusal), 400)
    return JSONResponse({"code": refusal.code, "message": refusal.message}, status_code=status)


def turned_away(turned: RequestRefused) -> Response:
    told = {"code": turned.code, "message": turned.message}
    return JSONResponse(told, status_code=turned.status, headers={"retry-after": f"{turned.retry_after:.0f}"})
