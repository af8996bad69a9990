"""Codes of single pieces: looked up by everybody, made and printed by the shop."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import pieces
from domain.base import page_size
from domain.members.permissions import Permission
from models.pieces import PieceAlarmState
from resolvers.base import Audience, By, Rate, mutation, query
from schema.base import Info
from schema.pieces import (
    Piece,
    PieceAlarm,
    PieceAlarmPage,
    PieceAlarmResult,
    PieceBatch,
    PieceBatches,
    PieceBatchesResult,
    PieceCodes,
    PieceCodesResult,
    PieceScanned,
    PieceScannedResult,
)
from schema.relations import columns_for

READ, WRITE = Permission.MERCHANT_PRODUCTS_READ, Permission.MERCHANT_STOCK_WRITE
PLATFORM_READ, PLATFORM_WRITE = Permission.PLATFORM_TRACES_READ, Permission.PLATFORM_TRACES_WRITE
# A family passes one telephone round, a shop looks along its shelf; whoever guesses or floods is stopped.
LOOKING = Rate(By.ADDRESS, burst=120, seconds=3)
AT_ONE_PIECE = Rate(By.ARGUMENT, burst=30, seconds=20, argument="code")
PRINTING = Rate(By.VIEWER, burst=60, seconds=5)


async def _batches(info: Info, lot_id: UUID, path: str) -> list[PieceBatch]:
    columns = columns_for(info, PieceBatch, *([path] if path else []))
    rows = await info.context.read(pieces.batches_of, info.context.viewer, lot_id, columns)
    return [PieceBatch.of(row) for row in rows]


async def _alarms(info: Info, state: PieceAlarmState | None, page: int, size: int) -> PieceAlarmPage:
    columns, viewer = columns_for(info, PieceAlarm, "items"), info.context.viewer
    rows, total = await info.context.read(pieces.alarms, viewer, state, page, size, columns)
    return PieceAlarmPage(items=[PieceAlarm.of(row) for row in rows], total=total)


@strawberry.type
class Query:
    @query(
        Audience.ANYONE,
        rates=(LOOKING,),
        description="The piece of a printed code; null for one that was never made. Counts nothing: see scanPiece.",
    )
    async def piece(self, info: Info, code: str) -> Piece | None:
        row = await info.context.read(pieces.by_code, code)
        return None if row is None else Piece.of(row)

    @query(Audience.MERCHANT, READ, description="The codes that were made for pieces of a lot, by batch.")
    async def merchant_piece_batches(self, info: Info, lot_id: UUID, first: int = 50) -> list[PieceBatch]:
        return (await _batches(info, lot_id, ""))[: page_size(first)]

    @query(Audience.MERCHANT, READ, description="Pieces of the shop whose codes may have been copied.")
    async def merchant_piece_alarms(
        self, info: Info, state: PieceAlarmState | None = None, page: int = 1, size: int = 20
    ) -> PieceAlarmPage:
        return await _alarms(info, state, page, size)

    @query(Audience.PLATFORM, PLATFORM_READ)
    async def platform_piece_alarms(
        self, info: Info, state: PieceAlarmState | None = None, page: int = 1, size: int = 20
    ) -> PieceAlarmPage:
        return await _alarms(info, state, page, size)


@strawberry.type
class Mutation:
    @mutation(
        Audience.ANYONE,
        rates=(LOOKING, AT_ONE_PIECE),
        description="Counts a look at a piece; of one device, once in ten minutes. `device` is a name the device gave "
        "itself, `regionCode` the county its owner tells, or nothing.",
    )
    async def scan_piece(
        self, info: Info, code: str, device: str = "", region_code: str | None = None
    ) -> PieceScannedResult:
        wanted = pieces.ScanWanted(code, device, region_code)
        async with info.context.database.begin() as uow:
            found = await pieces.scan(uow, wanted, info.context.client_address)
        return PieceScanned.of(vars(found))

    @mutation(
        Audience.MERCHANT, WRITE, description="Makes codes for 1 to 20000 pieces; with a known `requestKey`, nothing."
    )
    async def merchant_make_pieces(
        self, info: Info, lot_id: UUID, pieces_wanted: int, request_key: str
    ) -> PieceBatchesResult:
        async with info.context.database.begin() as uow:
            await pieces.make(uow, info.context.viewer, lot_id, pieces_wanted, request_key)
        return PieceBatches(batches=await _batches(info, lot_id, "batches"))

    @mutation(
        Audience.MERCHANT,
        WRITE,
        rates=(PRINTING,),
        description="Up to 2000 codes of a batch, to be printed; who took them is written down.",
    )
    async def merchant_take_piece_codes(self, info: Info, batch_id: UUID, start: int, count: int) -> PieceCodesResult:
        async with info.context.database.begin() as uow:
            codes = await pieces.take(uow, info.context.viewer, batch_id, start, count)
        return PieceCodes(start=start, codes=list(codes))

    @mutation(
        Audience.PLATFORM, PLATFORM_WRITE, description="Confirms that the code was copied, or dismisses the alarm."
    )
    async def platform_decide_piece_alarm(self, info: Info, id: UUID, copied: bool, note: str) -> PieceAlarmResult:
        async with info.context.database.begin() as uow:
            await pieces.decide(uow, info.context.viewer, id, copied, note)
        return PieceAlarm.of(await info.context.read(pieces.alarm, id, columns_for(info, PieceAlarm)))
