"""Pictures in cases: they lie apart from those of the shop, and only the three sides are given addresses of them."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, insert, select, tuple_
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Forbidden, Invalid, NotFound, UnitOfWork, Viewer, ViewerKind, among, clock
from domain.crypto import vault
from domain.members.permissions import Permission
from domain.statements import ManyBy
from models.aftersales import EvidencePicture, MessagePicture

MOST_PICTURES = 9
KEY = re.compile("[0-9a-f]{64}")
# An address is good for one to two hours, so that it stays the same while a page is looked at.
GOOD_FOR = timedelta(hours=1)
# Whoever fills in a claim hangs a picture on it the same day.
KEPT_LOOSE = timedelta(days=1)
PURPOSE = "evidence"

STAFF = {
    ViewerKind.MERCHANT: Permission.MERCHANT_AFTERSALES,
    ViewerKind.PLATFORM: Permission.PLATFORM_AFTERSALES,
}

#: The pictures of each message, in order.
pictures_by_message = ManyBy(
    MessagePicture.__table__, "message_id", order_by=("position",), always=frozenset({"key", "width", "height"})
)


def may_upload(viewer: Viewer) -> UUID:
    """The id of somebody who may upload evidence: a member, or staff who deal with cases."""
    permission = STAFF.get(viewer.kind)
    if viewer.kind is ViewerKind.MEMBER or (permission is not None and permission in viewer.permissions):
        assert viewer.id is not None
        return viewer.id
    raise Forbidden("没有权限上传凭证图片")


async def record_evidence(
    uow: UnitOfWork, viewer: Viewer, *, key: str, width: int, height: int, byte_size: int
) -> None:
    """Notes an uploaded picture; the same one again counts as uploaded now."""
    row = {"key": key, "uploader_id": may_upload(viewer), "width": width, "height": height, "byte_size": byte_size}
    new = upsert(EvidencePicture).values(row | {"created_at": clock.now()})
    now = {"created_at": new.excluded.created_at}
    await uow.session.execute(new.on_conflict_do_update(index_elements=["key", "uploader_id"], set_=now))


async def attach(uow: UnitOfWork, viewer: Viewer, message_id: UUID, keys: Sequence[str]) -> None:
    """Hangs the viewer's own uploads on a message. Invalid for too many, twice the same, or somebody else's."""
    if not keys:
        return
    found = await _own(uow.session, viewer, keys)
    rows = [{"message_id": message_id, "position": place, **found[key]} for place, key in enumerate(keys)]
    await uow.session.execute(insert(MessagePicture), rows)


async def _own(session: AsyncSession, viewer: Viewer, keys: Sequence[str]) -> dict[str, dict[str, object]]:
    if len(keys) > MOST_PICTURES or len(set(keys)) != len(keys):
        raise Invalid(f"最多上传 {MOST_PICTURES} 张不同的图片", field="pictures")
    table = EvidencePicture.__table__.c
    chosen = select(table.key, table.width, table.height).where(among(EvidencePicture, "key", keys))
    # Held until they hang, so that nobody tidies them away meanwhile.
    held = chosen.where(_by(viewer)).order_by(table.key).with_for_update(read=True)
    found = {row["key"]: dict(row) for row in (await session.execute(held)).mappings()}
    if missing := [key for key in keys if key not in found]:
        raise Invalid(f"图片 {missing[0][:8]} 不存在，请重新上传", field="pictures")
    return found


async def forget_loose(uow: UnitOfWork, *, most: int = 200) -> list[str]:
    """Forgets pictures that have hung on nothing for a day; answers the keys of which nobody knows any more."""
    table, hung = EvidencePicture.__table__.c, MessagePicture.__table__.c
    old = select(table.key, table.uploader_id).where(table.created_at < clock.now() - KEPT_LOOSE)
    loose = old.where(~exists().where(hung.key == table.key)).order_by(table.key, table.uploader_id)
    rows = (await uow.session.execute(loose.limit(most).with_for_update(skip_locked=True))).all()
    if not rows:
        return []
    # Looked at again under the lock: one may just have been hung up.
    mine = tuple_(table.key, table.uploader_id).in_([tuple(row) for row in rows])
    gone = delete(EvidencePicture).where(mine, ~exists().where(hung.key == table.key)).returning(table.key)
    keys = set((await uow.session.scalars(gone)).all())
    known = await uow.session.scalars(select(table.key).where(table.key.in_(keys)))
    return sorted(keys - set(known))


def _by(viewer: Viewer) -> ColumnElement[bool]:
    return EvidencePicture.__table__.c.uploader_id == viewer.id


# ------------------------------------------------------------------------------------------------ addresses
def evidence_url(key: str) -> str:
    """The picture's address on this host, good for a while for whoever has it; takes `&w=200|400|800`."""
    hours = int(clock.now().timestamp() // GOOD_FOR.total_seconds()) + 2
    return f"/evidence/{key}?until={hours}&sign={_signed(key, hours)}"


def check_address(key: str, until: str, sign: str) -> None:
    """NotFound unless the address was given out here and is still good."""
    if not (KEY.fullmatch(key) and until.isascii() and until.isdigit() and len(until) < 12):
        raise NotFound("图片不存在")
    ends = datetime.fromtimestamp(int(until) * GOOD_FOR.total_seconds(), clock.now().tzinfo)
    if not hmac.compare_digest(sign.encode(), _signed(key, int(until)).encode()) or clock.now() >= ends:
        raise NotFound("图片不存在或链接已过期")


def _signed(key: str, hours: int) -> str:
    return vault.index(f"{key}:{hours}", purpose=PURPOSE).hex()
