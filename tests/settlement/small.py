"""A mall with WeChat Pay's accounts in memory: quick enough for many lives."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import orders, settlement
from domain.base import Database, Unavailable, clock
from domain.orders.auditing import Difference
from domain.settlement import auditing
from models.merchants import Merchant
from models.payments import Refund, RefundState
from models.settlement import CallState, Payout, Settlement, SettlementCall
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.ledger import books
from tests.settlement.fake import Bank


@dataclass
class Small:
    database: Database
    bank: Bank = field(default_factory=Bank)

    async def shop(self, rate: int = 500, price: int = 5000) -> Shop:
        shop = await market.shop(self.database, price=price)
        await books.with_rate(self.database, shop, rate)
        return shop

    async def over(self, shop: Shop, quantity: int = 2) -> UUID:
        order_id = await books.bought(self.database, self.bank, shop, quantity)
        clock.advance(timedelta(minutes=2))
        await self.end(order_id)
        return order_id

    async def end(self, order_id: UUID) -> None:
        await books.complete(self.database, order_id)
        async with self.database.begin() as uow:
            await settlement.open_settlement(uow, order_id)

    async def shared(self, shop: Shop, quantity: int = 2) -> UUID:
        order_id = await self.over(shop, quantity)
        await self.work()
        return order_id

    async def available(self, shop: Shop) -> int:
        return self.bank.available[(await market.row(self.database, Merchant, shop.merchant_id))["sub_mchid"]]

    async def owed(self, shop: Shop) -> int:
        async with self.database.read() as session:
            return await settlement.owed(session, shop.merchant_id)

    async def differences(self) -> list[Difference]:
        async with self.database.read() as session:
            return list(await auditing.differences(session))

    async def payouts(self) -> list[dict[str, Any]]:
        return await market.rows(self.database, Payout)

    # ---------------------------------------------------------------------------------------------- the worker
    async def work(self, rounds: int = 10) -> None:
        """Everything that is to be done, however often answers are lost."""
        for _ in range(rounds):
            await self.refunds()
            await self.settlements()

    async def refunds(self) -> None:
        for refund in await market.rows(self.database, Refund):
            if refund["state"] in (RefundState.REQUESTED, RefundState.PROCESSING):
                with suppress(Unavailable):
                    await orders.submit_refund(self.database, self.bank, refund["id"])
        self.bank.finish_all_refunds()
        clock.advance(timedelta(seconds=70))

    async def settlements(self) -> None:
        for refund in await market.rows(self.database, Refund):
            async with self.database.begin() as uow:
                await settlement.refund_heard(uow, refund["id"])
        for row in await market.rows(self.database, Settlement):
            await settlement.begin(self.database, row["id"])
        for row in await market.rows(self.database, SettlementCall):
            if row["state"] in (CallState.ASKED, CallState.PROCESSING):
                with suppress(Unavailable):
                    await settlement.call(self.database, self.bank, row["id"])

    async def submit(self, payout_id: UUID) -> None:
        with suppress(Unavailable):
            await settlement.submit_payout(self.database, self.bank, payout_id)
