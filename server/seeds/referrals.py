"""老带新 of the demo: a running programme with coupons to give, and two channels. Nobody has been invited yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from domain import promotions, referrals
from domain.base import UnitOfWork, Viewer, ViewerKind
from domain.promotions import CouponTerms, Draft
from models.referrals import Channel
from server.seeds.ids import demo_id

REWARD = "邀请奖励券：全平台通用，每单限用一张，不找零，由平台承担。整单退款后券退回。"
RULES = "邀请从未下过单的新朋友，对方首单完成后双方各得一张优惠券，由平台承担。奖励只有优惠券，不能提现。"

CHANNELS = (
    {"name": "昭阳区农贸市场东门", "note": "东门右侧公告栏", "code": "NMSCDM22", "created_by": "运营"},
    {"name": "昭通火车站出站口", "note": "导视牌背面", "code": "HCZCZK22", "created_by": "运营"},
)


async def add_referrals(uow: UnitOfWork, now: datetime) -> None:
    """Eight yuan off for the inviter and ten for the invited one, for a month; two places where posters hang."""
    platform = Viewer(ViewerKind.PLATFORM, None, "运营")
    begins, ends = now - timedelta(hours=1), now + timedelta(days=30)
    campaigns = []
    for name, off, threshold in (("老带新 · 邀请人券", 800, 5900), ("老带新 · 新人券", 1000, 4900)):
        terms = CouponTerms(threshold=threshold, off=off, total=2000, per_member=20, valid_days=30, by_event=True)
        # Given as long as first orders may still be paid, be complete and pass their claims.
        until = ends + timedelta(days=90)
        draft = Draft(name, REWARD, begins, until, terms, budget_fen=1_000_000)
        campaigns.append(await promotions.save(uow, platform, None, draft))
        await promotions.publish(uow, platform, campaigns[-1])
    wanted = referrals.Draft(
        name="邀请好友尝鲜",
        rules=RULES,
        starts_at=begins,
        ends_at=ends,
        inviter_campaign_id=campaigns[0],
        invitee_campaign_id=campaigns[1],
        bind_days=7,
        order_days=30,
        least_kept=1000,
        per_inviter=10,
        per_month=5,
        total=500,
        held_from=5,
    )
    await referrals.publish(uow, platform, await referrals.save(uow, platform, None, wanted))
    # With codes of their own, so that a poster once printed leads to every demo.
    channels = [{"id": demo_id("channel", n), "created_at": now, **each} for n, each in enumerate(CHANNELS, 1)]
    await uow.session.execute(insert(Channel), channels)
