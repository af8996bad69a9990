"""Channels: places where posters hang, each with a scene code of its own."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from domain import audit
from domain.base import Conflict, NotFound, TooMany, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.referrals.scenes import CHANNEL, new_code
from models.base import new_id
from models.referrals import Channel

# That are not closed.
MOST_OPEN = 500


async def open_channel(uow: UnitOfWork, viewer: Viewer, name: str, note: str = "") -> UUID:
    """A new channel; Conflict when there is one of that name."""
    name = clean_text(name, field="name", least=2, most=40, label="渠道名称")
    note = clean_text(note, field="note", most=200, label="备注")
    open_ones = select(CHANNEL.id).where(CHANNEL.closed_at.is_(None)).limit(MOST_OPEN)
    if len((await uow.session.scalars(open_ones)).all()) >= MOST_OPEN:
        raise TooMany(f"未停用的渠道最多 {MOST_OPEN} 个，请先停用不用的")
    id = new_id()
    row = {"id": id, "name": name, "note": note, "code": new_code(), "created_at": clock.now()}
    try:
        await uow.session.execute(insert(Channel).values(row | {"created_by": viewer.name[:60] or "系统"}))
    except IntegrityError as error:
        if "uq_channels_name" not in str(error.orig):
            raise
        raise Conflict("已有同名渠道，请换一个名称", field="name") from None
    await audit.record(uow, viewer, "channel.open", "channel", id, {"name": name})
    return id


async def close_channel(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """From now on nobody is counted as coming by it; who came before stays counted."""
    closed = update(Channel).where(CHANNEL.id == id, CHANNEL.closed_at.is_(None)).values(closed_at=clock.now())
    row = (await uow.session.execute(closed.returning(CHANNEL.name))).first()
    if row is None:
        if await uow.session.scalar(select(CHANNEL.id).where(CHANNEL.id == id)) is None:
            raise NotFound("渠道不存在")
        raise WrongState("渠道已停用")
    await audit.record(uow, viewer, "channel.close", "channel", id, {"name": row.name})
