"""From a validated operation to its levels: the selection is walked once, by graphql-core's own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetails, collect_fields, collect_subfields
from graphql.execution.executor import Executor as PlainExecutor
from graphql.pyutils import Path
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from compiled.calling import Arguments, resolver_of
from compiled.declared import DECLARED, Asked, Batch, Derived, Looked, Row
from compiled.leaves import Names, leaf
from compiled.left import Left
from compiled.levels import (
    Abstract,
    Attributes,
    Batched,
    Called,
    Column,
    Completed,
    Leaves,
    Level,
    Lists,
    LookedUp,
    Nullable,
    Objects,
    Required,
)
from compiled.run import Variables

DEFINITION = "strawberry-definition"
Groups = Mapping[str, list[FieldDetails]]


@dataclass(frozen=True)
class Place:
    """Where a field is asked for: its object's type, and how that object's columns are found."""

    parent: GraphQLObjectType
    origin: type[Any] | None
    prefix: str
    given_rows: bool
    path: Path | None

    @property
    def by_column(self) -> bool:
        return self.given_rows or (self.origin is not None and issubclass(self.origin, Row))

    def take(self, name: str) -> str:
        """The expression for a plain field of the object `r`."""
        return f"r[{self.prefix + name!r}]" if self.by_column else f"r.{name}"


@dataclass(frozen=True)
class Field:
    """One field of an object's selection: all nodes that ask for it under the same response key."""

    key: str
    details: list[FieldDetails]
    definition: GraphQLField
    strawberry: StrawberryField

    @property
    def nodes(self) -> list[FieldNode]:
        return [each.node for each in self.details]

    @property
    def named(self) -> Any:
        return get_named_type(self.definition.type)


class Planner:
    """Builds the levels of one operation, for given outcomes of its conditions; Left where that cannot be done."""

    def __init__(self, plain: PlainExecutor[Any]) -> None:
        self._plain = plain
        self._schema: GraphQLSchema = plain.schema

    def root(self) -> Level:
        """The level of the operation's root type; its one source is the root value."""
        type_ = self._schema.get_root_type(self._plain.operation.operation)
        if type_ is None:
            raise Left("no such root type")
        collected = collect_fields(
            self._schema, self._plain.fragments, self._plain.variable_values, type_, self._plain.operation
        )
        if collected.new_defer_usages:
            raise Left("deferred")
        # Whatever the root value is, it is only handed to resolvers.
        return self._level(type_, collected.grouped_field_set, Place(type_, None, "", False, None))

    # -------------------------------------------------------------------------------------------- levels
    def _level(self, type_: GraphQLObjectType, groups: Groups, place: Place) -> Level:
        names, items, columns = Names(), list[str](), list[Column]()
        for key, details in groups.items():
            if details[0].node.name.value == "__typename":
                items.append(f"{key!r}: {type_.name!r}")
                continue
            field = self._field(type_, key, details)
            inline = self._inline(field, place, names)
            if inline is None:
                inline = f"x{len(columns)}"
                columns.append(self._column(field, place))
            items.append(f"{key!r}: {inline}")
        shape = _shape(items, len(columns), names)
        return Level(type_, place.origin, place.prefix, place.given_rows, shape, columns)

    def _field(self, type_: GraphQLObjectType, key: str, details: list[FieldDetails]) -> Field:
        if details[0].fragment_variable_values is not None:
            raise Left("variables of fragments")
        definition = type_.fields.get(details[0].node.name.value)
        if definition is None:
            raise Left("introspection")
        strawberry_field = definition.extensions.get(DEFINITION)
        if not isinstance(strawberry_field, StrawberryField):
            raise Left(f"{type_.name}.{details[0].node.name.value} is none of Strawberry's")
        return Field(key, details, definition, strawberry_field)

    def _inline(self, field: Field, place: Place, names: Names) -> str | None:
        """An expression for a leaf that needs nothing but the object itself."""
        if not is_leaf_type(field.named):
            return None
        declared = field.strawberry.metadata.get(DECLARED)
        if isinstance(declared, Derived) and place.by_column:
            values = ", ".join(place.take(column) for column in declared.columns)
            return leaf(field.definition.type, f"{names.bind(declared.compute)}({values})", names)
        if _plain_field(field.strawberry) and place.path is not None:
            return leaf(field.definition.type, place.take(field.strawberry.python_name), names)
        return None

    # -------------------------------------------------------------------------------------------- columns
    def _column(self, field: Field, place: Place) -> Column:
        declared = field.strawberry.metadata.get(DECLARED)
        if declared is not None and place.by_column:
            if isinstance(declared, Looked):
                return self._looked(field, place, declared)
            if not isinstance(declared, Derived):
                return self._batched(field, place, declared)
        if _plain_field(field.strawberry) and place.path is not None:
            take = eval(f"lambda r: {place.take(field.strawberry.python_name)}", {})
            return Attributes(take, self._completed(field, field.definition.type, place))
        return self._called(field, place)

    def _batched(self, field: Field, place: Place, batch: Batch) -> Batched:
        type_ = cast(Any, field.definition.type)
        required = isinstance(type_, GraphQLNonNull)
        inner = type_.of_type if required else type_
        if batch.many and isinstance(inner, GraphQLList):
            inner = inner.of_type.of_type if isinstance(inner.of_type, GraphQLNonNull) else inner.of_type
        if not isinstance(inner, GraphQLObjectType):
            raise Left(f"a batch for {type_}")
        name = field.strawberry.python_name
        mark, level = batch.mark(name), self._rows(field, inner, place, "")
        # Rows of a list come by themselves; the columns of one row stand among its parent's.
        beside = level if batch.many or mark is None else self._rows(field, inner, place, f"{place.prefix}{name}.")
        return Batched(
            batch,
            batch.columns(Asked(self._schema, self._plain.fragment_definitions, inner, field.nodes)),
            None if mark is None else place.prefix + mark,
            level,
            None if mark is None else beside,
            required,
        )

    def _looked(self, field: Field, place: Place, looked: Looked) -> LookedUp:
        mark = looked.batch.mark(field.strawberry.python_name)
        columns = looked.batch.columns(Asked(self._schema, {}, None, field.nodes))
        return LookedUp(looked, columns, None if mark is None else place.prefix + mark, _converter(field))

    def _called(self, field: Field, place: Place) -> Called:
        definition, nodes = field.definition, field.nodes
        path = Path(place.path, field.key, place.parent.name)
        called = Called(
            key=field.key,
            bare=self._plain.build_resolve_info(definition, nodes, place.parent, path),
            resolve=resolver_of(self._schema, field.strawberry, definition),
            arguments=Arguments.of(definition, nodes[0], self._plain.variable_values),
            completed=Leaves(lambda value: value),  # replaced below: an abstract type asks this column for its info
            root=place.path is None,
        )
        called.completed = self._completed(field, definition.type, place, called)
        return called

    # -------------------------------------------------------------------------------------------- completing
    def _completed(
        self, field: Field, type_: GraphQLOutputType, place: Place, called: Called | None = None
    ) -> Completed:
        """What completes the values of `type_` that a resolver answered, or that objects hold."""
        if is_leaf_type(field.named):
            return Leaves(_converter(field))
        if isinstance(type_, GraphQLNonNull):
            return Required(self._present(field, type_.of_type, place, called))
        return Nullable(self._present(field, type_, place, called))

    def _present(self, field: Field, type_: GraphQLOutputType, place: Place, called: Called | None) -> Completed:
        if isinstance(type_, GraphQLList):
            return Lists(self._completed(field, type_.of_type, place, called))
        if not is_abstract_type(type_):
            return self._objects(field, cast(GraphQLObjectType, type_), place)
        if called is None:
            raise Left(f"{type_} without a resolver")
        possible = self._schema.get_possible_types(cast(Any, type_))
        levels = {each.name: self._objects(field, each, place) for each in possible}
        return Abstract(cast(Any, type_), called.info, levels)

    def _objects(self, field: Field, type_: GraphQLObjectType, place: Place) -> Objects:
        below = Place(type_, _origin(type_), "", False, Path(place.path, field.key, place.parent.name))
        check = cast("Callable[[Any, Any], Any] | None", type_.is_type_of)
        return Objects(self._level(type_, self._collected(field, type_), below), check)

    def _rows(self, field: Field, type_: GraphQLObjectType, place: Place, prefix: str) -> Level:
        below = Place(type_, _origin(type_), prefix, True, Path(place.path, field.key, place.parent.name))
        return self._level(type_, self._collected(field, type_), below)

    def _collected(self, field: Field, type_: GraphQLObjectType) -> Groups:
        plain = self._plain
        collected = collect_subfields(
            self._schema, plain.fragments, plain.variable_values, plain.operation, type_, field.details
        )
        if collected.new_defer_usages:
            raise Left("deferred")
        return collected.grouped_field_set


