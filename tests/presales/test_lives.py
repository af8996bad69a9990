"""From booking to the end: deposit and balance, paid in full, given up, missed, failed, and what comes late."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from domain import orders, presales
from domain.base import Database, Invalid, WrongState, clock
from domain.payments import Outcome
from domain.settlement.opening import open_settlement
from models.catalog import Product, ProductState
from models.ledger import LedgerTransaction, TransactionKind
from models.orders import CloseReason, OrderState, TradeState
from models.payments import Payment, PaymentPart, Refund
from models.presales import BookingState, DepositKind, PresaleOffer, PresaleState
from models.settlement import Settlement
from tests.factories import orders as market
from tests.factories import presales as made
from tests.orders.gateway import FakeGateway
from tests.presales import checks


async def state_of(database: Database, trade_id: UUID) -> OrderState:
    return OrderState((await market.order_of(database, trade_id))["state"])


async def miss(database: Database, gateway: FakeGateway, trade_id: UUID) -> None:
    clock.advance(timedelta(days=3))
    await orders.expire(database, gateway, trade_id)


async def test_a_deposit_then_the_balance_then_shipped(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    who, trade_id, order_id = await made.booked(database, gateway, offer, 2)
    booking = await made.booking(database, order_id)
    assert (booking["deposit"], booking["balance"]) == (1200, 6000 - 1200 + made.FREIGHT)
    assert await state_of(database, trade_id) is OrderState.RESERVED
    assert (await market.trade(database, trade_id))["state"] is TradeState.DEPOSIT_PAID
    with pytest.raises(WrongState, match="还没有到"):
        await orders.pay(database, gateway, who.viewer, trade_id)
    await checks.all_true(database)
    clock.advance(timedelta(days=8, minutes=1))
    async with database.begin() as uow:
        await orders.open_balance(uow, order_id)
        await orders.open_balance(uow, order_id)
    await made.pay(database, gateway, who, trade_id)
    assert await state_of(database, trade_id) is OrderState.AWAITING_SHIPMENT
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    paid = [(row["stage"], row["amount"]) for row in await market.rows(database, Payment)]
    assert paid == [(1, 1200), (2, 6000 - 1200 + made.FREIGHT)]
    async with database.begin() as uow:
        await orders.ship(uow, offer.shop.keeper, orders.Parcel(order_id, "SF", "SF1234567890123", None))
    await checks.all_true(database)


async def test_paid_in_full_and_shipped_when_the_time_has_come(database: Database, gateway: FakeGateway) -> None:
    offer = await made.full(database)
    _, trade_id, order_id = await made.booked(database, gateway, offer)
    assert await state_of(database, trade_id) is OrderState.RESERVED
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await orders.ship(uow, offer.shop.keeper, orders.Parcel(order_id, "SF", "SF1234567890123", None))
    async with database.begin() as uow:
        await orders.release_presale(uow, order_id)
    assert await state_of(database, trade_id) is OrderState.RESERVED
    clock.advance(timedelta(days=8, minutes=1))
    async with database.begin() as uow:
        await orders.release_presale(uow, order_id)
    assert await state_of(database, trade_id) is OrderState.AWAITING_SHIPMENT
    await checks.all_true(database)


@pytest.mark.parametrize("kind", list(DepositKind))
async def test_a_missed_balance_costs_a_dingjin_and_nothing_else(
    database: Database, gateway: FakeGateway, kind: DepositKind
) -> None:
    offer = await made.offer(database, deposit_kind=kind)
    _, trade_id, order_id = await made.opened(database, gateway, offer)
    await orders.expire(database, gateway, trade_id)
    assert await state_of(database, trade_id) is OrderState.AWAITING_BALANCE
    await miss(database, gateway, trade_id)
    await orders.expire(database, gateway, trade_id)
    order, booking = await market.order_of(database, trade_id), await made.booking(database, order_id)
    assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.BALANCE_MISSED)
    refunds = await market.rows(database, Refund)
    settled = await market.rows(database, LedgerTransaction, kind=TransactionKind.SETTLEMENT)
    if kind is DepositKind.DINGJIN:
        assert (booking["state"], refunds, len(settled)) == (BookingState.FORFEITED, [], 1)
        assert settled[0]["memo"] == "买家放弃预订，定金归商家"
    else:
        assert (booking["state"], settled) == (BookingState.REFUNDED, [])
        assert [row["amount"] for row in refunds] == [made.DEPOSIT]
    assert await made.taken(database, offer) == 0
    await checks.all_true(database)


async def test_who_gives_up_a_dingjin_says_so_first(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    who, trade_id, order_id = await made.booked(database, gateway, offer)
    with pytest.raises(WrongState, match="取消预订"):
        await orders.cancel(database, gateway, who.viewer, trade_id)
    with pytest.raises(Invalid, match="不退"):
        await orders.cancel_booking(database, gateway, who.viewer, order_id, forfeits=False)
    await orders.cancel_booking(database, gateway, who.viewer, order_id, forfeits=True)
    await orders.cancel_booking(database, gateway, who.viewer, order_id, forfeits=True)
    assert (await made.booking(database, order_id))["state"] is BookingState.FORFEITED
    assert await market.rows(database, Refund) == []
    await checks.all_true(database)


async def test_who_paid_in_full_gives_up_for_nothing(database: Database, gateway: FakeGateway) -> None:
    offer = await made.full(database)
    who, trade_id, order_id = await made.booked(database, gateway, offer)
    await orders.cancel_booking(database, gateway, who.viewer, order_id, forfeits=False)
    (refund,) = await market.rows(database, Refund)
    assert refund["amount"] == (await market.order_of(database, trade_id))["total"]
    await checks.all_true(database)


async def test_a_paid_balance_goes_back_with_its_deposit(database: Database, gateway: FakeGateway) -> None:
    """Called off by the shop: both payments, and the deposit once more; by the platform: both payments."""
    offer = await made.offer(database)
    for viewer, owed in ((offer.shop.keeper, made.DEPOSIT), (None, 0)):
        who, trade_id, order_id = (
            await made.opened(database, gateway, offer) if viewer else await _again(database, gateway)
        )
        await made.pay(database, gateway, who, trade_id)
        async with database.begin() as uow:
            by = viewer or market.merchants.operator()
            await orders.refund_unshipped(uow, by, order_id, "发不了货", restock=False)
        order = await market.order_of(database, trade_id)
        refunds = await market.rows(database, Refund, order_id=order_id)
        assert sum(row["amount"] for row in refunds) == order["total"]
        assert len({row["part_id"] for row in refunds}) == 2
        assert (await made.booking(database, order_id))["compensation"] == owed
        for row in refunds:
            await orders.submit_refund(database, gateway, row["id"])
            await market_record(database, gateway, row["number"])
    await checks.all_true(database)


async def _again(database: Database, gateway: FakeGateway) -> tuple[market.Buyer, UUID, UUID]:
    return await made.opened(database, gateway, await made.offer(database))


async def market_record(database: Database, gateway: FakeGateway, number: str) -> None:
    async with database.begin() as uow:
        await orders.record_refund(uow, gateway.finish_refund(number))


async def test_both_payments_obey_the_rules_of_every_payment(database: Database, gateway: FakeGateway) -> None:
    """Twice paid: the second goes back. Another sum: held for a person. Late: back, and the order stays closed."""
    offer = await made.offer(database)
    who, trade_id, order_id = await made.opened(database, gateway, offer)
    first = await made.at_cashier(database, gateway, who, trade_id)
    clock.advance(timedelta(hours=3))
    second = await made.at_cashier(database, gateway, who, trade_id)
    assert first != second
    gateway.orders[first].state = Outcome.UNPAID
    await market.record(database, gateway.pay(first))
    await market.record(database, gateway.pay(second))
    (double,) = await market.rows(database, Refund)
    assert (double["cause"], double["order_id"]) == ("double", order_id)
    assert await state_of(database, trade_id) is OrderState.AWAITING_SHIPMENT
    await checks.all_true(database)


async def test_a_balance_of_another_sum_waits_for_a_person(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    who, trade_id, _ = await made.opened(database, gateway, offer)
    number = await made.at_cashier(database, gateway, who, trade_id)
    await market.record(database, gateway.pay(number, less=1))
    assert await state_of(database, trade_id) is OrderState.AWAITING_BALANCE
    await miss(database, gateway, trade_id)
    assert await state_of(database, trade_id) is OrderState.AWAITING_BALANCE
    await checks.all_true(database)


async def test_late_money_of_either_stage(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who)
    number = await made.at_cashier(database, gateway, who, trade_id)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    assert await made.taken(database, offer) == 0
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))
    assert await state_of(database, trade_id) is OrderState.RESERVED
    await checks.all_true(database)
    clock.advance(timedelta(days=8, minutes=1))
    order_id = (await market.order_of(database, trade_id))["id"]
    async with database.begin() as uow:
        await orders.open_balance(uow, order_id)
    number = await made.at_cashier(database, gateway, who, trade_id)
    await miss(database, gateway, trade_id)
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))
    (late,) = await market.rows(database, Refund)
    assert (late["cause"], await state_of(database, trade_id)) == ("late", OrderState.CLOSED)
    assert (await made.booking(database, order_id))["state"] is BookingState.FORFEITED
    await checks.all_true(database)


async def test_a_late_deposit_goes_back_when_nothing_is_left(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database, stock=1)
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who)
    number = await made.at_cashier(database, gateway, who, trade_id)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    await made.booked(database, gateway, offer)
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))
    (late,) = await market.rows(database, Refund)
    assert (late["cause"], late["amount"]) == ("late", made.DEPOSIT)
    await checks.all_true(database)


# ------------------------------------------------------------------------------------------------ the harvest
async def test_a_small_harvest_is_given_out_by_time_of_payment(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    orders_ = []
    for quantity in (2, 3, 1):
        orders_.append((await made.booked(database, gateway, offer, quantity))[2])
        clock.advance(timedelta(minutes=1))
    clock.advance(timedelta(days=7))
    assert await made.allocate(database, offer, 3, gateway) == [orders_[1]]
    failed = await made.booking(database, orders_[1])
    assert (failed["state"], failed["compensation"]) == (BookingState.REFUNDED, 3 * made.DEPOSIT)
    assert [(await made.booking(database, id))["allotted"] for id in orders_] == [True, False, True]
    (refund,) = await market.rows(database, Refund)
    assert refund["amount"] == 3 * made.DEPOSIT
    with pytest.raises(WrongState):
        await made.allocate(database, offer, 3, gateway)
    await checks.all_true(database)
    async with database.begin() as uow:
        await orders.pay_compensation(uow, market.merchants.operator(), orders_[1], "BANK-20261130-1")
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await orders.pay_compensation(uow, market.merchants.operator(), orders_[1], "BANK-20261130-1")
    await checks.all_true(database)


async def test_paid_in_full_and_allotted_is_shipped_at_once(database: Database, gateway: FakeGateway) -> None:
    offer = await made.full(database)
    _, first, _ = await made.booked(database, gateway, offer)
    clock.advance(timedelta(seconds=1))
    _, second, _ = await made.booked(database, gateway, offer)
    with pytest.raises(WrongState, match="先停止接单"):
        await made.allocate(database, offer, 1, gateway)
    async with database.begin() as uow:
        await presales.stop(uow, offer.shop.keeper, offer.id)
    assert len(await made.allocate(database, offer, 1, gateway)) == 1
    assert await state_of(database, first) is OrderState.AWAITING_SHIPMENT
    assert await state_of(database, second) is OrderState.CLOSED
    assert (await market.order_of(database, second))["close_reason"] is CloseReason.PRESALE_FAILED
    assert (await market.rows(database, PresaleOffer))[0]["state"] is PresaleState.ALLOCATED
    await checks.all_true(database)


async def test_a_shop_that_is_late_pays_twice(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    who, trade_id, order_id = await made.opened(database, gateway, offer)
    await made.pay(database, gateway, who, trade_id)
    with pytest.raises(WrongState, match="承诺"):
        await orders.cancel_booking(database, gateway, who.viewer, order_id, forfeits=True)
    clock.advance(timedelta(days=7, minutes=1))
    await orders.cancel_booking(database, gateway, who.viewer, order_id, forfeits=False)
    booking = await made.booking(database, order_id)
    assert (booking["state"], booking["compensation"]) == (BookingState.REFUNDED, made.DEPOSIT)
    assert len(await market.rows(database, Refund)) == 2
    await checks.all_true(database)


async def test_both_payments_are_set_free_when_the_order_is_completed(database: Database, gateway: FakeGateway) -> None:
    """One settlement counts the order's money, the other only sets the deposit's transaction free."""
    offer = await made.offer(database)
    who, trade_id, order_id = await made.opened(database, gateway, offer)
    await made.pay(database, gateway, who, trade_id)
    async with database.begin() as uow:
        await orders.ship(uow, offer.shop.keeper, orders.Parcel(order_id, "SF", "SF1234567890123", None))
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, who.viewer, order_id)
    clock.advance(timedelta(days=30))
    async with database.begin() as uow:
        await orders.complete(uow, order_id)
    async with database.begin() as uow:
        await open_settlement(uow, order_id)
        await open_settlement(uow, order_id)
    order = await market.order_of(database, trade_id)
    found = {row["release"]: row for row in await market.rows(database, Settlement, order_id=order_id)}
    assert (found[False]["held"], found[True]["held"]) == (order["total"], 0)
    stages = {row["id"]: row["stage"] for row in await market.rows(database, Payment)}
    parts = {row["id"]: stages[row["payment_id"]] for row in await market.rows(database, PaymentPart)}
    assert {release: parts[row["part_id"]] for release, row in found.items()} == {False: 2, True: 1}
    await checks.all_true(database)


async def test_everybodys_offers_are_those_that_can_be_booked(database: Database) -> None:
    """Those that are to come among them, not what is booked out or of a product off sale."""
    now = clock.now()
    soon = await made.offer(database, ends_at=now + timedelta(days=6))
    gone, off, later = [await made.offer(database) for _ in range(3)]
    async with database.begin() as uow:
        booked = update(PresaleOffer).where(PresaleOffer.id == gone.id).values(taken=PresaleOffer.stock)
        await uow.session.execute(booked)
        hidden = update(Product).where(Product.id == off.shop.product.id).values(state=ProductState.OFF_SALE)
        await uow.session.execute(hidden)
    async with database.read() as session:
        rows, total = await presales.page_of_running(session, 1, 100, frozenset({"price"}))
    found = [row["id"] for row in rows]
    assert total == len(found)
    assert found.index(soon.id) < found.index(later.id)
    assert gone.id not in found
    assert off.id not in found
