"""Two things at once, on real connections: each race has a named winner (docs/domains/points.md)."""

from __future__ import annotations

import secrets

from domain import orders
from domain.base import Conflict, Refusal, clock
from domain.orders import auditing
from domain.payments import Outcome
from domain.points import PointsUnusable
from models.orders import Order
from models.points import PointsEntry, PointsEntryKind, PointsRule
from server.database import Database
from tests.factories import orders as market
from tests.factories import points as made
from tests.orders.gateway import FakeGateway
from tests.races.test_orders import all_at_once

K = PointsEntryKind


async def all_true(database: Database) -> None:
    async with database.read() as session:
        assert await auditing.differences(session) == []


async def test_of_two_orders_at_once_one_has_the_points(database: Database) -> None:
    """Both lock the member: the first has them, the second is told that there are fewer now."""
    await made.rules(database)
    shop = await market.shop(database, price=2000, stock=1000)
    for _ in range(5):
        who = await market.buyer(database)
        await made.given(database, who.viewer, 800)
        pages = [await made.page(database, who, {shop.sku: 1}) for _ in range(4)]
        done = await all_at_once(*(market.place(database, who, page) for page in pages))
        assert sum(isinstance(outcome, PointsUnusable) for outcome in done) == 3
        assert await made.has(database, who.viewer) == (0, 0)
    await all_true(database)


async def test_a_double_tap_spends_once(database: Database) -> None:
    await made.rules(database)
    shop, who = await market.shop(database, price=2000), await market.buyer(database)
    await made.given(database, who.viewer, 1700)
    page = await made.page(database, who, {shop.sku: 1}, 800)
    done = await all_at_once(*(market.place(database, who, page) for _ in range(6)))
    assert len(set(done)) == 1
    assert await made.has(database, who.viewer) == (900, 0)
    await all_true(database)


async def test_in_one_lot_of_orders_each_sees_what_the_one_before_it_left(database: Database) -> None:
    await made.rules(database)
    shop, who = await market.shop(database, price=2000), await market.buyer(database)
    await made.given(database, who.viewer, 1500)
    pages = [await made.page(database, who, {shop.sku: 1}, 900) for _ in range(3)]
    async with database.begin() as uow:
        first, second, third = await orders.place_many(uow, [(who.viewer, page) for page in pages])
    assert isinstance(first, orders.Placed)
    assert isinstance(second, PointsUnusable)
    assert isinstance(third, PointsUnusable)
    assert await made.has(database, who.viewer) == (600, 0)
    await all_true(database)


async def test_paid_and_cancelled_at_once_it_is_one_of_both(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database)
    shop = await market.shop(database, price=2000, stock=1000)
    for _ in range(5):
        who = await market.buyer(database)
        await made.given(database, who.viewer, 300)
        trade_id = await made.placed(database, who, {shop.sku: 1})
        await orders.pay(database, gateway, who.viewer, trade_id)
        number = await market.attempt_number(database, trade_id)
        await all_at_once(
            market.record(database, gateway.pay(number)), orders.cancel(database, gateway, who.viewer, trade_id)
        )
        assert await made.has(database, who.viewer) == (0, 0)
    await all_true(database)


async def test_an_order_brings_its_points_once(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database)
    shop, who = await market.shop(database, price=2000), await market.buyer(database)
    order = await made.bought(database, gateway, who, {shop.sku: 1})
    await made.received(database, who, shop, order["id"])
    clock.advance(made.PAST_CLAIMS)
    await made.complete(database, order["id"])
    await all_at_once(*(made.decide(database, order["id"]) for _ in range(8)))
    assert await made.told(database, who.viewer) == [(K.EARNED, 20)]


async def test_expiry_spending_and_giving_at_once_lose_nothing(database: Database) -> None:
    """Whoever locks the account first: what is spent, given, taken and run out adds up in any order."""
    await made.rules(database)
    shop = await market.shop(database, price=2000, stock=1000)
    people = [await market.buyer(database) for _ in range(4)]
    for who in people:
        await made.given(database, who.viewer, 500)
    pages = {who: await made.page(database, who, {shop.sku: 1}, 300) for who in people}

    async def expire(who: market.Buyer) -> None:
        assert who.viewer.id is not None
        async with database.begin() as uow:
            await made.points.expire(uow, who.viewer.id)

    work = [
        [market.place(database, who, page), expire(who), made.given(database, who.viewer, 70)]
        + [made.given(database, who.viewer, -60)]
        for who, page in pages.items()
    ]
    done = await all_at_once(*(each for own in work for each in own))
    assert [outcome for outcome in done if isinstance(outcome, Exception)] == []
    assert [await made.has(database, who.viewer) for who in people] == [(210, 0)] * 4
    await all_true(database)


async def test_the_desk_taps_twice_and_gives_once(database: Database) -> None:
    who = await market.buyer(database)
    key = secrets.token_hex(8)
    await all_at_once(*(made.given(database, who.viewer, 100, key) for _ in range(6)))
    assert await made.has(database, who.viewer) == (100, 0)
    assert len(await market.rows(database, PointsEntry)) == 1


async def test_of_two_who_change_the_rules_one_is_told(database: Database) -> None:
    async def save() -> None:
        async with database.begin() as uow:
            await made.points.save(uow, made.OPERATOR, made.USUAL, "同时修改", 0)

    done = await all_at_once(*(save() for _ in range(5)))
    assert sum(isinstance(outcome, Conflict) for outcome in done) == 4
    assert all(isinstance(outcome, Refusal) for outcome in done if outcome is not None)
    assert len(await market.rows(database, PointsRule)) == 1


async def test_a_late_payment_and_another_order_at_once_do_not_share(database: Database, gateway: FakeGateway) -> None:
    """The order that locks the account first has the points; the other is refused, or its money goes back."""
    await made.rules(database)
    shop = await market.shop(database, price=2000, stock=1000)
    for _ in range(4):
        who = await market.buyer(database)
        await made.given(database, who.viewer, 500)
        late = await made.placed(database, who, {shop.sku: 1})
        await orders.pay(database, gateway, who.viewer, late)
        number = await market.attempt_number(database, late)
        await orders.cancel(database, gateway, who.viewer, late)
        gateway.orders[number].state = Outcome.UNPAID
        page, seen = await made.page(database, who, {shop.sku: 1}), gateway.pay(number)
        other, _ = await all_at_once(market.place(database, who, page), market.record(database, seen))
        (order,) = await market.rows(database, Order, trade_id=late)
        assert isinstance(other, PointsUnusable) == (order["state"] == "AWAITING_SHIPMENT")
        assert await made.has(database, who.viewer) == (0, 0)
    await all_true(database)
