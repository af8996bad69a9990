"""Pieces of a lot with codes, and looks at them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from domain import pieces
from domain.base import Database
from domain.pieces import Scanned, ScanWanted, codes
from models.base import new_id
from tests.factories.traces import Grown


async def made(database: Database, lot: Grown, many: int = 3, key: str | None = None) -> Sequence[str]:
    """The printed codes of a new batch."""
    async with database.begin() as uow:
        batch = await pieces.make(uow, lot.shop.keeper, lot.id, many, key or f"opened-{new_id()}")
    async with database.begin() as uow:
        return await pieces.take(uow, lot.shop.keeper, batch, 1, many)


def device(number: int) -> str:
    return f"telephone-of-person-{number:04d}"


async def look(
    database: Database, code: str, who: int = 1, county: str | None = None, address: str = "203.0.113.7"
) -> Scanned:
    async with database.begin() as uow:
        return await pieces.scan(uow, ScanWanted(code, device(who), county), address)


RAISED = """
INSERT INTO piece_alarms (id, piece_id, lot_id, score, points, scans, state)
SELECT gen_random_uuid(), pieces.id, lot_id, 4, '{"CITIES": 3, "EARLY": 1}', 6, 'OPEN'
FROM pieces JOIN piece_batches ON piece_batches.id = batch_id WHERE digest = :digest
"""


async def alarm(database: Database, code: str) -> None:
    """As the worker's weighing raises it."""
    async with database.begin() as uow:
        await uow.session.execute(text(RAISED), {"digest": codes.digest(code)})
