"""The platform's desk for what strangers write."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import community, moderation, reviews
from domain.members.permissions import Permission
from models.moderation import MarkSubject
from resolvers.base import Audience, mutation, query
from schema.base import Done, DoneResult, Info
from schema.moderation import (
    ContentAppeal,
    ContentAppealPage,
    ContentCheck,
    ContentCheckPage,
    ContentCounts,
    ContentReport,
    ContentReportPage,
)
from schema.relations import columns_for

CONTENT = Permission.PLATFORM_CONTENT
# Who puts back what an appeal was right about.
OWNERS = {MarkSubject.REVIEW: reviews.appeal_decided, MarkSubject.POST: community.appeal_decided}


@strawberry.type
class Query:
    @query(Audience.PLATFORM, CONTENT)
    async def platform_content_counts(self, info: Info) -> ContentCounts:
        return ContentCounts(**vars(await info.context.read(moderation.counts)))

    @query(Audience.PLATFORM, CONTENT)
    async def platform_content_checks(
        self, info: Info, desk: moderation.ContentDesk, page: int = 1, size: int = 20
    ) -> ContentCheckPage:
        columns = columns_for(info, ContentCheck, "items")
        rows, total = await info.context.read(moderation.checks_page, desk, page, size, columns)
        return ContentCheckPage(items=[ContentCheck.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, CONTENT)
    async def platform_content_reports(self, info: Info, page: int = 1, size: int = 20) -> ContentReportPage:
        columns = columns_for(info, ContentReport, "items")
        rows, total = await info.context.read(moderation.reports_page, page, size, columns)
        return ContentReportPage(items=[ContentReport.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, CONTENT)
    async def platform_content_appeals(self, info: Info, page: int = 1, size: int = 20) -> ContentAppealPage:
        columns = columns_for(info, ContentAppeal, "items")
        rows, total = await info.context.read(moderation.appeals_page, page, size, columns)
        return ContentAppealPage(items=[ContentAppeal.of(row) for row in rows], total=total)


@strawberry.type
class Mutation:
    @mutation(Audience.PLATFORM, CONTENT, description="A person's word on what no machine has decided.")
    async def platform_decide_content(self, info: Info, id: UUID, passed: bool, note: str = "") -> DoneResult:
        async with info.context.database.begin() as uow:
            await moderation.decide(uow, info.context.viewer, id, passed=passed, note=note)
        return Done()

    @mutation(Audience.PLATFORM, CONTENT, description="What was reported may stay.")
    async def platform_dismiss_report(self, info: Info, id: UUID, answer: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await moderation.dismiss_report(uow, info.context.viewer, id, answer)
        return Done()

    @mutation(Audience.PLATFORM, CONTENT, description="Upheld: what was hidden is back on the page.")
    async def platform_decide_appeal(self, info: Info, id: UUID, upheld: bool, answer: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            appeal = await moderation.take_appeal(uow, info.context.viewer, id, upheld=upheld, answer=answer)
            await OWNERS[appeal["subject"]](uow, appeal["subject_id"], upheld=upheld)
        return Done()
