"""Pictures people upload to show them to others.

They are served by signed addresses that end within two hours, so what the platform takes away is gone, and what waits
for its check is seen by its author and by whoever checks it.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.base import Forbidden, Invalid, NotFound, UnitOfWork, Viewer, ViewerKind, among, clock
from domain.crypto import vault
from domain.members.permissions import Permission
from models.moderation import PostedPicture

MOST_PICTURES = 9
KEY = re.compile("[0-9a-f]{64}")
# An address is good for one to two hours, so that it stays the same while a page is looked at.
GOOD_FOR = timedelta(hours=1)
PURPOSE = "posted"
TABLE = PostedPicture.__table__.c


def may_post(viewer: Viewer) -> UUID:
    """The id of somebody who may upload pictures to show: a member, or staff of a shop who speak for it."""
    speaks = viewer.kind is ViewerKind.MERCHANT and Permission.MERCHANT_REVIEWS in viewer.permissions
    if viewer.kind is ViewerKind.MEMBER or speaks:
        assert viewer.id is not None
        return viewer.id
    raise Forbidden("没有权限上传图片")


async def record_posted(uow: UnitOfWork, viewer: Viewer, *, key: str, width: int, height: int, byte_size: int) -> None:
    """Notes an uploaded picture; the same one again changes nothing."""
    row = {"key": key, "uploader_id": may_post(viewer), "width": width, "height": height, "byte_size": byte_size}
    await uow.session.execute(upsert(PostedPicture).values(row | {"created_at": clock.now()}).on_conflict_do_nothing())


async def own_pictures(uow: UnitOfWork, viewer: Viewer, keys: Sequence[str]) -> list[dict[str, object]]:
    """Key, width and height of the viewer's own uploads, in this order. Invalid for too many, twice the same, or
    somebody else's."""
    if not keys:
        return []
    if len(keys) > MOST_PICTURES or len(set(keys)) != len(keys):
        raise Invalid(f"最多上传 {MOST_PICTURES} 张不同的图片", field="pictures")
    chosen = select(TABLE.key, TABLE.width, TABLE.height)
    mine = chosen.where(among(PostedPicture, "key", keys), TABLE.uploader_id == viewer.id)
    found = {row["key"]: dict(row) for row in (await uow.session.execute(mine)).mappings()}
    if missing := [key for key in keys if key not in found]:
        raise Invalid(f"图片 {missing[0][:8]} 不存在，请重新上传", field="pictures")
    return [found[key] for key in keys]


# ------------------------------------------------------------------------------------------------ addresses
def posted_url(key: str) -> str:
    """The picture's address on this host, good for a while for whoever has it; takes `&w=200|400|800`."""
    hours = int(clock.now().timestamp() // GOOD_FOR.total_seconds()) + 2
    return f"/posted/{key}?until={hours}&sign={_signed(key, hours)}"


def check_posted_address(key: str, until: str, sign: str) -> None:
    """NotFound unless the address was given out here and is still good."""
    if not (KEY.fullmatch(key) and until.isascii() and until.isdigit() and len(until) < 12):
        raise NotFound("图片不存在")
    ends = datetime.fromtimestamp(int(until) * GOOD_FOR.total_seconds(), clock.now().tzinfo)
    if not hmac.compare_digest(sign.encode(), _signed(key, int(until)).encode()) or clock.now() >= ends:
        raise NotFound("图片不存在或链接已过期")


def _signed(key: str, hours: int) -> str:
    return vault.index(f"{key}:{hours}", purpose=PURPOSE).hex()
