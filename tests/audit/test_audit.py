"""The log: written with the change it tells of, found by words, newest first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from domain import audit
from domain.base import SYSTEM, Invalid, clock, trace_id
from models.audit import ActorKind, AuditEntry
from tests.factories.merchants import operator

COLUMNS = frozenset({"action", "actor_kind", "actor_name", "trace_id", "detail"})


async def page(database: Any, text: str | None = None, page: int = 1, size: int = 50) -> Any:
    async with database.read() as session:
        return await audit.page(session, text, page, size, COLUMNS)


async def test_entries_are_found_newest_first(database: Any) -> None:
    trace_id.set("trace-1")
    for number, action in enumerate(("product.freeze", "product.unfreeze", "merchant.suspend")):
        async with database.begin() as uow:
            await audit.record(uow, operator(), action, "product", f"subject-{number}", {"title": "苹果"})
        clock.advance(timedelta(seconds=1))
    async with database.begin() as uow:
        await audit.record(uow, SYSTEM, "order.close", "order", "ZT1")
    clock.reset()
    rows, total = await page(database)
    assert [row["action"] for row in rows] == ["order.close", "merchant.suspend", "product.unfreeze", "product.freeze"]
    assert total == 4
    assert (rows[0]["actor_kind"], rows[0]["actor_name"], rows[0]["detail"]) == (ActorKind.SYSTEM, "系统", {})
    assert rows[1]["trace_id"] == "trace-1"
    for text, expected in (("freeze", 2), ("李运营", 3), ("subject-2", 1), ("ORDER", 1), ("%", 0), ("", 4)):
        assert (await page(database, text))[1] == expected, text
    rows, total = await page(database, page=2, size=3)
    assert ([row["action"] for row in rows], total) == (["product.freeze"], 4)


async def test_an_entry_goes_with_the_change_it_tells_of(database: Any) -> None:
    async def failing() -> None:
        async with database.begin() as uow:
            await audit.record(uow, operator(), "product.freeze", "product", "1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await failing()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(AuditEntry)) == 0


@pytest.mark.parametrize(("number", "size"), [(0, 20), (1, 0), (1, 101), (-1, 20), (10_001, 20)])
async def test_pages_are_bounded(database: Any, number: int, size: int) -> None:
    with pytest.raises(Invalid):
        await page(database, page=number, size=size)
