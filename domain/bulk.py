"""Many rows in one statement, whatever their number: columns go to PostgreSQL as arrays, and its text never grows.

Such statements are finished texts, and go to the driver past everything that SQLAlchemy does for each.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import asyncpg
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import Base

Record = asyncpg.Record
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


class Writes(AsyncSession):
    """A session of a unit of work that also hands finished statements straight to the driver, in its transaction."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._driver: Any = None

    async def fetch(self, text: str, arguments: Sequence[Any]) -> list[asyncpg.Record]:
        """The records of a finished statement, which sees what was added to the session before."""
        if self.new or self.dirty or self.deleted:
            await self.flush()
        if self._driver is None:
            self._driver = await self._begun()
        found: list[asyncpg.Record] = await self._driver.fetch(text, *arguments)
        return found

    async def _begun(self) -> Any:
        """The driver's connection, within the transaction that SQLAlchemy will end."""
        connection = await self.connection()
        driver: Any = (await connection.get_raw_connection()).driver_connection
        if not driver.is_in_transaction():
            await connection.exec_driver_sql("SELECT 1")  # it begins with the first statement that goes through it
        return driver


async def run(session: Writes, text: str, *arguments: Any) -> list[asyncpg.Record]:
    """A finished statement with `$1`, `$2` … in the session's transaction; its rows as the driver makes them."""
    return await session.fetch(text, arguments)


@dataclass(frozen=True)
class Rows:
    """Rows of one table, all with the same columns. What they have in common is sent and read once.

    `shared` is the same for all of them. Where there are `kinds`, each row of `own` says under `kind` at which place of
    the list the rest of it stands.
    """

    own: Sequence[Mapping[str, Any]]
    shared: Mapping[str, Any] = field(default_factory=dict)
    kinds: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Follows:
    """A row for each row of another table of the same statement, made of what is sent for that one anyway.

    `columns` says of which of the other's own columns each of these is; `shared` is the same for all of them.
    """

    model: type[Base]
    columns: Mapping[str, str]
    shared: Mapping[str, Any] = field(default_factory=dict)


async def insert(session: Writes, rows: Mapping[type[Base], Sequence[Mapping[str, Any]] | Rows | Follows]) -> None:
    """Adds rows to several tables in one statement; the rows of one table have the same columns.

    Foreign keys are checked when all of it is there, so the order of the tables does not matter.
    """
    sent = {model: own for model, own in rows.items() if not isinstance(own, Follows)}
    whole = {model: own if isinstance(own, Rows) else Rows(own) for model, own in sent.items()}
    shapes = {model: _shape(model, own) for model, own in whole.items() if own.own}
    arguments = [each for model, shape in shapes.items() for each in shape.arguments(whole[model])]
    followers: list[_Follower] = []
    for model, own in rows.items():
        if isinstance(own, Follows) and own.model in shapes:
            followers.append(_Follower(model, own.model, tuple(own.columns.items()), tuple(own.shared)))
            arguments += own.shared.values()
    if shapes:
        await run(session, _insert_text(tuple(shapes.values()), tuple(followers)), *arguments)


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
    elsewhere = {*rows.shared, *kinds, *(("kind",) if kinds else ())}
    own = tuple(name for name in rows.own[0] if name not in elsewhere)
    return _Shape(model, own, tuple(rows.shared), kinds)


@dataclass(frozen=True)
class _Follower:
    """Of which columns of another table's rows these are made, and which they share."""

    model: type[Base]
    leader: type[Base]
    columns: tuple[tuple[str, str], ...]
    shared: tuple[str, ...]


@lru_cache(maxsize=64)
def _insert_text(shapes: tuple[_Shape, ...], followers: tuple[_Follower, ...] = ()) -> str:
    parts, before, places = [], 0, dict[type[Base], Mapping[str, int]]()
    for shape in shapes:
        parts.append(_insert_one(shape, before))
        places[shape.model] = {name: before + place for place, name in enumerate(shape.own, 1)}
        before += shape.count
    for follower in followers:
        parts.append(_insert_following(follower, places[follower.leader], before))
        before += len(follower.shared)
    *others, last = parts
    written = ", ".join(f"w{at} AS ({text})" for at, text in enumerate(others))
    return f"WITH {written} {last}" if others else last


def _insert_one(shape: _Shape, before: int) -> str:
    numbers = itertools.count(before + 1)
    source = _unnest(shape.model, shape.own, numbers)
    values = [f"r.{name}{_type(shape.model, name)[1]}" for name in shape.own]
    values += _shared(shape.model, shape.shared, numbers)
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


def _insert_following(follower: _Follower, places: Mapping[str, int], before: int) -> str:
    """`places`: the numbers of the parameters that hold the leader's own columns."""
    leading = tuple(dict.fromkeys(name for _, name in follower.columns))
    values = [f"r.{name}" for _, name in follower.columns]
    values += _shared(follower.model, follower.shared, itertools.count(before + 1))
    source = _unnest(follower.leader, leading, iter([places[name] for name in leading]))
    names = ", ".join((*(name for name, _ in follower.columns), *follower.shared))
    chosen = f"SELECT {', '.join(values)} FROM unnest({source}) AS r({', '.join(leading)})"
    return f"INSERT INTO {follower.model.__tablename__} ({names}) {chosen}"


def _shared(model: type[Base], names: Sequence[str], numbers: Iterator[int]) -> Iterator[str]:
    for name in names:
        sent, cast = _type(model, name)
        yield f"${next(numbers)}::{sent}{cast}"


def _unnest(model: type[Base], names: Sequence[str], numbers: Iterator[int]) -> str:
    return ", ".join(f"${next(numbers)}::{_type(model, name)[0]}[]" for name in names)


def _type(model: type[Base], name: str) -> tuple[str, str]:
    """The type that values are sent as, and the cast to the column's where the two differ."""
    written = model.__table__.c[name].type.compile(DIALECT).lower()
    if written.startswith("varchar"):
        return "text", ""  # a cast to varchar(n) would cut what is too long instead of refusing it
    return ("text", "::jsonb") if written == "jsonb" else (written, "")
