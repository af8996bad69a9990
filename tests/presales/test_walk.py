"""The machine, walked: every pair of state and event, and six events in every order, beside a plain account."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from domain import orders, presales
from domain.base import Database, Refusal, clock
from domain.payments import Outcome
from domain.presales import bookings
from domain.presales.bookings import step_booking
from domain.presales.states import BOOKING_STEPS, OFFER_STEPS, BookingEvent, OfferEvent
from models.payments import Refund
from models.presales import BookingState, PresaleBooking, PresaleOffer, PresaleState
from tests.factories import orders as market
from tests.factories import presales as made
from tests.orders.gateway import FakeGateway
from tests.presales import checks

B = BookingState


async def test_every_pair_of_state_and_event_of_a_booking(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    _, _, order_id = await made.booked(database, gateway, offer)
    id = (await made.booking(database, order_id))["id"]
    for state, event in itertools.product(B, BookingEvent):
        async with database.begin() as uow:
            await uow.session.execute(PresaleBooking.__table__.update().values(state=state))
            taken = await step_booking(uow, id, event)
        after = BOOKING_STEPS.get((state, event))
        assert (taken and taken["state"]) is after, (state, event)
        assert (await made.booking(database, order_id))["state"] is (after or state)


async def test_every_pair_of_state_and_event_of_an_offer(database: Database, gateway: FakeGateway) -> None:
    offer = await made.offer(database)
    keeper = offer.shop.keeper
    verbs = {
        OfferEvent.PUBLISH: lambda uow: presales.publish(uow, keeper, offer.id),
        OfferEvent.STOP: lambda uow: presales.stop(uow, keeper, offer.id),
        OfferEvent.ALLOCATE: lambda uow: presales.allocate(uow, keeper, offer.id, 1, 0),
    }
    for state, (event, verb) in itertools.product(PresaleState, verbs.items()):
        over, done = clock.now() - timedelta(hours=2), state is PresaleState.ALLOCATED
        # Allocating needs that nothing more is booked.
        ends = clock.now() + timedelta(days=1) if event is not OfferEvent.ALLOCATE else clock.now()
        to = {"state": state, "stopped_at": over, "starts_at": over, "ends_at": ends, "deposit": 600}
        to |= {"allocated_at": over if done else None, "harvested": 1 if done else None}
        async with database.begin() as uow:
            await uow.session.execute(PresaleOffer.__table__.update().values(**to))
        try:
            async with database.begin() as uow:
                await verb(uow)
        except Refusal:
            assert (state, event) not in OFFER_STEPS
        row = await market.row(database, PresaleOffer, offer.id)
        assert row["state"] is OFFER_STEPS.get((state, event), state), (state, event)


# ------------------------------------------------------------------------------------------------ all orders
@dataclass
class Account:
    """What is true, told plainly: one order of two pieces, and a harvest of `harvest`."""

    harvest: int
    forfeits: Callable[[Account], bool]
    booking: BookingState = B.HELD
    window: bool = False
    over: bool = False
    balance: bool = False
    allotted: bool | None = None
    refunds: int = 0
    owed: int = 0

    def pays_deposit(self) -> None:
        if self.booking is B.HELD:
            self.booking = B.BOOKED
        elif self.booking is B.FREED:
            # The window for booking is over by then in every order of events in which it was freed and cannot return.
            if self.window or self.over or self.allotted is not None:
                self.refunds += 1
            else:
                self.booking = B.BOOKED

    def gives_up(self) -> None:
        if self.booking is B.HELD:
            self.booking = B.FREED
        elif self.booking is B.BOOKED and not self.balance:
            self._ended(self.forfeits(self))

    def window_opens(self) -> None:
        self.window = True
        if self.booking is B.HELD:
            # Fifteen minutes are over.
            self.booking = B.FREED

    def pays_balance(self) -> None:
        if self.booking is B.BOOKED and self.window and not self.over:
            self.balance = True

    def harvest_is_short(self) -> None:
        if not self.window or self.booking is B.HELD or self.allotted is not None:
            return
        self.allotted = self.harvest >= 2
        if self.booking is B.BOOKED and not self.allotted:
            self._failed()

    def window_closes(self) -> None:
        if self.window and not self.over:
            self.over = True
            if self.booking is B.BOOKED and not self.balance:
                self._ended(self.forfeits(self))

    def _ended(self, lost: bool) -> None:
        self.booking = B.FORFEITED if lost else B.REFUNDED
        self.refunds += not lost

    def _failed(self) -> None:
        self.booking, self.owed = B.REFUNDED, made.DEPOSIT * 2
        self.refunds += 2 if self.balance else 1


@dataclass
class Rows:
    """The same on PostgreSQL."""

    database: Database
    gateway: FakeGateway
    offer: made.Offer
    who: market.Buyer
    trade_id: UUID
    order_id: UUID
    number: str
    harvest: int
    begun: bool = False

    async def pays_deposit(self) -> None:
        if self.gateway.orders[self.number].state is not Outcome.PAID:
            # Where we closed it, the password was typed before.
            self.gateway.orders[self.number].state = Outcome.UNPAID
            await market.record(self.database, self.gateway.pay(self.number))

    async def gives_up(self) -> None:
        with contextlib.suppress(Refusal):
            await orders.cancel(self.database, self.gateway, self.who.viewer, self.trade_id)
        await orders.cancel_booking(self.database, self.gateway, self.who.viewer, self.order_id, forfeits=True)

    async def window_opens(self) -> None:
        clock.advance(timedelta(days=8, minutes=1))
        await orders.expire(self.database, self.gateway, self.trade_id)
        self.begun = True
        async with self.database.begin() as uow:
            await orders.open_balance(uow, self.order_id)

    async def pays_balance(self) -> None:
        await self._opened()
        await made.pay(self.database, self.gateway, self.who, self.trade_id)

    async def harvest_is_short(self) -> None:
        await made.allocate(self.database, self.offer, self.harvest, self.gateway)

    async def window_closes(self) -> None:
        if self.begun:
            await self._opened()
            clock.advance(timedelta(days=2))
            await orders.expire(self.database, self.gateway, self.trade_id)

    async def _opened(self) -> None:
        """The sweep of a few seconds ago."""
        if self.begun:
            async with self.database.begin() as uow:
                await orders.open_balance(uow, self.order_id)


EVENTS = ("pays_deposit", "gives_up", "window_opens", "pays_balance", "harvest_is_short", "window_closes")
# A window closes after it has opened; a balance is tried any time after the deposit.
ORDERS = [
    events
    for events in itertools.permutations(EVENTS)
    if events.index("window_opens") < events.index("window_closes")
    and events.index("pays_deposit") < events.index("pays_balance")
]


def lawful(account: Account) -> bool:
    return account.allotted is not False


async def walk(
    database: Database,
    gateway: FakeGateway,
    chosen: list[tuple[str, ...]],
    harvest: int,
    told: Callable[[Account], bool],
) -> None:
    shop = await market.shop(database, price=made.LISTED, stock=0, freight=made.FREIGHT)
    for events in chosen:
        offer = await made.offer(database, shop)
        who = await market.buyer(database)
        trade_id = await made.placed(database, offer, who, 2)
        order_id = (await market.order_of(database, trade_id))["id"]
        number = await made.at_cashier(database, gateway, who, trade_id)
        account, rows = Account(harvest, told), Rows(database, gateway, offer, who, trade_id, order_id, number, harvest)
        for event in events:
            getattr(account, event)()
            with contextlib.suppress(Refusal):
                await getattr(rows, event)()
            booking = await made.booking(database, order_id)
            seen = (booking["state"], booking["balance_paid_at"] is not None, booking["compensation"])
            assert seen == (account.booking, account.balance, account.owed), (events, event)
            refunds = len(await market.rows(database, Refund, order_id=order_id))
            assert refunds == account.refunds, (events, event)
        await checks.all_true(database)
        async with database.begin() as uow:
            await uow.session.execute(
                PresaleOffer.__table__.update()
                .where(PresaleOffer.state == "RUNNING")
                .values(state=PresaleState.STOPPED, stopped_at=clock.now())
            )


@pytest.mark.parametrize("harvest", [1, 2])
async def test_the_same_events_in_every_order(database: Database, gateway: FakeGateway, harvest: int) -> None:
    """Each third of the 180, another third for each harvest: what differs is seen in all of them (all: once, 3 min)."""
    await walk(database, gateway, ORDERS[harvest::6], harvest, lawful)


async def test_the_walk_finds_a_deposit_kept_by_a_shop_that_failed(
    database: Database, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kept mutant: a 定金 that is kept whatever was agreed and whoever failed."""
    monkeypatch.setattr(bookings, "loses_deposit", lambda booking: False)
    monkeypatch.setattr(presales, "loses_deposit", lambda booking: False)
    events = ("pays_deposit", "window_opens", "window_closes", "gives_up", "pays_balance", "harvest_is_short")
    with pytest.raises(AssertionError):
        await walk(database, gateway, [events], 2, lawful)
