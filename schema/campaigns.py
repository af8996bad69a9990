"""What a campaign would do to a cart, and what came of it: for the shops and the platform that make campaigns."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import strawberry

from domain import checkout, promotions
from models.base import Fen
from schema.applications import CampaignAtShop
from schema.base import Refused


# ------------------------------------------------------------------------------------------------ tried
@strawberry.type(description="So many of a SKU, without the campaign and with it.")
class TriedLine:
    sku_id: UUID
    title: str
    sku_name: str
    price: Fen = strawberry.field(description="Of one, as listed")
    quantity: int
    before: Fen = strawberry.field(description="What is paid for them without the campaign")
    after: Fen
    by_shop: Fen = strawberry.field(description="What of the campaign's discount the shop bears")
    by_platform: Fen

    @classmethod
    def of(cls, line: checkout.TriedLine) -> TriedLine:
        sku = line.offer
        return cls(
            sku_id=sku.sku_id,
            title=sku.title,
            sku_name=sku.sku_name,
            price=Fen(sku.price),
            quantity=line.quantity,
            before=Fen(line.before),
            after=Fen(line.after),
            by_shop=Fen(line.by_shop),
            by_platform=Fen(line.by_platform),
        )


@strawberry.type(description="What a buyer who has nothing else pays for a cart without a campaign and with it.")
class CampaignTrial:
    lines: list[TriedLine]
    goods_total: Fen = strawberry.field(description="At list prices")
    freight_before: Fen
    freight_after: Fen
    total_before: Fen = strawberry.field(description="With what the shops reduce anyway, and freight as is usual")
    total_after: Fen
    by_shop: Fen
    by_platform: Fen
    note: str | None = strawberry.field(description="Why the campaign takes nothing off; null where it does")

    @classmethod
    def of(cls, trial: checkout.Trial) -> CampaignTrial:
        before, after = trial.before, trial.after
        return cls(
            lines=[TriedLine.of(line) for line in trial.lines],
            goods_total=Fen(before.goods_total),
            freight_before=Fen(before.freight),
            freight_after=Fen(after.freight),
            total_before=Fen(before.total),
            total_after=Fen(after.total),
            by_shop=Fen(trial.by_shop),
            by_platform=Fen(trial.by_platform),
            note=trial.note,
        )


CampaignTrialResult = Annotated[CampaignTrial | Refused, strawberry.union("CampaignTrialResult")]


# ------------------------------------------------------------------------------------------------ results
@strawberry.type(description="Of one day in Shanghai: coupons claimed and used then, orders paid then.")
class CampaignDay:
    day: str = strawberry.field(description="YYYY-MM-DD")
    claimed: int
    used: int
    orders: int
    paid: Fen
    by_shop: Fen
    by_platform: Fen

    @classmethod
    def of(cls, day: promotions.Day) -> CampaignDay:
        return cls(**{**vars(day), "day": day.day.isoformat()})


@strawberry.type(description="What came of a campaign; orders count once they are paid.")
class CampaignResults:
    claimed: int
    held: int
    used: int
    returned: int = strawberry.field(description="Came back from an order; may be held, used or over since")
    expired: int
    orders: int
    refunded_orders: int = strawberry.field(description="Of these went back whole")
    paid: Fen = strawberry.field(description="What all of them came to, with freight")
    refunded: Fen = strawberry.field(
        description="What was given back: whole orders with their freight, and goods of others"
    )
    by_shop: Fen = strawberry.field(description="What was taken off the pieces that buyers keep, borne by shops")
    by_platform: Fen
    days: list[CampaignDay] = strawberry.field(description="From its first day on, the last 92 at most")
    shops: list[CampaignAtShop] = strawberry.field(
        description="For the platform, where shops applied: at each of them, 200 at most"
    )

    @classmethod
    def of(cls, found: promotions.Results) -> CampaignResults:
        shops = [CampaignAtShop.of(vars(each)) for each in found.shops]
        return cls(**{**vars(found), "days": [CampaignDay.of(day) for day in found.days], "shops": shops})
