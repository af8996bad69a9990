"""Looking a piece up, and what is kept of it: when, about where, and hashes that are good for this piece alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import Invalid, NotFound, RowDict, UnitOfWork, clock
from domain.crypto import vault
from domain.pieces import codes
from models.base import new_id
from models.merchants import Region, RegionLevel
from models.pieces import Piece, PieceBatch

# One device that looks again within this is the same scan.
SLOT = timedelta(minutes=10)
# The database refuses to remove a scan, or its address, before.
KEPT, ADDRESS_KEPT = timedelta(days=90), timedelta(days=7)
# Of one piece no more is counted: whoever wants to fill the tables stops here.
MOST_SCANS = 2_000
PURGED = 5_000
DEVICE = re.compile("[A-Za-z0-9-]{16,64}")
COUNTY = re.compile("[0-9]{6}")
PIECE, BATCH, REGION = Piece.__table__.c, PieceBatch.__table__.c, Region.__table__.c


class PieceWarning(StrEnum):
    """What whoever holds a piece must know of its code."""

    NONE = "NONE"
    # Its looks can hardly be of one piece; a person is looking into it.
    CHECKING = "CHECKING"
    COPIED = "COPIED"


WARNINGS = {None: PieceWarning.NONE, "OPEN": PieceWarning.CHECKING, "CONFIRMED": PieceWarning.COPIED}


@dataclass(frozen=True)
class ScanWanted:
    """A look at a piece as its page tells it: the printed code, a name the device gave itself, a county or nothing."""

    code: str
    device: str = ""
    region_code: str | None = None


@dataclass(frozen=True)
class Scanned:
    """What is told of a piece: how often it was looked up, how often by this device, when and where first."""

    times: int
    yours: int
    first_at: datetime
    first_region_code: str | None
    warning: PieceWarning


async def by_code(session: AsyncSession, typed: str) -> RowDict | None:
    """The piece of a code as it is printed, with its lot's id; None for one that was never made."""
    code = codes.read(typed)
    if code is None:
        return None
    chosen = select(PIECE.id, BATCH.lot_id).join(PieceBatch, BATCH.id == PIECE.batch_id)
    row = (await session.execute(chosen.where(PIECE.digest == codes.digest(code)))).mappings().first()
    return None if row is None else {**row, "code": code}


async def scan(uow: UnitOfWork, wanted: ScanWanted, address: str) -> Scanned:
    """Counts a look at a piece. The same device within ten minutes is counted once, however often it calls."""
    code = codes.read(wanted.code)
    if code is None:
        raise NotFound("没有这个码，请核对", field="code")
    if wanted.device and not DEVICE.fullmatch(wanted.device):
        raise Invalid("设备标识不正确", field="device")
    county = await _county(uow.session, wanted.region_code)
    digest, now = codes.digest(code), clock.now()
    # Under a purpose of this piece alone: the same telephone at another piece is another.
    purpose = f"scan:{digest.hex()}"
    whence = vault.index(_network(address), purpose=f"{purpose}:address")
    device = vault.index(wanted.device, purpose=purpose) if wanted.device else whence
    slot = int(now.timestamp() // SLOT.total_seconds())
    await bulk.run(uow.session, RECORD, digest, new_id(), now, slot, device, whence, county, MOST_SCANS)
    found = await bulk.run(uow.session, TOLD, digest, device)
    if not found:
        raise NotFound("没有这个码，请核对", field="code")
    times, yours, first_at, county, alarm = found[0]
    return Scanned(times, yours, first_at, county, WARNINGS[alarm])


# A repeated look only adds the county that was not told before. Whose row of the totals comes first, was first.
RECORD = """
WITH piece AS (
    SELECT id FROM pieces WHERE digest = $1
    AND NOT EXISTS (SELECT FROM piece_totals WHERE piece_id = pieces.id AND scans >= $8)
), looked AS (
    INSERT INTO piece_scans (id, piece_id, at, slot, device, address, region_code)
    SELECT $2::uuid, id, $3::timestamptz, $4::bigint, $5::bytea, $6::bytea, $7::varchar FROM piece
    ON CONFLICT (piece_id, device, slot) DO UPDATE SET region_code = excluded.region_code
    WHERE piece_scans.region_code IS NULL AND excluded.region_code IS NOT NULL
    RETURNING piece_id, at, region_code, id = $2 AS fresh
)
INSERT INTO piece_totals AS total (piece_id, scans, first_at, last_at, first_region_code)
SELECT piece_id, 1, at, at, region_code FROM looked
ON CONFLICT (piece_id) DO UPDATE SET
    scans = total.scans + (SELECT fresh::int FROM looked),
    last_at = greatest(total.last_at, excluded.last_at),
    first_region_code = CASE WHEN total.first_at = excluded.first_at
        THEN coalesce(total.first_region_code, excluded.first_region_code) ELSE total.first_region_code END
"""
TOLD = """
SELECT scans, (SELECT count(*) FROM piece_scans WHERE piece_id = pieces.id AND device = $2),
    first_at, first_region_code,
    (SELECT state FROM piece_alarms a WHERE a.piece_id = pieces.id AND a.state <> 'DISMISSED')
FROM pieces JOIN piece_totals ON piece_totals.piece_id = pieces.id WHERE digest = $1
"""


async def _county(session: AsyncSession, told: str | None) -> str | None:
    if not told:
        return None
    known = select(REGION.code).where(REGION.code == told, REGION.level == RegionLevel.COUNTY)
    if not COUNTY.fullmatch(told) or await session.scalar(known) is None:
        raise Invalid("请选择所在县区", field="regionCode")
    return told


def _network(address: str) -> str:
    """An IPv6 host changes the lower half of its address at will."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


async def purge(uow: UnitOfWork) -> int:
    """Forgets addresses after a week and scans after ninety days, some thousand at a time; answers how many."""
    now = clock.now()
    forgotten = await bulk.run(uow.session, FORGET, now - ADDRESS_KEPT, PURGED)
    removed = await bulk.run(uow.session, REMOVE, now - KEPT, PURGED)
    return len(forgotten) + len(removed)


FORGET = """
UPDATE piece_scans SET address = NULL WHERE id IN (
    SELECT id FROM piece_scans WHERE at < $1 AND address IS NOT NULL LIMIT $2 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
REMOVE = """
DELETE FROM piece_scans WHERE id IN (
    SELECT id FROM piece_scans WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
