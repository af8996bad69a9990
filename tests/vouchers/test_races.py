"""Two things at once on one voucher, on real connections: each race has a named winner (docs/domains/vouchers.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from domain import orders, vouchers
from domain.base import Database as Opens
from domain.base import Refusal, WrongState, clock
from models.orders import Order, OrderState
from server.database import Database
from server.settings import Settings
from tests.factories import orders as market
from tests.factories import vouchers as made
from tests.orders.gateway import FakeGateway
from tests.races.test_orders import all_at_once


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=40)
    yield opened
    await opened.close()


async def in_one(database: Opens, do: object, *about: object) -> object:
    async with database.begin() as uow:
        return await do(uow, *about)  # type: ignore[operator]


async def test_no_more_is_redeemed_than_there_is(database: Database) -> None:
    """The first orders to lock the voucher have the pieces; the others read how many are left."""
    held = await made.bound(database, units=4)
    done = await all_at_once(*(made.redeemed(database, held, 3) for _ in range(6)))
    assert sum(isinstance(outcome, made.Unusable) for outcome in done) == 5
    assert await made.pieces(database, held) == ("ACTIVE", 1, 0)
    await made.all_true(database)


async def test_one_code_is_bound_once(database: Database) -> None:
    shop = await market.shop(database)
    (code,) = await made.codes(database, shop.keeper, await made.batch(database, shop))
    people = [await market.buyer(database) for _ in range(6)]
    done = await all_at_once(*(vouchers.bind(database, who.viewer, code) for who in people))
    (id,) = [outcome for outcome in done if isinstance(outcome, UUID)]
    assert sum(isinstance(outcome, WrongState) for outcome in done) == 5
    assert (await made.voucher(database, id))["holder_id"] == people[done.index(id)].viewer.id


async def test_redeeming_against_the_end_whoever_locks_first_and_nothing_is_lost(database: Database) -> None:
    """The clock decides for who redeems, and what is held for an order is not run out by the job."""
    for early in (timedelta(seconds=30), timedelta(0)):
        held = await made.bound(database)
        clock.advance((await made.voucher(database, held.id))["expires_at"] - clock.now() - early)
        expire = [in_one(database, vouchers.expire, held.id) for _ in range(3)]
        (outcome, *_) = await all_at_once(made.placed(database, held, 4), *expire)
        if early:
            assert await made.pieces(database, held) == ("ACTIVE", 10, 4)
            clock.advance(timedelta(minutes=1))
            await in_one(database, vouchers.expire, held.id)
            assert await made.pieces(database, held) == ("ACTIVE", 10, 4)
            await made.confirm(database, held, outcome)
        else:
            assert isinstance(outcome, made.Unusable)
        await in_one(database, vouchers.expire, held.id)
        assert await made.pieces(database, held) == ("EXPIRED", 6 if early else 10, 0)
    await made.all_true(database)


async def test_redeeming_against_a_gift_one_of_them_has_it(database: Database) -> None:
    """Whoever locks the voucher first: the giver's order holds pieces and the link gives nothing, or it is given."""
    for _ in range(6):
        held, friend = await made.bound(database), await market.buyer(database)
        given = await in_one(database, vouchers.give, held.who.viewer, held.id, "")
        token = given.token  # type: ignore[attr-defined]
        redeem, accept = await all_at_once(
            made.placed(database, held, 2), in_one(database, vouchers.accept, friend.viewer, token)
        )
        assert isinstance(redeem, Refusal) != isinstance(accept, Refusal)
        row = await made.voucher(database, held.id)
        taken = isinstance(redeem, Refusal)
        assert (row["holder_id"], row["held"]) == ((friend if taken else held.who).viewer.id, 0 if taken else 2)
    await made.all_true(database)


async def test_calling_off_against_shipping_one_of_them_happens(database: Database) -> None:
    """The order's state decides: shipped and redeemed, or closed and the pieces back; never both."""
    for _ in range(5):
        held = await made.bound(database)
        order = await made.redeemed(database, held, 3)
        about = (held.shop.keeper, order["id"], "缺货了")
        off = in_one(database, lambda uow, *each: orders.refund_unshipped(uow, *each, restock=True), *about)
        await all_at_once(made.shipped(database, held, order["id"]), off)
        state = (await market.row(database, Order, order["id"]))["state"]
        shipped = state is OrderState.SHIPPED
        assert state in (OrderState.SHIPPED, OrderState.CLOSED)
        assert await made.pieces(database, held) == ("ACTIVE", 7 if shipped else 10, 0)
    await made.all_true(database)


async def test_late_freight_takes_the_pieces_again_or_goes_back(database: Database, gateway: FakeGateway) -> None:
    """Paid after closing: the order lives if its pieces are still there, else the freight goes back."""
    for elsewhere in (False, True):
        shop = await market.shop(database, price=4500, stock=100, freight=800)
        held = await made.bound(database, shop, units=2, freight=made.VoucherFreight.HOLDER)
        trade_id = await made.placed(database, held, 2, total=10_800)
        await orders.pay(database, gateway, held.who.viewer, trade_id)
        number = await market.attempt_number(database, trade_id)
        clock.advance(timedelta(minutes=16))
        await orders.expire(database, gateway, trade_id)
        assert await made.pieces(database, held) == ("ACTIVE", 2, 0)
        gateway.orders[number].state = made.Outcome.UNPAID
        if elsewhere:
            await in_one(database, vouchers.report_lost, held.who.viewer, held.id)
        await market.record(database, gateway.pay(number))
        order = await market.order_of(database, trade_id)
        assert order["state"] is (OrderState.CLOSED if elsewhere else OrderState.AWAITING_SHIPMENT)
        assert (await made.pieces(database, held))[1:] == ((2, 0) if elsewhere else (0, 0))
    await made.all_true(database)
