"""Members like stories: each once, nobody his own."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Invalid, NotFound, UnitOfWork, Viewer, among, clock
from domain.community.opening import require_open
from domain.community.showing import ON_PAGE
from domain.community.writing import MISSING, POST
from models.community import Post, PostLike

LIKE = PostLike.__table__.c
MOST_ASKED = 100


async def like(uow: UnitOfWork, viewer: Viewer, id: UUID, *, liked: bool) -> None:
    """Likes a story, or no longer does. Said twice it counts once."""
    require_open()
    wanted = select(POST.id, POST.member_id).where(POST.id == id, ON_PAGE)
    found = (await uow.session.execute(wanted)).first()
    if found is None:
        raise NotFound(MISSING)
    if found.member_id == viewer.member_id:
        raise Invalid("不能给自己的故事点赞", field="id")
    if liked:
        row = {"post_id": id, "member_id": viewer.member_id, "created_at": clock.now()}
        new = upsert(PostLike).values(row).on_conflict_do_nothing().returning(LIKE.post_id)
        changed = await uow.session.scalar(new)
    else:
        mine = (LIKE.post_id == id, LIKE.member_id == viewer.member_id)
        changed = await uow.session.scalar(delete(PostLike).where(*mine).returning(LIKE.post_id))
    if changed is not None:
        more = POST.like_count + (1 if liked else -1)
        await uow.session.execute(update(Post).where(POST.id == id).values(like_count=more))


async def liked(session: AsyncSession, viewer: Viewer, ids: Sequence[UUID]) -> list[UUID]:
    """Those of the stories that the viewer likes."""
    require_open()
    if len(ids) > MOST_ASKED:
        raise Invalid(f"一次最多查询 {MOST_ASKED} 篇", field="postIds")
    mine = select(LIKE.post_id).where(among(PostLike, "post_id", ids), LIKE.member_id == viewer.member_id)
    return list(await session.scalars(mine))
