"""Uploads from the asking to the end.

Asked for, a file may be posted to the store for a quarter of an hour. Finished, it is kept or refused once; whoever
asks again hears the same. After some hours nobody asks any more: the row goes, and whatever still lies in the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Invalid, NotFound, RowDict, TooMany, UnitOfWork, Viewer, WrongState, clock
from domain.media.port import Received
from models.base import new_id
from models.media import Upload, UploadKind, UploadState

TABLE = Upload.__table__.c
GOOD_FOR = timedelta(minutes=15)
KEPT = timedelta(hours=3)
# Of one person, not yet finished: a phone that is sent away with a full shop, and no more.
MOST_OPEN = 60
MOST_OPEN_BYTES = 256 * 1024 * 1024
PICTURES = ("image/jpeg", "image/png", "image/webp")
TYPES: Mapping[UploadKind, tuple[str, ...]] = {
    UploadKind.PRODUCT: PICTURES,
    UploadKind.EVIDENCE: PICTURES,
    UploadKind.POSTED: PICTURES,
    UploadKind.CLIP: ("video/mp4", "video/quicktime"),
}


def most_bytes(kind: UploadKind) -> int:
    return (50 if kind is UploadKind.CLIP else 8) * 1024 * 1024


async def ask(uow: UnitOfWork, viewer: Viewer, kind: UploadKind, byte_size: int, content_type: str) -> RowDict:
    """Notes that the viewer will send a file; whether he may send this kind was asked before."""
    said = content_type.partition(";")[0].strip().lower()
    if said not in TYPES[kind]:
        what = "MP4 视频" if kind is UploadKind.CLIP else "JPEG、PNG 或 WebP 图片"
        raise Invalid(f"请上传 {what}", field="contentType")
    most = most_bytes(kind)
    if byte_size > most:
        what = "视频" if kind is UploadKind.CLIP else "图片"
        raise Invalid(f"{what}不能超过 {most // 1024 // 1024} MB", field="byteSize")
    if byte_size <= 0:
        raise Invalid("文件是空的，请重新选择", field="byteSize")
    await _may_open(uow, viewer, byte_size)
    row = {"id": new_id(), "kind": kind, "owner_kind": viewer.actor, "owner_id": viewer.id, "content_type": said}
    row |= {"byte_size": byte_size, "ends_at": clock.now() + GOOD_FOR, "created_at": clock.now()}
    await uow.session.execute(insert(Upload).values(row))
    return row


async def _may_open(uow: UnitOfWork, viewer: Viewer, byte_size: int) -> None:
    """Of two who ask at once with one account the second waits, or both would find room for the last file."""
    await uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"uploads:{viewer.id}", 0))))
    waiting = select(func.count(), func.coalesce(func.sum(TABLE.byte_size), 0)).where(
        TABLE.owner_id == viewer.id, TABLE.state == UploadState.WAITING, TABLE.ends_at > clock.now()
    )
    count, held = (await uow.session.execute(waiting)).one()
    if count >= MOST_OPEN or held + byte_size > MOST_OPEN_BYTES:
        raise TooMany("还有很多文件没有传完，请稍后再试")


async def find(session: AsyncSession, viewer: Viewer, id: UUID, *, lock: bool = False) -> RowDict:
    """An upload of the viewer's own; NotFound for anybody else's, and for one that is long over."""
    mine = select(*TABLE).where(TABLE.id == id, TABLE.owner_id == viewer.id, TABLE.owner_kind == viewer.actor)
    found = (await session.execute(mine.with_for_update() if lock else mine)).mappings().one_or_none()
    if found is None:
        raise NotFound("上传已过期，请重新选择文件", field="id")
    return dict(found)


async def settle(uow: UnitOfWork, viewer: Viewer, id: UUID, made: Received) -> RowDict | None:
    """Writes down what became of the file. None when somebody else finished it meanwhile: that end holds."""
    upload = await find(uow.session, viewer, id, lock=True)
    if upload["state"] is UploadState.REFUSED:
        raise WrongState("这个文件已被拒绝，请重新上传", field="id")
    if upload["state"] is UploadState.STORED:
        return None
    stored = {"state": UploadState.STORED, "key": made.key, "width": made.width, "height": made.height}
    await uow.session.execute(update(Upload).where(TABLE.id == id).values(stored))
    return upload


async def refuse(uow: UnitOfWork, id: UUID, told: str) -> None:
    """A file that is not what it should be; one that was kept stays kept."""
    waiting = update(Upload).where(TABLE.id == id, TABLE.state == UploadState.WAITING)
    await uow.session.execute(waiting.values(state=UploadState.REFUSED, told=told[:200]))


# ------------------------------------------------------------------------------------------------ by itself
async def outdated(session: AsyncSession, *, most: int = 200) -> list[UUID]:
    """Uploads nobody asks about any more, whatever became of them."""
    old = select(TABLE.id).where(TABLE.created_at < clock.now() - KEPT).order_by(TABLE.created_at).limit(most)
    return list(await session.scalars(old))


async def forget(uow: UnitOfWork, id: UUID) -> None:
    """Forgets an upload whose file is gone from the store; again it changes nothing."""
    await uow.session.execute(delete(Upload).where(TABLE.id == id, TABLE.created_at < clock.now() - KEPT))
