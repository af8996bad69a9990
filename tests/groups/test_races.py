"""Two things at once on one group, on real connections: each race has a named winner (docs/domains/groups.md)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from domain import orders
from domain.base import Refusal, WrongState, clock
from domain.payments import Outcome
from models.groups import Group, GroupState, SeatState
from models.orders import Order, OrderState
from models.payments import Refund
from server.database import Database
from server.settings import Settings
from tests.factories import groups as made
from tests.factories import orders as market
from tests.groups import checks
from tests.groups.test_lives import expire
from tests.orders.gateway import FakeGateway
from tests.races.test_orders import all_at_once


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=40)
    yield opened
    await opened.close()


async def held(
    database: Database, gateway: FakeGateway, offer: made.Offer, group_id: UUID, **agreed: bool
) -> tuple[market.Buyer, UUID, str]:
    """A buyer at the cashier: the seat is held, the attempt can be paid."""
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who, group_id, **agreed)
    return who, trade_id, await made.opened_attempt(database, gateway, who, trade_id)


def late(gateway: FakeGateway, number: str) -> None:
    """The password was typed before our close arrived."""
    gateway.orders[number].state = Outcome.UNPAID


async def test_last_seat_by_two_orders_goes_to_one(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database, size=3)
    _, _, group_id = await made.joined(database, gateway, offer)
    buyers = [await market.buyer(database) for _ in range(12)]
    done = await all_at_once(*(made.placed(database, offer, who, group_id) for who in buyers))
    assert sum(isinstance(outcome, WrongState) for outcome in done) == 10
    assert (await made.group(database, group_id))["seats_held"] == 3
    await checks.all_true(database)


async def test_one_buyer_twice_in_one_group_is_one(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database, size=5)
    _, _, group_id = await made.joined(database, gateway, offer)
    who = await market.buyer(database)
    done = await all_at_once(*(made.placed(database, offer, who, group_id) for _ in range(8)))
    assert sum(isinstance(outcome, Refusal) for outcome in done) == 7
    await checks.all_true(database)


async def test_the_activitys_stock_is_never_oversold(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database, size=2, stock=5)
    buyers = [await market.buyer(database) for _ in range(12)]
    done = await all_at_once(*(made.placed(database, offer, who) for who in buyers))
    assert sum(isinstance(outcome, Refusal) for outcome in done) == 7
    assert await made.taken(database, offer) == 5
    await checks.all_true(database)


async def test_last_seat_by_two_payments_who_holds_it_wins(database: Database, gateway: FakeGateway) -> None:
    """One paid too late for a seat that was freed, the other holds it now: the late money goes back."""
    offer = await made.activity(database, size=2)
    for _ in range(6):
        _, _, group_id = await made.joined(database, gateway, offer)
        who, freed, first = await held(database, gateway, offer, group_id)
        await orders.cancel(database, gateway, who.viewer, freed)
        _, holds, second = await held(database, gateway, offer, group_id)
        late(gateway, first)
        seen = [gateway.pay(first), gateway.pay(second)]
        await all_at_once(*(market.record(database, each) for each in seen))
        assert (await made.group(database, group_id))["state"] is GroupState.SUCCESS
        assert (await made.seat_of(database, holds))["state"] is SeatState.PAID
        assert (await made.seat_of(database, freed))["state"] is SeatState.REFUNDED
    assert len(await market.rows(database, Refund, cause="late")) == 6
    await checks.all_true(database)


async def test_last_seat_by_two_late_payments_goes_to_the_first_recorded(
    database: Database, gateway: FakeGateway
) -> None:
    offer = await made.activity(database, size=2, stock=200)
    for _ in range(6):
        _, _, group_id = await made.joined(database, gateway, offer)
        numbers = []
        for _ in range(2):
            who, freed, number = await held(database, gateway, offer, group_id)
            await orders.cancel(database, gateway, who.viewer, freed)
            late(gateway, number)
            numbers.append(number)
        seen = [gateway.pay(number) for number in numbers]
        await all_at_once(*(market.record(database, each) for each in seen))
        group = await made.group(database, group_id)
        assert (group["state"], group["seats_paid"]) == (GroupState.SUCCESS, 2)
    assert len(await market.rows(database, Refund, cause="late")) == 6
    await checks.all_true(database)


async def test_pay_against_expire_payment_wins(database: Database, gateway: FakeGateway) -> None:
    """Who was at the cashier before the end may finish: the group waits for him, whoever comes first here."""
    offer = await made.activity(database, size=2, ttl_minutes=10, stock=200)
    for _ in range(8):
        _, _, group_id = await made.joined(database, gateway, offer)
        _, _, number = await held(database, gateway, offer, group_id)
        clock.advance(timedelta(minutes=11))
        seen = gateway.pay(number)
        await all_at_once(market.record(database, seen), expire(database, group_id), expire(database, group_id))
        assert (await made.group(database, group_id))["state"] is GroupState.SUCCESS
    assert await market.rows(database, Refund) == []
    await checks.all_true(database)


async def test_cancel_against_success_wechat_pay_decides(database: Database, gateway: FakeGateway) -> None:
    """The last member cancels while his payment arrives: WeChat Pay's word is the last, and nothing is half."""
    offer = await made.activity(database, size=2, stock=200)
    for _ in range(8):
        _, _, group_id = await made.joined(database, gateway, offer)
        who, trade_id, number = await held(database, gateway, offer, group_id)
        seen = gateway.pay(number)
        done = await all_at_once(orders.cancel(database, gateway, who.viewer, trade_id), market.record(database, seen))
        assert isinstance(done[0], WrongState)
        assert (await made.group(database, group_id))["state"] is GroupState.SUCCESS
        assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
    await checks.all_true(database)