def plan(schema: GraphQLSchema, document: DocumentNode, name: str | None, variables: Mapping[str, Any]) -> Planned:
    """The levels of an operation, as these variables decide its @skip and @include; Left when they do not fit."""
    plain = PlainExecutor.build(schema, document, operation_name=name, raw_variable_values=dict(variables))
    if not isinstance(plain, PlainExecutor):
        raise Left("variables do not fit")
    return Planned(plain, Planner(plain).root(), Variables(plain))


@dataclass(frozen=True)
class Planned:
    """A plan, and the plain executor it was made with, which knows fragments and how to build what resolvers get."""

    plain: PlainExecutor[Any]
    root: Level
    variables: Variables


def _shape(items: list[str], columns: int, names: Names) -> Callable[..., list[dict[str, Any]]]:
    """Writes the function that makes the dicts of a level: `(rows, column, …) -> [dict, …]`.

    Its text is made of expressions of ours and of response keys, which are quoted names.
    """
    given = "".join(f", c{number}" for number in range(columns))
    loop = "for r in rows:" if not columns else f"for r{given.replace('c', 'x')} in zip(rows{given}):"
    text = (
        f"def shape(rows{given}):\n made = []\n add = made.append\n {loop}\n  add({{{', '.join(items)}}})\n return made"
    )
    exec(text, names.bound)
    return cast("Callable[..., list[dict[str, Any]]]", names.bound["shape"])


def _converter(field: Field) -> Callable[[Any], Any]:
    names = Names()
    text = f"lambda v: {leaf(field.definition.type, 'v', names)}"
    return cast("Callable[[Any], Any]", eval(text, names.bound))


def _plain_field(field: StrawberryField) -> bool:
    return field.base_resolver is None and not field.extensions and not field.permission_classes


def _origin(type_: GraphQLObjectType) -> type[Any] | None:
    definition = type_.extensions.get(DEFINITION)
    return definition.origin if isinstance(definition, StrawberryObjectDefinition) else None
