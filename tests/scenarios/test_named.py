"""Scenarios by their names: 12 and the part of 37 that is there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from domain import ledger
from domain.base import UnitOfWork, clock
from domain.orders import Placed, PlacingDesk
from models.ledger import LedgerTransaction
from models.orders import Trade
from server.database import Database
from server.settings import Settings
from tests.factories import orders as market

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


async def test_payout_ambiguous_failure_not_repaid(database: Database) -> None:
    """A payout whose answer was lost is told again by the same name: the books have it once."""
    shop, at = await market.shop(database), clock.now()
    told = ledger.paid_out("payout-1", ledger.Of(None, None), shop.merchant_id, 596, at)
    for _ in range(2):
        async with database.begin() as uow:
            await ledger.post(uow, told)
    assert len(await market.rows(database, LedgerTransaction)) == 1
