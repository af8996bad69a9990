"""The platform's hand on the queue and on the search index, and its eye on the traffic."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import audit
from domain.base import Invalid, page_size
from domain.catalog import asked, searching, tuning
from domain.catalog.finding import Picks, Wanted
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.catalog import Product
from schema.desk import (
    DeadJob,
    QueryPicks,
    SearchDay,
    SearchDesk,
    SearchPreview,
    SearchQuery,
    SearchStatus,
    SynonymGroup,
    Traffic,
    traffic_of,
)
from schema.relations import columns_for
from search.settings import SAME
from search.words import typed


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

    @query(Audience.PLATFORM, Permission.PLATFORM_SEARCH_READ)
    async def platform_search_desk(self, info: Info, days: int = 7) -> SearchDesk:
        """What is asked for and found, and what was decided about it."""
        read = info.context.read
        top = await read(asked.queries, days, 30, empty=False)
        nothing = await read(asked.queries, days, 30, empty=True)
        by_day = await read(asked.days, days)
        return SearchDesk(
            days=[SearchDay.of(row) for row in by_day],
            top=[SearchQuery.of(row) for row in top],
            without_result=[SearchQuery.of(row) for row in nothing],
            synonyms=[SynonymGroup(**row) for row in await read(tuning.synonyms)],
            own_synonyms=[list(group) for group in SAME],
            picks=await _picks(info),
        )

    @query(Audience.PLATFORM, Permission.PLATFORM_SEARCH_READ)
    async def platform_search_preview(
        self, info: Info, query: str, pinned: list[UUID] | None = None, buried: list[UUID] | None = None
    ) -> SearchPreview:
        """The first ten of a query as buyers see them, and with these picks in place of its own; nothing is saved."""
        wanted = searching.checked(Wanted(query, limit=10, facets=False))
        finder, picks = info.context.services.finder, tuning.checked(Picks(tuple(pinned or ()), tuple(buried or ())))
        before, after = await finder.find(wanted), await finder.picked(wanted, picks)
        columns = columns_for(info, Product, "before") | columns_for(info, Product, "after")
        rows = await info.context.read(searching.shown_by_id, list({*before.ids, *after.ids}), columns)

        def shown(ids: list[UUID]) -> list[Product]:
            return [Product.of(rows[id]) for id in ids if id in rows]

        return SearchPreview(before=shown(before.ids), after=shown(after.ids))


async def _picks(info: Info) -> list[QueryPicks]:
    """By query; products that are no longer on sale are left out, as buyers do not see them."""
    listed = await info.context.read(tuning.picks)
    columns = columns_for(info, Product, "picks", "first") | columns_for(info, Product, "picks", "last")
    rows = await info.context.read(searching.shown_by_id, [row["product_id"] for row in listed], columns)
    found: dict[str, QueryPicks] = {}
    for row in listed:
        picks = found.setdefault(row["query"], QueryPicks(query=row["query"], first=[], last=[]))
        if row["product_id"] in rows:
            (picks.first if row["place"] else picks.last).append(Product.of(rows[row["product_id"]]))
    return list(found.values())


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

    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_add_synonyms(self, info: Info, words: list[str]) -> DoneResult:
        """Searches know it when the index was built anew behind the one in use, within a minute."""
        async with info.context.database.begin() as uow:
            await tuning.add_synonyms(uow, info.context.viewer, words)
        return Done()

    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_remove_synonyms(self, info: Info, id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await tuning.remove_synonyms(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_save_search_picks(
        self, info: Info, query: str, pinned: list[UUID] | None = None, buried: list[UUID] | None = None
    ) -> DoneResult:
        """Replaces what a query shows first and last; none of either forgets it. Guests see it within 15 s."""
        picks = Picks(tuple(pinned or ()), tuple(buried or ()))
        async with info.context.database.begin() as uow:
            await tuning.save_picks(uow, info.context.viewer, typed(query), picks)
        return Done()
