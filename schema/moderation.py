"""The platform's desk for what strangers write."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import strawberry

from domain import moderation
from models.audit import ActorKind
from models.moderation import CheckState, CheckSubject, MarkSubject, ReportReason, Verdict
from schema.base import NumberedPage
from schema.relations import RowType, derived, many

strawberry.enum(CheckState, name="ContentCheckState")
strawberry.enum(CheckSubject, name="ContentCheckSubject")
strawberry.enum(Verdict, name="ContentVerdict")
strawberry.enum(MarkSubject, name="ContentSubject")
strawberry.enum(ReportReason)
strawberry.enum(moderation.ContentDesk)


@strawberry.type
class CheckedPicture(RowType):
    url: str = derived(moderation.posted_url, "key")


@strawberry.type(description="A text with its pictures on its way to be shown.")
class ContentCheck(RowType):
    id: UUID
    subject: CheckSubject
    subject_id: UUID
    author: ActorKind = derived(lambda kind: kind, "author_kind")
    text: str
    state: CheckState
    verdict: Verdict | None = strawberry.field(description="What WeChat said of the text.")
    label: int | None
    reason: str
    words: str = strawberry.field(description="Words of our own list that are in it.")
    created_at: datetime
    decided_at: datetime | None
    pictures: list[CheckedPicture] = many(moderation.pictures_by_check, key="id")


@strawberry.type
class ContentCheckPage(NumberedPage[ContentCheck]):
    pass


@strawberry.type
class ContentReport(RowType):
    id: UUID
    subject: MarkSubject
    subject_id: UUID
    reporter: ActorKind = derived(lambda kind: kind, "reporter_kind")
    reason: ReportReason
    note: str
    created_at: datetime


@strawberry.type
class ContentReportPage(NumberedPage[ContentReport]):
    pass


@strawberry.type
class ContentAppeal(RowType):
    id: UUID
    subject: MarkSubject
    subject_id: UUID
    text: str
    created_at: datetime


@strawberry.type
class ContentAppealPage(NumberedPage[ContentAppeal]):
    pass


@strawberry.type(description="How much waits for a person.")
class ContentCounts:
    checks: int
    reports: int
    appeals: int
