"""The small market of a run: shops with awkward prices, buyers, and what makes goods cheaper."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

import asyncpg
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import aftersales, groups, points
from domain.base import Viewer, clock
from domain.checkout import BenefitsOf
from domain.pricing import NO_BENEFITS, Benefits, Coupon, Reduction
from models.base import new_id
from models.catalog import ReturnClass
from models.inventory import StockMove
from tests.factories import catalog, merchants, promotions
from tests.factories import orders as made
from tests.factories.orders import Buyer
from tests.model.mall import Mall, Queue, Relay
from tests.model.seats import Activity
from tests.model.truth import Shelf, Truth
from tests.model.wechat import Wechat

# Price in fen and opening stock of each SKU; freight and the goods from which on it is free; commission in 1/10,000.
SHOPS = (
    (((333, 60), (9999, 8)), 600, None, 500),
    (((1000, 40), (1, 500)), 800, 3000, 0),
    (((77777, 4), (250, 30)), 0, None, 3000),
)
BUYERS = 3
# How many coupons there are of each offer, and how many of them one buyer may have.
TOTALS = ((20, 8), (9, 4), (2, 1))
# What there is for groups, by its usual price: of how many, within how many minutes.
GROUPED = {333: (2, 12 * 60), 1000: (3, 72 * 60)}
RULES = points.Rules(earning=True, spending=True, per_yuan=20, daily_most=100_000, cap_percent=50, least_goods=0)
KEY = hashlib.sha256(b"model").hexdigest()


class Offered(NamedTuple):
    ends_at: datetime
    total: int
    each: int
    days: int
    shop: int | None


@dataclass
class Market:
    """Everything a run acts on. The clock stands and is moved by the run."""

    mall: Mall
    sql: asyncpg.Connection
    wechat: Wechat
    relay: Relay
    truth: Truth
    buyers: list[Buyer]
    keepers: list[Viewer]
    shops: list[UUID]
    operator: Viewer
    reductions: tuple[Reduction, ...]
    #: Campaigns whose coupons buyers may have: until when, how many of all, how many each.
    offers: dict[UUID, Offered]

    def cheaper(self, dice: Random) -> Benefits:
        """What one buyer may use at the checkout: nothing, or some of everything."""
        if dice.random() < 0.4:
            return NO_BENEFITS
        coupon = Coupon(new_id(), "平台券", threshold=500, off=dice.choice((1, 99, 250)))
        return Benefits(
            reductions=self.reductions if dice.random() < 0.5 else (),
            coupons=(coupon,) if dice.random() < 0.6 else (),
        )


def held(benefits: Benefits) -> BenefitsOf:
    async def benefits_of(_session: AsyncSession, viewers: Sequence[Viewer]) -> Sequence[Benefits]:
        return [benefits] * len(viewers)

    return benefits_of


async def open_market(mall: Mall, sql: asyncpg.Connection) -> Market:
    """A market in an empty database."""
    clock.stop(datetime.now(UTC))
    mall.queue = Queue()
    truth, keepers, shops = Truth(), [], []
    for goods, freight, free_from, rate in SHOPS:
        shop = await merchants.merchant(mall, freight=freight, free_freight_from=free_from, commission_rate=rate)
        keepers.append(merchants.shopkeeper(shop))
        shops.append(shop)
        await _stock(mall, truth, shop, goods, len(shops) - 1)
        # The last shop has nowhere to take goods back.
        if len(shops) < len(SHOPS):
            await _return_address(mall, keepers[-1])
    buyers = [await made.buyer(mall) for _ in range(BUYERS)]
    for someone in [*(buyer.viewer for buyer in buyers), *keepers]:
        async with mall.begin() as uow:
            await aftersales.record_evidence(uow, someone, key=KEY, width=800, height=600, byte_size=1234)
    told = (mall, sql, Wechat(), Relay(mall, sql), truth, buyers, keepers, shops, merchants.operator())
    await _activities(mall, truth, keepers)
    async with mall.begin() as uow:
        await points.save(uow, told[-1], RULES, "开张", 0)
    reductions = [await _reduction(mall, keeper) for keeper in keepers]
    return Market(*told, tuple(reductions), await _offers(mall, keepers))


async def _reduction(mall: Mall, keeper: Viewer) -> Reduction:
    """A shop's own, never published: it holds for the orders the run says, and for no others."""
    steps = ((900, 100), (3000, 501))
    id = await promotions.saved(mall, keeper, promotions.draft(steps=steps))
    return Reduction(id, "满减", keeper.shop_id, steps)


async def _offers(mall: Mall, keepers: list[Viewer]) -> dict[UUID, Offered]:
    """Coupons of the platform, which bears them alone, and of two shops."""
    found = {}
    for at, by in enumerate((None, *keepers[:2])):
        ends_at, shop = clock.now() + timedelta(days=60 + at), at - 1 if by else None
        total, each = TOTALS[at]
        offered = Offered(ends_at, total, each, days=12 + at, shop=shop)
        worth = {"threshold": 600 + at, "off": 101 * (at + 1)}
        terms = promotions.terms(**worth, total=offered.total, per_member=offered.each, valid_days=offered.days)
        ends = {"ends_at": ends_at, "merchant_percent": 0 if by is None else 100}
        found[await promotions.published(mall, by, coupon=terms, **ends)] = offered
    return found


async def _activities(mall: Mall, truth: Truth, keepers: list[Viewer]) -> None:
    """Prices for groups: of two within hours, of three within days."""
    for sku, shelf in truth.shelves.items():
        if shelf.price not in GROUPED:
            continue
        size, lasts = GROUPED[shelf.price]
        now = clock.now()
        offered = Activity(new_id(), sku, size, timedelta(minutes=lasts), 50, 60, now + timedelta(days=90))
        about = {"size": size, "ttl_minutes": lasts, "per_member": offered.each, "stock": offered.stock}
        times = {"starts_at": now, "ends_at": offered.ends_at}
        draft = groups.Draft(sku_id=sku, name="拼团", price=shelf.price - 99, **about, **times)
        async with mall.begin() as uow:
            offered.id = await groups.save(uow, keepers[shelf.shop], None, draft)
            await groups.publish(uow, keepers[shelf.shop], offered.id)
        truth.seats.activities.append(offered)


async def _stock(mall: Mall, truth: Truth, shop: UUID, goods: Sequence[tuple[int, int]], place: int) -> None:
    for price, many in goods:
        product = await catalog.product(
            mall, shop, skus=(catalog.sku(price=price),), stock=many, images=0, return_class=ReturnClass.SEVEN_DAYS
        )
        truth.shelves[product.skus[0]] = Shelf(many, 0, price, place)
        row = {"id": new_id(), "sku_id": product.skus[0], "delta": many, "reason": "期初入库"}
        async with mall.begin() as uow:
            await uow.session.execute(insert(StockMove).values(**row, created_at=clock.now()))


async def _return_address(mall: Mall, keeper: Viewer) -> None:
    where = {"name": "赵师傅", "phone": "13987000001", "region_code": merchants.ZHAOYANG, "detail": "洒渔镇仓库 3 号"}
    async with mall.begin() as uow:
        await aftersales.save_address(uow, keeper, **where)
