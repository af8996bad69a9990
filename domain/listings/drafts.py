"""What somebody has typed of a product so far. The client names the draft, so that saving may be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, Invalid, NotFound, RowDict, TooMany, UnitOfWork, Viewer, clean_text, clock, pick
from models.listings import ListingDraft

MOST_DRAFTS = 50
MOST_BYTES = 65_536
TABLE = ListingDraft.__table__.c


async def save_draft(uow: UnitOfWork, viewer: Viewer, id: UUID, revision: int, title: str, body: str) -> None:
    """Keeps what was typed. An older revision that arrives late changes nothing, and the same one again neither."""
    if not 2 <= len(body.encode("utf-8", "replace")) <= MOST_BYTES or not _is_json(body):
        raise Invalid("草稿内容过大或格式不正确", field="body")
    if not 1 <= revision <= 2**31 - 1:
        raise Invalid("草稿版本不正确", field="revision")
    shop, words = viewer.shop_id, clean_text(title, field="title", most=60, label="商品标题")
    count = select(func.count()).select_from(ListingDraft).where(TABLE.merchant_id == shop, TABLE.id != id)
    if (await uow.session.scalar(count) or 0) >= MOST_DRAFTS:
        raise TooMany(f"草稿最多 {MOST_DRAFTS} 份，请先清理")
    values = {"body": body, "title": words, "revision": revision, "updated_at": clock.now()}
    new = insert(ListingDraft).values(id=id, merchant_id=shop, **values)
    newer = (TABLE.merchant_id == shop) & (TABLE.revision < revision)
    await uow.session.execute(new.on_conflict_do_update(index_elements=["id"], set_=values, where=newer))
    if await uow.session.scalar(select(TABLE.merchant_id).where(TABLE.id == id)) != shop:
        raise NotFound("草稿不存在")


def _is_json(body: str) -> bool:
    try:
        return isinstance(orjson.loads(body), dict)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return False


async def shop_drafts(session: AsyncSession, viewer: Viewer, columns: Columns) -> Sequence[RowDict]:
    """The shop's drafts, the newest first."""
    chosen = select(*pick(ListingDraft, columns, "id")).where(TABLE.merchant_id == viewer.shop_id)
    rows = await session.execute(chosen.order_by(TABLE.updated_at.desc(), TABLE.id).limit(MOST_DRAFTS))
    return [dict(row) for row in rows.mappings()]


async def drop_draft(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Forgets a draft; one that is not there is forgotten already."""
    await uow.session.execute(delete(ListingDraft).where(TABLE.id == id, TABLE.merchant_id == viewer.shop_id))
