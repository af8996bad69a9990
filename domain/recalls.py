"""Recalling a lot: its goods are stopped at once, then every order that got some is told and given its money back.

One transaction starts it: the lot is RECALLED, and all orders that were sent of it are written down. The rest is done
order by order, each in a transaction of its own, so that it can be stopped anywhere and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import aftersales, audit, bulk, inventory, traces
from domain.base import (
    Columns,
    Database,
    Event,
    Job,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    among,
    clean_text,
    clock,
    page_offset,
    pick,
)
from domain.statements import OneBy
from models.base import new_id
from models.orders import Order, OrderLine
from models.recalls import Recall, RecalledOrder, RecalledState, RecallState
from models.traces import Lot, LotStock, ParcelLot

BATCH, MOST_ATTEMPTS = 50, 5
SENT, PART, RECALL = ParcelLot.__table__.c, RecalledOrder.__table__.c, Recall.__table__.c

recalls_by_id = OneBy(Recall.__table__, "id")


@dataclass(frozen=True)
class RecallStarted(Event):
    """A lot is being recalled."""

    recall_id: UUID


@dataclass(frozen=True)
class Plan:
    """What a recall of a lot would touch; `worth` is what the units that were sent cost their buyers, in fen."""

    orders: int
    buyers: int
    units_sent: int
    units_left: int
    worth: int


async def plan(session: AsyncSession, lot_id: UUID) -> Plan:
    """The dry run: nothing is written."""
    out = SENT.units - SENT.returned
    share = OrderLine.payable * out / OrderLine.quantity
    counts: list[Any] = [func.count(SENT.order_id.distinct()), func.count(Order.member_id.distinct())]
    counts += [func.coalesce(func.sum(out), 0), func.coalesce(func.sum(share), 0)]
    chosen = select(*counts).select_from(ParcelLot).join(OrderLine, OrderLine.id == SENT.order_line_id)
    chosen = chosen.join(Order, Order.id == SENT.order_id).where(SENT.lot_id == lot_id, out > 0)
    orders, buyers, sent, worth = (await session.execute(chosen)).one()
    shelf = LotStock.__table__.c
    left = select(func.coalesce(func.sum(shelf.added - shelf.lost - shelf.shipped), 0)).where(shelf.lot_id == lot_id)
    return Plan(orders, buyers, int(sent), int(await session.scalar(left) or 0), int(worth))


async def start(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, reason: str) -> UUID:
    """Recalls a lot and writes down whom it concerns; answers the recall's id. Of a recalled lot: its recall."""
    words = clean_text(reason, field="reason", least=2, most=200, label="原因")
    # Locks the lot: a parcel that takes from it is either counted below or finds it recalled.
    await traces.recall(uow, viewer, lot_id, words)
    earlier = await uow.session.scalar(select(RECALL.id).where(RECALL.lot_id == lot_id))
    if earlier is not None:
        return UUID(str(earlier))
    id, now = new_id(), clock.now()
    row = {"id": id, "lot_id": lot_id, "reason": words, "state": RecallState.RUNNING, "created_at": now}
    await uow.session.execute(insert(Recall).values(**row, started_by=viewer.name or "系统"))
    await bulk.run(uow.session, CONCERNED, id, lot_id)
    await audit.record(uow, viewer, "lot.recall.start", "lot", lot_id, {"recall": str(id)})
    uow.later(Job("recall.proceed", {"recall_id": str(id)}, key=f"recall:{id}:0"))
    uow.emit(RecallStarted(id))
    return id


CONCERNED = """
INSERT INTO recalled_orders (recall_id, order_id, member_id, units, state)
SELECT $1, sent.order_id, orders.member_id, sum(sent.units - sent.returned), 'WAITING'
FROM parcel_lots sent JOIN orders ON orders.id = sent.order_id
WHERE sent.lot_id = $2 AND sent.units > sent.returned GROUP BY sent.order_id, orders.member_id
"""


# ------------------------------------------------------------------------------------------------ order by order
async def proceed(database: Database, recall_id: UUID, most: int = BATCH) -> bool:
    """Tells and refunds the next orders; answers whether some are still waiting. Safe to repeat, and in two places."""
    async with database.read() as session:
        recall = await _whole(session, recall_id)
        waiting = select(PART.order_id).where(PART.recall_id == recall_id, PART.state == RecalledState.WAITING)
        order_ids = (await session.scalars(waiting.order_by(PART.attempts, PART.order_id).limit(most))).all()
    for order_id in order_ids:
        await _one(database, recall, order_id)
    if order_ids:
        return True
    async with database.begin() as uow:
        await inventory.follow_lot(uow, recall["lot_id"])
        ended = update(Recall).where(RECALL.id == recall_id, RECALL.state == RecallState.RUNNING)
        await uow.session.execute(ended.values(state=RecallState.DONE, finished_at=clock.now()))
    return False


