"""`python -m server traces`: makes the day's anchor, and says whether everything is as it was recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from domain import traces
from domain.crypto import signer
from server.database import Database
from server.embedded.state import Trouble
from server.settings import Settings


def anchor(settings: Settings) -> str | None:
    """Today's anchor as `DAY:ROOT`, to be noted elsewhere; None when it was made already."""

    async def make(database: Database) -> str | None:
        async with database.begin() as uow:
            made = await traces.anchor(uow)
        return f"{made['day'].isoformat()}:{made['root'].hex()}" if made else None

    made: str | None = asyncio.run(_with(settings, make))
    return made


def check(settings: Settings, kept: str = "") -> list[str]:
    """Every difference in words; none when all chains and anchors are as they were recorded."""
    noted = _noted(kept) if kept else None

    async def ask(database: Database) -> list[str]:
        async with database.read() as session:
            found = await traces.differences(session, noted)
        return [f"{each.subject}: {'；'.join(each.faults)}" for each in found]

    found: list[str] = asyncio.run(_with(settings, ask))
    return found


def _noted(kept: str) -> tuple[date, bytes]:
    day, _, root = kept.partition(":")
    try:
        return date.fromisoformat(day), bytes.fromhex(root)
    except ValueError:
        raise Trouble(f"{kept} is no anchor; write it as 2026-11-29:ROOT.") from None


async def _with(settings: Settings, use: Callable[[Database], Any]) -> Any:
    signer.configure(settings.trace_keyring)
    database = Database(settings)
    try:
        return await use(database)
    finally:
        await database.close()
