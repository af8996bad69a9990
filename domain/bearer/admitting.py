"""Who may bind, give and take."""

from __future__ import annotations

from sqlalchemy import select

from domain.base import Forbidden, NotFound, UnitOfWork, Viewer
from models.members import Member


async def admit(uow: UnitOfWork, viewer: Viewer) -> None:
    """One thing of a member at a time; members are locked first, as everywhere."""
    mine = select(Member.blocked_at).where(Member.id == viewer.member_id).with_for_update(key_share=True)
    row = (await uow.session.execute(mine)).first()
    if row is None:
        raise NotFound("用户不存在")
    if row.blocked_at is not None:
        raise Forbidden("账号已被限制，请联系客服")
