"""`python -m server traces` makes the day's anchor and checks what was recorded; `recall` recalls a lot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from domain import recalls, traces
from domain.base import SYSTEM, Refusal
from domain.crypto import Keyring, signer, vault
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


def recall(settings: Settings, number: str, reason: str, told: Callable[[str], None]) -> int:
    """Counts whom the recall of a lot concerns and, with a reason, does all of it; can be stopped and run again."""

    async def do(database: Database) -> int:
        async with database.read() as session:
            lot = await traces.by_number(session, number, frozenset({"id"}))
            if lot is None:
                raise Trouble(f"There is no lot {number}.")
            plan = await recalls.plan(session, lot["id"])
        told(f"{plan.orders} orders of {plan.buyers} buyers got {plan.units_sent} units, worth {plan.worth} fen.")
        told(f"{plan.units_left} units are on the shelf.")
        if not reason:
            return 0
        try:
            async with database.begin() as uow:
                id = await recalls.start(uow, SYSTEM, lot["id"], reason)
        except Refusal as refusal:
            raise Trouble(refusal.message) from refusal
        while await recalls.proceed(database, id):
            async with database.read() as session:
                figures = (await recalls.figures_by_recall(session, [id], frozenset()))[id]
            told(f"{figures['done']} of {figures['orders']} orders done, {figures['failed']} failed.")
        return 0

    signer.configure(settings.trace_keyring)
    vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
    return int(asyncio.run(_with(settings, do)))


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
