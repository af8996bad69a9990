"""Campaigns, and the coupons members claim and hold."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import merchants, promotions
from domain.base import clock
from models.base import Fen
from models.promotions import CampaignAudience, CampaignKind, CouponState
from schema.base import NumberedPage, Refused
from schema.catalog import Product
from schema.merchants import Merchant
from schema.relations import RowType, derived, many, one

strawberry.enum(CampaignKind)
strawberry.enum(CampaignAudience, description="NEW_BUYERS: who has paid for nothing yet.")
strawberry.enum(CouponState)
strawberry.enum(
    promotions.Phase,
    name="CampaignPhase",
    description="SCHEDULED: published, and it has not begun. ENDED by the clock, STOPPED by a person.",
)
strawberry.enum(promotions.GoodsOrder, name="ReductionGoodsOrder", description="PRICE: the cheapest first.")
OF = "Null: of the platform"
ALONE = "It goes with no other coupon for the same goods."


def _all_goods(category_ids: list[UUID] | None, product_ids: list[UUID] | None, apply_until: datetime | None) -> bool:
    """What shops applied for is for the goods of those that take part."""
    return category_ids is None and product_ids is None and apply_until is None


# ------------------------------------------------------------------------------------------------ buyers
@strawberry.type(description="Coupons that may be claimed now.")
class CouponToClaim(RowType):
    id: UUID
    name: str
    rules: str
    merchant: Merchant | None = one(merchants.by_id, key="merchant_id", description=OF)
    threshold: Fen
    off: Fen = strawberry.field(description="0 for a percentage")
    percent_off: int
    most: Fen | None = strawberry.field(description="What a percentage takes off at most")
    all_goods: bool = derived(_all_goods, "category_ids", "product_ids", "apply_until")
    exclusive: bool = strawberry.field(description=ALONE)
    audience: CampaignAudience
    starts_at: datetime
    ends_at: datetime = strawberry.field(description="Claiming ends then")
    valid_days: int | None = strawberry.field(description="Days a coupon is good for after it was claimed")
    valid_until: datetime | None
    total: int
    left: int = derived(lambda total, claimed: total - claimed, "total", "claimed")
    per_member: int
    had: int = strawberry.field(description="How many of them the viewer has had")


def _state(state: str, valid_until: datetime) -> CouponState:
    over = state == CouponState.HELD and valid_until <= clock.now()
    return CouponState.EXPIRED if over else CouponState(state)


@strawberry.type(description="A coupon of the viewer's.")
class Coupon(RowType):
    id: UUID
    campaign_id: UUID
    name: str
    rules: str
    merchant: Merchant | None = one(merchants.by_id, key="merchant_id", description=OF)
    threshold: Fen
    off: Fen = strawberry.field(description="0 for a percentage")
    percent_off: int
    most: Fen | None = strawberry.field(description="What a percentage takes off at most")
    all_goods: bool = derived(_all_goods, "category_ids", "product_ids", "apply_until")
    exclusive: bool = strawberry.field(description=ALONE)
    state: CouponState = derived(_state, "state", "valid_until")
    valid_until: datetime
    trade_id: UUID | None = strawberry.field(description="Which trade used it")
    returned: bool = strawberry.field(description="It came back from an order that was called off")
    used_at: datetime | None
    created_at: datetime


CouponResult = Annotated[Coupon | Refused, strawberry.union("CouponResult")]


# ------------------------------------------------------------------------------------------------ consoles
@strawberry.type(description="What each coupon of a campaign is worth, and how many there are.")
class CouponOffer(RowType):
    threshold: Fen
    off: Fen
    percent_off: int
    most: Fen | None
    total: int
    claimed: int
    per_member: int
    code: str | None = strawberry.field(description="Who knows it may claim one; null: everybody may.")
    by_event: bool = strawberry.field(description="Claimed by nobody: the mall gives them, as for inviting.")
    valid_days: int | None
    valid_until: datetime | None


@strawberry.type(description="满减: from `threshold` on, `off` less.")
class ReductionStep(RowType):
    threshold: Fen
    off: Fen


@strawberry.type(description="满减 that holds now, of a shop, or of the platform over the goods of several.")
class RunningReduction(RowType):
    id: UUID
    name: str
    rules: str
    ends_at: datetime
    across_shops: bool = derived(
        lambda merchant_id: merchant_id is None, "merchant_id", description="Goods of all shops that take part count"
    )
    steps: list[ReductionStep] = many(promotions.steps_by_campaign, key="id")


@strawberry.type(description="Products on sale that count for a 满减 that holds now.")
class ReductionGoodsPage(NumberedPage[Product]):
    pass


@strawberry.type(description="A category, with all below it, or a product that a campaign is for.")
class CampaignGoods(RowType):
    id: UUID
    name: str


@strawberry.type
class Campaign(RowType):
    id: UUID
    kind: CampaignKind
    name: str
    rules: str
    phase: promotions.Phase = derived(promotions.phase_of, "state", "starts_at", "ends_at")
    merchant: Merchant | None = one(merchants.by_id, key="merchant_id", description=OF)
    starts_at: datetime
    ends_at: datetime
    merchant_percent: int = strawberry.field(description="What of the cost the shops bear, in percent")
    budget: Fen | None = derived(lambda fen: fen, "budget_fen", description="The most it may cost; null: no limit")
    promised: Fen = derived(
        lambda fen: fen,
        "promised_fen",
        description="The most that the coupons in hand and used can cost; of a 满减 with a budget what the platform"
        " bears of the orders that stand",
    )
    apply_until: datetime | None = strawberry.field(
        description="Of the platform: shops may apply until then, and it is for the goods of those that are accepted"
    )
    used_up_at: datetime | None = strawberry.field(description="Since then its budget has no whole reduction left")
    audience: CampaignAudience
    exclusive: bool = strawberry.field(description=ALONE)
    category_ids: list[UUID] | None = strawberry.field(description="The goods it is for, with all below; null: others")
    product_ids: list[UUID] | None = strawberry.field(description="The goods it is for; null: not by product")
    goods: list[CampaignGoods] = many(
        promotions.goods_by_campaign, key="id", description="Those categories or products by name; none: all goods"
    )
    coupon: CouponOffer | None = one(promotions.offers_by_campaign, key="id")
    steps: list[ReductionStep] = many(promotions.steps_by_campaign, key="id")
    published_at: datetime | None
    stopped_at: datetime | None
    stop_reason: str
    version: int
    created_by: str
    created_at: datetime


@strawberry.type
class CampaignPage(NumberedPage[Campaign]):
    pass


CampaignResult = Annotated[Campaign | Refused, strawberry.union("CampaignResult")]


@strawberry.input(description="`off`, or `percentOff` and at most `most`; good for `validDays`, or until `validUntil`.")
class CouponTermsInput:
    threshold: Fen
    total: int
    off: Fen = Fen(0)
    percent_off: int = 0
    most: Fen | None = None
    per_member: int = 1
    code: str | None = None
    valid_days: int | None = None
    valid_until: datetime | None = None
    by_event: bool = False

    def terms(self) -> promotions.CouponTerms:
        return promotions.CouponTerms(**vars(self))


@strawberry.input
class ReductionStepInput:
    threshold: Fen
    off: Fen


@strawberry.input(description="Exactly one of `coupon` and `steps` says what the campaign offers.")
class CampaignInput:
    name: str
    rules: str = strawberry.field(description="In plain words, as buyers read them before they take part")
    starts_at: datetime
    ends_at: datetime
    coupon: CouponTermsInput | None = None
    steps: list[ReductionStepInput] = strawberry.field(default_factory=list)
    category_ids: list[UUID] | None = None
    product_ids: list[UUID] | None = None
    merchant_percent: int = strawberry.field(
        default=0, description="Of a campaign of the platform: what of the cost the shops bear. A shop bears its own."
    )
    budget: Fen | None = None
    audience: CampaignAudience = CampaignAudience.EVERYBODY
    exclusive: bool = strawberry.field(default=False, description=f"{ALONE} Of coupons only.")
    apply_until: datetime | None = strawberry.field(
        default=None,
        description="Of the platform: shops apply until then; needed for 满减, and where shops bear a part",
    )

    def draft(self) -> promotions.Draft:
        return promotions.Draft(
            name=self.name,
            rules=self.rules,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            coupon=self.coupon.terms() if self.coupon else None,
            steps=[(step.threshold, step.off) for step in self.steps],
            category_ids=self.category_ids,
            product_ids=self.product_ids,
            merchant_percent=self.merchant_percent,
            budget_fen=self.budget,
            audience=self.audience,
            exclusive=self.exclusive,
            apply_until=self.apply_until,
        )
