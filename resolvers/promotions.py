"""Coupons for members; campaigns for the shops and the platform that make them."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import promotions
from domain.members.permissions import Permission
from resolvers.base import Audience, By, Rate, mutation, query
from schema.base import Done, DoneResult, First, Info
from schema.catalog import Product
from schema.promotions import (
    Campaign,
    CampaignInput,
    CampaignPage,
    CampaignResult,
    Coupon,
    CouponResult,
    CouponToClaim,
    ReductionGoodsPage,
    RunningReduction,
)
from schema.relations import columns_for

SHOP = Permission.MERCHANT_PROMOTIONS
PLATFORM = Permission.PLATFORM_PROMOTIONS
# Nobody claims faster by hand; and whoever tries out codes is soon slow.
CLAIMING = Rate(By.VIEWER, burst=30, seconds=3)
GUESSING = Rate(By.VIEWER, burst=10, seconds=20)


async def _campaign(info: Info, id: UUID) -> Campaign:
    columns = columns_for(info, Campaign)
    return Campaign.of(await info.context.read(promotions.access, info.context.viewer, id, columns))


async def _page(info: Info, merchant_id: UUID | None, page: int, size: int) -> CampaignPage:
    columns, viewer = columns_for(info, Campaign, "items"), info.context.viewer
    rows, total = await info.context.read(promotions.page, viewer, merchant_id, page, size, columns)
    return CampaignPage(items=[Campaign.of(row) for row in rows], total=total)


async def _save(info: Info, id: UUID | None, input: CampaignInput, version: int) -> Campaign:
    async with info.context.database.begin() as uow:
        saved = await promotions.save(uow, info.context.viewer, id, input.draft(), version)
    return await _campaign(info, saved)


async def _publish(info: Info, id: UUID) -> Campaign:
    async with info.context.database.begin() as uow:
        await promotions.publish(uow, info.context.viewer, id)
    return await _campaign(info, id)


async def _stop(info: Info, id: UUID, reason: str) -> Campaign:
    async with info.context.database.begin() as uow:
        await promotions.stop(uow, info.context.viewer, id, reason)
    return await _campaign(info, id)


async def _discard(info: Info, id: UUID) -> Done:
    async with info.context.database.begin() as uow:
        await promotions.discard(uow, info.context.viewer, id)
    return Done(ok=True)


@strawberry.type
class Query:
    @query(
        Audience.ANYONE,
        description="Coupons that may be claimed now: of all, or of one shop and the platform.",
    )
    async def coupons_to_claim(
        self, info: Info, merchant_id: UUID | None = None, first: First = 20
    ) -> list[CouponToClaim]:
        rows = await info.context.read(promotions.claimable, info.context.viewer, merchant_id, first)
        return [CouponToClaim.of(row) for row in rows]

    @query(Audience.ANYONE, description="满减 of its shop that hold now for a product on sale, what ends first first.")
    async def product_reductions(self, info: Info, product_id: UUID, first: First = 10) -> list[RunningReduction]:
        columns = columns_for(info, RunningReduction)
        rows = await info.context.read(promotions.reducing, product_id, first, columns)
        return [RunningReduction.of(row) for row in rows]

    @query(Audience.ANYONE, description="A 满减 that holds now, of a shop or of the platform; null for any other.")
    async def running_reduction(self, info: Info, id: UUID) -> RunningReduction | None:
        row = await info.context.read(promotions.reduction, id, columns_for(info, RunningReduction))
        return RunningReduction.of(row) if row else None

    @query(Audience.ANYONE, description="What can be bought to reach a 满减 that holds now; empty for any other.")
    async def reduction_goods(
        self,
        info: Info,
        campaign_id: UUID,
        order: promotions.GoodsOrder = promotions.GoodsOrder.SALES,
        page: int = 1,
        size: int = 20,
    ) -> ReductionGoodsPage:
        columns = columns_for(info, Product, "items")
        rows, total = await info.context.read(promotions.goods, campaign_id, order, page, size, columns)
        return ReductionGoodsPage(items=[Product.of(row) for row in rows], total=total)

    @query(Audience.MEMBER, description="How many of the viewer's coupons are good for three days more at most.")
    async def coupons_ending_soon(self, info: Info) -> int:
        return await info.context.read(promotions.ending_soon, info.context.viewer)

    @query(
        Audience.MEMBER,
        description="Those that are good, what ends first coming first; or those that are used or over.",
    )
    async def my_coupons(self, info: Info, good: bool = True, page: int = 1, size: int = 20) -> list[Coupon]:
        rows = await info.context.read(promotions.mine, info.context.viewer, good, page, size)
        return [Coupon.of(row) for row in rows]

    @query(Audience.MERCHANT, SHOP, description="The shop's campaigns, the newest first.")
    async def merchant_campaigns(self, info: Info, page: int = 1, size: int = 20) -> CampaignPage:
        return await _page(info, None, page, size)

    @query(Audience.PLATFORM, PLATFORM, description="All campaigns, or those of one shop, the newest first.")
    async def platform_campaigns(
        self, info: Info, merchant_id: UUID | None = None, page: int = 1, size: int = 20
    ) -> CampaignPage:
        return await _page(info, merchant_id, page, size)


@strawberry.type
class Mutation:
    @mutation(Audience.MEMBER, rates=(CLAIMING,))
    async def claim_coupon(self, info: Info, campaign_id: UUID) -> CouponResult:
        async with info.context.database.begin() as uow:
            id = await promotions.claim_coupon(uow, info.context.viewer, campaign_id)
            return Coupon.of(await promotions.coupon(uow.session, info.context.viewer, id))

    @mutation(Audience.MEMBER, rates=(GUESSING,), description="Claims a coupon whose code the viewer knows.")
    async def claim_coupon_by_code(self, info: Info, code: str) -> CouponResult:
        async with info.context.database.begin() as uow:
            id = await promotions.claim_by_code(uow, info.context.viewer, code)
            return Coupon.of(await promotions.coupon(uow.session, info.context.viewer, id))

    @mutation(Audience.MERCHANT, SHOP, description="Writes a draft down, or another version of the one at `version`.")
    async def merchant_save_campaign(
        self, info: Info, input: CampaignInput, id: UUID | None = None, version: int = 1
    ) -> CampaignResult:
        return await _save(info, id, input, version)

    @mutation(Audience.MERCHANT, SHOP, description="From its start on buyers may take part; it cannot be changed.")
    async def merchant_publish_campaign(self, info: Info, id: UUID) -> CampaignResult:
        return await _publish(info, id)

    @mutation(Audience.MERCHANT, SHOP, description="Ends it at once; coupons in hand stay good.")
    async def merchant_stop_campaign(self, info: Info, id: UUID, reason: str) -> CampaignResult:
        return await _stop(info, id, reason)

    @mutation(Audience.MERCHANT, SHOP, description="Throws a draft away.")
    async def merchant_discard_campaign(self, info: Info, id: UUID) -> DoneResult:
        return await _discard(info, id)

    @mutation(Audience.PLATFORM, PLATFORM, description="As `merchantSaveCampaign`, of the platform.")
    async def platform_save_campaign(
        self, info: Info, input: CampaignInput, id: UUID | None = None, version: int = 1
    ) -> CampaignResult:
        return await _save(info, id, input, version)

    @mutation(Audience.PLATFORM, PLATFORM)
    async def platform_publish_campaign(self, info: Info, id: UUID) -> CampaignResult:
        return await _publish(info, id)

    @mutation(Audience.PLATFORM, PLATFORM, description="Ends any campaign at once; coupons in hand stay good.")
    async def platform_stop_campaign(self, info: Info, id: UUID, reason: str) -> CampaignResult:
        return await _stop(info, id, reason)

    @mutation(Audience.PLATFORM, PLATFORM, description="Throws a draft away.")
    async def platform_discard_campaign(self, info: Info, id: UUID) -> DoneResult:
        return await _discard(info, id)
