"""Stored pictures and where products show them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, Invalid, RowDict, UnitOfWork, among, pick, rows_by
from models.catalog import Picture, ProductImage

# SHA-256 of a stored picture's bytes.
KEY = re.compile("[0-9a-f]{64}")


async def pictures_by_key(session: AsyncSession, keys: Sequence[str], columns: Columns) -> Mapping[str, RowDict]:
    """Pictures that stand alone (logos, banners, snapshots of orders) and so have no text of their own."""
    rows = await rows_by(session, Picture, keys, columns, key="key")
    return {key: {**row, "alt": ""} for key, row in rows.items()}


async def images_by_product(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """The pictures of each product in order, the first being the cover."""
    found: defaultdict[UUID, list[RowDict]] = defaultdict(list)
    for row in await _shown(session, keys, columns):
        found[row["product_id"]].append(row)
    return found


async def covers_by_product(session: AsyncSession, keys: Sequence[UUID], columns: Columns) -> Mapping[UUID, RowDict]:
    rows = await _shown(session, keys, columns, ProductImage.position == 0)
    return {row["product_id"]: row for row in rows}


async def _shown(
    session: AsyncSession, keys: Sequence[UUID], columns: Columns, *where: ColumnElement[bool]
) -> list[RowDict]:
    own = pick(ProductImage, columns, "product_id")
    sizes = pick(Picture, columns & {"width", "height"})
    chosen = select(*own, *sizes).select_from(ProductImage)
    if sizes:
        chosen = chosen.join(Picture, Picture.key == ProductImage.key)
    chosen = chosen.where(among(ProductImage, "product_id", keys), *where)
    chosen = chosen.order_by(ProductImage.product_id, ProductImage.position)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


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
    found = await rows_by(session, Picture, keys, frozenset({"merchant_id"}), key="key")
    allowed = {key for key, row in found.items() if row["merchant_id"] in (None, merchant_id)}
    if missing := [key for key in keys if key not in allowed]:
        raise Invalid(f"图片 {missing[0][:8]} 不存在，请重新上传", field=field)
