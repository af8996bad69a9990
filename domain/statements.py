"""Statements built once per set of columns and then only run: what nearly every reading of rows goes through.

SQLAlchemy writes the SQL; the finished text goes to the driver without a session in between. In a unit of work it goes
there by the connection of its session, and so sees what was written before.

    products_by_id = OneBy(Product.__table__, "id")
    skus_by_product = ManyBy(Sku.__table__, "product_id", order_by=("position", "id"))
    SEASONAL = Statement(Product.__table__, lambda columns: for_sale(columns).limit(bindparam("first", type_=Integer)))

A limit that is a parameter is one of a page: at most `MAX_PAGE`, and one more to see whether there is a next page.
A set of columns may hold `Joined`: columns of the row that a relation points to, read along in the same statement.
"""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg
import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Dialect,
    Enum,
    Float,
    FromClause,
    Integer,
    Numeric,
    Select,
    String,
    Uuid,
    any_,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import visitors
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.types import TypeEngine

from domain.base import MAX_PAGE, Columns, RowDict
from domain.bulk import Writes

DIALECT: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
NO_COLUMNS: Columns = frozenset()
# Sets of columns a statement is kept for. A page asks for the same ones every time; only strangers invent new ones.
MOST_KEPT = 128
# What JSON keeps as it is, or as the text that the response holds anyway.
SAFE = (Integer, String, Boolean, Uuid)
# A relation of a relation of a relation is read on its own.
MOST_JOINED_DEEP = 3


class Pool(Protocol):
    """Connections of the driver."""

    async def acquire(self) -> Any: ...

    async def release(self, connection: Any, *, whole: bool) -> None:
        """Gives one back; `whole` when every statement that was sent by it has been answered."""
        ...


class Reads(AsyncSession):
    """A session for reading that also hands finished statements straight to the driver.

    Takes a connection of the pool when the first statement needs one. Not for two readers at a time.
    """

    def __init__(self, engine: Any, pool: Pool) -> None:
        self._engine = engine
        self._pool = pool
        self._connection: Any = None
        self._whole = True

    def __getattr__(self, name: str) -> Any:
        # Most readers never need the session itself, which costs more to make than a statement: made when first used.
        if "sync_session" in self.__dict__:
            raise AttributeError(name)
        super().__init__(self._engine, expire_on_commit=False, autoflush=False)
        return getattr(self, name)

    async def fetch(self, text: str, arguments: Sequence[Any]) -> list[asyncpg.Record]:
        """The records of a finished statement."""
        if self._connection is None:
            self._connection = await self._pool.acquire()
        self._whole = False
        found: list[asyncpg.Record] = await self._connection.fetch(text, *arguments)
        self._whole = True
        return found

    async def done(self) -> None:
        """Gives back what was taken."""
        try:
            if self._connection is not None:
                connection, self._connection = self._connection, None
                await self._pool.release(connection, whole=self._whole)
        finally:
            if "sync_session" in self.__dict__ and self.in_transaction():
                await self.close()


# ------------------------------------------------------------------------------------------------ columns
@dataclass(frozen=True)
class Joined:
    """Among columns: those of the row that `key` points to, as `<name>.<column>`; null when there is none."""

    name: str
    key: str
    reader: OneBy
    columns: Columns

    @property
    def mark(self) -> str:
        """The column that is null exactly when there is no such row."""
        return f"{self.name}.{self.reader.key}"


@dataclass(frozen=True)
class Listed:
    """Among columns: all rows that belong to the column `key`, in order, as a list of dicts under `<name>[]`.

    They come as JSON: only for columns of `SAFE` types, of which ids are then texts.
    """

    name: str
    key: str
    reader: ManyBy
    columns: Columns

    @property
    def mark(self) -> str:
        return f"{self.name}[]"


def plain(columns: Columns) -> Columns:
    """The columns of the row itself."""
    return frozenset(column for column in columns if isinstance(column, str))


def joined(columns: Columns) -> Iterator[Joined]:
    """The rows to be read along, in an order that does not change."""
    found = [column for column in columns if isinstance(column, Joined)]
    return iter(sorted(found, key=lambda each: each.name))


def listed(columns: Columns) -> Iterator[Listed]:
    """The lists to be read along, in an order that does not change."""
    found = [column for column in columns if isinstance(column, Listed)]
    return iter(sorted(found, key=lambda each: each.name))


# ------------------------------------------------------------------------------------------------ statements
@dataclass(frozen=True)
class Prepared:
    """The finished text of a SELECT, its parameters in order, and what turns a value of the driver into ours."""

    statement: Select[Any]
    text: str
    parameters: tuple[str, ...]
    defaults: Mapping[str, Any]
    # Makes dicts of the driver's records.
    rows: Callable[[Sequence[asyncpg.Record]], list[dict[str, Any]]]

    def arguments(self, given: Mapping[str, Any]) -> list[Any]:
        return [given[name] if name in given else self.defaults[name] for name in self.parameters]


