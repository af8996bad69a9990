"""Campaigns that have begun, and coupons in members' hands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import checkout, orders, promotions
from domain.base import Database, Viewer, clock
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer
from tests.orders.gateway import FakeGateway

RULES = "全店通用，每单限用一张，不找零，售后按规则退还。"


def draft(**changes: Any) -> promotions.Draft:
    """满 30 减 5，十张，每人一张，七天有效；已经开始。"""
    now = clock.now()
    about: dict[str, Any] = {
        "name": "满 30 减 5",
        "rules": RULES,
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(days=30),
    }
    if "steps" not in changes:
        about["coupon"] = terms()
    return promotions.Draft(**{**about, **changes})


def terms(**changes: Any) -> promotions.CouponTerms:
    about: dict[str, Any] = {"threshold": 3000, "off": 500, "total": 10, "valid_days": 7}
    if "valid_until" in changes:
        about["valid_days"] = None
    return promotions.CouponTerms(**{**about, **changes})


async def saved(database: Database, by: Viewer, wanted: promotions.Draft) -> UUID:
    async with database.begin() as uow:
        return await promotions.save(uow, by, None, wanted)


async def published(database: Database, by: Viewer | None = None, **changes: Any) -> UUID:
    """A campaign of the shopkeeper's, or of the platform's, that everybody may take part in."""
    viewer = by or merchants.operator()
    id = await saved(database, viewer, draft(**changes))
    async with database.begin() as uow:
        await promotions.publish(uow, viewer, id)
    return id


async def stopped(database: Database, by: Viewer, id: UUID) -> None:
    async with database.begin() as uow:
        await promotions.stop(uow, by, id, "提前结束")


async def borne_by(database: Database, merchant_id: UUID) -> UUID:
    """A coupon of the shop's in somebody's hands: what lets its orders bear a MERCHANT_COUPON."""
    return await coupon(database, (await market.buyer(database)).viewer, merchants.shopkeeper(merchant_id))


async def claimed(database: Database, who: Viewer, campaign_id: UUID) -> UUID:
    async with database.begin() as uow:
        return await promotions.claim_coupon(uow, who, campaign_id)


async def coupon(database: Database, who: Viewer, by: Viewer | None = None, **terms_of: Any) -> UUID:
    """A coupon in the member's hands."""
    return await claimed(database, who, await published(database, by, coupon=terms(**terms_of)))


async def shown(database: Database, who: Buyer, lines: dict[UUID, int], picks: promotions.Picks) -> checkout.Preview:
    """The checkout page with these picks."""
    async with database.read() as session:
        return await checkout.preview(session, who.viewer, lines, None, frozenset(), picks=picks)


async def page_with(database: Database, who: Buyer, lines: dict[UUID, int], *coupons: UUID) -> orders.WantedOrder:
    """What that page sends."""
    picks = promotions.Picks(frozenset(coupons))
    total = (await shown(database, who, lines, picks)).priced.total
    return await market.wanted(database, who, lines, expected_total=total, picks=picks)


async def bought(database: Database, who: Buyer, lines: dict[UUID, int], *coupons: UUID) -> UUID:
    """A trade that was placed with these coupons."""
    return await market.place(database, who, await page_with(database, who, lines, *coupons))


async def paid(database: Database, gateway: FakeGateway, who: Buyer, lines: dict[UUID, int], *coupons: UUID) -> UUID:
    """A trade that was placed with these coupons, and paid."""
    trade_id = await bought(database, who, lines, *coupons)
    await orders.pay(database, gateway, who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))
    return trade_id
