"""What came of a campaign: coupons claimed, used, back and over, and the orders it made cheaper, day by day.

Orders count once they are paid. What was taken off counts for the pieces that buyers keep: the same arithmetic as when
pieces go back (`shares.of_units`), so the sums are what the ledger bears.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import text

from domain.base import SHANGHAI, NotFound, Viewer, clock
from domain.promotions.campaigns import CAMPAIGN, owner_of
from models.promotions import Campaign, CampaignApplication, CampaignKind

# The last of them, where a campaign went on for longer.
MOST_DAYS = 92
NUMBERS = ("orders", "refunded_orders", "paid", "refunded", "by_shop", "by_platform")
COUPONS = ("claimed", "held", "used", "returned", "expired")
OF_DAY = ("claimed", "used", "orders", "paid", "by_shop", "by_platform")


@dataclass(frozen=True)
class Day:
    """Of one day in Shanghai: coupons `claimed` and `used` then, and orders that were paid then."""

    day: date
    claimed: int
    used: int
    orders: int
    paid: int
    by_shop: int
    by_platform: int


@dataclass(frozen=True)
class AtShop:
    """What came of it at one shop that takes or took part."""

    merchant_id: UUID
    orders: int
    paid: int
    refunded: int
    by_shop: int
    by_platform: int


@dataclass(frozen=True)
class Results:
    """Coupons in every state; those `returned` came back from an order, and may be held, used or over since.

    `orders` were paid, `refunded_orders` of them went back whole; `paid` is what all of them came to, `refunded` what
    went back: whole orders with their freight, and goods of others. Money in fen.
    """

    claimed: int
    held: int
    used: int
    returned: int
    expired: int
    orders: int
    refunded_orders: int
    paid: int
    refunded: int
    by_shop: int
    by_platform: int
    days: Sequence[Day]
    # Of a campaign that shops applied for, as the platform sees it.
    shops: Sequence[AtShop] = ()


# ------------------------------------------------------------------------------------------------ the statements
SOURCES = {
    CampaignKind.COUPON: "s.kind IN ('MERCHANT_COUPON', 'PLATFORM_COUPON')"
    " AND s.source IN (SELECT id FROM coupons WHERE campaign_id = :id)",
    CampaignKind.REDUCTION: "s.kind IN ('REDUCTION', 'PLATFORM_REDUCTION') AND s.source = :id",
}
# What is left of a share once so many of the line's pieces went back; and each order that has one, once.
ORDERS = """
WITH cheaper AS (
    SELECT o.id, o.merchant_id, o.trade_id, o.paid_at, o.state, o.total, s.source, s.party, s.amount
        - (s.amount / l.quantity * l.refunded_quantity + least(l.refunded_quantity, s.amount % l.quantity)) AS kept
    FROM order_line_shares s JOIN order_lines l ON l.id = s.line_id JOIN orders o ON o.id = l.order_id
    WHERE {sources} AND (CAST(:shop AS uuid) IS NULL OR o.merchant_id = :shop)
), paid AS (
    SELECT c.id, c.merchant_id, c.state, c.total, (c.paid_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
        coalesce(sum(c.kept) FILTER (WHERE c.party = 'MERCHANT'), 0) AS by_shop,
        coalesce(sum(c.kept) FILTER (WHERE c.party = 'PLATFORM'), 0) AS by_platform,
        CASE c.state WHEN 'CLOSED' THEN c.total
            ELSE (SELECT sum(l.refunded_amount) FROM order_lines l WHERE l.order_id = c.id) END AS refunded
    FROM cheaper c WHERE c.paid_at IS NOT NULL GROUP BY c.id, c.merchant_id, c.state, c.total, c.paid_at
)
"""
WHOLE = """
SELECT coupon.*, sold.*, back.returned FROM (
    SELECT count(*) AS claimed, count(*) FILTER (WHERE state = 'USED') AS used,
        count(*) FILTER (WHERE state = 'HELD' AND valid_until > :now) AS held,
        count(*) FILTER (WHERE state = 'EXPIRED' OR (state = 'HELD' AND valid_until <= :now)) AS expired,
        max((created_at AT TIME ZONE 'Asia/Shanghai')::date) AS last_claim
    FROM coupons WHERE campaign_id = :id
) coupon, (
    SELECT count(*) AS orders, count(*) FILTER (WHERE state = 'CLOSED') AS refunded_orders,
        coalesce(sum(total), 0) AS paid, coalesce(sum(refunded), 0) AS refunded,
        coalesce(sum(by_shop), 0) AS by_shop, coalesce(sum(by_platform), 0) AS by_platform, max(day) AS last_order
    FROM paid
) sold, (
    SELECT count(DISTINCT (p.id, cheaper.trade_id)) AS returned
    FROM cheaper JOIN coupons p ON p.id = cheaper.source WHERE p.trade_id IS DISTINCT FROM cheaper.trade_id
) back
"""
BY_DAY = """
SELECT d.day::date AS day, coalesce(c.claimed, 0) AS claimed, coalesce(u.used, 0) AS used,
    coalesce(p.orders, 0) AS orders, coalesce(p.paid, 0) AS paid, coalesce(p.by_shop, 0) AS by_shop,
    coalesce(p.by_platform, 0) AS by_platform
FROM generate_series(CAST(:first AS date), CAST(:last AS date), interval '1 day') AS d(day)
LEFT JOIN (
    SELECT (created_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS claimed
    FROM coupons WHERE campaign_id = :id GROUP BY 1
) c ON c.day = d.day
LEFT JOIN (
    SELECT (used_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS used
    FROM coupons WHERE campaign_id = :id AND state = 'USED' GROUP BY 1
) u ON u.day = d.day
LEFT JOIN (
    SELECT day, count(*) AS orders, sum(total) AS paid, sum(by_shop) AS by_shop, sum(by_platform) AS by_platform
    FROM paid GROUP BY day
) p ON p.day = d.day
ORDER BY d.day
"""
BY_SHOP = """
SELECT a.merchant_id, count(p.id) AS orders, coalesce(sum(p.total), 0) AS paid,
    coalesce(sum(p.refunded), 0) AS refunded, coalesce(sum(p.by_shop), 0) AS by_shop,
    coalesce(sum(p.by_platform), 0) AS by_platform
FROM (SELECT DISTINCT merchant_id FROM campaign_applications
    WHERE campaign_id = :id AND state IN ('ACCEPTED', 'REMOVED')) a
LEFT JOIN paid p ON p.merchant_id = a.merchant_id
GROUP BY a.merchant_id ORDER BY paid DESC, a.merchant_id LIMIT 200
"""
OF_SHOP = ("orders", "paid", "refunded", "by_shop", "by_platform")


# ------------------------------------------------------------------------------------------------ asked for
async def results(session: AsyncSession, viewer: Viewer, id: UUID) -> Results:
    """What came of a campaign of the shop's own, or at the shop of one it applied for; for the platform of any.

    NotFound for others, and other kinds.
    """
    owner = owner_of(viewer)
    chosen = select(CAMPAIGN.kind, CAMPAIGN.merchant_id, CAMPAIGN.starts_at, CAMPAIGN.apply_until)
    chosen = chosen.add_columns(_applied(owner).label("applied"))
    chosen = chosen.add_columns(func.least(CAMPAIGN.ends_at, CAMPAIGN.stopped_at).label("ends_at"))
    row = (await session.execute(chosen.where(CAMPAIGN.id == id))).mappings().first()
    if row is None or row["kind"] not in SOURCES:
        raise NotFound("活动不存在")
    if owner is not None and row["merchant_id"] != owner and not row["applied"]:
        raise NotFound("活动不存在")
    orders = ORDERS.format(sources=SOURCES[CampaignKind(row["kind"])])
    asked = {"id": id, "now": clock.now(), "shop": owner}
    whole = (await session.execute(text(orders + WHOLE), asked)).mappings().one()
    first, last = _span(row, whole)
    days = (await session.execute(text(orders + BY_DAY), {**asked, "first": first, "last": last})).mappings()
    numbers = {name: int(whole[name]) for name in (*COUPONS, *NUMBERS)}
    told = [Day(each["day"], **{name: int(each[name]) for name in OF_DAY}) for each in days]
    invited = owner is None and row["apply_until"] is not None
    shops = (await session.execute(text(orders + BY_SHOP), asked)).mappings() if invited else ()
    at = [AtShop(each["merchant_id"], **{name: int(each[name]) for name in OF_SHOP}) for each in shops]
    return Results(**numbers, days=told, shops=at)


def _applied(owner: UUID | None) -> Any:
    entry = CampaignApplication.__table__.c
    return (
        select(entry.id)
        .where(entry.campaign_id == CAMPAIGN.id, entry.merchant_id == owner)
        .correlate(Campaign)
        .exists()
    )


def _span(row: Mapping[Any, Any], whole: Mapping[Any, Any]) -> tuple[date, date]:
    """From its first day to its last, or to the last on which something came of it; never after today."""
    ended = row["ends_at"].astimezone(SHANGHAI).date()
    last = min(clock.today(), max([ended, *(day for day in (whole["last_claim"], whole["last_order"]) if day)]))
    return max(row["starts_at"].astimezone(SHANGHAI).date(), last - timedelta(days=MOST_DAYS - 1)), last
