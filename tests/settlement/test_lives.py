"""Lives of orders in any order of events: bought, over, refunded, shared out, fetched back, paid out, answers lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any, cast
from uuid import UUID

import pytest

from domain import ledger, settlement
from domain.base import Conflict, Database, Invalid, Unavailable
from domain.ledger import Place, fee
from models.payments import Refund, RefundState
from models.settlement import PayoutState, Settlement, SettlementState
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.ledger import books
from tests.settlement.fake import Bank
from tests.settlement.small import Small
from tests.settlement.world import World

STEPS = 30


@dataclass
class Lives:
    """One shop and its orders; `left`: what of each can still go back."""

    small: Small
    shop: Shop
    dice: Random
    left: dict[UUID, int] = field(default_factory=dict)
    ended: set[UUID] = field(default_factory=set)

    @property
    def database(self) -> Database:
        return self.small.database

    @property
    def bank(self) -> Bank:
        return self.small.bank

    async def step(self) -> None:
        await self.dice.choice(
            (
                self.buy,
                self.end,
                self.ask_back,
                self.ask_back,
                self.refunds,
                self.settlements,
                self.pay_out,
                self.arrive,
            )
        )()

    async def buy(self) -> None:
        if len(self.left) < 5:
            quantity = self.dice.randint(1, 3)
            order_id = await books.bought(self.database, self.bank, self.shop, quantity)
            self.left[order_id] = quantity * 4999

    async def end(self) -> None:
        running = [each for each in self.left if each not in self.ended]
        if running:
            self.ended.add(chosen := self.dice.choice(running))
            await self.small.end(chosen)

    async def ask_back(self) -> None:
        able = [each for each, left in self.left.items() if left]
        if able:
            order_id = self.dice.choice(able)
            amount = self.dice.choice((1, self.left[order_id], self.dice.randint(1, self.left[order_id])))
            self.left[order_id] -= amount
            await World(self.database, cast(Any, None), cast(Any, None)).ask_back(order_id, amount)

    async def refunds(self) -> None:
        await self.small.refunds()

    async def settlements(self) -> None:
        self.bank.lose = self.dice.choice((0, 0, 1, 2))
        await self.small.settlements()
        self.bank.lose = 0

    async def pay_out(self) -> None:
        """Never more than half, so that a later refund finds money: a shop that has none is another test."""
        owed, there = await self.small.owed(self.shop), await self.small.available(self.shop)
        amount = min(owed, there) // 2 - sum(self.left.values())
        if amount > 0:
            key = f"page-{self.dice.random()}"
            try:
                await settlement.request_payout(self.database, self.bank, self.shop.keeper, amount, key)
            except (Conflict, Invalid, Unavailable):
                return

    async def arrive(self) -> None:
        for payout in await self.small.payouts():
            if payout["state"] in (PayoutState.ASKED, PayoutState.PROCESSING):
                self.bank.lose = self.dice.choice((0, 1, 2))
                await self.small.submit(payout["id"])
                self.bank.lose = 0
                if payout["number"] in self.bank.withdrawals and self.dice.random() < 0.7:
                    self.bank.end_withdrawal(payout["number"])
                    await self.small.submit(payout["id"])

    # ---------------------------------------------------------------------------------------------- what is true
    async def check(self) -> None:
        """For every order at every moment: paid = shop + commission + fee + returned + held."""
        async with self.database.read() as session:
            found = await ledger.entries_by_order(session, list(self.left), books.EVERYTHING)
        for order_id in self.left:
            trace = ledger.trace(found.get(order_id, ()))
            divided = sum(trace.now.get(place, 0) for place in (Place.MERCHANT, Place.COMMISSION, Place.FEE))
            assert trace.total == divided + trace.returned + trace.now.get(Place.HELD, 0)
        for row in await market.rows(self.database, Settlement):
            assert row["held"] == row["net"] + row["commission"] + row["fee"]

    async def rest(self) -> None:
        """Nobody acts any more; what is under way comes to its end."""
        for order_id in [each for each in self.left if each not in self.ended]:
            self.ended.add(order_id)
            await self.small.end(order_id)
        await self.small.work(14)
        for payout in await self.small.payouts():
            await self.small.submit(payout["id"])
            if self.bank.withdrawals[payout["number"]].outcome is settlement.WithdrawalOutcome.PROCESSING:
                self.bank.end_withdrawal(payout["number"])
            await self.small.submit(payout["id"])


@pytest.mark.parametrize("seed", range(8))
async def test_lives_in_any_order_add_up_to_the_fen(database: Database, seed: int) -> None:
    dice = Random(seed)
    small = Small(database)
    lives = Lives(small, await small.shop(rate=dice.choice((0, 1, 500, 3000)), price=4999), dice)
    for _ in range(STEPS):
        await lives.step()
        await lives.check()
    await lives.rest()
    await lives.check()
    assert {row["state"] for row in await market.rows(database, Refund)} <= {RefundState.SUCCEEDED}
    assert {row["state"] for row in await market.rows(database, Settlement)} <= {SettlementState.DONE}
    assert await small.differences() == []
    assert await small.available(lives.shop) == await small.owed(lives.shop)
    bank = lives.bank
    kept = sum(paid - bank.went_back[id] - fee(paid - bank.went_back[id]) for id, paid in bank.paid_in.items())
    out = sum(each.amount for each in bank.withdrawn.values())
    assert kept == await small.available(lives.shop) + sum(bank.frozen.values()) + out + bank.platform - 1_000_000
