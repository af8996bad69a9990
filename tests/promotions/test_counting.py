"""凑单: the goods that count for a 满减, and how far the cart is from it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain import checkout, merchants, pricing, promotions
from domain.base import clock
from domain.promotions import GoodsOrder
from server.database import Database
from tests.factories import merchants as people
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.factories.orders import Buyer
from tests.promotions import joining

STEPS = ((3000, 500), (10_000, 2000))


async def goods(database: Database, id: UUID, order: GoodsOrder = GoodsOrder.PRICE) -> list[UUID]:
    async with database.read() as session:
        rows, total = await promotions.goods(session, id, order, 1, 20, frozenset({"id"}))
    assert total == len(rows)
    return [row["id"] for row in rows]


async def holds(database: Database, id: UUID) -> bool:
    async with database.read() as session:
        return await promotions.reduction(session, id, frozenset({"id"})) is not None


async def reached(database: Database, who: Buyer, id: UUID, lines: dict[UUID, int]) -> pricing.Reduced | None:
    async with database.begin() as uow:
        for sku_id, quantity in lines.items():
            await checkout.add(uow, who.viewer, sku_id, quantity)
    async with database.read() as session:
        cart = await checkout.cart(session, who.viewer)
    found = pricing.reductions_across(cart.priced, cart.reductions)
    for group in cart.priced.groups:
        found += pricing.reductions_of(group, cart.reductions)
    return next((each for each in found if each.id == id), None)


# ------------------------------------------------------------------------------------------------ what is listed
async def test_a_shops_reduction_lists_its_goods_on_sale_and_nobody_elses(database: Database) -> None:
    shop, other = await market.shop(database, price=2000), await market.shop(database, price=1000)
    campaign = await making.published(database, shop.keeper, steps=STEPS)
    assert await goods(database, campaign) == [shop.product.id]
    assert other.product.id not in await goods(database, campaign, GoodsOrder.SALES)
    async with database.begin() as uow:
        await merchants.suspend(uow, people.operator(), shop.merchant_id, "资质到期")
    assert await goods(database, campaign) == []


async def test_across_shops_only_what_was_brought_counts_the_cheapest_first(database: Database) -> None:
    one, two, out = [await market.shop(database, price=price) for price in (6000, 4000, 9000)]
    campaign = await joining.invited(database)
    await joining.applied(database, out, campaign)  # never accepted
    await joining.taking_part(database, campaign, one, products=[one.product.id])
    await joining.taking_part(database, campaign, two)
    assert await goods(database, campaign) == [two.product.id, one.product.id]


async def test_what_does_not_hold_lists_nothing(database: Database) -> None:
    shop = await market.shop(database)
    ended = await making.published(database, shop.keeper, steps=STEPS)
    assert await holds(database, ended)
    await making.stopped(database, shop.keeper, ended)
    later = clock.now() + timedelta(hours=2)
    coming = await making.published(
        database, shop.keeper, steps=STEPS, starts_at=later, ends_at=later + timedelta(days=1)
    )
    draft = await making.saved(database, shop.keeper, making.draft(steps=STEPS))
    coupon = await making.published(database, shop.keeper, coupon=making.terms())
    for id in (ended, coming, draft, coupon, shop.sku):
        assert not await holds(database, id)
        assert await goods(database, id) == []


# ------------------------------------------------------------------------------------------------ how far
def figures(reduced: pricing.Reduced | None) -> tuple[int, int, int | None, int | None]:
    assert reduced is not None
    return reduced.worth, reduced.off, reduced.missing, reduced.next_off


async def test_the_cart_says_how_far_its_goods_are_step_by_step(database: Database) -> None:
    shop, who = await market.shop(database, price=2000, stock=20), await market.buyer(database)
    campaign = await making.published(database, shop.keeper, steps=STEPS)
    assert await reached(database, who, campaign, {}) is None
    assert figures(await reached(database, who, campaign, {shop.sku: 1})) == (2000, 0, 1000, 500)
    assert figures(await reached(database, who, campaign, {shop.sku: 1})) == (4000, 500, 6000, 2000)
    assert figures(await reached(database, who, campaign, {shop.sku: 3})) == (10_000, 2000, None, None)


async def test_goods_that_another_reduction_has_do_not_count(database: Database) -> None:
    shop, who = await market.shop(database, price=4000, stock=20), await market.buyer(database)
    better = await making.published(database, shop.keeper, steps=((3000, 900),))
    other = await making.published(database, shop.keeper, steps=STEPS)
    left = await reached(database, who, other, {shop.sku: 1})
    assert figures(left) == (0, 0, None, None)
    assert left is not None
    assert left.note == "这些商品已享其他满减"
    assert figures(await reached(database, who, better, {})) == (4000, 900, None, None)
