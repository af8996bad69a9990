"""Files that people send: a form for the store, then a look at what came, and a place for what is good."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import structlog

from domain import aftersales, catalog, media, moderation
from domain.base import Database, Forbidden, Invalid, Refusal, RowDict, UnitOfWork, Viewer, WrongState
from domain.members.permissions import Permission
from models.media import UploadKind, UploadState
from server.clips import StoredClip
from server.files import Files
from server.media import StoredPicture
from server.pictures import take

log = structlog.get_logger()

# Decoding a large picture takes some 200 MB for a moment: two at a time are enough, whoever else waits.
_decoders = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")


@dataclass(frozen=True)
class Shelf:
    """What becomes of one kind of file: who may send it, how it is kept and noted, and where it is shown."""

    admit: Callable[[Viewer], object]
    keep: Callable[[Path], StoredPicture | StoredClip]
    note: Callable[[UnitOfWork, Viewer, Any], Awaitable[None]]
    url: Callable[[str], str]


class UploadDesk:
    """`schema.base.Uploads` over the object store and the shelves."""

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._objects = files.objects
        self._shelves = shelves(files)

    async def ask(self, viewer: Viewer, kind: UploadKind, byte_size: int, content_type: str) -> dict[str, Any]:
        """Id, form, bound and end of an upload the viewer may now send; nothing was sent or received yet."""
        self._shelf(kind).admit(viewer)
        async with self._database.begin() as uow:
            row = await media.ask(uow, viewer, kind, byte_size, content_type)
        name, ends_at = media.incoming(row["id"]), row["ends_at"]
        form = self._objects.form(name, most=byte_size, content_type=row["content_type"], ends_at=ends_at)
        return {"id": row["id"], "form": form, "most_bytes": byte_size, "ends_at": ends_at}

    async def finish(self, viewer: Viewer, id: UUID) -> media.Received:
        """Keeps the file that was sent, or refuses it for good; asked again, the same answer.

        The file is looked at outside any transaction; of two who finish at once the first to write it down wins, and
        both are told the same: what is kept is named by its content.
        """
        async with self._database.read() as session:
            upload = await media.find(session, viewer, id)
        shelf = self._shelf(upload["kind"])
        shelf.admit(viewer)
        if upload["state"] is UploadState.REFUSED:
            raise Invalid(upload["told"], field="file")
        if upload["state"] is UploadState.STORED:
            return _again(upload, shelf)
        try:
            stored = await self._looked_at(upload, shelf)
        except WrongState:  # there is no file: perhaps because somebody has just finished
            async with self._database.read() as session:
                upload = await media.find(session, viewer, id)
            if upload["state"] is UploadState.STORED:
                return _again(upload, shelf)
            raise
        made = media.Received(stored.key, shelf.url(stored.key), stored.width, stored.height)
        async with self._database.begin() as uow:
            if await media.settle(uow, viewer, id, made) is not None:
                await shelf.note(uow, viewer, stored)
        await self._clear(id)
        return made

    async def _looked_at(self, upload: RowDict, shelf: Shelf) -> StoredPicture | StoredClip:
        try:
            return await asyncio.get_running_loop().run_in_executor(_decoders, self._kept, upload, shelf)
        except Invalid as refusal:
            async with self._database.begin() as uow:
                await media.refuse(uow, upload["id"], refusal.message)
            await self._clear(upload["id"])
            raise

    def _kept(self, upload: RowDict, shelf: Shelf) -> StoredPicture | StoredClip:
        with TemporaryDirectory(prefix="upload-") as folder:
            file = Path(folder) / "file"
            if not self._objects.fetch(media.incoming(upload["id"]), file, most=upload["byte_size"]):
                raise WrongState("文件还没有传完，请重试", field="id")
            return shelf.keep(file)

    async def _clear(self, id: UUID) -> None:
        """What was looked at goes from the store at once; what cannot be deleted now is deleted with the row."""
        try:
            await asyncio.to_thread(self._objects.drop, media.incoming(id))
        except Refusal as refusal:
            log.warning("upload.not_cleared", upload=str(id), error=refusal.message)

    def _shelf(self, kind: UploadKind) -> Shelf:
        return self._shelves[kind]


def _again(upload: RowDict, shelf: Shelf) -> media.Received:
    return media.Received(upload["key"], shelf.url(upload["key"]), upload["width"], upload["height"])


# ------------------------------------------------------------------------------------------------ shelves
def shelves(files: Files) -> dict[UploadKind, Shelf]:
    """Everything people may send, each with its rules."""
    return {
        UploadKind.PRODUCT: Shelf(_shows_goods, lambda file: take(files.pictures, file), _note_picture, media.shown_at),
        UploadKind.EVIDENCE: Shelf(
            aftersales.may_upload, lambda file: take(files.evidence, file), _note_evidence, aftersales.evidence_url
        ),
        UploadKind.POSTED: Shelf(
            moderation.may_post, lambda file: take(files.posted, file), _note_posted, moderation.posted_url
        ),
        UploadKind.CLIP: Shelf(_writes_products, files.clips.take, _note_clip, media.clip_at),
    }


def _shows_goods(viewer: Viewer) -> None:
    """Shops show their goods, the platform its brands and places."""
    if Permission.PLATFORM_CATALOG_WRITE not in viewer.permissions:
        _writes_products(viewer)


def _writes_products(viewer: Viewer) -> None:
    if Permission.MERCHANT_PRODUCTS_WRITE not in viewer.permissions:
        raise Forbidden("没有权限上传图片")


async def _note_picture(uow: UnitOfWork, viewer: Viewer, stored: StoredPicture) -> None:
    await catalog.record_picture(uow, viewer.merchant_id, **vars(stored))


async def _note_clip(uow: UnitOfWork, viewer: Viewer, stored: StoredClip) -> None:
    await catalog.record_clip(uow, viewer.shop_id, **vars(stored))


async def _note_evidence(uow: UnitOfWork, viewer: Viewer, stored: StoredPicture) -> None:
    await aftersales.record_evidence(uow, viewer, **vars(stored))


async def _note_posted(uow: UnitOfWork, viewer: Viewer, stored: StoredPicture) -> None:
    await moderation.record_posted(uow, viewer, **vars(stored))
