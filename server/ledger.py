"""`python -m server ledger`: writes into the ledger what happened before it was there, and says whether it is right."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from domain.orders import auditing as orders_auditing
from domain.orders.auditing import Difference
from domain.settlement import auditing
from server.database import Database
from server.settings import Settings


def catch_up(settings: Settings, told: Callable[[int], None] = lambda _: None) -> int:
    """Posts what is missing, in small transactions; answers how many facts. Can be stopped and run again."""
    return int(asyncio.run(_with(settings, lambda database: orders_auditing.catch_up(database, told))))


def check(settings: Settings) -> list[str]:
    """Every difference between the ledger and the rows it tells of, in words; none when it is right."""

    async def ask(database: Database) -> list[Difference]:
        async with database.begin() as uow:
            return list(await auditing.differences(uow.session))

    found: list[Difference] = asyncio.run(_with(settings, ask))
    return [f"{each.fault} {each.id} order={each.order_id} is={each.found} not={each.expected}" for each in found]


async def _with(settings: Settings, use: Callable[[Database], Any]) -> Any:
    database = Database(settings)
    try:
        return await use(database)
    finally:
        await database.close()
