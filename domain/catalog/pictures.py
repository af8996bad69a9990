"""Stored pictures and where products show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Invalid, UnitOfWork
from domain.statements import ManyBy, OneBy
from models.catalog import Picture, ProductImage

# SHA-256 of a stored picture's bytes.
KEY = re.compile("[0-9a-f]{64}")


IMAGE, PICTURE = ProductImage.__table__.c, Picture.__table__.c


def _shown() -> Select[Any]:
    """Pictures where products show them, with their sizes."""
    shown = select(IMAGE.product_id, IMAGE.position, IMAGE.key, IMAGE.alt, PICTURE.width, PICTURE.height)
    return shown.join(Picture, PICTURE.key == IMAGE.key)


#: Pictures that stand alone (logos, banners, snapshots of orders) and so have no text of their own.
pictures_by_key = OneBy(select(*PICTURE, literal_column("''", String).label("alt")).subquery("alone"), "key")
#: The pictures of each product in order, the first being the cover.
images_by_product = ManyBy(_shown().subquery("images"), "product_id", order_by=("position",))
covers_by_product = OneBy(_shown().where(IMAGE.position == literal_column("0")).subquery("covers"), "product_id")


async def record_picture(
    uow: UnitOfWork, merchant_id: UUID | None, *, key: str, width: int, height: int, byte_size: int
) -> None:
    """Notes a stored picture. One that two shops have uploaded belongs to nobody, so that both may show it."""
    new = insert(Picture).values(key=key, width=width, height=height, byte_size=byte_size, merchant_id=merchant_id)
    owner_differs = Picture.merchant_id.is_distinct_from(merchant_id)
    shared = new.on_conflict_do_update(index_elements=["key"], set_={"merchant_id": None}, where=owner_differs)
    await uow.session.execute(shared)


async def usable(session: AsyncSession, merchant_id: UUID, keys: Sequence[str], *, field: str) -> None:
    """Refuses keys that are no picture, or another shop's."""
    found = await pictures_by_key(session, keys, frozenset({"merchant_id"}))
    allowed = {key for key, row in found.items() if row["merchant_id"] in (None, merchant_id)}
    if missing := [key for key in keys if key not in allowed]:
        raise Invalid(f"图片 {missing[0][:8]} 不存在，请重新上传", field=field)
