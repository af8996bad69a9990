"""Two things at once on one offer, on real connections: each race has a named winner (docs/domains/flash.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from domain import flash, orders
from domain.base import Conflict, WrongState, clock
from domain.orders.desk import PlacingDesk
from domain.payments import Outcome
from models.base import new_id
from models.flash import FlashBuyer, FlashHold, FlashOffer, FlashState
from models.groups import GroupActivity
from models.orders import Order, OrderState
from models.payments import Refund
from server.database import Database
from server.settings import Settings
from tests.factories import flash as made
from tests.factories import groups as grouped
from tests.factories import orders as market
from tests.flash import checks
from tests.orders.gateway import FakeGateway
from tests.races.test_orders import all_at_once


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=40)
    yield opened
    await opened.close()


async def held(database: Database, gateway: FakeGateway, offer: made.Offer) -> tuple[market.Buyer, UUID, str]:
    """A buyer at the cashier."""
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who)
    return who, trade_id, await made.opened_attempt(database, gateway, who, trade_id)


async def test_last_piece_goes_to_one(database: Database) -> None:
    offer = await made.published(database, total=2, per_member=1)
    buyers = [await market.buyer(database) for _ in range(12)]
    done = await all_at_once(*(made.placed(database, offer, who) for who in buyers))
    assert sum(isinstance(outcome, flash.SoldOut) for outcome in done) == 10
    assert (await made.row(database, offer))["taken"] == 2
    await checks.all_true(database)


async def test_limit_per_member_holds_from_two_devices(database: Database, gateway: FakeGateway) -> None:
    """One unpaid order at a time; and, paid ones counted, never more than the limit."""
    offer = await made.published(database, total=50, per_member=3)
    who = await market.buyer(database)
    for at_most in (2, 3, 3):
        done = await all_at_once(*(made.placed(database, offer, who, 2 if at_most == 2 else 1) for _ in range(6)))
        for trade_id in (each for each in done if isinstance(each, UUID)):
            await made.pay(database, gateway, who, trade_id)
        assert await made.pieces_of(database, offer, who) == at_most
    await checks.all_true(database)


async def test_the_tables_have_the_last_word(database: Database) -> None:
    """What a rule forgot, and what a raced rule could not see, the constraints refuse."""
    offer = await made.published(database, total=5, per_member=2)
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who)
    order = await market.order_of(database, trade_id)
    mine = {"offer_id": offer.id, "member_id": who.viewer.id}
    hold = {**mine, "id": new_id(), "order_id": order["id"], "quantity": 1, "created_at": clock.now()}
    wrong = [
        update(FlashOffer).values(taken=6),
        update(FlashOffer).values(taken=-1),
        update(FlashOffer).values(returned=1),
        update(FlashOffer).values(price=made.LISTED),
        update(FlashOffer).values(per_member=1),
        update(FlashOffer).values(state=FlashState.ENDED, ended_at=clock.now()),
        update(FlashBuyer).values(pieces=3),
        update(FlashBuyer).values(most=99),
        insert(FlashHold).values(hold),
    ]
    for statement in wrong:
        with pytest.raises(IntegrityError):
            async with database.begin() as uow:
                await uow.session.execute(statement)
    await checks.all_true(database)


async def test_time_out_against_payment_wechat_pay_decides(database: Database, gateway: FakeGateway) -> None:
    offer = await made.published(database, total=8)
    for _ in range(8):
        _, trade_id, number = await held(database, gateway, offer)
        clock.advance(timedelta(minutes=6))
        seen = gateway.pay(number)
        await all_at_once(orders.expire(database, gateway, trade_id), market.record(database, seen))
        assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
    assert (await made.row(database, offer))["taken"] == 8
    assert await market.rows(database, Refund) == []
    await checks.all_true(database)


async def test_session_end_against_payment_who_held_it_has_it(database: Database, gateway: FakeGateway) -> None:
    for _ in range(6):
        offer = await made.published(database, session_id=await made.session(database))
        _, trade_id, number = await held(database, gateway, offer)
        clock.advance(made.LASTS)
        seen = gateway.pay(number)
        await all_at_once(made.end(database, offer), market.record(database, seen), made.end(database, offer))
        row = await made.row(database, offer)
        assert (row["state"], row["taken"], row["returned"]) == (FlashState.ENDED, 1, 9)
        assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
        assert await made.stock_of(database, offer) == (99, 0)
    await checks.all_true(database)


async def test_session_end_against_closing_returns_every_piece_once(database: Database, gateway: FakeGateway) -> None:
    for _ in range(6):
        offer = await made.published(database, session_id=await made.session(database))
        who, trade_id, _ = await held(database, gateway, offer)
        clock.advance(made.LASTS)
        cancel = orders.cancel(database, gateway, who.viewer, trade_id)
        await all_at_once(cancel, made.end(database, offer))
        row = await made.row(database, offer)
        assert (row["taken"], row["returned"]) == (0, 10)
        assert await made.stock_of(database, offer) == (100, 0)
    await checks.all_true(database)


async def test_the_freed_piece_by_late_money_and_a_new_order_goes_to_one(
    database: Database, gateway: FakeGateway
) -> None:
    for _ in range(6):
        shop = await market.shop(database, price=made.LISTED)
        offer = await made.published(database, shop, await made.session(database), total=1, per_member=1)
        who, trade_id, number = await held(database, gateway, offer)
        await orders.cancel(database, gateway, who.viewer, trade_id)
        gateway.orders[number].state = Outcome.UNPAID
        other = await market.buyer(database)
        page = made.placed(database, offer, other)
        await all_at_once(page, market.record(database, gateway.pay(number)))
        assert (await made.row(database, offer))["taken"] == 1
        clock.advance(made.LASTS)
        await checks.all_true(database)


async def test_group_and_flash_published_at_once_are_not_both(database: Database) -> None:
    for _ in range(4):
        shop = await market.shop(database, price=made.LISTED)
        slot = await made.session(database)
        id = await made.applied(database, shop, slot)

        async def publish(id: UUID = id) -> None:
            async with database.begin() as uow:
                await flash.publish(uow, made.operator(), id)

        done = await all_at_once(publish(), grouped.activity(database, shop))
        assert sum(isinstance(outcome, Conflict) for outcome in done) == 1
        running = [
            row for row in await market.rows(database, GroupActivity, sku_id=shop.sku) if row["state"] == "RUNNING"
        ]
        published = (await market.row(database, FlashOffer, id))["state"] is FlashState.PUBLISHED
        assert len(running) + published == 1
        clock.advance(made.LASTS)


async def test_published_twice_leaves_the_stock_once(database: Database) -> None:
    shop = await market.shop(database, price=made.LISTED)
    id = await made.applied(database, shop, await made.session(database))

    async def publish() -> None:
        async with database.begin() as uow:
            await flash.publish(uow, made.operator(), id)

    done = await all_at_once(*(publish() for _ in range(6)))
    assert sum(isinstance(outcome, WrongState) for outcome in done) == 5
    assert await market.stock(database, shop.sku) == (100, 10)
    await checks.all_true(database)


@pytest.mark.parametrize("seed", range(4))
async def test_everything_at_once(database: Database, gateway: FakeGateway, seed: int) -> None:
    """Orders by the desk, payments, closings and the end together: in the end every piece is somebody's."""
    dice = Random(seed)
    offer = await made.published(database, total=12, per_member=2)
    desk = PlacingDesk(database)
    standing = [await held(database, gateway, offer) for _ in range(6)]
    buyers = [await market.buyer(database) for _ in range(10)]
    pages = [await made.page(database, offer, who, dice.choice((1, 2))) for who in buyers]
    acts = [desk.place(who.viewer, page) for who, page in zip(buyers, pages, strict=True)]
    acts += [market.record(database, gateway.pay(number)) for _, _, number in standing[:3]]
    acts += [orders.cancel(database, gateway, who.viewer, trade_id) for who, trade_id, _ in standing[3:]]

    async def end() -> None:
        async with database.begin() as uow:
            await flash.end(uow, made.operator(), offer.id)

    if seed % 2:
        acts.append(end())
    dice.shuffle(acts)
    await all_at_once(*acts)
    await checks.all_true(database)
    clock.advance(made.LASTS)
    await made.end(database, offer)
    for row in await market.rows(database, Order):
        await orders.expire(database, gateway, row["trade_id"])
    row = await made.row(database, offer)
    assert (row["state"], row["taken"] + row["returned"]) == (FlashState.ENDED, 12)
    actual, still = await made.stock_of(database, offer)
    assert (actual, still) == (100 - row["taken"], 0)
    await checks.all_true(database)
