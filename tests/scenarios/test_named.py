"""Scenarios by their names: 12, the replica of 34, and the part of 37 that is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from domain import ledger, orders
from domain.base import UnitOfWork, clock
from domain.orders import Placed, PlacingDesk
from models.ledger import LedgerTransaction
from models.orders import Trade, TradeState
from server.database import Database
from server.settings import Settings
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

RAISE = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}', MESSAGE = 'could not serialize access'; END $$"


class Clashing(Database):
    """Its first transaction ends as PostgreSQL ends one of two that cannot both be right."""

    sqlstate: str | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with super().begin() as uow:
            yield uow
            if self.sqlstate:
                clash, self.sqlstate = self.sqlstate, None
                await uow.session.execute(text(RAISE.format(clash)))


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
async def test_serialization_failure_retried_not_shown(settings: Settings, database: Database, sqlstate: str) -> None:
    """Red with class 40 taken out of `PASSING`: the buyer was shown the failure."""
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 2})
    clashing = Clashing(settings)
    clashing.sqlstate = sqlstate
    try:
        assert isinstance(await PlacingDesk(clashing).place(who.viewer, page), Placed)
    finally:
        await clashing.close()
    assert len(await market.rows(database, Trade)) == 1
    assert await market.stock(database, shop.sku) == (100, 2)


async def test_a_payout_told_again_is_booked_once(database: Database) -> None:
    """A payout whose answer was lost is told again by the same name: the books have it once."""
    shop, at = await market.shop(database), clock.now()
    told = ledger.paid_out("payout-1", ledger.Of(None, None), shop.merchant_id, 596, at)
    for _ in range(2):
        async with database.begin() as uow:
            await ledger.post(uow, told)
    assert len(await market.rows(database, LedgerTransaction)) == 1


class Lagging(Database):
    """Its readers see what was there when it was opened, as those of a replica that has not heard since."""

    async def behold(self) -> None:
        self._stale = AsyncSession(self.engine.execution_options(isolation_level="REPEATABLE READ"))
        await self._stale.execute(text("SELECT 1 FROM trades"))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:  # type: ignore[override]
        yield self._stale

    async def close(self) -> None:
        await self._stale.close()
        await super().close()


async def test_autorelease_job_on_a_stale_replica(settings: Settings, database: Database, gateway: FakeGateway) -> None:
    """The sweep finds a trade that was paid long ago, because its replica lags; closing asks the primary."""
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    lagging = Lagging(settings)
    await lagging.behold()
    try:
        await orders.pay(database, gateway, who.viewer, trade_id)
        await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))
        clock.advance(orders.PAY_WITHIN)
        async with lagging.read() as session:
            overdue = await orders.overdue_trades(session)
        assert overdue == [trade_id]
        await orders.expire(lagging, gateway, overdue[0])
    finally:
        await lagging.close()
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert await market.stock(database, shop.sku) == (99, 0)
