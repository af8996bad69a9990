"""The machine, walked: every pair of state and event, and five events in every order, beside a plain account."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest

from domain import groups, orders
from domain.base import Database, Refusal, clock
from domain.groups.seats import step_seats
from domain.groups.states import ACTIVITY_STEPS, GROUP_STEPS, SEAT_STEPS, ActivityEvent, SeatEvent
from domain.payments import Outcome
from models.groups import ActivityState, GroupActivity, GroupSeat, GroupState, SeatState
from models.orders import OrderState
from models.payments import Refund
from tests.factories import groups as made
from tests.factories import orders as market
from tests.groups import checks
from tests.groups.test_lives import expire
from tests.orders.gateway import FakeGateway


async def test_every_pair_of_state_and_event_of_a_seat(database: Database, gateway: FakeGateway) -> None:
    offer = await made.activity(database)
    _, trade_id, _ = await made.joined(database, gateway, offer)
    id = (await made.seat_of(database, trade_id))["id"]
    for state in SeatState:
        for event in SeatEvent:
            async with database.begin() as uow:
                await uow.session.execute(GroupSeat.__table__.update().values(state=state))
                taken = await step_seats(uow, [id], event)
            after = SEAT_STEPS.get((state, event))
            assert [row["state"] for row in taken] == ([after] if after else []), (state, event)
            assert (await made.seat_of(database, trade_id))["state"] is (after or state)


async def test_every_pair_of_state_and_event_of_an_activity(database: Database) -> None:
    offer = await made.activity(database)
    verbs = {ActivityEvent.PUBLISH: groups.publish, ActivityEvent.STOP: groups.stop}
    for state in ActivityState:
        for event, verb in verbs.items():
            to = {"state": state, "stopped_at": clock.now() if state is ActivityState.STOPPED else None}
            async with database.begin() as uow:
                await uow.session.execute(GroupActivity.__table__.update().values(**to))
            try:
                async with database.begin() as uow:
                    await verb(uow, offer.shop.keeper, offer.id)
            except Refusal:
                assert (state, event) not in ACTIVITY_STEPS
            row = await market.row(database, GroupActivity, offer.id)
            assert row["state"] is ACTIVITY_STEPS.get((state, event), state), (state, event)


def test_a_group_ends_once() -> None:
    assert {state for state, _ in GROUP_STEPS} == {GroupState.FORMING}
    assert set(GROUP_STEPS.values()) == set(GroupState) - {GroupState.FORMING}


# ------------------------------------------------------------------------------------------------ all orders
@dataclass
class Account:
    """What is true, told plainly: a group of two, its leader paid; A orders, pays and cancels, B comes and pays."""

    group: GroupState = GroupState.FORMING
    held: int = 1
    paid: int = 1
    over: bool = False
    a: SeatState | None = None
    refunds: int = 0
    can_pay: bool = field(default=False)

    def a_orders(self) -> None:
        if self.a is None and self._admits():
            self.held, self.a, self.can_pay = self.held + 1, SeatState.HELD, True

    def a_pays(self) -> None:
        if not self.can_pay:
            return
        self.can_pay = False
        if self.a is SeatState.HELD:
            self.a = SeatState.PAID
        elif self._admits():
            self.a, self.held = SeatState.PAID, self.held + 1
        else:
            self.a, self.refunds = SeatState.REFUNDED, self.refunds + 1
            return
        self._one_more_paid()

    def a_cancels(self) -> None:
        if self.a is SeatState.HELD:
            self.a, self.held = SeatState.FREED, self.held - 1

    def b_comes_and_pays(self) -> None:
        if self._admits():
            self.held += 1
            self._one_more_paid()

    def time_is_over(self) -> None:
        if self.over and self.group is GroupState.FORMING and self.a is SeatState.HELD:
            # Longer than anybody can be at the cashier.
            self.a, self.held = SeatState.FREED, self.held - 1
        self.over = True
        if self.group is GroupState.FORMING and self.held == self.paid:
            self.group, self.refunds = GroupState.FAILED, self.refunds + self.paid

    def _admits(self) -> bool:
        return self.group is GroupState.FORMING and not self.over and self.held < 2

    def _one_more_paid(self) -> None:
        self.paid += 1
        if self.paid == 2:
            self.group = GroupState.SUCCESS


@dataclass
class Rows:
    """The same on PostgreSQL."""

    database: Database
    gateway: FakeGateway
    offer: made.Offer
    group_id: UUID
    a: market.Buyer
    trade_id: UUID | None = None
    number: str = ""

    async def a_orders(self) -> None:
        if self.trade_id is None:
            self.trade_id = await made.placed(self.database, self.offer, self.a, self.group_id)
            self.number = await made.opened_attempt(self.database, self.gateway, self.a, self.trade_id)

    async def a_pays(self) -> None:
        if self.number and self.gateway.orders[self.number].state is not Outcome.PAID:
            # Where we closed it, the password was typed before.
            self.gateway.orders[self.number].state = Outcome.UNPAID
            await market.record(self.database, self.gateway.pay(self.number))

    async def a_cancels(self) -> None:
        if self.trade_id:
            await orders.cancel(self.database, self.gateway, self.a.viewer, self.trade_id)

    async def b_comes_and_pays(self) -> None:
        await made.joined(self.database, self.gateway, self.offer, self.group_id)

    async def time_is_over(self) -> None:
        clock.advance(timedelta(hours=24, minutes=1))
        await expire(self.database, self.group_id)


EVENTS = ("a_orders", "a_pays", "a_cancels", "b_comes_and_pays", "time_is_over")


# Who has not ordered has nothing to pay or to cancel: those orders of events are the others over again.
ORDERS = [
    events
    for events in itertools.permutations(EVENTS)
    if events.index("a_orders") < min(events.index("a_pays"), events.index("a_cancels"))
]


@pytest.mark.parametrize("first", ["a_orders", "b_comes_and_pays", "time_is_over"])
async def test_the_same_events_in_every_order(database: Database, gateway: FakeGateway, first: str) -> None:
    offer = await made.activity(database, size=2, stock=1000, ends_at=clock.now() + timedelta(days=90))
    for events in (each for each in ORDERS if each[0] == first):
        _, _, group_id = await made.joined(database, gateway, offer)
        account, rows = Account(), Rows(database, gateway, offer, group_id, await market.buyer(database))
        before = len(await market.rows(database, Refund))
        for event in (*events, "time_is_over"):
            getattr(account, event)()
            with contextlib.suppress(Refusal):
                await getattr(rows, event)()
            group = await made.group(database, group_id)
            told = (account.group, account.held, account.paid)
            assert (group["state"], group["seats_held"], group["seats_paid"]) == told, (events, event)
            assert len(await market.rows(database, Refund)) - before == account.refunds, (events, event)
        if rows.trade_id:
            assert (await made.seat_of(database, rows.trade_id))["state"] is _at_the_end(account), events
            order = await market.order_of(database, rows.trade_id)
            assert order["state"] is not OrderState.AWAITING_GROUP, events
    await checks.all_true(database)


def _at_the_end(account: Account) -> SeatState | None:
    failed = account.a is SeatState.PAID and account.group is GroupState.FAILED
    return SeatState.REFUNDED if failed else account.a
