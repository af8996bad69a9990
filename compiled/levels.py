"""A plan at run time: one level per place of an object in the selection, each given all its objects at once.

Per value runs generated code (`Level.shape`, one dict per object); what has to be awaited, a batch or a resolver, is
awaited per level, as a column of values beside the objects.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from graphql import GraphQLAbstractType, GraphQLObjectType, GraphQLResolveInfo
from graphql.pyutils import gather_with_cancel
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.cast import get_strawberry_type_cast

from compiled.calling import Arguments, Resolve
from compiled.declared import Batch, Looked, Row
from compiled.leaves import as_list
from compiled.left import Left
from compiled.run import Outcome, Run


class Column(Protocol):
    """Works out one field for all objects of a level."""

    async def values(self, level: Level, sources: Sequence[Any], rows: Sequence[Any], run: Run) -> Sequence[Any]: ...


@dataclass
class Level:
    """An object type at one place. `rows` of a level hold its columns under `prefix`, or are the objects themselves."""

    type_: GraphQLObjectType
    origin: type[Any] | None
    prefix: str
    # Whether sources come as rows of a batch; else they are what a resolver answered.
    given_rows: bool
    shape: Callable[..., list[dict[str, Any]]]
    columns: list[Column] = field(default_factory=list)

    async def run(self, sources: Sequence[Any], run: Run) -> list[dict[str, Any]]:
        """The response's object for each source, none of which is null."""
        if not sources:
            return []
        rows = sources if self.given_rows or not self.stands_for_row else [vars(source) for source in sources]
        if not self.columns:
            return self.shape(rows)
        return self.shape(rows, *[await column.values(self, sources, rows, run) for column in self.columns])

    @property
    def stands_for_row(self) -> bool:
        return self.origin is not None and issubclass(self.origin, Row)

    def objects(self, sources: Sequence[Any]) -> Sequence[Any]:
        """The sources as instances of the type, for resolvers that expect one."""
        if not self.given_rows:
            return sources
        if self.origin is None or not self.stands_for_row:
            raise Left(f"{self.type_.name} cannot be made of a row")
        return [self.origin.of(_own(row, self.prefix)) for row in sources]


def _own(row: Mapping[str, Any], prefix: str) -> Mapping[str, Any]:
    if not prefix:
        return row
    return {name[len(prefix) :]: value for name, value in row.items() if name.startswith(prefix)}


# ------------------------------------------------------------------------------------------------ completing
class Completed(Protocol):
    """Turns what a field found, for all objects of a level, into what the response holds."""

    async def complete(self, values: Sequence[Any], run: Run) -> Sequence[Any]: ...


@dataclass(frozen=True)
class Leaves:
    convert: Callable[[Any], Any]

    async def complete(self, values: Sequence[Any], run: Run) -> Sequence[Any]:
        return [self.convert(value) for value in values]


@dataclass(frozen=True)
class Objects:
    level: Level
    # A type with a condition of its own for what it takes; asked where objects come from resolvers.
    check: Callable[[Any, Any], Any] | None = None

    async def complete(self, values: Sequence[Any], run: Run) -> Sequence[Any]:
        for value in values:
            if isinstance(value, Exception) or (self.check is not None and self.check(value, None) is not True):
                raise Left(f"no {self.level.type_.name}")
        return await self.level.run(values, run)


