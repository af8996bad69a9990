"""The inboxes of shops, of the platform and of members."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import notices
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.notices import Notice, NoticePage
from schema.relations import columns_for


async def _page(info: Info, unread_only: bool, page: int, size: int) -> NoticePage:
    viewer, columns = info.context.viewer, columns_for(info, Notice, "items")
    rows, total = await info.context.read(notices.page, viewer, unread_only, page, size, columns)
    unread = await info.context.read(notices.unread, viewer)
    return NoticePage(items=[Notice.of(row) for row in rows], total=total, unread=unread)


async def _read(info: Info, ids: list[UUID] | None) -> Done:
    async with info.context.database.begin() as uow:
        await notices.mark_read(uow, info.context.viewer, ids)
    return Done()


KEPT = "The newest first; kept for ninety days. Whoever may not see a page is not told of what happens there."
READ = "These or, without `ids`, all that the viewer sees; up to 100 ids."


@strawberry.type
class Query:
    @query(Audience.MERCHANT, Permission.MERCHANT_OVERVIEW, description=KEPT)
    async def merchant_notices(
        self, info: Info, unread_only: bool = False, page: int = 1, size: int = 20
    ) -> NoticePage:
        return await _page(info, unread_only, page, size)

    @query(Audience.MEMBER, description="The viewer's own, the newest first; kept for ninety days.")
    async def my_notices(self, info: Info, unread_only: bool = False, page: int = 1, size: int = 20) -> NoticePage:
        return await _page(info, unread_only, page, size)

    @query(Audience.MEMBER, description="How many of the viewer's own notices are not read.")
    async def my_unread_notices(self, info: Info) -> int:
        return await info.context.read(notices.unread, info.context.viewer)

    @query(Audience.PLATFORM, Permission.PLATFORM_OVERVIEW, description=KEPT)
    async def platform_notices(
        self, info: Info, unread_only: bool = False, page: int = 1, size: int = 20
    ) -> NoticePage:
        return await _page(info, unread_only, page, size)


@strawberry.type
class Mutation:
    @mutation(Audience.MERCHANT, Permission.MERCHANT_OVERVIEW, description=READ)
    async def merchant_read_notices(self, info: Info, ids: list[UUID] | None = None) -> DoneResult:
        return await _read(info, ids)

    @mutation(Audience.MEMBER, description="These or, without `ids`, all that the viewer has; up to 100 ids.")
    async def read_notices(self, info: Info, ids: list[UUID] | None = None) -> DoneResult:
        return await _read(info, ids)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_OVERVIEW, description=READ)
    async def platform_read_notices(self, info: Info, ids: list[UUID] | None = None) -> DoneResult:
        return await _read(info, ids)
