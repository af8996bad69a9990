"""From opening to the end: complete, failed and merged groups, and what comes late."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import groups, orders
from domain.base import Database, Invalid, NotFound, TooMany, UnitOfWork, WrongState, clock
from domain.groups import Wish
from domain.payments import Outcome
from models.groups import Group, GroupState, SeatState
from models.orders import CloseReason, OrderState, OrderStep, TradeState
from models.outbox import OutboxEvent
from models.payments import Refund
from tests.factories import groups as made
from tests.factories import orders as market
from tests.groups import checks
from tests.orders.gateway import FakeGateway


async def state_of(database: Database, trade_id: UUID) -> OrderState:
    return OrderState((await market.order_of(database, trade_id))["state"])


async def expire(database: Database, group_id: UUID) -> list[UUID]:
    """As the sweep and its jobs do; the orders that were refunded."""
    async with database.begin() as uow:
        await orders.expire_group(uow, group_id)
        failed = [UUID(job.payload["order_id"]) for job in uow.jobs]
    for order_id in failed:
        await refund(database, order_id)
    return failed


async def refund(database: Database, order_id: UUID) -> None:
    async with database.begin() as uow:
        await orders.refund_failed(uow, order_id)


async def ship(database: Database, offer: made.Offer, order_id: UUID) -> None:
    async with database.begin() as uow:
        await orders.ship(uow, offer.shop.keeper, orders.Parcel(order_id, "SF", "SF1234567890123", None))


async def test_a_group_is_opened_by_paying_and_complete_with_the_last_payment(
    database: Database, gateway: FakeGateway
) -> None:
    offer = await made.activity(database)
    leader = await market.buyer(database)
    first = await made.placed(database, offer, leader)
    assert await market.rows(database, Group) == []
    await made.pay(database, gateway, leader, first)
    (group,) = await market.rows(database, Group)
    assert (group["leader_id"], group["seats_paid"], group["state"]) == (leader.viewer.id, 1, GroupState.FORMING)
    assert await state_of(database, first) is OrderState.AWAITING_GROUP
    _, second, _ = await made.joined(database, gateway, offer, group["id"])
    assert await market.rows(database, OutboxEvent, name="OrderPaid") == []
    _, third, _ = await made.joined(database, gateway, offer, group["id"])
    assert (await made.group(database, group["id"]))["state"] is GroupState.SUCCESS
    assert {await state_of(database, each) for each in (first, second, third)} == {OrderState.AWAITING_SHIPMENT}
    assert len(await market.rows(database, OutboxEvent, name="OrderPaid")) == 3
    assert await market.stock(database, offer.shop.sku) == (97, 0)
    assert (await market.order_of(database, first))["total"] == made.PRICE
    await checks.all_true(database)


async def test_group_buy_expired_refunds_all(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database)
    _, first, group_id = await made.joined(database, gateway, offer)
    _, second, _ = await made.joined(database, gateway, offer, group_id)
    clock.advance(timedelta(hours=24, minutes=1))
    assert len(await expire(database, group_id)) == 2
    assert await expire(database, group_id) == []
    for trade_id in (first, second):
        order = await market.order_of(database, trade_id)
        assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.GROUP_FAILED)
        (sent,) = await market.rows(database, Refund, order_id=order["id"])
        assert (sent["amount"], sent["cause"]) == (order["total"], "group")
        await refund(database, order["id"])
        await orders.submit_refund(database, gateway, sent["id"])
        await orders.submit_refund(database, gateway, sent["id"])
        with pytest.raises(WrongState):
            await ship(database, offer, order["id"])
    assert len(gateway.refunds) == 2
    assert (await made.group(database, group_id))["state"] is GroupState.FAILED
    assert (await made.taken(database, offer), await market.stock(database, offer.shop.sku)) == (0, (100, 0))
    await checks.all_true(database)


async def test_refund_member_of_complete_group(database: Database, gateway: FakeGateway) -> None:
    """One is called off: the group stays complete, the others stay theirs, nobody is refunded twice."""
    offer = await made.activity(database, size=2)
    _, first, group_id = await made.joined(database, gateway, offer)
    _, second, _ = await made.joined(database, gateway, offer, group_id)
    order = await market.order_of(database, first)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, offer.shop.keeper, order["id"], "买家不要了", restock=True)
    clock.advance(timedelta(hours=25))
    assert await expire(database, group_id) == []
    await refund(database, order["id"])
    assert (await made.group(database, group_id))["state"] is GroupState.SUCCESS
    assert await state_of(database, second) is OrderState.AWAITING_SHIPMENT
    (sent,) = await market.rows(database, Refund)
    assert (sent["order_id"], sent["amount"]) == (order["id"], order["total"])


async def test_nothing_is_done_with_an_order_before_its_group_is_complete(
    database: Database, gateway: FakeGateway
) -> None:
    offer = await made.activity(database)
    who, trade_id, _ = await made.joined(database, gateway, offer)
    order_id = (await market.order_of(database, trade_id))["id"]

    async def refused(step: Callable[[UnitOfWork], Awaitable[Any]]) -> None:
        with pytest.raises(WrongState):
            async with database.begin() as uow:
                await step(uow)

    with pytest.raises(WrongState):
        await ship(database, offer, order_id)
    await refused(lambda uow: orders.refund_unshipped(uow, offer.shop.keeper, order_id, "不发了", restock=True))
    await refused(lambda uow: orders.confirm_receipt(uow, who.viewer, order_id))
    await refused(lambda uow: orders.change_remark(uow, who.viewer, order_id, "快一点"))
    with pytest.raises(WrongState):
        await orders.cancel(database, gateway, who.viewer, trade_id)
    assert await state_of(database, trade_id) is OrderState.AWAITING_GROUP


async def test_who_gets_no_seat_is_told_why(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database, size=2, per_member=3, stock=4)
    leader, _, group_id = await made.joined(database, gateway, offer)
    with pytest.raises(WrongState, match="已经在这个团里"):
        await made.placed(database, offer, leader, group_id)
    other = await market.buyer(database)
    with pytest.raises(TooMany, match="每人最多购买 3 件"):
        await made.placed(database, offer, other, group_id, 4)
    held = await made.placed(database, offer, other, group_id, 2)
    with pytest.raises(WrongState, match="未支付"):
        await made.placed(database, offer, other)
    late = await market.buyer(database)
    with pytest.raises(WrongState, match="刚刚满了"):
        await made.placed(database, offer, late, group_id)
    with pytest.raises(WrongState, match="仅剩 1 件"):
        await made.placed(database, offer, late, None, 2)
    page = await made.page(database, offer, late, Wish(offer.id, None))
    elsewhere = await market.shop(database)
    with pytest.raises(Invalid, match="这一种商品"):
        await market.place(database, late, replace(page, lines=[*page.lines, (elsewhere.sku, 1)]))
    with pytest.raises(NotFound):
        await market.place(database, late, replace(page, group=Wish(group_id)))
    await orders.cancel(database, gateway, other.viewer, held)
    assert await made.taken(database, offer) == 1
    async with database.begin() as uow:
        await groups.stop(uow, offer.shop.keeper, offer.id)
    with pytest.raises(WrongState, match="已结束"):
        await made.placed(database, offer, late)
    await made.placed(database, offer, late, group_id)
    await checks.all_true(database)


async def test_a_group_waits_for_who_is_at_the_cashier(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database, size=2, ttl_minutes=10)
    _, _, group_id = await made.joined(database, gateway, offer)
    clock.advance(timedelta(minutes=9))
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who, group_id)
    number = await made.opened_attempt(database, gateway, who, trade_id)
    clock.advance(timedelta(minutes=2))
    assert await expire(database, group_id) == []
    late = await market.buyer(database)
    with pytest.raises(WrongState, match="已经结束"):
        await made.placed(database, offer, late, group_id)
    await market.record(database, gateway.pay(number))
    assert (await made.group(database, group_id))["state"] is GroupState.SUCCESS
    await checks.all_true(database)


async def closed_then_paid(database: Database, gateway: FakeGateway, offer: made.Offer, **agreed: bool) -> UUID:
    """A joiner whose seat was freed, whose group then filled up, and whose money came all the same."""
    _, _, group_id = await made.joined(database, gateway, offer)
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who, group_id, **agreed)
    number = await made.opened_attempt(database, gateway, who, trade_id)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    await made.joined(database, gateway, offer, group_id)
    # The password was typed before our close arrived; the notice comes after it.
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))
    return trade_id


async def test_late_money_goes_back_without_consent(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database, size=2)
    trade_id = await closed_then_paid(database, gateway, offer)
    order = await market.order_of(database, trade_id)
    assert order["close_reason"] is CloseReason.GROUP_FAILED
    assert len(await market.rows(database, Refund, order_id=order["id"])) == 1
    await checks.all_true(database)


async def test_late_money_buys_a_seat_elsewhere_with_consent(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database, size=2)
    trade_id = await closed_then_paid(database, gateway, offer, may_move=True)
    assert await state_of(database, trade_id) is OrderState.AWAITING_GROUP
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert await market.rows(database, Refund) == []
    assert (await made.seat_of(database, trade_id))["state"] is SeatState.PAID
    await checks.all_true(database)


async def test_groups_are_merged_whole_when_all_agreed(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database)
    _, first, one = await made.joined(database, gateway, offer, may_merge=True)
    await made.joined(database, gateway, offer, one, may_merge=True)
    _, refusing, other = await made.joined(database, gateway, offer)
    clock.advance(timedelta(hours=23))
    async with database.begin() as uow:
        assert not await orders.merge_group(uow, one)
    _, third, late = await made.joined(database, gateway, offer, may_merge=True)
    async with database.read() as session:
        assert set(await groups.ending_soon(session)) == {one, other}
    async with database.begin() as uow:
        assert await orders.merge_group(uow, one)
    merged = await made.group(database, one)
    assert (merged["state"], merged["merged_into_id"]) == (GroupState.MERGED, late)
    assert (await made.group(database, late))["state"] is GroupState.SUCCESS
    assert {await state_of(database, each) for each in (first, third)} == {OrderState.AWAITING_SHIPMENT}
    assert await state_of(database, refusing) is OrderState.AWAITING_GROUP
    order = await market.order_of(database, first)
    steps = [step["event"] for step in await market.rows(database, OrderStep, order_id=order["id"])]
    assert steps == ["PLACE", "JOIN_GROUP", "MERGE_GROUP", "COMPLETE_GROUP"]
    await checks.all_true(database)