@dataclass(frozen=True)
class Abstract:
    """An interface or union: objects are sorted by their types, each type has its level."""

    type_: GraphQLAbstractType
    info: Callable[[Run], GraphQLResolveInfo[Any]]
    levels: Mapping[str, Objects]

    # Types by the class of their objects, where the class alone decides; filled as they are met.
    known: dict[type[Any], str] = field(default_factory=dict)

    async def complete(self, values: Sequence[Any], run: Run) -> Sequence[Any]:
        kinds = self._kinds(values, run)
        if len(kinds) == 1:
            return await self.levels[kinds[0]].complete(values, run)
        made: list[Any] = [None] * len(values)
        for kind in dict.fromkeys(kinds):
            places = [place for place, each in enumerate(kinds) if each == kind]
            for place, done in zip(
                places, await self.levels[kind].complete([values[place] for place in places], run), strict=True
            ):
                made[place] = done
        return made

    def _kinds(self, values: Sequence[Any], run: Run) -> list[str]:
        known, kinds, info = self.known, list[str](), None
        for value in values:
            kind = known.get(value.__class__)
            if kind is None or get_strawberry_type_cast(value) is not None:
                info = info or self.info(run)
                kind = self._resolved(value, info)
            kinds.append(kind)
        return kinds

    def _resolved(self, value: Any, info: GraphQLResolveInfo[Any]) -> str:
        if self.type_.resolve_type is None:
            raise Left(f"{self.type_.name} does not tell its types")
        kind = self.type_.resolve_type(value, info, self.type_)
        if not isinstance(kind, str) or kind not in self.levels:
            raise Left(f"no type of {self.type_.name}")
        if self._decided_by_class(value):
            self.known[value.__class__] = kind
        return kind

    def _decided_by_class(self, value: Any) -> bool:
        """Whether Strawberry finds the same type for every object of the class: it looks into generic ones."""
        definition = vars(value.__class__).get("__strawberry_definition__")
        plain = isinstance(definition, StrawberryObjectDefinition) and not definition.is_graphql_generic
        ours = getattr(self.type_.resolve_type, "__qualname__", "").startswith("StrawberryUnion.get_type_resolver.")
        return plain and ours and get_strawberry_type_cast(value) is None


@dataclass(frozen=True)
class Nullable:
    inner: Completed

    async def complete(self, values: Sequence[Any], run: Run) -> Sequence[Any]:
        there = [value for value in values if value is not None]
        if len(there) == len(values):
            return await self.inner.complete(values, run)
        done = iter(await self.inner.complete(there, run) if there else ())
        return [None if value is None else next(done) for value in values]


@dataclass(frozen=True)
class Required:
    inner: Completed

    async def complete(self, values: Sequence[Any], run: Run) -> Sequence[Any]:
        for value in values:
            if value is None:
                raise Left("null where there must be a value")
        return await self.inner.complete(values, run)


@dataclass(frozen=True)
class Lists:
    """Lists of all objects of the level, completed as one."""

    inner: Completed

    async def complete(self, values: Sequence[Any], run: Run) -> Sequence[Any]:
        if len(values) == 1:
            return [await self.inner.complete(as_list(values[0]), run)]
        done = await self.inner.complete([item for value in values for item in as_list(value)], run)
        made, start = [], 0
        for value in values:
            made.append(done[start : start + len(value)])
            start += len(value)
        return made


# ------------------------------------------------------------------------------------------------ columns
@dataclass(frozen=True)
class Attributes:
    """A plain field that holds objects: taken from each object, then completed."""

    take: Callable[[Any], Any]
    completed: Completed

    async def values(self, level: Level, sources: Sequence[Any], rows: Sequence[Any], run: Run) -> Sequence[Any]:
        return await self.completed.complete([self.take(row) for row in rows], run)


@dataclass(frozen=True)
class Batched:
    """Rows that belong to the objects, read in one go, or found beside the parent's own columns."""

    batch: Batch
    columns: Any
    mark: str | None
    level: Level
    beside: Level | None
    required: bool

    async def values(self, level: Level, sources: Sequence[Any], rows: Sequence[Any], run: Run) -> Sequence[Any]:
        if self.beside is not None and self.mark in rows[0]:
            beside = self._beside_many if self.batch.many else self._beside
            return await beside(self.beside, rows, run)
        keys, found = await _read(self.batch, level, self.columns, rows, run)
        if self.batch.many:
            return await self._lists(keys, found, run)
        there = {key: row for key, row in found.items() if row is not None}
        made = dict(zip(there, await self.level.run([*there.values()], run), strict=True))
        return self._checked([made.get(key) for key in keys])

    async def _beside(self, beside: Level, rows: Sequence[Any], run: Run) -> Sequence[Any]:
        there = [row for row in rows if row[self.mark] is not None]
        if len(there) == len(rows):
            return await beside.run(there, run)
        made = iter(await beside.run(there, run))
        return self._checked([None if row[self.mark] is None else next(made) for row in rows])

    async def _beside_many(self, beside: Level, rows: Sequence[Any], run: Run) -> Sequence[Any]:
        lists = [row[self.mark] for row in rows]
        made = iter(await beside.run([row for each in lists for row in each], run))
        return [[*islice(made, len(each))] for each in lists]

    async def _lists(self, keys: list[Any], found: Mapping[Any, Any], run: Run) -> Sequence[Any]:
        """All rows at once; parents of the same key share their list."""
        made = iter(await self.level.run([row for rows in found.values() for row in rows], run))
        lists = {key: [*islice(made, len(rows))] for key, rows in found.items()}
        return [lists.get(key, []) for key in keys]

    def _checked(self, values: list[Any]) -> list[Any]:
        if self.required and None in values:
            raise Left("null where there must be a value")
        return values


