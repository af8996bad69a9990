"""Pieces whose looks cannot be of one piece: alarms are raised by the worker, and decided by a person with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, bulk
from domain.base import (
    Columns,
    Event,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    among,
    clean_text,
    clock,
    page_offset,
    pick,
)
from domain.pieces.copies import ALARM, WINDOW, Look, weigh
from domain.statements import OneBy
from models.base import new_id
from models.pieces import Piece, PieceAlarm, PieceAlarmState, PieceScan
from models.traces import Lot

BATCH, MOST_LOOKS = 200, 300
FOUND, SCAN = PieceAlarm.__table__.c, PieceScan.__table__.c


@dataclass(frozen=True)
class PieceCopied(Event):
    """An alarm was raised: the code of a piece looks as if it had been copied."""

    alarm_id: UUID


pieces_by_id = OneBy(Piece.__table__, "id")


# ------------------------------------------------------------------------------------------------ raising
async def weigh_due(uow: UnitOfWork) -> int:
    """Weighs the next pieces that were looked up since; answers how many. Five statements, however many pieces."""
    now = clock.now()
    due = {row["piece_id"]: row["scans"] for row in await bulk.run(uow.session, DUE, BATCH)}
    if not due:
        return 0
    looks: dict[UUID, list[Look]] = {}
    for row in await bulk.run(uow.session, LOOKS, list(due), now - WINDOW, MOST_LOOKS):
        looks.setdefault(row["piece_id"], []).append(Look(row["at"], row["device"], row["address"], row["region_code"]))
    raised = []
    for row in await bulk.run(uow.session, ABOUT, list(due)):
        weighed = weigh(looks.get(row["piece_id"], []), origin=row["origin_code"], sent_at=row["sent_at"])
        # What a person has dismissed counts again when much has come to it.
        if not row["known"] and weighed.score >= ALARM + row["dismissed"]:
            points = {str(rule): many for rule, many in weighed.points.items()}
            raised.append((row["piece_id"], row["lot_id"], weighed.score, points, due[row["piece_id"]]))
    if raised:
        piece, lot, score, by_rule, scans = zip(*raised, strict=True)
        told = [orjson.dumps(each).decode() for each in by_rule]
        ids = [new_id() for _ in raised]
        for row in await bulk.run(uow.session, RAISE, ids, list(piece), list(lot), list(score), told, list(scans), now):
            uow.emit(PieceCopied(row["id"]))
    await bulk.run(uow.session, WEIGHED, list(due), list(due.values()))
    return len(due)


DUE = """
SELECT piece_id, scans FROM piece_totals WHERE weighed < scans AND scans >= 4
ORDER BY last_at LIMIT $1 FOR UPDATE SKIP LOCKED
"""
LOOKS = """
SELECT piece_id, at, device, address, region_code FROM unnest($1::uuid[]) AS due(id), LATERAL (
    SELECT * FROM piece_scans WHERE piece_id = due.id AND at > $2 ORDER BY at DESC LIMIT $3
) looked
"""
ABOUT = """
SELECT pieces.id AS piece_id, lots.id AS lot_id, lots.origin_code,
    (SELECT min(created_at) FROM parcel_lots WHERE parcel_lots.lot_id = lots.id) AS sent_at,
    EXISTS (SELECT FROM piece_alarms a WHERE a.piece_id = pieces.id AND a.state <> 'DISMISSED') AS known,
    coalesce((SELECT max(score) FROM piece_alarms a WHERE a.piece_id = pieces.id AND a.state = 'DISMISSED'), 0)
        AS dismissed
FROM pieces JOIN piece_batches ON piece_batches.id = pieces.batch_id JOIN lots ON lots.id = piece_batches.lot_id
WHERE pieces.id = ANY($1::uuid[])
"""
RAISE = """
INSERT INTO piece_alarms (id, piece_id, lot_id, score, points, scans, state, note, created_at)
SELECT id, piece, lot, score, points::jsonb, scans, 'OPEN', '', $7
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::int[])
    AS raised(id, piece, lot, score, points, scans)
ON CONFLICT (piece_id) WHERE state <> 'DISMISSED' DO NOTHING
RETURNING id
"""
WEIGHED = """
UPDATE piece_totals SET weighed = done.scans FROM unnest($1::uuid[], $2::int[]) AS done(id, scans)
WHERE piece_id = done.id
"""


# ------------------------------------------------------------------------------------------------ deciding
async def decide(uow: UnitOfWork, viewer: Viewer, alarm_id: UUID, copied: bool, note: str) -> None:
    """A person of the platform confirms that a code was copied, or dismisses the alarm; once."""
    words = clean_text(note, field="note", least=2, most=200, label="理由")
    row = await uow.session.scalar(select(FOUND.state).where(FOUND.id == alarm_id).with_for_update())
    if row is None:
        raise NotFound("没有这条警报")
    if row is not PieceAlarmState.OPEN:
        raise WrongState("这条警报已经处理过")
    state = PieceAlarmState.CONFIRMED if copied else PieceAlarmState.DISMISSED
    told = {"state": state, "decided_at": clock.now(), "decided_by": viewer.name or "平台", "note": words}
    await uow.session.execute(update(PieceAlarm).where(FOUND.id == alarm_id).values(**told))
    await audit.record(uow, viewer, f"piece.alarm.{state.lower()}", "piece-alarm", alarm_id, {"note": words})


# ------------------------------------------------------------------------------------------------ looking
async def alarms(
    session: AsyncSession, viewer: Viewer, state: PieceAlarmState | None, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A numbered page of alarms, newest first: of the shop's own lots for its staff, all of them for the platform."""
    where: list[ColumnElement[bool]] = []
    if viewer.kind is ViewerKind.MERCHANT:
        where.append(FOUND.lot_id.in_(select(Lot.id).where(Lot.merchant_id == viewer.shop_id)))
    if state is not None:
        where.append(FOUND.state == state)
    chosen = select(*pick(PieceAlarm, columns, "id")).where(*where).order_by(FOUND.created_at.desc(), FOUND.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(PieceAlarm).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


async def alarm(session: AsyncSession, id: UUID, columns: Columns) -> RowDict:
    """An alarm; NotFound when there is none."""
    chosen = select(*pick(PieceAlarm, columns, "id")).where(FOUND.id == id)
    row = (await session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound("没有这条警报")
    return dict(row)


async def places_by_piece(
    session: AsyncSession, keys: Sequence[UUID], _columns: Columns
) -> Mapping[UUID, Sequence[RowDict]]:
    """Looks at each piece by the county that was told, most first; `region_code` is None for the rest."""
    counts: list[Any] = [SCAN.piece_id, SCAN.region_code, func.count().label("looks")]
    chosen = select(*counts).where(among(PieceScan, "piece_id", keys)).group_by(SCAN.piece_id, SCAN.region_code)
    found: dict[UUID, list[RowDict]] = {}
    for row in (await session.execute(chosen.order_by(func.count().desc(), SCAN.region_code))).mappings():
        found.setdefault(row["piece_id"], []).append(dict(row))
    return found
