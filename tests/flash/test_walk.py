"""The machine, walked: every pair of state and event, and five events in every order, beside a plain account."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import flash, orders
from domain.base import Database, Refusal, clock
from domain.flash.holds import step
from domain.flash.states import HOLD_STEPS, OFFER_STEPS, HoldEvent, OfferEvent
from domain.payments import Outcome
from models.flash import FlashHold, FlashHoldState, FlashOffer, FlashState
from models.payments import Refund
from tests.factories import flash as made
from tests.factories import orders as market
from tests.flash import checks
from tests.orders.gateway import FakeGateway


async def test_every_pair_of_state_and_event_of_a_hold(database: Database) -> None:
    offer = await made.published(database)
    trade_id = await made.placed(database, offer, await market.buyer(database))
    hold = await made.hold_of(database, trade_id)
    for state in FlashHoldState:
        for event in HoldEvent:
            async with database.begin() as uow:
                await uow.session.execute(FlashHold.__table__.update().values(state=state))
                taken = await step(uow, hold, event)
            after = HOLD_STEPS.get((state, event))
            assert taken is (after is not None), (state, event)
            assert (await made.hold_of(database, trade_id))["state"] is (after or state)


async def test_every_pair_of_state_and_event_of_an_offer(database: Database) -> None:
    shop = await market.shop(database, price=made.LISTED)
    id = await made.applied(database, shop, await made.session(database))
    host = made.operator()
    verbs: dict[OfferEvent, Any] = {
        OfferEvent.PUBLISH: lambda uow: flash.publish(uow, host, id),
        OfferEvent.DECLINE: lambda uow: flash.decline(uow, host, id, "不合适"),
        OfferEvent.WITHDRAW: lambda uow: flash.withdraw(uow, shop.keeper, id),
        OfferEvent.END: lambda uow: flash.end(uow, host, id),
    }
    for state in FlashState:
        ended, declined = state is FlashState.ENDED, state is FlashState.DECLINED
        to = {"state": state, "ended_at": clock.now() if ended else None, "returned": 10 if ended else 0}
        to |= {"reason": "不合适" if declined else None}
        for event, verb in verbs.items():
            async with database.begin() as uow:
                await uow.session.execute(FlashOffer.__table__.update().values(**to))
                stock = "UPDATE stock SET held = 10" if state is FlashState.PUBLISHED else "UPDATE stock SET held = 0"
                await (await uow.session.connection()).exec_driver_sql(stock)
            with contextlib.suppress(Refusal):
                async with database.begin() as uow:
                    await verb(uow)
            row = await market.row(database, FlashOffer, id)
            assert row["state"] is OFFER_STEPS.get((state, event), state), (state, event)
            await checks.all_true(database)


# ------------------------------------------------------------------------------------------------ all orders
@dataclass
class Account:
    """What is true, told plainly: one piece; A orders it, pays and cancels, B wants it too, and the session ends."""

    free: int = 1
    a: FlashHoldState | None = None
    b: bool = False
    over: bool = False
    refunds: int = 0
    can_pay: bool = False

    def a_orders(self) -> None:
        if self._there():
            self.free, self.a, self.can_pay = 0, FlashHoldState.HELD, True

    def a_pays(self) -> None:
        if not self.can_pay:
            return
        self.can_pay = False
        if self.a is FlashHoldState.HELD:
            self.a = FlashHoldState.SOLD
        elif self._there():
            self.free, self.a = 0, FlashHoldState.SOLD
        else:
            self.refunds += 1

    def a_cancels(self) -> None:
        if self.a is FlashHoldState.HELD:
            self.a, self.free = FlashHoldState.FREED, 1

    def b_orders_and_pays(self) -> None:
        if self._there():
            self.free, self.b = 0, True

    def session_ends(self) -> None:
        self.over = True

    def _there(self) -> bool:
        return not self.over and self.free == 1


@dataclass
class Rows:
    """The same on PostgreSQL."""

    database: Database
    gateway: FakeGateway
    offer: made.Offer
    a: market.Buyer
    trade_id: UUID | None = None
    number: str = ""

    async def a_orders(self) -> None:
        self.trade_id = await made.placed(self.database, self.offer, self.a)
        self.number = await made.opened_attempt(self.database, self.gateway, self.a, self.trade_id)

    async def a_pays(self) -> None:
        if self.number and self.gateway.orders[self.number].state is not Outcome.PAID:
            # Where we closed it, the password was typed before.
            self.gateway.orders[self.number].state = Outcome.UNPAID
            await market.record(self.database, self.gateway.pay(self.number))

    async def a_cancels(self) -> None:
        if self.trade_id:
            await orders.cancel(self.database, self.gateway, self.a.viewer, self.trade_id)

    async def b_orders_and_pays(self) -> None:
        who = await market.buyer(self.database)
        await made.pay(self.database, self.gateway, who, await made.placed(self.database, self.offer, who))

    async def session_ends(self) -> None:
        clock.advance(timedelta(hours=2))
        await made.end(self.database, self.offer)


EVENTS = ("a_orders", "a_pays", "a_cancels", "b_orders_and_pays", "session_ends")
ORDERS = [
    events
    for events in itertools.permutations(EVENTS)
    if events.index("a_orders") < min(events.index("a_pays"), events.index("a_cancels"))
]


@pytest.mark.parametrize("first", ["a_orders", "b_orders_and_pays", "session_ends"])
async def test_the_same_events_in_every_order(database: Database, gateway: FakeGateway, first: str) -> None:
    shop = await market.shop(database, price=made.LISTED)
    for events in (each for each in ORDERS if each[0] == first):
        offer = await made.published(database, shop, await made.session(database), total=1, per_member=1)
        account, rows = Account(), Rows(database, gateway, offer, await market.buyer(database))
        before, shelf = len(await market.rows(database, Refund)), (await made.stock_of(database, offer))[0]
        for event in events:
            getattr(account, event)()
            with contextlib.suppress(Refusal):
                await getattr(rows, event)()
            sold = account.b or account.a is FlashHoldState.SOLD
            assert (await made.row(database, offer))["taken"] == 1 - account.free, (events, event)
            assert (await made.stock_of(database, offer))[0] == shelf - sold, (events, event)
            assert len(await market.rows(database, Refund)) - before == account.refunds, (events, event)
        if rows.trade_id:
            assert (await made.hold_of(database, rows.trade_id))["state"] is account.a, events
        clock.advance(timedelta(hours=3))
        await made.end(database, offer)
        await checks.all_true(database)
