"""The 小程序码 of a scene: asked of WeChat once, outside of any transaction, and kept as a picture.

WeChat makes as many as it is asked for and forgets them, so a lost answer costs nothing but asking again; of two who
ask at once both pictures lead to the same place, and the one that is written first is shown.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import select, update

from domain import catalog
from domain.base import Database, NotFound, UnitOfWork, Viewer
from domain.referrals.scenes import CHANNEL, INVITER, Scene, SceneKind
from models.referrals import Channel, Inviter

# Where a code leads: the page in which the invited one reads who invites, and the home page.
PAGES = {SceneKind.INVITER: "pkg-invite/landing/landing", SceneKind.CHANNEL: "pages/home/home"}


@dataclass(frozen=True)
class Kept:
    """A picture that was stored."""

    key: str
    width: int
    height: int
    byte_size: int


class Coder(Protocol):
    """Who makes the codes. Unavailable when there is no answer."""

    async def code_of(self, scene: str, page: str) -> bytes:
        """The picture of a 小程序码, in whatever format WeChat chose."""
        ...


Keep = Callable[[bytes], Awaitable[Kept]]


async def picture_of_member(database: Database, coder: Coder, keep: Keep, viewer: Viewer) -> str:
    """The key of the picture of the member's own code; NotFound before the member has asked for a code."""
    async with database.read() as session:
        chosen = select(INVITER.code, INVITER.picture_key).where(INVITER.member_id == viewer.member_id)
        row = (await session.execute(chosen)).first()
    if row is None:
        raise NotFound("您还没有邀请码，请重新打开邀请页")
    return row.picture_key or await _made(database, coder, keep, Scene(SceneKind.INVITER, row.code))


async def picture_of_channel(database: Database, coder: Coder, keep: Keep, id: UUID) -> str:
    """The key of the picture of a channel's code."""
    async with database.read() as session:
        row = (await session.execute(select(CHANNEL.code, CHANNEL.picture_key).where(CHANNEL.id == id))).first()
    if row is None:
        raise NotFound("渠道不存在")
    return row.picture_key or await _made(database, coder, keep, Scene(SceneKind.CHANNEL, row.code))


async def _made(database: Database, coder: Coder, keep: Keep, scene: Scene) -> str:
    kept = await keep(await coder.code_of(str(scene), PAGES[scene.kind]))
    async with database.begin() as uow:
        await catalog.record_picture(uow, None, **vars(kept))
        return await _noted(uow, scene, kept.key)


async def _noted(uow: UnitOfWork, scene: Scene, key: str) -> str:
    """Writes the key down unless somebody was quicker; the key that stands."""
    model, table = (Inviter, INVITER) if scene.kind is SceneKind.INVITER else (Channel, CHANNEL)
    first = update(model).where(table.code == scene.code, table.picture_key.is_(None)).values(picture_key=key)
    await uow.session.execute(first)
    return str(await uow.session.scalar(select(table.picture_key).where(table.code == scene.code)))
