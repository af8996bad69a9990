"""The search desk compares two rankings."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain.catalog import comparing
from domain.catalog.finding import Ranking
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.experiments import (
    RankingWeights,
    SearchExperiment,
    SearchExperimentInput,
    SearchRankings,
    StartedExperiment,
    StartExperimentResult,
)

DAY = frozenset({"day", "arm", "shown", "empty", "followed", "opened", "positions"})


@strawberry.type
class Query:
    @query(
        Audience.PLATFORM,
        Permission.PLATFORM_SEARCH_READ,
        description="The ranking that holds, and the last ten experiments.",
    )
    async def platform_search_rankings(self, info: Info) -> SearchRankings:
        read = info.context.read
        rows = await read(comparing.experiments, 10)
        adopted = await read(comparing.adopted)
        days = await read(comparing.days_by_experiment, [row["id"] for row in rows], DAY) if rows else {}
        return SearchRankings(
            current=RankingWeights.of(adopted or Ranking()),
            built_in=adopted is None,
            experiments=[SearchExperiment.of(row, days.get(row["id"], [])) for row in rows],
        )


@strawberry.type
class Mutation:
    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_start_search_experiment(self, info: Info, input: SearchExperimentInput) -> StartExperimentResult:
        """Shows the challenger to a share of the devices; one experiment at a time. Guests see it within 15 s."""
        async with info.context.database.begin() as uow:
            id = await comparing.start(uow, info.context.viewer, input.wanted())
        return StartedExperiment(id=id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_stop_search_experiment(self, info: Info, id: UUID) -> DoneResult:
        """Everybody sees the ranking that holds; what was counted stays."""
        async with info.context.database.begin() as uow:
            await comparing.stop(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_adopt_search_experiment(self, info: Info, id: UUID) -> DoneResult:
        """Makes the challenger the ranking that holds; an experiment that still runs ends by it."""
        async with info.context.database.begin() as uow:
            await comparing.adopt(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.PLATFORM, Permission.PLATFORM_SEARCH_WRITE)
    async def platform_give_up_search_ranking(self, info: Info) -> DoneResult:
        """Takes the built-in ranking again in place of what was adopted. CONFLICT while an experiment runs."""
        async with info.context.database.begin() as uow:
            await comparing.give_up(uow, info.context.viewer)
        return Done()