@pytest.mark.parametrize("seed", range(6))
async def test_merge_against_pay_against_expire(database: Database, gateway: FakeGateway, seed: int) -> None:
    """Groups near their end: merged, paid into and expired all at once; in the end everybody has goods or money."""
    dice = Random(seed)
    offer = await made.activity(database, size=3, ttl_minutes=10, stock=200)
    agreed = {"may_merge": True, "may_move": dice.random() < 0.5}
    ids, numbers, going = [], [], []
    for _ in range(4):
        _, _, group_id = await made.joined(database, gateway, offer, **agreed)
        ids.append(group_id)
    for group_id in dice.sample(ids, 3):
        who, trade_id, number = await held(database, gateway, offer, group_id, **agreed)
        numbers.append(number)
        going.append((who, trade_id))
    clock.advance(timedelta(minutes=8))

    async def merge(group_id: UUID) -> None:
        async with database.begin() as uow:
            await orders.merge_group(uow, group_id)

    async def end(group_id: UUID) -> None:
        await asyncio.sleep(dice.random() / 50)
        clock.advance(timedelta(seconds=dice.choice((0, 40, 130))))
        await expire(database, group_id)

    paid = [gateway.pay(number) for number in numbers[:2]]
    acts = [market.record(database, seen) for seen in paid]
    acts += [orders.cancel(database, gateway, going[2][0].viewer, going[2][1])]
    acts += [merge(group_id) for group_id in ids] + [end(group_id) for group_id in ids]
    dice.shuffle(acts)
    await all_at_once(*acts)
    await checks.all_true(database)
    clock.advance(timedelta(hours=2))
    for row in await market.rows(database, Group):
        await expire(database, row["id"])
    await checks.all_true(database)
    ended = await market.rows(database, Group)
    assert all(row["state"] is not GroupState.FORMING for row in ended)
    placed = await market.rows(database, Order)
    assert all(row["state"] in (OrderState.AWAITING_SHIPMENT, OrderState.CLOSED) for row in placed)
