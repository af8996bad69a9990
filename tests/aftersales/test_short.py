"""A shop's account that is short of a refund: all concerned are told, it is tried for a day, then a person acts."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

from domain import orders, payments
from domain.base import Database, clock
from models.ledger import AccountKind
from models.notices import NoticeKind
from models.orders import Order, OrderStep
from models.payments import Refund, RefundState
from tests.aftersales.test_money_back import ask, paid_order
from tests.aftersales.test_offline import offline
from tests.factories import merchants
from tests.factories import orders as market
from tests.ledger import books
from tests.notices.test_inbox import told
from tests.orders.gateway import FakeGateway

SHORT = "NOT_ENOUGH 基本账户余额不足，请充值后重新发起"
A_WHILE = payments.UNSENT + timedelta(seconds=1)


async def short(database: Database, gateway: FakeGateway) -> UUID:
    """A refund of 500 fen that was sent off once, to a shop that has not enough."""
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        refund_id = await ask(uow, order_id, "case-1", 500)
    assert refund_id
    gateway.short = SHORT
    await orders.submit_refund(database, gateway, refund_id)
    return refund_id


async def again(database: Database, gateway: FakeGateway) -> list[UUID]:
    """What the sweep finds to send after a while, sent."""
    clock.advance(A_WHILE)
    async with database.read() as session:
        found = list(await payments.unsent(session))
    for id in found:
        await orders.submit_refund(database, gateway, id)
    return found


async def texts(database: Database, refund_id: UUID) -> list[str]:
    order_id = (await market.row(database, Refund, refund_id))["order_id"]
    return [step["text"] for step in await market.rows(database, OrderStep, order_id=order_id)]


async def test_the_buyer_and_the_shop_are_told_once(database: Database, gateway: FakeGateway) -> None:
    id = await short(database, gateway)
    assert await again(database, gateway) == [id]
    row = await market.row(database, Refund, id)
    assert (row["state"], row["trouble"]) == (RefundState.REQUESTED, f"SHORT {SHORT}")
    assert sum("余额暂时不足" in text for text in await texts(database, id)) == 1
    notice = await told(database, NoticeKind.REFUND_SHORT)
    shop = (await market.row(database, Order, row["order_id"]))["merchant_id"]
    assert (notice["merchant_id"], notice["subject_id"], "5.00 元" in notice["text"]) == (shop, id, True)


async def test_once_the_shop_has_money_it_goes_under_the_same_number(database: Database, gateway: FakeGateway) -> None:
    id = await short(database, gateway)
    number = (await market.row(database, Refund, id))["number"]
    gateway.short = ""
    assert await again(database, gateway) == [id]
    row = await market.row(database, Refund, id)
    assert (row["state"], row["number"], row["trouble"]) == (RefundState.PROCESSING, number, None)
    gateway.finish_refund(number)
    await orders.check_refund(database, gateway, id)
    assert (await market.row(database, Refund, id))["state"] is RefundState.SUCCEEDED
    assert list(gateway.refunded) == [number]


async def test_after_a_day_a_person_pays_by_bank(database: Database, gateway: FakeGateway) -> None:
    id = await short(database, gateway)
    clock.advance(timedelta(days=1))
    assert await again(database, gateway) == [id]
    row = await market.row(database, Refund, id)
    assert (row["state"], row["trouble"]) == (RefundState.ABNORMAL, f"SHORT {SHORT}")
    notice = await told(database, NoticeKind.REFUND_ABNORMAL)
    assert (notice["merchant_id"], row["number"] in notice["text"], SHORT in notice["text"]) == (None, True, True)
    assert await again(database, gateway) == []
    await offline(database, gateway, id)
    found = await books.sums(database, row["order_id"])
    assert (found[AccountKind.PLATFORM_BANK], sum(found.values())) == (-500, 0)


async def test_the_day_begins_when_what_was_shared_out_is_back(database: Database, gateway: FakeGateway) -> None:
    """Two days went by until the platform's part was fetched back: the shop still has a day to pay in its own."""
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        id = await ask(uow, order_id, "case-1", 500)
    assert id
    clock.advance(timedelta(days=2))
    async with database.begin() as uow:
        await payments.fetched(uow, id)
    gateway.short = SHORT
    await orders.submit_refund(database, gateway, id)
    assert (await market.row(database, Refund, id))["state"] is RefundState.REQUESTED
    clock.advance(timedelta(days=1))
    assert await again(database, gateway) == [id]
    assert (await market.row(database, Refund, id))["state"] is RefundState.ABNORMAL


async def test_after_a_day_a_person_may_have_it_tried_again(database: Database, gateway: FakeGateway) -> None:
    id = await short(database, gateway)
    clock.advance(timedelta(days=1))
    await again(database, gateway)
    gateway.short = ""
    await orders.retry_refund(database, gateway, merchants.operator(), id, "商家已充值")
    await orders.submit_refund(database, gateway, id)
    row = await market.row(database, Refund, id)
    assert (row["state"], row["trouble"]) == (RefundState.PROCESSING, None)
    assert list(gateway.refunded) == [row["number"]]


async def test_two_workers_at_one_short_refund_tell_once(database: Database, gateway: FakeGateway) -> None:
    order_id = await paid_order(database, gateway)
    async with database.begin() as uow:
        id = await ask(uow, order_id, "case-1", 500)
    assert id
    gateway.short = SHORT
    await asyncio.gather(*(orders.submit_refund(database, gateway, id) for _ in range(4)))
    assert sum("余额暂时不足" in text for text in await texts(database, id)) == 1
    await told(database, NoticeKind.REFUND_SHORT)
