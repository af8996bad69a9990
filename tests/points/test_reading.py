"""What a member reads of his points: all of it, what came, what went."""

from __future__ import annotations

import pytest

from domain import points
from domain.base import Database
from tests.factories import orders as market
from tests.factories import points as made


@pytest.mark.parametrize(("gains", "amounts"), [(None, [70, -30, 100]), (True, [70, 100]), (False, [-30])])
async def test_entries_are_read_whole_or_by_direction(
    database: Database, gains: bool | None, amounts: list[int]
) -> None:
    await market.shop(database)
    await made.rules(database)
    who, other = (await market.buyer(database)).viewer, (await market.buyer(database)).viewer
    for amount in (100, -30, 70):
        await made.given(database, who, amount)
    await made.given(database, other, 5)
    async with database.read() as session:
        rows, total = await points.entries(session, who, gains, 1, 20, frozenset({"amount"}))
        second, _ = await points.entries(session, who, gains, 2, 1, frozenset({"amount"}))
    assert ([row["amount"] for row in rows], total) == (amounts, len(amounts))
    assert [row["amount"] for row in second] == amounts[1:2]
