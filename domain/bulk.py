"""Many rows in one statement, whatever their number: columns go to PostgreSQL as arrays, and its text never grows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Rows:
    """Rows of one table, all with the same columns. What they have in common is sent and read once.

    `shared` is the same for all of them. Where there are `kinds`, each row of `own` says under `kind` at which place of
    the list the rest of it stands.
    """

    own: Sequence[Mapping[str, Any]]
    shared: Mapping[str, Any] = field(default_factory=dict)
    kinds: Sequence[Mapping[str, Any]] = ()


async def insert(session: AsyncSession, rows: Mapping[type[Base], Sequence[Mapping[str, Any]] | Rows]) -> None:
    """Adds rows to several tables in one statement; the rows of one table have the same columns.

    Foreign keys are checked when all of it is there, so the order of the tables does not matter.
    """
    whole = {model: own if isinstance(own, Rows) else Rows(own) for model, own in rows.items()}
    filled = {model: own for model, own in whole.items() if own.own}
    if filled:
        shapes = tuple(_shape(model, own) for model, own in filled.items())
        arguments = [each for shape, own in zip(shapes, filled.values(), strict=True) for each in shape.arguments(own)]
        await run(session, _insert_text(shapes), *arguments)


@dataclass(frozen=True)
class _Shape:
    """Which columns the rows of a table have of their own, share all, and share by kinds."""

    model: type[Base]
    own: tuple[str, ...]
    shared: tuple[str, ...]
    kinds: tuple[str, ...]

    def arguments(self, rows: Rows) -> Iterator[Any]:
        for name in self.own:
            yield [row[name] for row in rows.own]
        for name in self.shared:
            yield rows.shared[name]
        if self.kinds:
            yield [row["kind"] + 1 for row in rows.own]
        for name in self.kinds:
            yield [kind[name] for kind in rows.kinds]

    @property
    def count(self) -> int:
        """How many parameters that is."""
        return len(self.own) + len(self.shared) + len(self.kinds) + bool(self.kinds)


def _shape(model: type[Base], rows: Rows) -> _Shape:
    kinds = tuple(rows.kinds[0]) if rows.kinds else ()
    own = tuple(name for name in rows.own[0] if name not in rows.shared and not (kinds and name == "kind"))
    return _Shape(model, own, tuple(rows.shared), kinds)


@lru_cache(maxsize=64)
def _insert_text(shapes: tuple[_Shape, ...]) -> str:
    parts, before = [], 0
    for shape in shapes:
        parts.append(_insert_one(shape, before))
        before += shape.count
    *others, last = parts
    written = ", ".join(f"w{at} AS ({text})" for at, text in enumerate(others))
    return f"WITH {written} {last}" if others else last


def _insert_one(shape: _Shape, before: int) -> str:
    numbers = itertools.count(before + 1)
    source = _unnest(shape.model, shape.own, numbers)
    values = [f"r.{name}{_type(shape.model, name)[1]}" for name in shape.own]
    for name in shape.shared:
        sent, cast = _type(shape.model, name)
        values.append(f"${next(numbers)}::{sent}{cast}")
    own, kind = ", ".join(shape.own), ""
    if shape.kinds:
        source, kind = f"{source}, ${next(numbers)}::int[]", ", kind"
        values += [f"k.{name}{_type(shape.model, name)[1]}" for name in shape.kinds]
    text = f"SELECT {', '.join(values)} FROM unnest({source}) AS r({own}{kind})"
    if shape.kinds:
        listed = ", ".join(shape.kinds)
        source = _unnest(shape.model, shape.kinds, numbers)
        text += f" JOIN unnest({source}) WITH ORDINALITY AS k({listed}, place) ON k.place = r.kind"
    names = ", ".join((*shape.own, *shape.shared, *shape.kinds))
    return f"INSERT INTO {shape.model.__tablename__} ({names}) {text}"


def _unnest(model: type[Base], names: Sequence[str], numbers: Iterator[int]) -> str:
    return ", ".join(f"${next(numbers)}::{_type(model, name)[0]}[]" for name in names)


def _type(model: type[Base], name: str) -> tuple[str, str]:
    """The type that values are sent as, and the cast to the column's where the two differ."""
    written = model.__table__.c[name].type.compile(DIALECT).lower()
    if written.startswith("varchar"):
        return "text", ""  # a cast to varchar(n) would cut what is too long instead of refusing it
    return ("text", "::jsonb") if written == "jsonb" else (written, "")
