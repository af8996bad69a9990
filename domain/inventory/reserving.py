"""Stock set apart: it counts as held, so that nobody else can buy it, until orders hold it or it comes back.

Whoever sets it apart keeps the account of it. An order that holds some of it has a hold like any other, so paying for
it is what paying always is.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update

from domain import bulk
from domain.base import UnitOfWork, clock
from domain.inventory.holding import OutOfStock, StockLow, Wanted, announce, lock, settle_holds
from models.inventory import HoldState, Stock

HOLD = """
INSERT INTO stock_holds (order_id, sku_id, quantity, state, changed_at)
SELECT order_id, sku_id, quantity, $4, $5
FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS lot(order_id, sku_id, quantity)
"""


async def reserve(uow: UnitOfWork, sku_id: UUID, quantity: int) -> None:
    """Takes so many out of what everybody may buy; OutOfStock when there are fewer."""
    row = (await lock(uow.session, [sku_id])).get(sku_id)
    available = row["available"] if row else 0
    if available < quantity:
        raise OutOfStock(sku_id, available)
    await uow.session.execute(update(Stock).where(Stock.sku_id == sku_id).values(held=Stock.held + quantity))
    if available == quantity:
        await announce(uow, [sku_id])
    if row and available - quantity <= row["low_at"] < available:
        uow.emit(StockLow(sku_id, available - quantity))


async def unreserve(uow: UnitOfWork, sku_id: UUID, quantity: int) -> None:
    """What was set apart and nobody holds may be bought by everybody again."""
    if not quantity:
        return
    row = (await lock(uow.session, [sku_id]))[sku_id]
    await uow.session.execute(update(Stock).where(Stock.sku_id == sku_id).values(held=Stock.held - quantity))
    if row["available"] <= 0:
        await announce(uow, [sku_id])


async def hold_reserved(uow: UnitOfWork, wanted: Sequence[Wanted]) -> None:
    """Orders hold what was set apart; the stock is not touched."""
    arrays = [[want[place] for want in wanted] for place in range(3)]
    await bulk.run(uow.session, HOLD, *arrays, HoldState.HELD, clock.now())


async def release_reserved(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """What closed orders held is set apart again."""
    await settle_holds(uow.session, order_ids, HoldState.HELD, HoldState.RELEASED)


async def hold_reserved_again(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """Orders hold anew what they had given back to what is set apart."""
    await settle_holds(uow.session, order_ids, HoldState.RELEASED, HoldState.HELD)
