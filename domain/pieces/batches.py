"""Making codes for the pieces of a lot, and printing them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, bulk, traces
from domain.base import Columns, Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, among, clean_text, clock
from domain.pieces import codes
from domain.statements import ManyBy
from domain.traces import STOPPED
from models.base import new_id
from models.pieces import Piece, PieceBatch, PieceTotal

MOST_PIECES, MOST_OF_LOT, MOST_BATCHES, MOST_TAKEN = 20_000, 200_000, 100, 2_000
# Codes are worked out in between other requests, so many at a time.
CHUNK = 500
BATCH, PIECE, TOTAL = PieceBatch.__table__.c, Piece.__table__.c, PieceTotal.__table__.c

batches_by_lot = ManyBy(PieceBatch.__table__, "lot_id", order_by=(BATCH.created_at.desc(), "id"))


async def make(uow: UnitOfWork, viewer: Viewer, lot_id: UUID, pieces: int, request_key: str) -> UUID:
    """Makes codes for so many pieces of a harvested lot of the viewer's shop; asked for twice, the same batch."""
    key = clean_text(request_key, field="requestKey", least=8, most=64, label="请求标识")
    lot = await traces.own(uow, viewer, lot_id)
    made = select(BATCH.id, BATCH.pieces, BATCH.request_key).where(BATCH.lot_id == lot_id)
    before = (await uow.session.execute(made)).all()
    if (again := next((row for row in before if row.request_key == key), None)) is not None:
        return UUID(str(again.id))
    _check(lot, pieces, [row.pieces for row in before])
    id = new_id()
    row = {"id": id, "lot_id": lot_id, "pieces": pieces, "made_by": viewer.name or "系统", "request_key": key}
    await uow.session.execute(insert(PieceBatch).values(**row, created_at=clock.now()))
    for first in range(1, pieces + 1, CHUNK):
        rows = [
            {"id": new_id(), "serial": serial, "digest": codes.digest(codes.made(id, serial))}
            for serial in range(first, min(first + CHUNK, pieces + 1))
        ]
        await bulk.insert(uow.session, {Piece: bulk.Rows(rows, shared={"batch_id": id})})
        await asyncio.sleep(0)
    await audit.record(uow, viewer, "piece.make", "lot", lot_id, {"batch": str(id), "pieces": pieces})
    return id


def _check(lot: RowDict, pieces: int, before: Sequence[int]) -> None:
    if not 1 <= pieces <= MOST_PIECES:
        raise Invalid(f"一次最多生成 {MOST_PIECES} 枚", field="piecesWanted")
    if lot["harvested_on"] is None:
        raise WrongState("采收之后才能生成一物一码")
    if lot["state"] in STOPPED:
        raise WrongState("该批次已冻结或召回，不能生成一物一码")
    if sum(before) + pieces > MOST_OF_LOT or len(before) >= MOST_BATCHES:
        raise Invalid(f"一个批次最多 {MOST_OF_LOT} 枚、{MOST_BATCHES} 次", field="piecesWanted")


async def take(uow: UnitOfWork, viewer: Viewer, batch_id: UUID, start: int, count: int) -> Sequence[str]:
    """The codes from the `start`-th piece on, to be printed; who took them is written down."""
    chosen = select(BATCH.lot_id, BATCH.pieces).where(BATCH.id == batch_id)
    row = (await uow.session.execute(chosen)).first()
    if row is None:
        raise NotFound("没有这批码")
    await traces.access(uow.session, viewer, row.lot_id, frozenset({"id"}))
    if not (1 <= start <= row.pieces and 1 <= count <= MOST_TAKEN):
        raise Invalid(f"序号须在 1 到 {row.pieces} 之间，一次最多 {MOST_TAKEN} 枚", field="start")
    end = min(start + count - 1, row.pieces)
    await audit.record(uow, viewer, "piece.print", "piece-batch", batch_id, {"from": start, "to": end})
    return [codes.made(batch_id, serial) for serial in range(start, end + 1)]


async def batches_of(session: AsyncSession, viewer: Viewer, lot_id: UUID, columns: Columns) -> Sequence[RowDict]:
    """The batches of a lot of the viewer's shop, newest first; at most a hundred."""
    await traces.access(session, viewer, lot_id, frozenset({"id"}))
    return (await batches_by_lot(session, [lot_id], columns | {"id"})).get(lot_id, [])


async def figures_by_batch(session: AsyncSession, keys: Sequence[UUID], _columns: Columns) -> Mapping[UUID, RowDict]:
    """Of each batch: `scanned` pieces, and `scans` of them."""
    counts: list[Any] = [func.count().label("scanned"), func.sum(TOTAL.scans).label("scans")]
    chosen = select(PIECE.batch_id, *counts).join(PieceTotal, TOTAL.piece_id == PIECE.id)
    chosen = chosen.where(among(Piece, "batch_id", keys)).group_by(PIECE.batch_id)
    return {row["batch_id"]: dict(row) for row in (await session.execute(chosen)).mappings()}
