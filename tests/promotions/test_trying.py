"""What a cart would pay with a campaign, by the engine that prices orders; what came of one, by what orders keep."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from domain import checkout, orders, promotions
from domain.base import Forbidden, Invalid, NotFound, Viewer, clock
from domain.checkout import Trial
from domain.promotions import Results
from server.database import Database
from tests.factories import catalog as goods
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.orders.gateway import FakeGateway

STEPS = ((3000, 300), (9000, 1200))


async def tried(database: Database, by: Viewer, id: UUID, wanted: dict[UUID, int] | None = None) -> Trial:
    async with database.read() as session:
        return await checkout.try_campaign(session, by, id, wanted)


async def came_of(database: Database, by: Viewer, id: UUID) -> Results:
    async with database.read() as session:
        return await promotions.results(session, by, id)


# ------------------------------------------------------------------------------------------------ tried
async def test_a_draft_takes_what_an_order_will_be_given(database: Database) -> None:
    """The shop looks at a draft, publishes it, and the next order pays what it was shown."""
    shop, who = await market.shop(database), await market.buyer(database)
    id = await making.saved(database, shop.keeper, making.draft(steps=STEPS))
    trial = await tried(database, shop.keeper, id, {shop.sku: 3})
    assert (trial.before.total, trial.after.total, trial.note) == (11970, 10770, None)
    assert [(line.before, line.after, line.by_shop, line.by_platform) for line in trial.lines] == [
        (11970, 10770, 1200, 0)
    ]
    async with database.begin() as uow:
        await promotions.publish(uow, shop.keeper, id)
    trade_id = await market.placed(database, who, {shop.sku: 3})
    assert (await market.trade(database, trade_id))["total"] == trial.after.total
    again = await tried(database, shop.keeper, id, {shop.sku: 3})
    assert (again.before.total, again.after.total) == (11970, 10770), "what holds already counts once"


async def test_a_coupon_of_the_platform_is_spread_and_borne_by_it(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    id = await making.saved(database, merchants.operator(), making.draft(coupon=making.terms(threshold=6000, off=1000)))
    trial = await tried(database, merchants.operator(), id, {shop.sku: 1, other.sku: 1})
    assert [(line.before - line.after, line.by_platform) for line in trial.lines] == [(500, 500)] * 2
    assert (trial.by_shop, trial.by_platform) == (0, 1000)


async def test_it_says_why_nothing_is_taken_off(database: Database) -> None:
    shop = await market.shop(database)
    id = await making.saved(database, shop.keeper, making.draft(steps=((5000, 500),)))
    assert (await tried(database, shop.keeper, id, {shop.sku: 1})).note == "再买 10.10 元可减 5 元"
    elsewhere = await goods.product(database, shop.merchant_id)
    only = making.draft(steps=((3000, 500),), product_ids=[elsewhere.id])
    narrow = await making.saved(database, shop.keeper, only)
    assert (await tried(database, shop.keeper, narrow, {shop.sku: 1})).note == "所选商品不适用"


async def test_what_is_suggested_reaches_what_it_asks_for(database: Database) -> None:
    shop = await market.shop(database)
    await market.shop(database, price=100)
    for steps in (STEPS, ((90_000, 5_000),)):
        id = await making.saved(database, shop.keeper, making.draft(steps=steps))
        trial = await tried(database, shop.keeper, id)
        assert {line.offer.merchant_id for line in trial.lines} == {shop.merchant_id}
        assert trial.before.goods_total - 3990 < steps[-1][0] <= trial.before.goods_total
        assert trial.by_shop == steps[-1][1]


async def test_a_shop_tries_its_own_with_its_own(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    id = await making.saved(database, shop.keeper, making.draft(steps=STEPS))
    with pytest.raises(NotFound):
        await tried(database, other.keeper, id)
    with pytest.raises(Forbidden):
        await tried(database, (await market.buyer(database)).viewer, id)
    for wanted in ({shop.sku: 1, other.sku: 1}, {shop.sku: 0}, {}, {shop.sku: 1000}):
        with pytest.raises(Invalid) as refused:
            await tried(database, shop.keeper, id, wanted)
        assert refused.value.field == "lines"
    assert (await tried(database, merchants.operator(), id, {shop.sku: 3, other.sku: 1})).by_shop == 1200


async def test_without_goods_on_sale_there_is_nothing_to_suggest(database: Database) -> None:
    bare = merchants.shopkeeper(await merchants.merchant(database))
    id = await making.saved(database, bare, making.draft(steps=STEPS))
    with pytest.raises(Invalid, match="没有在售商品"):
        await tried(database, bare, id)


# ------------------------------------------------------------------------------------------------ results
async def test_what_came_of_a_coupon(database: Database, gateway: FakeGateway) -> None:
    """Two are claimed; one order goes back whole, so its coupon is back; one loses a piece, one is never paid."""
    shop, who = await market.shop(database), await market.buyer(database)
    campaign = await making.published(database, shop.keeper, coupon=making.terms(per_member=4))
    held = [await making.claimed(database, who.viewer, campaign) for _ in range(4)]
    gone = await making.paid(database, gateway, who, {shop.sku: 1}, held[0])
    await making.paid(database, gateway, who, {shop.sku: 2}, held[1])
    await making.bought(database, who, {shop.sku: 1}, held[2])
    order = await market.order_of(database, gone)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "缺货", restock=True)
    found = await came_of(database, shop.keeper, campaign)
    assert (found.claimed, found.held, found.used, found.returned, found.expired) == (4, 2, 2, 1, 0)
    assert (found.orders, found.refunded_orders) == (2, 1)
    assert (found.paid, found.refunded) == (3490 + 7480, 3490)
    assert (found.by_shop, found.by_platform) == (500, 0)
    today = clock.today()
    assert found.days[-1].day == today
    assert (sum(day.claimed for day in found.days), sum(day.used for day in found.days)) == (4, 2)
    assert (sum(day.orders for day in found.days), sum(day.paid for day in found.days)) == (2, 10970)
    clock.advance(timedelta(days=8))
    assert (await came_of(database, shop.keeper, campaign)).expired == 2


async def test_what_came_of_a_reduction(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    id = await making.published(database, shop.keeper, steps=STEPS)
    await market.paid(database, gateway, who, {shop.sku: 3})
    await market.placed(database, who, {shop.sku: 3})
    found = await came_of(database, merchants.operator(), id)
    assert (found.orders, found.paid, found.by_shop, found.claimed, found.returned) == (1, 10770, 1200, 0, 0)


async def test_results_are_for_the_shop_and_the_platform(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    id = await making.published(database, shop.keeper)
    found = await came_of(database, merchants.operator(), id)
    assert (found.claimed, found.orders, found.paid) == (0, 0, 0)
    with pytest.raises(NotFound):
        await came_of(database, other.keeper, id)


async def test_before_it_begins_there_are_no_days(database: Database) -> None:
    shop = await market.shop(database)
    later = {"starts_at": clock.now() + timedelta(days=3), "ends_at": clock.now() + timedelta(days=9)}
    id = await making.saved(database, shop.keeper, making.draft(**later))
    assert (await came_of(database, shop.keeper, id)).days == []