class Statement:
    """A SELECT from `source`, whose columns are chosen when it is run. Values are named with `bindparam`."""

    def __init__(self, source: FromClause, build: Callable[[Columns], Select[Any]]) -> None:
        self.source = source
        self._build = build
        self._kept: OrderedDict[Columns, Prepared] = OrderedDict()

    async def rows(self, session: AsyncSession, columns: Columns, **values: Any) -> list[dict[str, Any]]:
        """The rows, values as the models type them."""
        prepared = self._kept.get(columns)
        if prepared is None:
            prepared = self._prepare(columns)
        else:
            self._kept.move_to_end(columns)
        if isinstance(session, Reads | Writes):
            return prepared.rows(await session.fetch(prepared.text, prepared.arguments(values)))
        return [dict(row) for row in (await session.execute(prepared.statement, values)).mappings()]

    async def first(self, session: AsyncSession, columns: Columns, **values: Any) -> dict[str, Any] | None:
        """The first row, None when there is none."""
        found = await self.rows(session, columns, **values)
        return found[0] if found else None

    async def scalar(self, session: AsyncSession, **values: Any) -> Any:
        """The one value of a statement that has its own columns, such as a count; None when there is no row."""
        found = await self.first(session, NO_COLUMNS, **values)
        return next(iter(found.values())) if found else None

    def _prepare(self, columns: Columns) -> Prepared:
        prepared = prepare(self.select(columns))
        self._kept[columns] = prepared
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return prepared

    def select(self, columns: Columns) -> Select[Any]:
        """The statement for these columns, with everything that is to be read along."""
        return read_along(self._build(own(columns)), self.source, columns)


def own(columns: Columns) -> Columns:
    """The columns of the row itself, with the keys of what is read along."""
    keys = [*(each.key for each in joined(columns)), *(each.key for each in listed(columns))]
    return plain(columns).union(keys)


def read_along(statement: Select[Any], source: FromClause, columns: Columns) -> Select[Any]:
    """A statement that selects `own(columns)` of `source`, made to read `Joined` and `Listed` among them too."""
    parent = source
    if own(columns) != columns and statement._limit_clause is not None:
        statement, parent = _chosen_first(statement)
    return _with_joined(statement, parent, columns, "")


def _chosen_first(statement: Select[Any]) -> tuple[Select[Any], FromClause]:
    """The rows of a limited list chosen in a subquery: nothing is read along for rows that are then left out."""
    limit, order = statement._limit_clause, statement._order_by_clauses
    needed = [column for clause in order for column in visitors.iterate(clause) if isinstance(column, Column)]
    shown = statement.selected_columns.keys()
    whole = statement.add_columns(*[each for each in needed if each.key not in shown])
    if isinstance(limit, BindParameter) and limit.value is None:
        # The planner would expect thousands of rows of a limit it is not told: no page is longer than this.
        most = whole.limit(literal_column(str(MAX_PAGE + 1))).subquery("most")
        whole = select(*most.c).order_by(*_of(most, order)).limit(limit)
    chosen = whole.subquery("chosen")
    return select(*[chosen.c[name] for name in shown]).order_by(*_of(chosen, order)), chosen


