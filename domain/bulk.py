"""Many rows in one statement, whatever their number: columns go to PostgreSQL as arrays, and its text never grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import Base

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


async def run(session: AsyncSession, text: str, *arguments: Any) -> Sequence[RowMapping]:
    """A finished statement with `$1`, `$2` … in the session's transaction; its rows as the driver makes them."""
    result = await (await session.connection()).exec_driver_sql(text, arguments)
    return result.mappings().all() if result.returns_rows else ()


async def insert(session: AsyncSession, rows: Mapping[type[Base], Sequence[Mapping[str, Any]]]) -> None:
    """Adds rows to several tables in one statement; the rows of one table have the same columns.

    Foreign keys are checked when all of it is there, so the order of the tables does not matter.
    """
    filled = {model: own for model, own in rows.items() if own}
    if not filled:
        return
    columns = tuple((model, tuple(own[0])) for model, own in filled.items())
    arrays = [[row[name] for row in filled[model]] for model, names in columns for name in names]
    await run(session, _insert_text(columns), *arrays)


@lru_cache(maxsize=64)
def _insert_text(columns: tuple[tuple[type[Base], tuple[str, ...]], ...]) -> str:
    parts, before = [], 0
    for model, names in columns:
        parts.append(_insert_one(model, names, before))
        before += len(names)
    *others, last = parts
    written = ", ".join(f"w{at} AS ({text})" for at, text in enumerate(others))
    return f"WITH {written} {last}" if others else last


def _insert_one(model: type[Base], names: tuple[str, ...], before: int) -> str:
    types = [_type(model, name) for name in names]
    arrays = ", ".join(f"${before + at}::{array}[]" for at, (array, _) in enumerate(types, 1))
    values = ", ".join(f"r.{name}{cast}" for name, (_, cast) in zip(names, types, strict=True))
    listed = ", ".join(names)
    return f"INSERT INTO {model.__tablename__} ({listed}) SELECT {values} FROM unnest({arrays}) AS r({listed})"


def _type(model: type[Base], name: str) -> tuple[str, str]:
    """The type of the array's elements, and the cast to the column's where the two differ."""
    written = model.__table__.c[name].type.compile(DIALECT).lower()
    if written.startswith("varchar"):
        return "text", ""  # a cast to varchar(n) would cut what is too long instead of refusing it
    return ("text", "::jsonb") if written == "jsonb" else (written, "")
