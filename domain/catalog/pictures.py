"""Stored pictures and where products show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, SmallInteger, String, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Invalid, UnitOfWork
from domain.statements import ManyBy, OneBy
from models.catalog import Clip, Picture, ProductImage

# SHA-256 of a stored picture's bytes.
KEY = re.compile("[0-9a-f]{64}")


IMAGE, PICTURE = ProductImage.__table__.c, Picture.__table__.c


def _shown() -> Select[Any]:
    """Pictures where products show them, with their sizes."""
    own = (IMAGE.product_id, IMAGE.position, IMAGE.key, IMAGE.alt, IMAGE.focus_x, IMAGE.focus_y)
    shown = select(*own, PICTURE.width, PICTURE.height)
    return shown.join(Picture, PICTURE.key == IMAGE.key)


#: Pictures that stand alone (logos, banners, snapshots of orders) and so have no text of their own.
_ALONE = (
    literal_column("''", String).label("alt"),
    literal_column("500", SmallInteger).label("focus_x"),
    literal_column("500", SmallInteger).label("focus_y"),
)
pictures_by_key = OneBy(select(*PICTURE, *_ALONE).subquery("alone"), "key")
clips_by_key = OneBy(Clip.__table__, "key")
#: The pictures of each product in order, the first being the cover.
images_by_product = ManyBy(_shown().subquery("images"), "product_id", order_by=("position",))
covers_by_product = OneBy(_shown().where(IMAGE.position == literal_column("0")).subquery("covers"), "product_id")


async def record_picture(
    uow: UnitOfWork, merchant_id: UUID | None, *, key: str, width: int, height: int, byte_size: int
) -> None:
    """Notes a stored picture. One that two shops have uploaded belongs to nobody, so that both may show it."""
    await _record(uow, Picture, merchant_id, {"key": key, "width": width, "height": height, "byte_size": byte_size})


async def record_clip(
    uow: UnitOfWork, merchant_id: UUID | None, *, key: str, width: int, height: int, byte_size: int, milliseconds: int
) -> None:
    """The same for a stored short video."""
    row = {"key": key, "width": width, "height": height, "byte_size": byte_size, "milliseconds": milliseconds}
    await _record(uow, Clip, merchant_id, row)


async def _record(
    uow: UnitOfWork, kept: type[Picture] | type[Clip], merchant_id: UUID | None, row: dict[str, Any]
) -> None:
    new = insert(kept).values(row | {"merchant_id": merchant_id})
    owner_differs = kept.merchant_id.is_distinct_from(merchant_id)
    shared = new.on_conflict_do_update(index_elements=["key"], set_={"merchant_id": None}, where=owner_differs)
    await uow.session.execute(shared)


async def usable_clip(session: AsyncSession, merchant_id: UUID, key: str) -> None:
    """Refuses a key that is no video, or another shop's."""
    found = (await clips_by_key(session, [key], frozenset({"merchant_id"}))).get(key) if KEY.fullmatch(key) else None
    if found is None or found["merchant_id"] not in (None, merchant_id):
        raise Invalid("视频不存在，请重新上传", field="clip")


async def usable(session: AsyncSession, merchant_id: UUID | None, keys: Sequence[str], *, field: str) -> None:
    """Refuses keys that are no picture, or a shop's that is another one; of no shop: only what is the platform's."""
    found = await pictures_by_key(session, keys, frozenset({"merchant_id"}))
    allowed = {key for key, row in found.items() if row["merchant_id"] in (None, merchant_id)}
    if missing := [key for key in keys if key not in allowed]:
        raise Invalid(f"图片 {missing[0][:8]} 不存在，请重新上传", field=field)
