"""The machine, walked: every pair of state and event, and six events in every order, beside a plain account."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from domain import orders, vouchers
from domain.base import Database, Refusal, UnitOfWork, clock
from domain.vouchers import VOUCHER_STEPS, VoucherStep, holding
from models.vouchers import Voucher, VoucherState
from tests.factories import orders as market
from tests.factories import vouchers as made

V, S = VoucherState, VoucherStep


async def test_every_pair_of_state_and_event(database: Database) -> None:
    """Those that people and the job bring about; the others come with orders, which are walked below."""
    held = await made.bound(database)
    who, far = held.who.viewer, clock.now() + timedelta(days=90)
    verbs: dict[VoucherStep, Callable[[UnitOfWork], Awaitable[Any]]] = {
        S.FREEZE: lambda uow: vouchers.report_lost(uow, who, held.id),
        S.THAW: lambda uow: vouchers.thaw(uow, who, held.id),
        S.GIVE: lambda uow: vouchers.give(uow, who, held.id, ""),
        S.EXPIRE: lambda uow: vouchers.expire(uow, held.id),
        S.EXTEND: lambda uow: vouchers.extend(uow, who, held.id),
        S.ASK_REFUND: lambda uow: vouchers.ask_refund(uow, who, held.id, "农业银行 6228480000001234"),
        S.KEEP: lambda uow: vouchers.keep(uow, who, held.id),
    }
    for state, (step, verb) in itertools.product(V, verbs.items()):
        ended = state in (V.REDEEMED, V.REFUNDED, V.VOIDED)
        row: dict[str, Any] = {"state": state, "balance": 0 if ended else 10, "held": 0, "frozen_for": "持券人挂失"}
        row |= {
            "holder_id": None if state in (V.ISSUED, V.SUSPENDED, V.VOIDED) else who.id,
            "expires_at": far if step is not S.EXPIRE else clock.now(),
        }
        row |= {"refund_reference": "2026113000000001" if state is V.REFUNDED else None}
        async with database.begin() as uow:
            await uow.session.execute(update(Voucher).values(**row))
        with contextlib.suppress(Refusal):
            async with database.begin() as uow:
                await verb(uow)
        assert (await made.voucher(database, held.id))["state"] is VOUCHER_STEPS.get((state, step), state), (
            state,
            step,
        )


# ------------------------------------------------------------------------------------------------ all orders
@dataclass
class Account:
    """What is true, told plainly: four pieces, of which one order takes three."""

    left: int = 4
    state: VoucherState = V.ACTIVE
    theirs: bool = False
    taken: str = ""
    #: Pieces of the buyer's on another voucher.
    anew: int = 0
    worth: int = field(default=20_000)

    def redeems(self) -> None:
        if self.state is V.ACTIVE and not self.theirs:
            self.left, self.taken = 1, "taken"

    def is_called_off(self) -> None:
        if self.taken == "taken":
            self.taken = "back"
            if self.theirs or self.state is V.REFUNDED:
                self.anew = 3
            else:
                self.left += 3
                self.state = V.ACTIVE if self.state is V.EXPIRED else self.state

    def is_given(self) -> None:
        self.theirs = self.theirs or self.state is V.ACTIVE

    def runs_out(self) -> None:
        if self.state is V.ACTIVE:
            self.state = V.EXPIRED

    def is_extended(self) -> None:
        if self.state is V.EXPIRED and not self.theirs:
            self.state = V.ACTIVE

    def is_paid_back(self) -> None:
        if self.state is V.EXPIRED and not self.theirs:
            self.state, self.worth, self.left = V.REFUNDED, self.worth - self.left * 5000, 0


@dataclass
class Rows:
    """The same on PostgreSQL."""

    database: Database
    held: made.Held
    friend: market.Buyer
    order: dict[str, Any] | None = None

    async def redeems(self) -> None:
        self.order = await made.redeemed(self.database, self.held, 3)

    async def is_called_off(self) -> None:
        if self.order:
            async with self.database.begin() as uow:
                await orders.refund_unshipped(uow, self.held.shop.keeper, self.order["id"], "缺货了", restock=True)

    async def is_given(self) -> None:
        async with self.database.begin() as uow:
            given = await vouchers.give(uow, self.held.who.viewer, self.held.id, "")
        async with self.database.begin() as uow:
            await vouchers.accept(uow, self.friend.viewer, given.token)

    async def runs_out(self) -> None:
        await made.run_out(self.database, self.held)

    async def is_extended(self) -> None:
        async with self.database.begin() as uow:
            await vouchers.extend(uow, self.held.who.viewer, self.held.id)

    async def is_paid_back(self) -> None:
        async with self.database.begin() as uow:
            await vouchers.ask_refund(uow, self.held.who.viewer, self.held.id, "农业银行 6228480000001234")
        await vouchers.refund(self.database, self.held.shop.keeper, self.held.id, str(self.held.id))


EVENTS = ("redeems", "is_called_off", "is_given", "runs_out", "is_extended", "is_paid_back")
# Nothing is called off that was not redeemed, nothing extended or paid back that did not run out.
ORDERS = [
    events
    for events in itertools.permutations(EVENTS)
    if events.index("redeems") < events.index("is_called_off")
    and events.index("runs_out") < min(events.index("is_extended"), events.index("is_paid_back"))
]


async def walk(database: Database, chosen: list[tuple[str, ...]]) -> None:
    shop, friend = await market.shop(database, price=4500, stock=9999), await market.buyer(database)
    for events in chosen:
        held = await made.bound(database, shop, units=4)
        account, rows = Account(), Rows(database, held, friend)
        for event in events:
            getattr(account, event)()
            with contextlib.suppress(Refusal):
                await getattr(rows, event)()
            row = await made.voucher(database, held.id)
            told = (row["state"], row["balance"], row["holder_id"] == friend.viewer.id, row["held"])
            assert told == (account.state, account.left, account.theirs, 0), (events, event)
            own = await market.rows(database, Voucher, holder_id=held.who.viewer.id)
            assert sum(each["balance"] for each in own if each["id"] != held.id) == account.anew, (events, event)
        await made.all_true(database)


async def test_the_same_events_in_every_order(database: Database) -> None:
    """A sixth of the 120, spread over all of them (all: once, by hand)."""
    await walk(database, ORDERS[::6])


async def test_the_walk_finds_pieces_that_are_given_to_somebody_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kept mutant: what is called off goes back to the voucher, whosever it is by then."""
    monkeypatch.setattr(holding, "is_his", lambda voucher, hold: True)
    with pytest.raises(AssertionError):
        await walk(database, [("redeems", "is_given", "is_called_off", "runs_out", "is_extended", "is_paid_back")])