async def _one(database: Database, recall: RowDict, order_id: UUID) -> None:
    part = update(RecalledOrder).where(PART.recall_id == recall["id"], PART.order_id == order_id)
    waiting = part.where(PART.state == RecalledState.WAITING)
    try:
        async with database.begin() as uow:
            units = await _units(uow.session, recall["lot_id"], order_id)
            key, sentence = f"recall:{recall['number']}", _sentence(recall)
            given = await aftersales.refund_recalled(uow, order_id, units, key=key, sentence=sentence)
            await uow.session.execute(
                waiting.values(state=RecalledState.DONE, refunded=given, error="", done_at=clock.now())
            )
    except Exception as error:
        # One order that cannot be done stops no other; it is tried again, and then left to a person.
        failed = case((PART.attempts + 1 >= MOST_ATTEMPTS, RecalledState.FAILED.value), else_=PART.state)
        async with database.begin() as uow:
            told = {"attempts": PART.attempts + 1, "error": repr(error)[:200], "state": failed}
            await uow.session.execute(waiting.values(**told))


def _sentence(recall: RowDict) -> str:
    what = f"您收到的「{recall['product_name']}」批次 {recall['number']} 已召回"
    return f"{what}：{recall['reason']}。请勿食用，货款原路退回"


async def _units(session: AsyncSession, lot_id: UUID, order_id: UUID) -> Mapping[UUID, int]:
    """What the order got of the lot and still has, by line."""
    chosen = select(SENT.order_line_id, func.sum(SENT.units - SENT.returned)).group_by(SENT.order_line_id)
    found = await session.execute(chosen.where(SENT.lot_id == lot_id, SENT.order_id == order_id))
    return {line_id: int(units) for line_id, units in found if units > 0}


async def _whole(session: AsyncSession, recall_id: UUID) -> RowDict:
    lot = Lot.__table__.c
    chosen = select(*RECALL, lot.number, lot.product_name).join(Lot, lot.id == RECALL.lot_id)
    row = (await session.execute(chosen.where(RECALL.id == recall_id))).mappings().first()
    if row is None:
        raise NotFound("召回不存在")
    return dict(row)


async def retry(uow: UnitOfWork, viewer: Viewer, recall_id: UUID) -> None:
    """What failed too often is tried again."""
    await _whole(uow.session, recall_id)
    failed = update(RecalledOrder).where(PART.recall_id == recall_id, PART.state == RecalledState.FAILED)
    await uow.session.execute(failed.values(state=RecalledState.WAITING, attempts=0))
    again = update(Recall).where(RECALL.id == recall_id)
    await uow.session.execute(again.values(state=RecallState.RUNNING, finished_at=None))
    await audit.record(uow, viewer, "lot.recall.retry", "recall", recall_id)
    uow.later(Job("recall.proceed", {"recall_id": str(recall_id)}, key=f"recall:{recall_id}:{clock.now().timestamp()}"))


async def running(session: AsyncSession) -> Sequence[UUID]:
    """Recalls that are not done."""
    return (await session.scalars(select(RECALL.id).where(RECALL.state == RecallState.RUNNING).limit(20))).all()


# ------------------------------------------------------------------------------------------------ looking
async def figures_by_recall(session: AsyncSession, keys: Sequence[UUID], _columns: Columns) -> Mapping[UUID, RowDict]:
    """How far each recall has come: `orders`, `done`, `failed`, `units`, `refunded`."""
    done, failed = PART.state == RecalledState.DONE, PART.state == RecalledState.FAILED
    counts = [func.count().label("orders"), func.count().filter(done).label("done")]
    counts += [func.count().filter(failed).label("failed"), func.coalesce(func.sum(PART.units), 0).label("units")]
    counts.append(func.coalesce(func.sum(PART.refunded), 0).label("refunded"))
    chosen = select(PART.recall_id, *counts).where(among(RecalledOrder, "recall_id", keys)).group_by(PART.recall_id)
    return {row["recall_id"]: dict(row) for row in (await session.execute(chosen)).mappings()}


async def page(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[Sequence[RowDict], int]:
    """A numbered page of recalls, newest first."""
    chosen = select(*pick(Recall, columns, "id")).order_by(RECALL.created_at.desc(), RECALL.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(Recall))
    return [dict(row) for row in rows.mappings()], total or 0


async def by_id(session: AsyncSession, id: UUID, columns: Columns) -> RowDict:
    """A recall; NotFound when there is none."""
    found = (await recalls_by_id(session, [id], columns)).get(id)
    if found is None:
        raise NotFound("召回不存在")
    return found
