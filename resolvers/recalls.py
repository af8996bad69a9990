"""The platform's hand on recalls."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import recalls, traces
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Info
from schema.recalls import Recall, RecallPage, RecallPlan, RecallResult
from schema.relations import columns_for

READ, WRITE = Permission.PLATFORM_TRACES_READ, Permission.PLATFORM_TRACES_WRITE


async def _recall(info: Info, id: UUID) -> Recall:
    return Recall.of(await info.context.read(recalls.by_id, id, columns_for(info, Recall)))


@strawberry.type
class Query:
    @query(Audience.PLATFORM, READ, description="What the recall of a lot would touch.")
    async def platform_recall_plan(self, info: Info, lot_id: UUID) -> RecallPlan:
        await info.context.read(traces.access, info.context.viewer, lot_id, frozenset({"id"}))
        return RecallPlan.of(vars(await info.context.read(recalls.plan, lot_id)))

    @query(Audience.PLATFORM, READ)
    async def platform_recalls(self, info: Info, page: int = 1, size: int = 20) -> RecallPage:
        rows, total = await info.context.read(recalls.page, page, size, columns_for(info, Recall, "items"))
        return RecallPage(items=[Recall.of(row) for row in rows], total=total)


@strawberry.type
class Mutation:
    @mutation(
        Audience.PLATFORM,
        WRITE,
        description="Stops the lot's goods, tells every buyer, gives the money back. A second time: the same recall.",
    )
    async def platform_start_recall(self, info: Info, lot_id: UUID, reason: str) -> RecallResult:
        async with info.context.database.begin() as uow:
            id = await recalls.start(uow, info.context.viewer, lot_id, reason)
        return await _recall(info, id)

    @mutation(Audience.PLATFORM, WRITE, description="Tries the orders again that failed too often.")
    async def platform_retry_recall(self, info: Info, id: UUID) -> RecallResult:
        async with info.context.database.begin() as uow:
            await recalls.retry(uow, info.context.viewer, id)
        return await _recall(info, id)
