"""The platform's hand on the queue and on the search index, and its eye on the traffic."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import audit
from domain.base import Invalid, page_size
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.desk import DeadJob, SearchStatus, Traffic, traffic_of


@strawberry.type
class Query:
    @query(Audience.PLATFORM, Permission.PLATFORM_JOBS_READ)
    async def platform_dead_jobs(self, info: Info, first: int = 50) -> list[DeadJob]:
        """Jobs that failed too often, the newest first."""
        rows = await info.context.services.desk.dead_jobs(page_size(first))
        return [DeadJob.of(row) for row in rows]

    @query(Audience.PLATFORM, Permission.PLATFORM_SEARCH_READ)
    async def platform_search_status(self, info: Info) -> SearchStatus:
        return SearchStatus.of(await info.context.services.desk.search_status())

    @query(Audience.PLATFORM, Permission.PLATFORM_JOBS_READ)
    async def platform_traffic(self, info: Info) -> Traffic:
        """How the house is doing: what ran and how fast, what was refused, what waits."""
        return traffic_of(await info.context.services.desk.traffic())

    @query(Audience.PLATFORM, Permission.PLATFORM_EXPLORER)
    async def platform_explorer(self, info: Info) -> bool:
        """Whether the house lets the viewer write operations freely here; otherwise it runs only those of its pages."""
        return info.context.services.desk.explorer


@strawberry.type
class Mutation:
    @mutation(Audience.PLATFORM, Permission.PLATFORM_JOBS_WRITE)
    async def platform_requeue_job(self, info: Info, id: UUID) -> DoneResult:
        """Puts a failed job back into the queue, with its tries counted anew."""
        if id.int >= 2**63:
            raise Invalid("任务编号不正确", field="id")
        await info.context.services.desk.requeue(id.int)
        async with info.context.database.begin() as uow:
            await audit.record(uow, info.context.viewer, "job.requeue", "job", str(id.int), {})
        return Done()

    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_rebuild_search(self, info: Info) -> DoneResult:
        """Fills a new index beside the one in use and swaps them; searching goes on meanwhile."""
        async with info.context.database.begin() as uow:
            await audit.record(uow, info.context.viewer, "search.rebuild", "search", "products", {})
        await info.context.services.desk.rebuild_search()
        return Done()
