"""Every pair of state and event, on real rows: allowed steps lead where the table says, others change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import update

from domain import orders, payments
from domain.base import Database, WrongState, clock
from domain.orders.states import (
    ORDER_REFUSALS,
    ORDER_STEPS,
    PAYMENT_STEPS,
    REFUND_STEPS,
    TRADE_REFUSALS,
    TRADE_STEPS,
    OrderEvent,
    TradeEvent,
)
from domain.payments import PaymentEvent, RefundEvent
from models.base import Row, new_id
from models.orders import CloseReason, Order, OrderState, Trade, TradeState
from models.payments import Payment, PaymentPart, PaymentState, Refund, RefundState
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

NOW = clock.now()
TIMES = {"paid_at": NOW, "shipped_at": NOW, "received_at": NOW}


def order_in(state: StrEnum) -> dict[str, Any]:
    closed = state is OrderState.CLOSED
    reason = CloseReason.PAYMENT_TIMEOUT if closed else None
    return {**TIMES, "closed_at": NOW if closed else None, "close_reason": reason}


def trade_in(state: StrEnum) -> dict[str, Any]:
    return {"paid_at": NOW if state is TradeState.PAID else None}


MACHINES: dict[type[Row], tuple[Mapping[Any, Any], type[StrEnum], type[StrEnum], Any]] = {
    Trade: (TRADE_STEPS, TradeState, TradeEvent, trade_in),
    Order: (ORDER_STEPS, OrderState, OrderEvent, order_in),
    Payment: (PAYMENT_STEPS, PaymentState, PaymentEvent, lambda state: {"paid_at": NOW}),
    Refund: (REFUND_STEPS, RefundState, RefundEvent, lambda state: {}),
}


async def rows_of_a_trade(database: Database, gateway: FakeGateway) -> dict[type[Row], Any]:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    (payment,) = await market.rows(database, Payment)
    (part,) = await market.rows(database, PaymentPart)
    refund = {"id": new_id(), "part_id": part["id"], "order_id": part["order_id"], "number": "R1"}
    async with database.begin() as uow:
        uow.session.add(Refund(**refund, cause="test", reason="测试", amount=1))
    return {Trade: trade_id, Order: part["order_id"], Payment: payment["id"], Refund: refund["id"]}


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
async def test_every_pair_of_state_and_event(database: Database, gateway: FakeGateway, model: type[Row]) -> None:
    steps, states, events, valid_in = MACHINES[model]
    id = (await rows_of_a_trade(database, gateway))[model]
    for state in states:
        for event in events:
            async with database.begin() as uow:
                table = model.__table__.c
                await uow.session.execute(update(model).where(table.id == id).values(state=state, **valid_in(state)))
            after = steps.get((state, event))
            to = valid_in(after) if after else {}
            async with database.begin() as uow:
                if after is None:
                    with pytest.raises(WrongState):
                        await payments.move(uow.session, model, steps, id, event, "不行", **to)
                else:
                    await payments.move(uow.session, model, steps, id, event, "不行", **to)
            assert (await market.row(database, model, id))["state"] is (after or state), (state, event)


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_an_event_leads_to_one_state(model: type[Row]) -> None:
    steps, _, events, _ = MACHINES[model]
    for event in events:
        assert len({after for (_, name), after in steps.items() if name is event}) == 1, event


def test_every_refusal_has_a_sentence() -> None:
    assert set(ORDER_REFUSALS) == set(OrderEvent)
    assert set(TRADE_REFUSALS) == set(TradeEvent)


def test_the_end_is_the_end() -> None:
    assert not [event for (state, event) in ORDER_STEPS if state is OrderState.COMPLETED]
    assert not [event for (state, event) in PAYMENT_STEPS if state in (PaymentState.PAID, PaymentState.SENT_BACK)]
    assert not [event for (state, event) in REFUND_STEPS if state is RefundState.SUCCEEDED]
