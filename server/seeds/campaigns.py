"""Coupons and 满减 of the demo: what shops of 昭通 would give at harvest time, published by the rules themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain import promotions
from domain.base import UnitOfWork, Viewer, ViewerKind
from domain.promotions import CouponTerms, Draft
from models.promotions import CampaignAudience
from server.seeds.catalogue import shops

RULES = "全店通用，每单限用一张，不找零。整单退款后券退回，过期不补；部分退款按实付金额退。"
ALONE = "全店通用，每单限用一张，不与其他优惠券同享，结算时自动选实付更少的一种。整单退款后券退回，过期不补。"
REDUCED = "全店商品合计满 99 元减 8 元，满 199 元减 20 元，每单按最高一档减一次。部分退款按实付金额退。"
FOR_NEW = "未付款过的新用户可领一张，全平台通用，每单限用一张，由平台承担。整单退款后券退回。"


async def add_campaigns(uow: UnitOfWork, now: datetime) -> None:
    """Two shops' coupons, 满减 of a third, and a coupon of the platform for new buyers; all for a month."""
    first, second, third = (Viewer(ViewerKind.MERCHANT, None, shop.owner, merchant_id=shop.id) for shop in shops()[:3])
    platform = Viewer(ViewerKind.PLATFORM, None, "运营")
    wanted = (
        (first, "新果上市券", RULES, CouponTerms(threshold=5000, off=500, total=2000, per_member=2, valid_days=15)),
        (second, "老客九折券", ALONE, CouponTerms(6000, 500, percent_off=10, most=2000, valid_days=10)),
        (platform, "昭通商城新人券", FOR_NEW, CouponTerms(threshold=3000, off=300, total=5000, valid_days=30)),
    )
    for viewer, name, rules, terms in wanted:
        new = viewer is platform
        audience = CampaignAudience.NEW_BUYERS if new else CampaignAudience.EVERYBODY
        budget = 1_500_000 if new else None
        span, alone = (now - timedelta(hours=1), now + timedelta(days=30)), rules is ALONE
        draft = Draft(name, rules, *span, terms, budget_fen=budget, audience=audience, exclusive=alone)
        id = await promotions.save(uow, viewer, None, draft)
        await promotions.publish(uow, viewer, id)
    steps = ((9900, 800), (19900, 2000))
    whole = Draft("秋收满减", REDUCED, now - timedelta(hours=1), now + timedelta(days=30), steps=steps)
    await promotions.publish(uow, third, await promotions.save(uow, third, None, whole))
