"""What staff are told in their console, and members in the mini-program."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import strawberry

from models.notices import NoticeKind
from schema.base import NumberedPage
from schema.relations import RowType

strawberry.enum(NoticeKind)


@strawberry.type(description="One notice. Read by one of the house, it is read.")
class Notice(RowType):
    id: UUID
    kind: NoticeKind
    title: str
    text: str
    subject_id: UUID | None = strawberry.field(
        description="The SKU, case, review, payout, product, change, lot, bill, payment, order or group it is about."
    )
    created_at: datetime
    read_at: datetime | None
    read_by: str | None


@strawberry.type
class NoticePage(NumberedPage[Notice]):
    unread: int = strawberry.field(description="Of all, not only of this page.")


@strawberry.type(description="That something new lies in the inbox; what it says is asked for by whoever may read it.")
class NoticeArrival(RowType):
    id: UUID
    created_at: datetime
