"""Demo data: 昭通 with its shops, goods, people and orders, the same each time but for the day it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import clock
from domain.orders.auditing import catch_up as catch_up
from models.merchants import Merchant
from server.database import Database
from server.embedded.state import default_cache_dir
from server.seeds import (
    campaigns,
    cards,
    community,
    flash,
    groups,
    lots,
    orders,
    people,
    pictures,
    points,
    presales,
    referrals,
    reviews,
    shelves,
    traits,
    vouchers,
)
from server.seeds.catalogue import shops
from server.seeds.direct import as_direct as as_direct
from server.seeds.people import demo_accounts as demo_accounts
from server.seeds.regions import ensure_regions as ensure_regions
from server.seeds.scaling import scale as scale
from server.settings import Settings

Progress = Callable[[str, int, int], None]

DEMO_ACCOUNTS = [str(account) for account in demo_accounts()]
STEPS = 6


async def seed_demo(database: Database, settings: Settings, progress: Progress) -> None:
    """Fills the database with the demo in one transaction; does nothing where the demo is already.

    Refused in production: the demo's passwords are known to everybody.
    """
    if settings.env == "production":
        raise RuntimeError("The demo data is not for production: its passwords are public.")
    async with database.read() as session:
        if await _seeded(session):
            return
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    drawn = await asyncio.to_thread(
        pictures.draw_all, settings.state_dir / "media", default_cache_dir() / "drawings", progress
    )
    shelf, posted = settings.state_dir / "media", settings.state_dir / "posted"
    await asyncio.to_thread(pictures.lay_beside, shelf, posted, community.pictures_of(drawn))
    async with database.begin() as uow:
        now = clock.now()
        progress("行政区划", 1, STEPS)
        await ensure_regions(uow)
        progress("商户与品牌", 2, STEPS)
        await shelves.add_shops(uow, drawn)
        progress("类目与商品", 3, STEPS)
        await shelves.add_categories(uow, now)
        await shelves.add_goods(uow, drawn, now)
        await traits.add_attributes(uow, now)
        await shelves.add_banners(uow, drawn, now)
        progress("会员与员工", 4, STEPS)
        await people.add_buyers(uow, drawn, now)
        await people.add_staff(uow, now)
        await people.add_return_addresses(uow, now)
        progress("订单", 5, STEPS)
        await orders.add_orders(uow, drawn, now)
        await groups.add_groups(uow, now)
        await flash.add_flash(uow, now)
        await presales.add_presales(uow, now)
        await lots.add_lots(uow, now)
        await campaigns.add_campaigns(uow, now)
        await cards.add_cards(uow)
        await referrals.add_referrals(uow, now)
        await points.add_points(uow)
        await vouchers.add_vouchers(uow, now)
        await reviews.add_reviews(uow, now)
        await community.add_stories(uow, drawn, now)
        progress("演示数据", STEPS, STEPS)


async def _seeded(session: AsyncSession) -> bool:
    return await session.scalar(select(Merchant.id).where(Merchant.id == shops()[0].id)) is not None
