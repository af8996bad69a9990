"""积分 for members, and for the platform that gives them."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import points
from domain.members.permissions import Permission
from models.points import PointsEntryKind
from resolvers.base import Audience, By, Rate, mutation, query
from schema.base import Info
from schema.points import (
    ConsolePointsEntry,
    ConsolePointsEntryPage,
    MemberPoints,
    MemberPointsResult,
    MyPoints,
    PointsDay,
    PointsEntry,
    PointsEntryPage,
    PointsFigures,
    PointsRuleResult,
    PointsRules,
    PointsRulesInput,
    PointsRuleVersion,
    PointsRuleVersionPage,
)
from schema.relations import columns_for

DESK = Permission.PLATFORM_PROMOTIONS
# Points given by hand are the platform's money.
MONEY = Permission.PLATFORM_FUNDS
BY_HAND = Rate(By.VIEWER, burst=10, seconds=3)


async def _of_member(info: Info, who: str, page: int = 1, size: int = 20) -> MemberPoints:
    columns = columns_for(info, PointsEntry, "items")
    found = await info.context.read(points.of_member, who, page, size, columns)
    return MemberPoints.of(
        {
            "member_id": found.member_id,
            "points": MyPoints.of(found.wallet),
            "items": [PointsEntry.of(row) for row in found.rows],
            "total": found.total,
        }
    )


@strawberry.type
class Query:
    @query(Audience.ANYONE, description="How points are earned and spent now; null where there are none.")
    async def points_rules(self, info: Info) -> PointsRules | None:
        row = await info.context.read(points.newest, columns_for(info, PointsRules))
        return PointsRules.of(row) if row else None

    @query(Audience.MEMBER, description="What the viewer has.")
    async def my_points(self, info: Info) -> MyPoints:
        return MyPoints.of(await info.context.read(points.wallet, info.context.viewer))

    @query(Audience.MEMBER, description="The newest first; `gains`: only what came (true) or what went (false).")
    async def my_points_entries(
        self, info: Info, gains: bool | None = None, page: int = 1, size: int = 20
    ) -> PointsEntryPage:
        columns = columns_for(info, PointsEntry, "items")
        rows, total = await info.context.read(points.entries, info.context.viewer, gains, page, size, columns)
        return PointsEntryPage(items=[PointsEntry.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, DESK, description="All versions of the rules, the one that holds now first.")
    async def platform_points_rules(self, info: Info, page: int = 1, size: int = 20) -> PointsRuleVersionPage:
        columns = columns_for(info, PointsRuleVersion, "items")
        rows, total = await info.context.read(points.history, page, size, columns)
        return PointsRuleVersionPage(items=[PointsRuleVersion.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, DESK, description="What is owed now, and the last so many days, today the last of them.")
    async def platform_points_figures(self, info: Info, days: int = 30) -> PointsFigures:
        found = await info.context.read(points.days, days)
        shown = [PointsDay(**{**vars(day), "day": day.day.isoformat()}) for day in found]
        return PointsFigures(**vars(await info.context.read(points.liability)), days=shown)

    @query(Audience.PLATFORM, DESK, description="What happened to everybody's, the newest first.")
    async def platform_points_entries(
        self, info: Info, kind: PointsEntryKind | None = None, page: int = 1, size: int = 20
    ) -> ConsolePointsEntryPage:
        columns = columns_for(info, ConsolePointsEntry, "items")
        rows, total = await info.context.read(points.desk, kind, page, size, columns)
        return ConsolePointsEntryPage(items=[ConsolePointsEntry.of(row) for row in rows], total=total)

    @query(
        Audience.PLATFORM,
        DESK,
        rates=(BY_HAND,),
        description="`who`: the number of an order of the member's, the account's phone number, or the member's id.",
    )
    async def platform_member_points(self, info: Info, who: str, page: int = 1, size: int = 20) -> MemberPointsResult:
        return await _of_member(info, who, page, size)


@strawberry.type
class Mutation:
    @mutation(
        Audience.PLATFORM,
        DESK,
        description="Adds a version of the rules after `version` (0: the first), which holds from now on.",
    )
    async def platform_save_points_rules(self, info: Info, input: PointsRulesInput, version: int) -> PointsRuleResult:
        async with info.context.database.begin() as uow:
            id = await points.save(uow, info.context.viewer, input.rules(), input.note, version)
        rows = await info.context.read(points.rules_by_id, [id], columns_for(info, PointsRuleVersion))
        return PointsRuleVersion.of(rows[id])

    @mutation(
        Audience.PLATFORM,
        MONEY,
        rates=(BY_HAND,),
        description="Gives a member points, or takes some (below zero). The member reads the reason. The same key is "
        "done once.",
    )
    async def platform_adjust_points(
        self, info: Info, member_id: UUID, amount: int, reason: str, idempotency_key: str
    ) -> MemberPointsResult:
        async with info.context.database.begin() as uow:
            await points.adjust(uow, info.context.viewer, member_id, amount, reason, idempotency_key)
        return await _of_member(info, str(member_id))
