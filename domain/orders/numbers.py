"""The readable numbers of trades, orders and cases."""

from __future__ import annotations

from domain import bulk
from domain.base import clock
from domain.numbers import check_digit as check_digit
from domain.numbers import made as made
from domain.numbers import scrambled as scrambled
from models.orders import order_numbers


async def draw(session: bulk.Writes, prefixes: str) -> list[str]:
    """New numbers, one for each letter of `prefixes`, in one statement."""
    (row,) = await bulk.run(session, DRAW, len(prefixes))
    serials, today = row["serials"], clock.today()
    return [made(prefix, today, serial) for prefix, serial in zip(prefixes, serials, strict=True)]


DRAW = f"SELECT array_agg(nextval('{order_numbers.name}')) AS serials FROM generate_series(1, $1::int)"