@dataclass(frozen=True)
class LookedUp:
    """Values taken from another row of each object."""

    looked: Looked
    columns: Any
    mark: str | None
    convert: Callable[[Any], Any]

    async def values(self, level: Level, sources: Sequence[Any], rows: Sequence[Any], run: Run) -> Sequence[Any]:
        compute, convert, prefix = self.looked.compute, self.convert, level.prefix
        if self.mark is not None and self.mark in rows[0]:
            beside = self.mark.rpartition(".")[0] + "."
            others = [None if row[self.mark] is None else row for row in rows]
            return [convert(compute(other, row, beside, prefix)) for other, row in zip(others, rows, strict=True)]
        keys, found = await _read(self.looked.batch, level, self.columns, rows, run)
        pairs = zip(keys, rows, strict=True)
        return [convert(compute(found.get(key), row, "", prefix)) for key, row in pairs]


async def _read(
    batch: Batch, level: Level, columns: Any, rows: Sequence[Any], run: Run
) -> tuple[list[Any], Mapping[Any, Any]]:
    """The key of every row, and what the batch found for those that have one."""
    key = level.prefix + batch.key
    keys = [row[key] for row in rows]
    wanted = [each for each in dict.fromkeys(keys) if each is not None]
    return keys, await batch.read(run.context, wanted, columns) if wanted else {}


@dataclass
class Called:
    """A field with a resolver, called for each object as plain execution would."""

    key: str
    # What resolvers get in every run but for the run's own.
    bare: GraphQLResolveInfo[Any]
    resolve: Resolve
    arguments: Arguments
    completed: Completed
    root: bool

    def info(self, run: Run) -> GraphQLResolveInfo[Any]:
        bare = self.bare
        own = (run.root, bare.operation, run.variables, run.context)
        return tuple.__new__(GraphQLResolveInfo, (*bare[:7], *own, *bare[11:]))

    async def values(self, level: Level, sources: Sequence[Any], rows: Sequence[Any], run: Run) -> Sequence[Any]:
        if self.root:
            return await self.completed.complete([await self._answer(run)], run)
        called = self._all(level.objects(sources), run)
        return await self.completed.complete(await _settled(called), run)

    def _all(self, sources: Sequence[Any], run: Run) -> list[Any]:
        called: list[Any] = []
        try:
            called += (self._call(source, run) for source in sources)
        except BaseException:
            for value in called:
                if inspect.iscoroutine(value):
                    value.close()  # nobody will await it any more
            raise
        return called

    def _call(self, source: Any, run: Run) -> Any:
        return self.resolve(source, self.info(run), **self.arguments.values(run.variables))

    async def _answer(self, run: Run) -> Any:
        """Calls a root field's resolver; what came of it is kept, since it must not be called twice."""
        outcome = run.outcomes[self.key] = Outcome()
        try:
            found = self._call(run.root, run)
            outcome.awaited = inspect.isawaitable(found)
            outcome.value = await found if outcome.awaited else found
        except Exception as error:
            outcome.error = error
            raise
        return outcome.value


async def _settled(called: list[Any]) -> list[Any]:
    """Values, awaited side by side so that data loaders see all keys at once."""
    waiting: list[Awaitable[Any]] = [value for value in called if inspect.isawaitable(value)]
    if not waiting:
        return called
    done = iter([await waiting[0]] if len(waiting) == 1 else await gather_with_cancel(*waiting))
    return [next(done) if inspect.isawaitable(value) else value for value in called]
