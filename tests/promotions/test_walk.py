"""A coupon, walked: every pair of state and event, and five events in every order, beside a plain account."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import orders, promotions
from domain.base import Refusal, UnitOfWork, clock
from domain.payments import Outcome
from domain.promotions import holding
from domain.promotions.states import COUPON_STEPS, CouponEvent
from models.orders import OrderState
from models.payments import Refund
from models.promotions import Campaign, Coupon, CouponState
from server.database import Database
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.orders.gateway import FakeGateway
from tests.promotions.test_expiring import swept

S, E = CouponState, CouponEvent
OFF, DAYS = 500, 1


# ------------------------------------------------------------------------------------------------ pairs
@dataclass(frozen=True)
class Behind:
    """A coupon behind the discount of a trade that was called off."""

    campaign: UUID
    coupon: UUID
    trade: UUID

    async def becomes(self, uow: UnitOfWork, state: CouponState, valid_until: datetime) -> None:
        used = {"trade_id": self.trade, "used_at": clock.now()} if state is S.USED else {"trade_id": None}
        none = {} if state is S.USED else {"used_at": None}
        changed = Coupon.__table__.update().where(Coupon.id == self.coupon)
        await uow.session.execute(changed.values(state=state, valid_until=valid_until, **used, **none))

    async def meets(self, uow: UnitOfWork, event: CouponEvent) -> None:
        if event is E.USE:
            await promotions.use(uow, promotions.Claims({}, {self.coupon: self.trade}))
        elif event is E.EXPIRE:
            await promotions.expire(uow, self.campaign)
        elif event is E.TAKE_AGAIN:
            await promotions.take_again(uow, self.trade)
        else:
            await promotions.give_back(uow, self.trade)


async def test_every_pair_of_state_and_event_of_a_coupon(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    campaign = await making.published(database, coupon=making.terms())
    held = await making.claimed(database, who.viewer, campaign)
    trade = await making.bought(database, who, {shop.sku: 1}, held)
    await orders.cancel(database, gateway, who.viewer, trade)
    behind = Behind(campaign, held, trade)
    for state, event in itertools.product(S, E):
        over = event in (E.EXPIRE, E.GIVE_BACK_LATE)
        async with database.begin() as uow:
            await behind.becomes(uow, state, clock.now() + timedelta(days=-1 if over else 1))
            await behind.meets(uow, event)
        row = await market.row(database, Coupon, held)
        assert row["state"] is COUPON_STEPS.get((state, event), state), (state, event)
        assert (row["trade_id"] is not None) == (row["state"] is S.USED), (state, event)


# ------------------------------------------------------------------------------------------------ all orders
@dataclass
class Account:
    """What is true, told plainly: one coupon, a trade that uses it, is called off and is paid; another; and its end."""

    state: CouponState = S.HELD
    by: str = ""
    ever_used: bool = False
    set_aside: int = OFF
    over: bool = False
    first: str = ""
    can_pay: bool = False
    refunds: int = 0

    def first_orders(self) -> None:
        if self._take("first"):
            self.first, self.can_pay = "waits", True

    def first_is_called_off(self) -> None:
        if self.first == "waits":
            self.first = "closed"
            self.state, self.by = (S.EXPIRED if self.over else S.HELD), ""

    def first_is_paid(self) -> None:
        if not self.can_pay:
            return
        self.can_pay = False
        if self.first == "closed" and self.by == "second":
            self.refunds += 1
            return
        self.first, self.state, self.by = "paid", S.USED, "first"

    def second_orders(self) -> None:
        self._take("second")

    def runs_out(self) -> None:
        self.over = True
        if self.state is S.HELD:
            self.state = S.EXPIRED
            self.set_aside = OFF if self.ever_used else 0

    def _take(self, who: str) -> bool:
        if self.state is not S.HELD or self.over:
            return False
        self.state, self.by, self.ever_used = S.USED, who, True
        return True


@dataclass
class Rows:
    """The same on PostgreSQL."""

    database: Database
    gateway: FakeGateway
    shop: market.Shop
    who: market.Buyer
    campaign: UUID
    coupon: UUID
    trades: dict[str, UUID]
    number: str = ""

    async def first_orders(self) -> None:
        await self._orders("first")
        await orders.pay(self.database, self.gateway, self.who.viewer, self.trades["first"])
        self.number = await market.attempt_number(self.database, self.trades["first"])

    async def first_is_called_off(self) -> None:
        if "first" in self.trades:
            await orders.cancel(self.database, self.gateway, self.who.viewer, self.trades["first"])

    async def first_is_paid(self) -> None:
        if self.number:
            # Where we closed it, the password was typed before.
            self.gateway.orders[self.number].state = Outcome.UNPAID
            await market.record(self.database, self.gateway.pay(self.number))

    async def second_orders(self) -> None:
        await self._orders("second")

    async def runs_out(self) -> None:
        clock.advance(timedelta(days=DAYS))
        await swept(self.database)

    async def _orders(self, name: str) -> None:
        page = await making.page_with(self.database, self.who, {self.shop.sku: 1}, self.coupon)
        self.trades[name] = await market.place(self.database, self.who, page)


EVENTS = ("first_orders", "first_is_called_off", "first_is_paid", "second_orders", "runs_out")
ORDERS = [
    events
    for events in itertools.permutations(EVENTS)
    if events.index("first_orders") < min(events.index("first_is_called_off"), events.index("first_is_paid"))
]


async def walk(database: Database, gateway: FakeGateway, every: Iterable[tuple[str, ...]]) -> None:
    shop = await market.shop(database, stock=1000)
    for events in every:
        who, campaign = await market.buyer(database), await making.published(database, **offered())
        held = await making.claimed(database, who.viewer, campaign)
        account, rows = Account(), Rows(database, gateway, shop, who, campaign, held, {})
        before = len(await market.rows(database, Refund))
        for event in events:
            getattr(account, event)()
            with contextlib.suppress(Refusal):
                await getattr(rows, event)()
            coupon = await market.row(database, Coupon, held)
            assert (coupon["state"], coupon["trade_id"]) == (account.state, rows.trades.get(account.by)), (
                events,
                event,
            )
            set_aside = (await market.row(database, Campaign, campaign))["promised_fen"]
            assert set_aside == account.set_aside, (events, event)
            assert len(await market.rows(database, Refund)) - before == account.refunds, (events, event)
        await lives_as_told(database, rows, account, events)


def offered() -> dict[str, Any]:
    return {"coupon": making.terms(off=OFF, valid_days=DAYS), "budget_fen": OFF}


async def lives_as_told(database: Database, rows: Rows, account: Account, events: tuple[str, ...]) -> None:
    """The first trade's order, if there is one, and that it cost what the buyer saw."""
    if "first" in rows.trades:
        order = await market.order_of(database, rows.trades["first"])
        states = {"waits": OrderState.AWAITING_PAYMENT, "paid": OrderState.AWAITING_SHIPMENT}
        assert order["state"] is states.get(account.first, OrderState.CLOSED), events
        assert order["discount_total"] == OFF, events


@pytest.mark.parametrize("first", ["first_orders", "second_orders", "runs_out"])
async def test_the_same_events_in_every_order(database: Database, gateway: FakeGateway, first: str) -> None:
    await walk(database, gateway, (each for each in ORDERS if each[0] == first))


async def test_the_walk_finds_a_coupon_that_comes_back_good_after_its_end(
    database: Database, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first kept mutant: nobody looks at the clock when it is given back."""
    monkeypatch.setattr(
        holding, "GIVE_BACK", holding.GIVE_BACK.replace("valid_until > $2", "$2::timestamptz IS NOT NULL")
    )
    with pytest.raises(AssertionError):
        await walk(database, gateway, [("first_orders", "runs_out", "first_is_called_off", "first_is_paid")])


async def test_the_walk_finds_a_coupon_taken_from_another_order(
    database: Database, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second: money that comes too late takes the coupon, whoever used it meanwhile."""
    monkeypatch.setattr(holding, "BEHIND", holding.BEHIND.replace("c.trade_id, ARRAY", "$1::uuid AS trade_id, ARRAY"))
    with pytest.raises(AssertionError):
        await walk(database, gateway, [("first_orders", "first_is_called_off", "second_orders", "first_is_paid")])
