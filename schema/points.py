"""积分: what a member has and what happened to it; the rules, and the platform's figures. A point is worth one fen."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import orders, points, referrals
from models.base import Fen
from models.points import PointsEntryKind
from schema.base import NumberedPage, Refused
from schema.relations import RowType, looked_up

strawberry.enum(
    PointsEntryKind,
    description="RELEASED: the order was never paid. RETURNED: goods of it went back. TAKEN_BACK: what an order had "
    "brought, after goods of it went back. GRANTED, TAKEN: by the platform's hand.",
)


# ------------------------------------------------------------------------------------------------ members
@strawberry.type(description="How points are earned and spent now.")
class PointsRules(RowType):
    earning: bool
    spending: bool
    per_yuan: int = strawberry.field(description="Points for each yuan of goods that is paid in money and kept")
    daily_most: int = strawberry.field(description="What one member earns on a day at most")
    cap_percent: int = strawberry.field(description="What of an order's goods points may pay at most")
    least_goods: Fen = strawberry.field(description="What the goods must come to")


@strawberry.type
class MyPoints:
    balance: int
    debt: int = strawberry.field(description="Points taken back after they were spent: the next ones pay them first.")
    soon: int = strawberry.field(description="Of the balance, what runs out within thirty days")
    soon_at: datetime | None = strawberry.field(description="When the first of them do")
    waiting: int = strawberry.field(description="What complete orders are going to bring when their claims are over")

    @classmethod
    def of(cls, wallet: points.Wallet) -> MyPoints:
        return cls(**vars(wallet))


@strawberry.type(description="One thing that happened to a member's points.")
class PointsEntry(RowType):
    id: UUID
    kind: PointsEntryKind
    amount: int = strawberry.field(description="Below zero: they left.")
    debt: int = strawberry.field(description="By how much more (below zero: less) is owed")
    balance: int = strawberry.field(description="After it")
    text: str = strawberry.field(description="A Chinese sentence")
    order_id: UUID | None
    created_at: datetime


@strawberry.type
class PointsEntryPage(NumberedPage[PointsEntry]):
    pass


# ------------------------------------------------------------------------------------------------ the console
@strawberry.type(description="A version of the rules: it held from `createdAt` until the next one.")
class PointsRuleVersion(PointsRules):
    id: UUID
    version: int
    note: str = strawberry.field(description="Why it was changed")
    created_by: str
    created_at: datetime


@strawberry.type
class PointsRuleVersionPage(NumberedPage[PointsRuleVersion]):
    pass


@strawberry.type(description="As the platform reads it.")
class ConsolePointsEntry(PointsEntry):
    member_id: UUID
    member: str = looked_up(referrals.shown_members_by_id, "shown_as", key="member_id", missing="")
    order_number: str | None = looked_up(orders.orders_by_id, "number", key="order_id")


@strawberry.type
class ConsolePointsEntryPage(NumberedPage[ConsolePointsEntry]):
    pass


@strawberry.type(description="A member as the desk finds one.")
class MemberPoints(RowType):
    member_id: UUID
    member: str = looked_up(referrals.shown_members_by_id, "shown_as", key="member_id", missing="")
    points: MyPoints
    items: list[PointsEntry]
    total: int


@strawberry.type(description="What happened on one day, and what was owed to all members at the end of it.")
class PointsDay:
    day: str = strawberry.field(description="`YYYY-MM-DD`")
    granted: int = strawberry.field(description="Earned, and given by hand")
    spent: int
    returned: int = strawberry.field(description="By orders that were closed or refunded")
    ended: int = strawberry.field(description="Run out, or taken back")
    liability: int


@strawberry.type(description="What the platform owes in points, each worth one fen; and how that came about.")
class PointsFigures:
    balance: int
    held: int = strawberry.field(description="By unpaid orders")
    debt: int = strawberry.field(description="What members owe")
    soon: int = strawberry.field(description="Of the balance, what runs out within thirty days")
    days: list[PointsDay]


PointsRuleResult = Annotated[PointsRuleVersion | Refused, strawberry.union("PointsRuleResult")]
MemberPointsResult = Annotated[MemberPoints | Refused, strawberry.union("MemberPointsResult")]


@strawberry.input
class PointsRulesInput:
    earning: bool
    spending: bool
    per_yuan: int
    daily_most: int
    cap_percent: int
    least_goods: Fen
    note: str = strawberry.field(description="Why it is changed; the history keeps it.")

    def rules(self) -> points.Rules:
        return points.Rules(**{name: value for name, value in vars(self).items() if name != "note"})
