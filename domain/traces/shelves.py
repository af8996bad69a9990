"""Mass balance: what was put on the shelf out of a lot, what left it in which parcel, and what is left.

The lot's row holds the grams that were put on the shelf; the database adds them up and refuses more than was harvested
less the shrinkage. Locks are taken in one order: a SKU's stock, lots by id, then their shelves by SKU and lot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import Conflict, Invalid, Refusal, RowDict, UnitOfWork, Viewer, WrongState, among, clock
from domain.statements import ManyBy, OneBy
from domain.traces.recording import LotStopped, locked, may_be_sold, own
from domain.traces.states import FILLING, SENDING, STOPPED
from models.base import new_id
from models.catalog import Sku
from models.traces import Lot, LotStock, ParcelLot, TracedSku

LOT, SHELF, SENT, TRACED = Lot.__table__.c, LotStock.__table__.c, ParcelLot.__table__.c, TracedSku.__table__.c
LEFT = SHELF.added - SHELF.lost - SHELF.shipped


class LotShort(Refusal):
    """The lots that may be sent hold less than is to be shipped."""

    code = "LOT_SHORT"


def _shelves() -> Any:
    columns = [SHELF[name] for name in ("lot_id", "sku_id", "unit_grams", "added", "lost", "shipped", "blocked")]
    return select(*columns, LEFT.label("left")).subquery("lot_shelves")


def _sent() -> Any:
    columns = [SENT[name] for name in ("id", "order_id", "order_line_id", "lot_id", "units", "returned", "created_at")]
    return select(*columns).subquery("lots_sent")


#: What was put on the shelf out of each lot, by SKU, with what is `left`.
shelves_by_lot = ManyBy(_shelves(), "lot_id", order_by=("sku_id",))
#: What of which lot was sent with each order.
lots_by_order = ManyBy(_sent(), "order_id", order_by=("created_at", "id"))
traced_by_sku = OneBy(TracedSku.__table__, "sku_id", always=frozenset({"since"}))


# ------------------------------------------------------------------------------------------------ filling
async def begin(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, sku_id: UUID, there: int) -> None:
    """From now on the SKU is filled out of lots only; the `there` units on its shelf came out of this one.

    The SKU's stock is locked by the caller. Conflict when it is traced already.
    """
    lot = await own(uow, viewer, lot_id)
    sku = await uow.session.scalar(select(Sku.id).where(Sku.id == sku_id, Sku.product_id == lot["product_id"]))
    if sku is None:
        raise Invalid("批次与商品规格不是同一商品", field="skuId")
    new = upsert(TracedSku).values(sku_id=sku_id, product_id=lot["product_id"], since=clock.now())
    if (await uow.session.execute(new.on_conflict_do_nothing().returning(TRACED.sku_id))).first() is None:
        raise Conflict("该规格已启用批次管理", field="skuId")
    if there:
        await _fill(uow, lot, sku_id, there)


async def change(uow: UnitOfWork, viewer: Viewer, lot_id: UUID | None, sku_id: UUID, delta: int, *, lost: bool) -> None:
    """Units of a traced SKU are put on the shelf out of a lot, or taken off it (`lost`, or counted wrongly before).

    Invalid (`lotId`) when a traced SKU names no lot or another SKU does, (`delta`) beyond the harvest or what is left.
    """
    traced = await uow.session.scalar(select(TRACED.sku_id).where(TRACED.sku_id == sku_id))
    if traced is None:
        if lot_id is not None:
            raise Invalid("该规格未启用批次管理", field="lotId")
        return
    if lot_id is None:
        raise Invalid("该规格按批次管理，请选择批次", field="lotId")
    lot = await own(uow, viewer, lot_id)
    if delta > 0:
        await _fill(uow, lot, sku_id, delta)
    else:
        await _take_off(uow, lot, sku_id, -delta, lost=lost)


async def _fill(uow: UnitOfWork, lot: RowDict, sku_id: UUID, units: int) -> None:
    if lot["state"] not in FILLING:
        raise WrongState("只有进行中的批次可以上架")
    await may_be_sold(uow, lot)
    grams = await _unit_grams(uow.session, lot, sku_id)
    left = lot["harvested_grams"] - lot["shrink_grams"] - lot["allocated_grams"]
    if units * grams > left:
        most = max(0, left // grams)
        raise Invalid(f"超过该批次可售重量：还可上架 {most} 件（{left / 1000:.1f} 千克）", field="delta")
    row = {"lot_id": lot["id"], "sku_id": sku_id, "product_id": lot["product_id"], "unit_grams": grams, "added": units}
    new = upsert(LotStock).values(**row)
    more = new.on_conflict_do_update(index_elements=["lot_id", "sku_id"], set_={"added": SHELF.added + units})
    await uow.session.execute(more)


async def _unit_grams(session: AsyncSession, lot: RowDict, sku_id: UUID) -> int:
    """What a unit takes out of the lot: as it did before, else the net weight, else what a parcel of one weighs."""
    chosen = select(SHELF.unit_grams).where(SHELF.lot_id == lot["id"], SHELF.sku_id == sku_id)
    if (before := await session.scalar(chosen)) is not None:
        return int(before)
    sku = select(Sku.weight, Sku.gross_weight).where(Sku.id == sku_id, Sku.product_id == lot["product_id"])
    row = (await session.execute(sku)).first()
    if row is None:
        raise Invalid("批次与商品规格不是同一商品", field="lotId")
    return int(row[0] or row[1])


async def _take_off(uow: UnitOfWork, lot: RowDict, sku_id: UUID, units: int, *, lost: bool) -> None:
    # Counted wrongly, they were never there: their grams can be put on the shelf again.
    change = {"lost": SHELF.lost + units} if lost else {"added": SHELF.added - units}
    there = update(LotStock).where(SHELF.lot_id == lot["id"], SHELF.sku_id == sku_id, LEFT - SHELF.blocked >= units)
    if (await uow.session.execute(there.values(**change).returning(SHELF.lot_id))).first() is None:
        raise Invalid("该批次在架数量不足", field="delta")


# ------------------------------------------------------------------------------------------------ sending
@dataclass(frozen=True)
class Packed:
    """Units of a SKU that go into a parcel for a line of an order."""

    line_id: UUID
    sku_id: UUID
    units: int


async def send(
    uow: UnitOfWork, order_id: UUID, shipment_id: UUID, goods: Sequence[Packed], *, paid_at: datetime
) -> None:
    """Takes what a parcel holds out of lots, what keeps shortest first; several lots for one line if need be.

    LotShort when the lots that may be sent hold too little. Nothing for SKUs that are not traced, or were not yet when
    the order was paid.
    """
    since = await traced_by_sku(uow.session, sorted({each.sku_id for each in goods}), frozenset())
    wanted = [each for each in goods if each.sku_id in since and since[each.sku_id]["since"] <= paid_at]
    if not wanted:
        return
    shelves = await _to_send(uow, sorted({each.sku_id for each in wanted}))
    sent: list[dict[str, Any]] = []
    for each in sorted(wanted, key=lambda packed: packed.line_id):
        for lot_id, units in _taken(shelves.get(each.sku_id, []), each.units):
            row = {"id": new_id(), "shipment_id": shipment_id, "order_id": order_id, "order_line_id": each.line_id}
            sent.append({**row, "lot_id": lot_id, "sku_id": each.sku_id, "units": units, "created_at": clock.now()})
    await bulk.insert(uow.session, {ParcelLot: sent})
    await bulk.run(uow.session, SHIPPED, *([row[name] for row in sent] for name in ("lot_id", "sku_id", "units")))


SHIPPED = """
UPDATE lot_stock SET shipped = shipped + sent.units FROM (
    SELECT lot_id, sku_id, sum(units)::int AS units FROM unnest($1::uuid[], $2::uuid[], $3::int[])
    AS each(lot_id, sku_id, units) GROUP BY lot_id, sku_id
) AS sent WHERE lot_stock.lot_id = sent.lot_id AND lot_stock.sku_id = sent.sku_id
"""


async def _to_send(uow: UnitOfWork, sku_ids: Sequence[UUID]) -> dict[UUID, list[list[Any]]]:
    """[lot, units left] by SKU, what keeps shortest first; lots are locked for sharing, their stock for writing.

    So a lot that is held or recalled at the same time either comes before this parcel or counts it.
    """
    some = select(SHELF.lot_id).where(among(LotStock, "sku_id", sku_ids), LEFT > 0)
    lots = select(LOT.id, LOT.best_before, LOT.number).where(LOT.id.in_(some), LOT.state.in_(SENDING)).order_by(LOT.id)
    known = {row[0]: (row[1] or date.max, row[2]) for row in await uow.session.execute(lots.with_for_update(read=True))}
    there = select(SHELF.sku_id, SHELF.lot_id, LEFT).where(among(LotStock, "sku_id", sku_ids))
    there = there.where(among(LotStock, "lot_id", sorted(known))).order_by(SHELF.sku_id, SHELF.lot_id)
    found: dict[UUID, list[list[Any]]] = {}
    for sku_id, lot_id, left in (await uow.session.execute(there.with_for_update())).all():
        found.setdefault(sku_id, []).append([lot_id, left])
    for each in found.values():
        each.sort(key=lambda lot: known[lot[0]])
    return found


def _taken(lots: list[list[Any]], units: int) -> list[tuple[UUID, int]]:
    """Takes units from the first lots that have them; LotShort when all of them have too few."""
    taken: list[tuple[UUID, int]] = []
    for lot in lots:
        part = min(units, lot[1])
        if part:
            taken.append((lot[0], part))
            lot[1] -= part
            units -= part
        if not units:
            return taken
    raise LotShort("可发货的批次库存不足：请补充批次入库，或等待冻结的批次处理完毕", field="lines")


# ------------------------------------------------------------------------------------------------ coming back
async def take_back(uow: UnitOfWork, line_id: UUID, sku_id: UUID, units: int, *, restock: bool, sent: bool) -> None:
    """Units of a line are the shop's again: `sent` ones return to the shelf of their lots if they can be sold.

    Those that never left stay there, or are lost when they cannot be sold.
    """
    if sent and restock:
        await _put_back(uow, line_id, units)
    elif not sent and not restock:
        await _lose(uow, sku_id, units)


async def _put_back(uow: UnitOfWork, line_id: UUID, units: int) -> None:
    chosen = select(SENT.id, SENT.lot_id, SENT.sku_id, SENT.units - SENT.returned).where(SENT.order_line_id == line_id)
    rows = (await uow.session.execute(chosen.order_by(SENT.lot_id, SENT.id).with_for_update())).all()
    for id, lot_id, sku_id, out in rows:
        part = min(units, out)
        if part:
            noted = update(ParcelLot).where(SENT.id == id).values(returned=SENT.returned + part)
            await uow.session.execute(noted)
            back = update(LotStock).where(SHELF.lot_id == lot_id, SHELF.sku_id == sku_id)
            await uow.session.execute(back.values(shipped=SHELF.shipped - part))
            # Of a lot that is held by now they are not for sale.
            uow.emit(LotStopped(lot_id))
            units -= part


async def _lose(uow: UnitOfWork, sku_id: UUID, units: int) -> None:
    """Of the lots in the order of their ids, as everybody locks them."""
    chosen = select(SHELF.lot_id, LEFT - SHELF.blocked).where(SHELF.sku_id == sku_id).order_by(SHELF.lot_id)
    for lot_id, left in (await uow.session.execute(chosen.with_for_update())).all():
        part = min(units, left)
        if part > 0:
            gone = update(LotStock).where(SHELF.lot_id == lot_id, SHELF.sku_id == sku_id)
            await uow.session.execute(gone.values(lost=SHELF.lost + part))
            units -= part


# ------------------------------------------------------------------------------------------------ stopped lots
async def shelves_of(uow: UnitOfWork, lot_id: UUID) -> tuple[RowDict, Sequence[Mapping[str, Any]]]:
    """A lot and what of it is on the shelf, both locked; the caller holds the lock of their SKUs' stock."""
    lot = await locked(uow, lot_id)
    chosen = select(*SHELF, LEFT.label("left")).where(SHELF.lot_id == lot_id).order_by(SHELF.sku_id)
    rows = (await uow.session.execute(chosen.with_for_update())).mappings().all()
    return lot, [dict(row) for row in rows]


async def set_blocked(uow: UnitOfWork, lot_id: UUID, sku_id: UUID, blocked: int) -> None:
    """So many units of a lot are out of the shop's stock."""
    there = update(LotStock).where(SHELF.lot_id == lot_id, SHELF.sku_id == sku_id)
    await uow.session.execute(there.values(blocked=blocked))


async def unfollowed(session: AsyncSession, most: int = 100) -> Sequence[UUID]:
    """Stopped lots of which something is still for sale: it was promised, and came back."""
    stopped = select(LOT.id).join(LotStock, SHELF.lot_id == LOT.id)
    stopped = stopped.where(LOT.state.in_(STOPPED), SHELF.blocked < LEFT).distinct().limit(most)
    return (await session.scalars(stopped)).all()
