"""What the platform takes of sales, by shop and category."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, commissions, merchants
from models.base import Fen
from schema.base import NumberedPage, Refused
from schema.catalog import Category
from schema.merchants import Merchant
from schema.policies import day_text
from schema.relations import RowType, derived, one

strawberry.enum(
    commissions.Phase,
    name="CommissionPhase",
    description="COMING: announced. NOW: in force. OVER: ended, replaced, or withdrawn before it began.",
)


@strawberry.type(
    description="A rate. What is said of a shop and a category counts before what is said of the shop, that before the"
    " category (the nearest above the goods), that before everything. An order keeps the rates of the day it was paid."
)
class CommissionRule(RowType):
    id: UUID
    category: Category | None = one(catalog.categories_by_id, key="category_id", description="Null: all goods")
    rate: int = strawberry.field(description="Basis points: 500 is 5 %")
    since: str = derived(day_text, "since", description="YYYY-MM-DD in Shanghai, the first day on which it holds")
    until: str | None = derived(day_text, "until", description="The first day on which it does not hold any more")
    phase: commissions.Phase = derived(commissions.phase_of, "since", "until")
    of_shop: bool = derived(lambda id: id is not None, "merchant_id", description="It is for one shop alone")


@strawberry.type(description="A rate as the platform sees it.")
class PlatformCommissionRule(CommissionRule):
    merchant: Merchant | None = one(merchants.by_id, key="merchant_id", description="Null: all shops")
    note: str
    created_by: str
    created_at: datetime


@strawberry.type
class CommissionRulePage(NumberedPage[PlatformCommissionRule]):
    pass


@strawberry.type(description="What a line of an order would pay if the order were paid on a day.")
class CommissionPreviewLine:
    line_id: UUID
    title: str
    sku_name: str
    basis: Fen = strawberry.field(description="What the buyer pays for it after refunds, without freight")
    rate: int
    rule_id: UUID | None = strawberry.field(description="Null: the shop's old rate, because no rule is for it")
    kept: int | None = strawberry.field(description="The rate it was sold at; null where no rule was for it then")
    amount: Fen

    @classmethod
    def of(cls, line: commissions.LineTried) -> CommissionPreviewLine:
        return cls(
            line_id=line.id,
            title=line.title,
            sku_name=line.sku_name,
            basis=Fen(line.basis),
            rate=line.rate,
            rule_id=line.rule_id,
            kept=line.kept,
            amount=Fen(line.amount),
        )


@strawberry.type
class CommissionPreview:
    lines: list[CommissionPreviewLine]
    total: Fen


@strawberry.input(description="Without a shop it is for all shops, without a category for all goods.")
class CommissionRuleInput:
    rate: int = strawberry.field(description="Basis points, 3000 at most")
    since: str = strawberry.field(description="YYYY-MM-DD in Shanghai, tomorrow or later, within a year")
    note: str
    merchant_id: UUID | None = None
    category_id: UUID | None = None

    def wanted(self) -> commissions.RuleWanted:
        return commissions.RuleWanted(self.merchant_id, self.category_id, self.rate, self.since, self.note)


CommissionRuleResult = Annotated[PlatformCommissionRule | Refused, strawberry.union("CommissionRuleResult")]
