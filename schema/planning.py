"""The calendar of everything that sells for a while, and what gets in whose way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain import catalog, merchants, planning
from models.promotions import CampaignKind
from schema.catalog import Product
from schema.merchants import Merchant
from schema.relations import RowType, one


@strawberry.type(description="Another plan that is in the way: buyers or the shop would be surprised by both at once.")
class PlanClash:
    id: UUID
    kind: CampaignKind
    name: str
    starts_at: datetime
    ends_at: datetime
    draft: bool
    why: str = strawberry.field(description="In words for whoever plans")

    @classmethod
    def of(cls, clash: planning.Clash) -> PlanClash:
        other = clash.other
        return cls(
            id=other.id,
            kind=other.kind,
            name=other.name,
            starts_at=other.starts_at,
            ends_at=other.ends_at,
            draft=other.draft,
            why=clash.why,
        )


@strawberry.type(description="A coupon campaign, 满减, offer to groups, flash sale or presale with its time.")
class Plan(RowType):
    id: UUID
    kind: CampaignKind
    name: str
    draft: bool = strawberry.field(description="Written or applied for, not published yet")
    starts_at: datetime
    ends_at: datetime
    product_id: UUID | None
    product: Product | None = one(
        catalog.products_by_id, key="product_id", description="Null where it is for more than one kind of goods"
    )
    merchant_id: UUID | None
    merchant: Merchant | None = one(merchants.by_id, key="merchant_id", description="Null: of the platform")
    clashes: list[PlanClash]


@strawberry.type
class CampaignCalendar:
    plans: list[Plan] = strawberry.field(description="By their start")
    truncated: bool = strawberry.field(description="There are more on these days than are shown")


def shown(plan: planning.Planned, clashes: Sequence[planning.Clash]) -> Plan:
    names = ("id", "kind", "name", "draft", "starts_at", "ends_at", "product_id", "merchant_id")
    row = {name: getattr(plan, name) for name in names}
    return Plan.of({**row, "clashes": [PlanClash.of(clash) for clash in clashes]})
