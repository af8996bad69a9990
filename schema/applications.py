"""Campaigns of the platform that shops apply for, and their applications."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import merchants, promotions
from domain.base import clock
from models.base import Fen
from models.promotions import ApplicationState, CampaignKind
from schema.base import NumberedPage, Refused
from schema.merchants import Merchant
from schema.promotions import Campaign, CampaignGoods, CouponOffer, ReductionStep
from schema.relations import RowType, derived, many, one

strawberry.enum(ApplicationState, name="CampaignApplicationState")
PART = "What of the reduction of its own goods the shop bears, in percent; the platform bears the rest"


@strawberry.type(description="A shop that wants to take part in a campaign of the platform, on terms it agreed to.")
class CampaignApplication(RowType):
    id: UUID
    state: ApplicationState
    merchant_percent: int = strawberry.field(description=PART)
    product_ids: list[UUID] | None = strawberry.field(
        description="The goods it brings; null: all that the campaign is for"
    )
    goods: list[CampaignGoods] = many(promotions.goods_by_application, key="id", description="Those by name")
    reason: str = strawberry.field(description="Why it was declined or taken out")
    decided_at: datetime | None
    created_by: str
    created_at: datetime
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    campaign: Campaign = one(promotions.campaigns_by_id, key="campaign_id")


@strawberry.type(description="A campaign of the platform that the shop may apply for or has applied for.")
class CampaignInvitation(RowType):
    id: UUID
    kind: CampaignKind
    name: str
    rules: str
    phase: promotions.Phase = derived(promotions.phase_of, "state", "starts_at", "ends_at")
    starts_at: datetime
    ends_at: datetime
    apply_until: datetime = strawberry.field(description="Shops may apply until then, and leave again")
    open: bool = derived(lambda state, until: state == "PUBLISHED" and until > clock.now(), "state", "apply_until")
    merchant_percent: int = strawberry.field(description=PART)
    category_ids: list[UUID] | None = strawberry.field(description="The goods it is for, with all below; null: all")
    goods: list[CampaignGoods] = many(promotions.goods_by_campaign, key="id", description="Those categories by name")
    coupon: CouponOffer | None = one(promotions.offers_by_campaign, key="id")
    steps: list[ReductionStep] = many(promotions.steps_by_campaign, key="id")
    application: CampaignApplication | None = one(
        promotions.applications_by_id, key="application_id", description="The shop's own, the latest"
    )


@strawberry.type
class CampaignInvitationPage(NumberedPage[CampaignInvitation]):
    pass


@strawberry.type
class CampaignApplicationPage(NumberedPage[CampaignApplication]):
    pass


CampaignApplicationResult = Annotated[CampaignApplication | Refused, strawberry.union("CampaignApplicationResult")]


@strawberry.type(description="What came of a campaign at one shop that takes or took part.")
class CampaignAtShop(RowType):
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    orders: int
    paid: Fen
    refunded: Fen
    by_shop: Fen
    by_platform: Fen
