"""How many of a SKU one member may buy: counted in the cart, before ordering and when it is ordered."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domain import checkout, orders
from domain.base import Refusal, clock
from domain.checkout import CartProblem, OverLimit
from models.catalog import Sku
from server.database import Database
from tests.client import counting_on
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway
from tests.orders.test_graph import Graph


async def limited(database: Database, each: int = 2, days: int | None = None) -> tuple[Shop, Buyer]:
    shop = await market.shop(database)
    await limit(database, shop, each, days)
    return shop, await market.buyer(database)


async def limit(database: Database, shop: Shop, each: int | None, days: int | None = None) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(Sku).where(Sku.id == shop.sku).values(limit_each=each, limit_days=days))


async def test_no_more_is_ordered_than_one_member_may_have(database: Database) -> None:
    shop, who = await limited(database)
    with pytest.raises(OverLimit, match="每人限购 2 件$") as refused:
        await market.placed(database, who, {shop.sku: 3})
    assert (refused.value.left, refused.value.field) == (2, "lines")
    await market.placed(database, who, {shop.sku: 1})
    with pytest.raises(OverLimit, match="每人限购 2 件，您已购买 1 件，还可购买 1 件$"):
        await market.placed(database, who, {shop.sku: 2})
    await market.placed(database, who, {shop.sku: 1})
    with pytest.raises(OverLimit, match="您已购买 2 件$"):
        await market.placed(database, who, {shop.sku: 1})
    # Others have their own.
    await market.placed(database, await market.buyer(database), {shop.sku: 2})


async def test_two_orders_at_once_are_not_more_than_one_may_have(database: Database) -> None:
    """Orders of one member wait for each other: whoever comes second finds what the first has."""
    shop, who = await limited(database)
    pages = [await market.wanted(database, who, {shop.sku: 1}) for _ in range(6)]
    answers = await asyncio.gather(*(market.place(database, who, page) for page in pages), return_exceptions=True)
    assert sum(isinstance(answer, OverLimit) for answer in answers) == 4
    assert await market.stock(database, shop.sku) == (100, 2)


async def test_in_one_group_the_earlier_ones_count(database: Database) -> None:
    shop, who = await limited(database)
    pages = [await market.wanted(database, who, {shop.sku: 1}) for _ in range(3)]
    async with database.begin() as uow:
        answers = await orders.place_many(uow, [(who.viewer, page) for page in pages])
    assert [isinstance(answer, Refusal) for answer in answers] == [False, False, True]


async def test_what_was_closed_or_given_back_does_not_count(database: Database) -> None:
    shop, who = await limited(database)
    gateway = FakeGateway()
    trade = await market.placed(database, who, {shop.sku: 2})
    await orders.cancel(database, gateway, who.viewer, trade)
    trade = await market.paid(database, gateway, who, {shop.sku: 2})
    with pytest.raises(OverLimit):
        await market.placed(database, who, {shop.sku: 1})
    order = await market.order_of(database, trade)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "买家不要了", restock=True)
    await market.placed(database, who, {shop.sku: 2})


async def test_a_period_starts_anew(database: Database) -> None:
    shop, who = await limited(database, days=30)
    await market.placed(database, who, {shop.sku: 2})
    with pytest.raises(OverLimit, match="每人 30 天内限购 2 件，您已购买 2 件"):
        await market.placed(database, who, {shop.sku: 1})
    clock.advance(timedelta(days=29, hours=23))
    with pytest.raises(OverLimit):
        await market.placed(database, who, {shop.sku: 1})
    clock.advance(timedelta(hours=2))
    await market.placed(database, who, {shop.sku: 1})
    await limit(database, shop, 2)
    with pytest.raises(OverLimit, match="您已购买 3 件"):
        await market.placed(database, who, {shop.sku: 1})


async def test_the_checkout_page_says_so_before(database: Database) -> None:
    shop, who = await limited(database)
    await market.placed(database, who, {shop.sku: 1})
    async with database.read() as session:
        await checkout.preview(session, who.viewer, {shop.sku: 1}, who.address_id, frozenset())
        with pytest.raises(OverLimit, match="还可购买 1 件"):
            await checkout.preview(session, who.viewer, {shop.sku: 2}, who.address_id, frozenset())


async def test_the_cart_says_how_many_are_left(database: Database) -> None:
    shop, who = await limited(database, each=3)
    async with database.begin() as uow:
        with pytest.raises(OverLimit):
            await checkout.add(uow, who.viewer, shop.sku, 4)
    async with database.begin() as uow:
        await checkout.add(uow, who.viewer, shop.sku, 2)
    assert await line(database, who) == (3, None, True)
    await market.placed(database, who, {shop.sku: 2}, from_cart=False)
    assert await line(database, who) == (1, CartProblem.OVER_LIMIT, False)
    async with database.begin() as uow:
        await checkout.set_quantity(uow, who.viewer, shop.sku, 1)
    assert await line(database, who) == (1, None, True)
    async with database.begin() as uow:
        (short,) = await checkout.add_available(uow, who.viewer, {shop.sku: 5})
    assert short.added == 2


async def line(database: Database, who: Buyer) -> tuple[Any, ...]:
    async with database.read() as session:
        (item,) = (await checkout.cart(session, who.viewer)).items
    return item.left, item.problem, item.counts


async def test_who_buys_what_has_no_limit_pays_nothing_for_it(database: Database) -> None:
    """One statement more for a group with a limited SKU, none for any other."""
    plain, who = await market.shop(database), await market.buyer(database)
    few, other = await limited(database)

    async def statements(who: Buyer, shop: Shop) -> int:
        page = await market.wanted(database, who, {shop.sku: 1})
        async with counting_on(database) as counted:
            await market.place(database, who, page)
        return len(counted)

    assert await statements(other, few) == await statements(who, plain) + 1


@pytest.mark.parametrize(("each", "days"), [(0, None), (1000, None), (None, 30), (2, 0), (2, 366)])
async def test_a_limit_that_makes_no_sense_is_no_limit(database: Database, each: int | None, days: int | None) -> None:
    shop = await market.shop(database)
    with pytest.raises(IntegrityError):
        await limit(database, shop, each, days)


async def test_the_shop_sets_it_and_everybody_reads_it(database: Database) -> None:
    graph = Graph(database, FakeGateway())
    shop = await market.shop(database)
    await limit(database, shop, 5, 7)
    who = await market.buyer(database)
    read = "query($id: ID!) { product(id: $id) { skus { limitEach limitDays } } }"
    found = await graph.ask(who.viewer, read, id=str(shop.product.id))
    assert found["skus"] == [{"limitEach": 5, "limitDays": 7}]
