"""The ledger is compared with what it tells of, and catches up with what was never told."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import text, update

from domain import ledger, orders
from domain.base import SYSTEM, Database, clock
from domain.ledger import Of, Period
from domain.orders import auditing
from domain.orders.auditing import Fault
from models.base import new_id
from models.orders import Order
from models.payments import PaymentPart, Refund, RefundState
from tests.factories import orders as market
from tests.ledger import books
from tests.orders.gateway import FakeGateway


async def lived(database: Database, gateway: FakeGateway) -> list[UUID]:
    """One order that is held, one that was called off, one completed, one of which some came back afterwards."""
    shop = await market.shop(database, price=5000)
    await books.with_rate(database, shop, 500)
    held, called_off, completed, returned = [await books.bought(database, gateway, shop) for _ in range(4)]
    await books.call_off(database, gateway, shop, called_off)
    for order_id in (completed, returned):
        await books.complete(database, order_id)
    await books.arrive(database, await books.ask_back(database, returned, 1234))
    return [held, called_off, completed, returned]


async def faults(database: Database) -> list[Fault]:
    return sorted(each.fault for each in await books.differences(database))


async def balances(database: Database) -> dict[str, int]:
    async with database.read() as session:
        found = await ledger.trial_balance(session, SYSTEM, Period())
    return {row.kind: row.closing for row in found.rows}


@pytest.mark.parametrize("at_once", [1, 1000])
async def test_what_happened_before_the_ledger_is_posted(
    database: Database, gateway: FakeGateway, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "MOST_AT_ONCE", at_once)
    await lived(database, gateway)
    assert await books.differences(database) == []
    before = await balances(database)
    await books.forget_all(database)
    expected = [Fault.PAYMENT_NOT_POSTED] * 4 + [Fault.REFUND_NOT_POSTED] * 2 + [Fault.SETTLEMENT_NOT_POSTED] * 2
    assert await faults(database) == expected
    told: list[int] = []
    assert await auditing.catch_up(database, told.append) == 8
    assert await books.differences(database) == []
    assert await balances(database) == before
    assert told[-1] == 8
    assert await auditing.catch_up(database) == 0


async def test_a_double_payment_is_caught_up_without_what_the_platform_adds(
    database: Database, gateway: FakeGateway
) -> None:
    shop, who = await market.shop(database, price=5000), await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {shop.sku: 1})
    order = await market.order_of(database, trade_id)
    await books.refunds_arrive(database, gateway, order["id"])
    await books.forget_all(database)
    await auditing.catch_up(database)
    assert await books.differences(database) == []


async def test_every_difference_is_found(database: Database, gateway: FakeGateway) -> None:
    """One of each kind, made by hand in the rows that the ledger tells of."""
    _, called_off, _, returned = await lived(database, gateway)
    of, at = Of(new_id(), None), clock.now()
    async with database.begin() as uow:
        await ledger.post(
            uow,
            ledger.paid(new_id(), of, 7, at, memo="没有的支付"),
            ledger.refunded(new_id(), of, 7, at, memo="没有的退款"),
            ledger.settled(new_id(), of, new_id(), 7, ledger.Taken(), at),
        )
        part = update(PaymentPart).where(PaymentPart.order_id == returned)
        await uow.session.execute(part.values(amount=PaymentPart.amount + 1))
        refund = update(Refund).where(Refund.order_id == called_off)
        await uow.session.execute(refund.values(amount=Refund.amount - 1))
    assert set(await faults(database)) == {
        Fault.PAYMENT_DIFFERS,
        Fault.PAYMENT_UNKNOWN,
        Fault.REFUND_DIFFERS,
        Fault.REFUND_UNKNOWN,
        Fault.SETTLEMENT_UNKNOWN,
        # The fen that did not go back is the shop's.
        Fault.SETTLEMENT_NOT_POSTED,
    }


async def test_money_left_lying_after_the_end_is_found(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    order_id = await books.bought(database, gateway, shop)
    async with database.begin() as uow:
        done = {"state": "COMPLETED", "shipped_at": clock.now(), "received_at": clock.now()}
        await uow.session.execute(update(Order).where(Order.id == order_id).values(done))
    assert await faults(database) == [Fault.SETTLEMENT_NOT_POSTED, Fault.STILL_HELD]


async def test_a_dispute_nobody_posted_is_found(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database, price=5000), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id), less=1))
    assert await faults(database) == []
    await books.forget_all(database)
    assert await faults(database) == [Fault.DISPUTE_NOT_POSTED]


async def test_a_ledger_written_past_the_rules_does_not_add_up(database: Database, gateway: FakeGateway) -> None:
    await books.bought(database, gateway, await market.shop(database))
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        await uow.session.execute(text("delete from ledger_entries where position = 2"))
    assert await faults(database) == [Fault.UNBALANCED]


async def test_a_refund_that_is_not_there_yet_is_no_difference(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    order_id = await books.bought(database, gateway, shop)
    refund_id = await books.ask_back(database, order_id, 1)
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.REQUESTED
    assert await faults(database) == []
