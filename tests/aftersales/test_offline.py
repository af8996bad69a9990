"""Refunds that WeChat Pay does not take: seen by a person, paid by the platform's bank, and in the books once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from domain import bills, orders, payments
from domain.base import Conflict, Database, Invalid, NotFound, Refusal, Unavailable, WrongState, clock
from domain.payments import RefundOutcome
from domain.settlement import auditing
from models.ledger import AccountKind as K
from models.orders import OrderStep
from models.payments import Refund, RefundState
from tests.aftersales.test_money_back import abnormal, ask, paid_order
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.ledger import books
from tests.orders.gateway import FakeGateway

TOO_OLD = "INVALID_REQUEST 订单已超过可退款的最大期限"
REFERENCE = "ICBC2026113000000017"


async def refused(database: Database, gateway: FakeGateway, order_id: UUID, cause: str = "case-1") -> UUID:
    """A refund of 500 fen that WeChat Pay has refused for longer than an hour."""
    async with database.begin() as uow:
        refund_id = await ask(uow, order_id, cause, 500)
    assert refund_id
    gateway.refuses = TOO_OLD
    clock.advance(timedelta(minutes=61))
    await orders.submit_refund(database, gateway, refund_id)
    gateway.refuses = ""
    return refund_id


async def offline(database: Database, gateway: FakeGateway, id: UUID, reference: str = REFERENCE) -> None:
    await orders.refund_offline(database, gateway, merchants.operator(), id, reference, "已电话与买家核对卡号")


async def test_what_wechat_pay_refuses_is_sent_again_for_an_hour_and_then_seen_by_a_person(
    database: Database, gateway: FakeGateway
) -> None:
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        refund_id = await ask(uow, order_id, "case-1", 500)
    assert refund_id
    gateway.refuses = TOO_OLD
    with pytest.raises(Unavailable):
        await orders.submit_refund(database, gateway, refund_id)
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.REQUESTED
    clock.advance(timedelta(minutes=61))
    await orders.submit_refund(database, gateway, refund_id)
    row = await market.row(database, Refund, refund_id)
    assert (row["state"], row["trouble"]) == (RefundState.ABNORMAL, f"REFUSED {TOO_OLD}")
    async with database.read() as session:
        assert (await payments.abnormal(session, 1, 20, frozenset()))[1] == 1


async def test_paid_by_bank_it_has_arrived_and_the_books_know_whose_money_it_was(
    database: Database, gateway: FakeGateway
) -> None:
    order_id = await paid_order(database, gateway)
    refund_id = await refused(database, gateway, order_id)
    await offline(database, gateway, refund_id)
    row = await market.row(database, Refund, refund_id)
    assert (row["state"], row["offline_reference"]) == (RefundState.SUCCEEDED, REFERENCE)
    assert row["finished_at"] is not None
    found = await books.sums(database, order_id)
    assert (found[K.WECHAT_RECEIVABLE], found[K.PLATFORM_BANK]) == (3000, -500)
    assert sum(found.values()) == 0
    assert any(REFERENCE in step["text"] for step in await market.rows(database, OrderStep, order_id=order_id))
    async with database.read() as session:
        assert list(await auditing.differences(session)) == []
    # Whoever asks again finds it done, and WeChat Pay is asked nothing more.
    asked = len(gateway.calls)
    await orders.submit_refund(database, gateway, refund_id)
    assert len(gateway.calls) == asked
    with pytest.raises(WrongState):
        await offline(database, gateway, refund_id, "ICBC2026113000000018")


async def test_one_transfer_pays_one_refund(database: Database, gateway: FakeGateway) -> None:
    order_id = await paid_order(database, gateway)
    first = await refused(database, gateway, order_id)
    second = await refused(database, gateway, order_id, "case-2")
    await offline(database, gateway, first)
    with pytest.raises(Conflict) as told:
        await offline(database, gateway, second)
    assert told.value.field == "reference"
    assert (await market.row(database, Refund, second))["state"] is RefundState.ABNORMAL
    with pytest.raises(Invalid):
        await offline(database, gateway, second, "?")


async def test_nothing_is_paid_by_bank_that_wechat_pay_may_still_pay(database: Database, gateway: FakeGateway) -> None:
    refund_id = await abnormal(database, gateway, RefundOutcome.ABNORMAL)
    with pytest.raises(WrongState):
        await offline(database, gateway, refund_id)
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.ABNORMAL


async def test_only_the_platform_pays_by_bank(database: Database, gateway: FakeGateway) -> None:
    refund_id = await refused(database, gateway, await paid_order(database, gateway))
    for viewer in (await members.member(database), merchants.shopkeeper(refund_id)):
        with pytest.raises(NotFound):
            await orders.refund_offline(database, gateway, viewer, refund_id, REFERENCE, "我来处理")


@pytest.mark.parametrize("turn", range(4))
async def test_paid_by_bank_against_sent_again_one_wins(database: Database, gateway: FakeGateway, turn: int) -> None:
    """Whoever locks the order first; the other is told that it has been seen to."""
    refund_id = await refused(database, gateway, await paid_order(database, gateway))
    again = orders.retry_refund(database, gateway, merchants.operator(), refund_id, "再试一次")
    both = [offline(database, gateway, refund_id), again]
    told = await asyncio.gather(*(both if turn % 2 else both[::-1]), return_exceptions=True)
    assert [isinstance(each, Refusal) for each in told].count(True) == 1
    row = await market.row(database, Refund, refund_id)
    assert (row["state"] is RefundState.SUCCEEDED) is (row["offline_reference"] is not None)


async def test_no_bill_of_wechat_pay_is_expected_to_have_it(database: Database, gateway: FakeGateway) -> None:
    refund_id = await refused(database, gateway, await paid_order(database, gateway))
    await offline(database, gateway, refund_id)
    async with database.read() as session:
        ours = await bills._ours(session, bills.BillSubject.REFUND)
    assert [each.done for each in ours.values()] == [False]