def _of(source: FromClause, clauses: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """The clauses in terms of the subquery that has their columns."""
    return [ClauseAdapter(source).traverse(clause) for clause in clauses]


def _with_joined(statement: Select[Any], parent: FromClause, columns: Columns, prefix: str) -> Select[Any]:
    for each in joined(columns):
        path = f"{prefix}{each.name}"
        alias = each.reader.source.alias(path.replace(".", "_"))
        names = sorted(own(each.columns) | {each.reader.key})
        statement = statement.add_columns(*[alias.c[name].label(f"{path}.{name}") for name in names if name in alias.c])
        statement = statement.outerjoin(alias, alias.c[each.reader.key] == parent.c[each.key])
        statement = _with_joined(statement, alias, each.columns, f"{path}.")
    lists = [_list(each, parent).label(f"{prefix}{each.mark}") for each in listed(columns)]
    return statement.add_columns(*lists) if lists else statement


def _list(each: Listed, parent: FromClause) -> ColumnElement[Any]:
    """The rows of one parent as a JSON array."""
    alias = each.reader.source.alias(f"{each.name}_rows")
    names = sorted(name for name in plain(each.columns) if name in alias.c)
    pairs: list[tuple[ColumnElement[Any], ColumnElement[Any]]] = [
        (literal_column(f"'{name}'"), alias.c[name]) for name in names
    ]
    row = func.json_build_object(*itertools.chain.from_iterable(pairs))
    chosen = select(row).where(alias.c[each.reader.key] == parent.c[each.key]).order_by(*_of(alias, each.reader.order))
    # An array of a subquery: cheaper than json_agg, which sorts by itself, and empty where there is no row.
    return func.array_to_json(func.array(chosen.correlate(parent).scalar_subquery()), type_=JSON)


def prepare(statement: Select[Any]) -> Prepared:
    """Finishes a statement: text for the driver, and the conversions its columns need."""
    compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    parameters = tuple(compiled.positiontup or ())
    return Prepared(statement, str(compiled), parameters, dict(compiled.params), _rows_of(statement))


def _rows_of(statement: Select[Any]) -> Callable[[Sequence[asyncpg.Record]], list[dict[str, Any]]]:
    """Writes the function that makes dicts of records: each taken apart by position, which is what Python does fastest,
    each value converted where its type needs it."""
    items, bound = [], dict[str, Any]()
    for place, column in enumerate(statement.selected_columns):
        value = f"v{place}"
        convert = _conversion(column.type)
        if isinstance(column.type, Enum) and convert is not None:
            bound[f"t{place}"] = _Members(convert)
            value = f"t{place}[{value}]"
        elif convert is not None:
            bound[f"c{place}"] = convert
            value = f"c{place}({value})"
        items.append(f"{column.key!r}: {value}")
    parts = "".join(f"v{place}, " for place in range(len(items)))
    # The names are those of our own tables.
    made: Callable[[Sequence[asyncpg.Record]], list[dict[str, Any]]]
    made = eval(f"lambda rs: [{{{', '.join(items)}}} for {parts}in rs]", bound)
    return made


class _Members(dict[Any, Any]):
    """The member of an enum for each text that was met."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, text: Any) -> Any:
        member = self[text] = self._convert(text)
        return member


def _conversion(type_: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """What makes a value of the driver ours."""
    if isinstance(type_, JSON):
        return _from_json
    if isinstance(type_, Float | Numeric):
        return None  # the driver has them right; SQLAlchemy would want to know which of them the server sent
    return type_.dialect_impl(DIALECT).result_processor(DIALECT, None)


def _from_json(value: Any) -> Any:
    """The pool's connections are bare, so JSON comes as text; a unit of work's have read it already.

    What is kept as JSON is an object or a list, never a text by itself.
    """
    return orjson.loads(value) if isinstance(value, str) else value


# ------------------------------------------------------------------------------------------------ by key
class _By(Statement):
    """Reads rows by the values of the column `key`, as one array parameter: the same text for 1 key and for 100."""

    def __init__(
        self,
        source: FromClause,
        key: str,
        *,
        order_by: Sequence[str | ColumnElement[Any]] = (),
        where: ColumnElement[bool] | None = None,
        always: Columns = frozenset(),
    ) -> None:
        """`order_by` names columns; `always` are read whether asked for or not."""
        super().__init__(source, self._chosen)
        self.key = key
        self.order = tuple(source.c[each] if isinstance(each, str) else each for each in order_by)
        self._where = where
        self._always = always

    def _chosen(self, columns: Columns) -> Select[Any]:
        table = self.source.c
        names = dict.fromkeys([self.key, *sorted(columns | self._always)])
        keys = bindparam("keys", type_=ARRAY(table[self.key].type))
        chosen = select(*[table[name] for name in names if name in table]).where(table[self.key] == any_(keys))
        if self._where is not None:
            chosen = chosen.where(self._where)
        return chosen.order_by(*self.order) if self.order else chosen


class OneBy(_By):
    """A reader of one row per key; a key without a row is missing. Names that are no column are somebody else's."""

    joinable: bool = True

    def __init__(self, source: FromClause, key: str, *, joinable: bool = True, **options: Any) -> None:
        """`joinable=False` for a source that cannot be read along, such as one that groups all rows."""
        super().__init__(source, key, **options)
        self.joinable = joinable and options.get("where") is None

    async def __call__(self, session: AsyncSession, keys: Sequence[Any], columns: Columns) -> dict[Any, RowDict]:
        return {row[self.key]: row for row in await self.rows(session, columns, keys=keys)}


class ManyBy(_By):
    """A reader of all rows per key, in order; a key without rows is missing."""

    def lists(self, columns: Columns) -> bool:
        """Whether these columns can be read along with a parent, as a list."""
        named = [self.source.c.get(column) for column in columns if isinstance(column, str)]
        types = [column.type for column in named if column is not None]
        return len(types) == len(columns) and bool(self.order) and all(isinstance(each, SAFE) for each in types)

    async def __call__(self, session: AsyncSession, keys: Sequence[Any], columns: Columns) -> dict[Any, list[RowDict]]:
        found: dict[Any, list[RowDict]] = {}
        for row in await self.rows(session, columns, keys=keys):
            found.setdefault(row[self.key], []).append(row)
        return found
