"""Codes of single pieces: for whoever holds one, and for the shop that prints them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import merchants, pieces, traces
from models.pieces import PieceAlarmState
from schema.base import Info, NumberedPage, Refused
from schema.merchants import Region
from schema.relations import RowType, derived, looked_up, one, reads
from schema.traces import Lot

strawberry.enum(pieces.PieceWarning, description="What whoever holds a piece must know of its code.")


@strawberry.type(description="One piece of a lot, by the code that is printed on it.")
class Piece(RowType):
    code: str = strawberry.field(description="As printed: P, 12 characters, and one that tells typing errors.")
    lot_id: UUID
    lot: Lot = one(traces.lots_by_id, key="lot_id")


@strawberry.type(description="What is told of the looks at a piece; of nobody who looked.")
class PieceScanned(RowType):
    times: int = strawberry.field(description="How often it was looked up, this look included; counted up to 2000.")
    yours: int = strawberry.field(description="Of these, by this device, as far as it is still known: 90 days.")
    first_at: datetime
    first_region_code: str | None
    first_region: Region | None = one(
        merchants.regions_by_code, key="first_region_code", description="The county; null when it was not told."
    )
    warning: pieces.PieceWarning


strawberry.enum(PieceAlarmState, description="CONFIRMED: the code was copied, and its page warns.")
strawberry.enum(pieces.CopyRule, description="What speaks for copies: many cities, too fast, a crowd, before sending.")


@strawberry.type(description="Looks at a piece from one county.")
class PiecePlace(RowType):
    region_code: str | None
    region: Region | None = one(merchants.regions_by_code, key="region_code", description="Null: it was not told.")
    looks: int


@strawberry.type
class PieceAlarmPoints:
    rule: pieces.CopyRule
    points: int


def told(points: dict[str, int]) -> list[PieceAlarmPoints]:
    return [PieceAlarmPoints(rule=pieces.CopyRule(rule), points=many) for rule, many in points.items()]


@strawberry.type(description="A piece was looked up as one piece can hardly be.")
class PieceAlarm(RowType):
    id: UUID
    piece_id: UUID
    lot_id: UUID
    lot: Lot = one(traces.lots_by_id, key="lot_id")
    serial: int = looked_up(pieces.pieces_by_id, "serial", key="piece_id", description="Which piece of its batch.")
    score: int
    points: list[PieceAlarmPoints] = derived(told, "points")
    scans: int = strawberry.field(description="Looks when it was raised.")
    state: PieceAlarmState
    created_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    note: str

    @reads("piece_id", description="Looks of the last 90 days by county, most first; at most 20 counties.")
    async def places(self, info: Info) -> list[PiecePlace]:
        rows = await info.context.load(pieces.places_by_piece, frozenset(), self.piece_id)
        return [PiecePlace.of(row) for row in (rows or ())[:20]]


@strawberry.type
class PieceAlarmPage(NumberedPage[PieceAlarm]):
    pass


@strawberry.type(description="How many pieces of a batch were looked up, and how often.")
class PieceBatchFigures(RowType):
    scanned: int
    scans: int


NOTHING = {"scanned": 0, "scans": 0}


@strawberry.type(description="Codes that were made together.")
class PieceBatch(RowType):
    id: UUID
    pieces: int
    made_by: str
    created_at: datetime

    @reads("id")
    async def figures(self, info: Info) -> PieceBatchFigures:
        row = await info.context.load(pieces.figures_by_batch, frozenset(), self.id)
        return PieceBatchFigures.of(row or NOTHING)


@strawberry.type(description="Codes to be printed, in the order of the pieces from `start` on.")
class PieceCodes:
    start: int
    codes: list[str]


@strawberry.type(description="All batches of a lot, newest first.")
class PieceBatches:
    batches: list[PieceBatch]


PieceAlarmResult = Annotated[PieceAlarm | Refused, strawberry.union("PieceAlarmResult")]
PieceScannedResult = Annotated[PieceScanned | Refused, strawberry.union("PieceScannedResult")]
PieceBatchesResult = Annotated[PieceBatches | Refused, strawberry.union("PieceBatchesResult")]
PieceCodesResult = Annotated[PieceCodes | Refused, strawberry.union("PieceCodesResult")]
