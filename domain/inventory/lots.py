"""Stock of traced SKUs: when tracing begins, and what a held or recalled lot takes off the shelf."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from domain import audit, traces
from domain.base import NotFound, RowDict, UnitOfWork, Viewer
from domain.inventory.holding import StockChanged, lock, note_moves
from models.catalog import Sku
from models.inventory import Stock
from models.traces import LotStock

BLOCKED, FREED = "批次冻结", "批次解冻"


async def trace_sku(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, sku_id: UUID) -> None:
    """From now on the SKU's stock is filled out of lots only; what is on its shelf came out of this lot.

    Refuses as `traces.begin`, and when more is there than the lot can have given.
    """
    before = (await lock(uow.session, [sku_id])).get(sku_id)
    if before is None:
        raise NotFound("该规格没有库存记录")
    await traces.begin(uow, viewer, lot_id, sku_id, before["actual"])
    await audit.record(uow, viewer, "stock.trace", "sku", sku_id, {"lot": str(lot_id), "there": before["actual"]})


async def follow_lot(uow: UnitOfWork, lot_id: UUID) -> None:
    """Makes stock agree with the lot's state: what is left of a stopped lot is not for sale, of any other it is.

    Takes off no more than is not promised to unpaid orders. Safe to repeat.
    """
    skus = await uow.session.scalars(select(LotStock.sku_id).where(LotStock.lot_id == lot_id))
    stock = await lock(uow.session, sorted(skus.all()))
    lot, shelves = await traces.shelves_of(uow, lot_id)
    for shelf in shelves:
        if shelf["sku_id"] in stock:
            await _follow(uow, lot, shelf, stock[shelf["sku_id"]])


async def _follow(uow: UnitOfWork, lot: RowDict, shelf: RowDict, stock: RowDict) -> None:
    wanted = shelf["left"] if lot["state"] in traces.STOPPED else 0
    # Orders that are paid took their units off `actual`, whichever lot they will come from.
    more = min(wanted - shelf["blocked"], max(0, stock["available"]))
    if not more:
        return
    sku_id = shelf["sku_id"]
    await traces.set_blocked(uow, lot["id"], sku_id, shelf["blocked"] + more)
    await uow.session.execute(update(Stock).where(Stock.sku_id == sku_id).values(actual=Stock.actual - more))
    await note_moves(uow, [(sku_id, None, -more)], f"{BLOCKED if more > 0 else FREED} {lot['number']}", None, lot["id"])
    if (stock["available"] > 0) != (stock["available"] - more > 0):
        product_id = await uow.session.scalar(select(Sku.product_id).where(Sku.id == sku_id))
        assert product_id is not None
        uow.emit(StockChanged(product_id))
