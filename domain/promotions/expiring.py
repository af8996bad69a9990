"""Coupons that ran out: written down, and what was set aside for them goes back into the budget of their campaign.

Not of one that an order ever used. Money that comes too late takes such a coupon again (`holding.take_again`), run out
or not, and what it costs must still be in the budget then.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import UnitOfWork, clock
from models.promotions import Campaign, Coupon, CouponState

# Of one campaign in one transaction, and campaigns in one round.
MOST_AT_ONCE = 1_000
MOST_CAMPAIGNS = 50


async def run_out(session: AsyncSession) -> Sequence[UUID]:
    """Campaigns of which somebody holds a coupon that is over, not yet written down."""
    over = (Coupon.state == CouponState.HELD) & (Coupon.valid_until <= clock.now())
    chosen = select(Coupon.campaign_id).where(over).group_by(Coupon.campaign_id)
    return (await session.scalars(chosen.order_by(func.min(Coupon.valid_until)).limit(MOST_CAMPAIGNS))).all()


# The campaign is locked first, as by those who claim. A coupon that is just being used waits for the next round.
EXPIRE = """
WITH over AS (
    SELECT id FROM coupons WHERE campaign_id = $1 AND state = 'HELD' AND valid_until <= $2
    ORDER BY valid_until, id LIMIT $3 FOR UPDATE SKIP LOCKED
), expired AS (
    UPDATE coupons SET state = 'EXPIRED' FROM over WHERE coupons.id = over.id RETURNING coupons.id
)
SELECT count(*) AS many, count(*) FILTER (
    WHERE NOT EXISTS (
        SELECT FROM order_line_shares s
        WHERE s.source = expired.id AND s.kind IN ('MERCHANT_COUPON', 'PLATFORM_COUPON')
    )
) AS unused FROM expired
"""
FREE = """
UPDATE campaigns SET promised_fen = promised_fen - $2 * (
    SELECT CASE WHEN off > 0 THEN off ELSE most END FROM coupon_offers WHERE campaign_id = $1
) WHERE id = $1
"""


async def expire(uow: UnitOfWork, campaign_id: UUID) -> int:
    """Ends what ran out of a campaign, so many at once; answers how many that were."""
    await uow.session.execute(select(Campaign.id).where(Campaign.id == campaign_id).with_for_update(key_share=True))
    (row,) = await bulk.run(uow.session, EXPIRE, campaign_id, clock.now(), MOST_AT_ONCE)
    if row["unused"]:
        await bulk.run(uow.session, FREE, campaign_id, row["unused"])
    return int(row["many"])
