"""Two things at once on one presale, on real connections: each race has a named winner (docs/domains/presales.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain import orders
from domain.base import Refusal, clock
from models.orders import OrderState
from models.payments import Refund
from models.presales import BookingState, PresaleOffer
from server.database import Database
from server.settings import Settings
from tests.factories import orders as market
from tests.factories import presales as made
from tests.orders.gateway import FakeGateway
from tests.presales import checks
from tests.races.test_orders import all_at_once


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=40)
    yield opened
    await opened.close()


async def test_no_more_is_booked_than_promised(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database, stock=5)
    buyers = [await market.buyer(database) for _ in range(12)]
    done = await all_at_once(*(made.placed(database, offer, who) for who in buyers))
    assert sum(isinstance(outcome, Refusal) for outcome in done) == 7
    assert await made.taken(database, offer) == 5
    await checks.all_true(database)


async def test_pay_against_the_windows_end_wechat_pay_decides(database: Database, gateway: FakeGateway) -> None:
    """The password was typed before the end: whoever comes first here, it is paid, and nothing is lost."""
    offer = await made.offer(database, stock=200)
    for _ in range(4):
        who, trade_id, order_id = await made.booked(database, gateway, offer)
        clock_at = clock.now()
        clock.advance(timedelta(days=8, minutes=1))
        async with database.begin() as uow:
            await orders.open_balance(uow, order_id)
        number = await made.at_cashier(database, gateway, who, trade_id)
        seen = gateway.pay(number)
        clock.advance(timedelta(days=2))
        expire = orders.expire(database, gateway, trade_id)
        await all_at_once(market.record(database, seen), expire, orders.expire(database, gateway, trade_id))
        assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
        assert (await made.booking(database, order_id))["state"] is BookingState.BOOKED
        clock.advance(clock_at - clock.now())
    assert await market.rows(database, Refund) == []
    await checks.all_true(database)


async def test_cancel_against_open_ends_once(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database, stock=200)
    booked = [await made.booked(database, gateway, offer) for _ in range(4)]
    clock.advance(timedelta(days=8, minutes=1))
    for who, trade_id, order_id in booked:

        async def opens(id: object = order_id) -> None:
            async with database.begin() as uow:
                await orders.open_balance(uow, id)

        gives_up = (orders.cancel_booking(database, gateway, who.viewer, order_id, forfeits=True) for _ in range(2))
        await all_at_once(*gives_up, opens(), opens())
        assert (await market.order_of(database, trade_id))["state"] is OrderState.CLOSED
        assert (await made.booking(database, order_id))["state"] is BookingState.FORFEITED
    assert await made.taken(database, offer) == 0
    await checks.all_true(database)


async def test_allocate_against_pay_gives_both_back(database: Database, gateway: FakeGateway) -> None:
    """Who gets nothing and pays the balance in that moment has everything back, and the deposit once more."""
    for _ in range(3):
        offer = await made.offer(database, stock=200)
        at = clock.now()
        who, trade_id, order_id = await made.opened(database, gateway, offer)
        number = await made.at_cashier(database, gateway, who, trade_id)
        seen = gateway.pay(number)
        await all_at_once(market.record(database, seen), made.allocate(database, offer, 0, gateway))
        await orders.fail_unallotted(database, gateway, order_id)
        order, booking = await market.order_of(database, trade_id), await made.booking(database, order_id)
        assert (order["state"], booking["state"]) == (OrderState.CLOSED, BookingState.REFUNDED)
        back = sum(row["amount"] for row in await market.rows(database, Refund, order_id=order_id))
        assert (back, booking["compensation"]) == (order["total"], made.DEPOSIT)
        clock.advance(at - clock.now())
    await checks.all_true(database)


async def test_presale_allocation_locked(database: Database, gateway: FakeGateway) -> None:
    """Two colleagues state two harvests at once: one of them holds, whole, and the other is told so."""
    offer = await made.offer(database)
    for _ in range(3):
        await made.booked(database, gateway, offer)
    clock.advance(timedelta(days=7, minutes=1))
    done = await all_at_once(*(made.allocate(database, offer, harvested, gateway) for harvested in (1, 2, 1, 2)))
    (kept,) = [outcome for outcome in done if not isinstance(outcome, Refusal)]
    row = await market.row(database, PresaleOffer, offer.id)
    assert len(kept) == 3 - row["harvested"]
    assert await made.taken(database, offer) == row["harvested"]
    await checks.all_true(database)
