"""Nested fields as data: a relation names the reader and the key, and the reader gets only the columns asked for.

    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    skus: list[Sku] = many(catalog.skus_by_product, key="id")
    in_stock: bool = looked_up(inventory.products_in_stock, "in_stock", key="id", missing=False)

A type that stands for a row derives from `RowType` and is filled by `of(row)`. Its plain fields are columns of the same
name; `derived` computes a field from columns it names; `one` and `many` read other rows in batches, `looked_up` one
value of another row. What a selection needs is worked out from the document by `columns_for`, so a column nobody asks
for is not read, and what can be read along with its parent, a row or a plain list, costs no statement of its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

import strawberry
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
)
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from compiled.declared import DECLARED, Asked, Derived, Looked, Row
from domain.base import Columns, ManyReader, OneReader, RowDict
from domain.statements import MOST_JOINED_DEEP, Joined, Listed, ManyBy, OneBy

COLUMNS = "columns"
# Fields of kept documents whose columns are remembered.
MOST_KEPT = 4096


class RowType(Row):
    """A schema type that stands for a row. Holds the columns that were read, and no others."""


@dataclass(frozen=True)
class Relation:
    """What a nested field reads: by `reader`, with the value of the parent's column `key`; one row or many."""

    reader: OneReader | ManyReader
    key: str
    many: bool
    # For a single value out of the other row; a relation to an object reads what its selection asks for.
    fixed: Columns | None = None

    @property
    def joinable(self) -> bool:
        return not self.many and isinstance(self.reader, OneBy) and self.reader.joinable

    @property
    def listable(self) -> bool:
        return self.many and isinstance(self.reader, ManyBy)

    def columns(self, asked: Asked) -> Columns:
        """What is read of the other row."""
        if self.fixed is not None:
            return self.fixed
        assert asked.target is not None
        sets = [node.selection_set for node in asked.nodes if node.selection_set]
        return _Selected(asked.schema, asked.fragments).columns(asked.target, sets, 0)

    async def read(self, context: Any, keys: list[Any], columns: Columns) -> Mapping[Any, Any]:
        found: Mapping[Any, Any] = await context.read(self.reader, keys, columns)
        return found

    def mark(self, name: str) -> str | None:
        if self.listable:
            return f"{name}[]"
        return f"{name}.{cast(OneBy, self.reader).key}" if self.joinable else None


def one(reader: OneReader, *, key: str, description: str | None = None) -> Any:
    """The row whose key stands in the parent's column `key`; null when that column is null."""
    relation = Relation(reader, key, many=False)

    async def read_one(root: Any, info: strawberry.Info[Any, None]) -> Any:
        target = _target(info)
        row = _beside(root, relation, info.python_name)
        if row is _NOT_THERE:
            value = getattr(root, key)
            row = None if value is None else await info.context.load(reader, columns_for(info, target), value)
        return None if row is None else target.of(row)

    return _field(read_one, relation, relation, description)


def many(reader: ManyReader, *, key: str, description: str | None = None) -> Any:
    """The rows that belong to the parent's column `key`, in the reader's order."""
    relation = Relation(reader, key, many=True)

    async def read_many(root: Any, info: strawberry.Info[Any, None]) -> Any:
        target = _target(info)
        rows = vars(root).get(f"{info.python_name}[]")
        if rows is None:
            rows = await info.context.load(reader, columns_for(info, target), getattr(root, key))
        return [target.of(row) for row in rows or ()]

    return _field(read_many, relation, relation, description)


def looked_up(
    reader: OneReader,
    column: str,
    *,
    key: str,
    missing: Any = None,
    only_if: str | None = None,
    description: str | None = None,
) -> Any:
    """The value of `column` in the row found by the parent's column `key`.

    `missing` where there is no such row, where the parent's key is null, or where its column `only_if` is false.
    """
    relation = Relation(reader, key, many=False, fixed=frozenset({column}))

    def value(row: RowDict | None, parent: RowDict, beside: str, prefix: str) -> Any:
        if row is None or (only_if is not None and not parent[prefix + only_if]):
            return missing
        return row[beside + column]

    async def look_up(root: Any, info: strawberry.Info[Any, None]) -> Any:
        row, wanted = _beside(root, relation, info.python_name), getattr(root, key)
        if row is _NOT_THERE:
            row = None if wanted is None else await info.context.load(reader, relation.fixed, wanted)
        return value(row, vars(root), "", "")

    own = {key, only_if} if only_if else {key}
    return _field(look_up, relation, Looked(relation, value), description, own)


def derived(compute: Callable[..., Any], *columns: str, description: str | None = None) -> Any:
    """A field computed from the parent's `columns`, handed over in that order; no reading."""

    def read_derived(root: Any) -> Any:
        return compute(*[getattr(root, column) for column in columns])

    metadata = {COLUMNS: frozenset(columns), DECLARED: Derived(compute, columns)}
    return strawberry.field(resolver=read_derived, description=description, metadata=metadata)


F = TypeVar("F", bound=Callable[..., Any])


def reads(*columns: str, description: str | None = None) -> Callable[[F], F]:
    """For a field that is a method: the columns its body takes from `self`."""
    made: Callable[[F], F] = strawberry.field(description=description, metadata={COLUMNS: frozenset(columns)})
    return made


def _field(
    resolver: Callable[..., Any],
    relation: Relation,
    declared: Relation | Looked,
    description: str | None,
    own: Iterable[str] = (),
) -> Any:
    metadata = {COLUMNS: frozenset({relation.key, *own}), DECLARED: declared}
    return strawberry.field(resolver=resolver, description=description, metadata=metadata)


_NOT_THERE: Any = object()


def _beside(root: Any, relation: Relation, name: str) -> Any:
    """The other row, when it was read along with the parent: its columns, None for no such row."""
    mark, row = relation.mark(name), vars(root)
    if mark is None or mark not in row:
        return _NOT_THERE
    if row[mark] is None:
        return None
    prefix = f"{name}."
    return {column[len(prefix) :]: value for column, value in row.items() if column.startswith(prefix)}


def _target(info: strawberry.Info[Any, None]) -> type[RowType]:
    named = get_named_type(info._raw_info.return_type)
    definition = cast(StrawberryObjectDefinition, named.extensions["strawberry-definition"])
    return cast("type[RowType]", definition.origin)


# ------------------------------------------------------------------------------------------------ columns
# By the identity of the nodes that ask; these are kept with it, so that no other node can take their place.
_kept: OrderedDict[tuple[Any, ...], tuple[Any, Columns]] = OrderedDict()


def columns_for(info: strawberry.Info[Any, None], type_: type[RowType], *path: str) -> Columns:
    """The columns needed to answer what this field's selection asks of `type_`, found below the fields of `path`.

    A fragment on another type is left out; `@skip` and `@include` are not looked at, so too much may be read, never
    too little.
    """
    raw = info._raw_info
    key = (type_, path, *map(id, raw.field_nodes))
    found = _kept.get(key)
    if found is None:
        selected = _Selected(raw.schema, raw.fragments)
        sets = [node.selection_set for node in raw.field_nodes if node.selection_set]
        for name in path:
            sets = list(selected.below(sets, name))
        object_type = cast(GraphQLObjectType, raw.schema.type_map[_definition(type_).name])
        found = _kept[key] = ((raw.field_nodes, raw.fragments), selected.columns(object_type, sets, 0))
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found[1]


def _definition(type_: type[Any]) -> StrawberryObjectDefinition:
    return cast(StrawberryObjectDefinition, type_.__strawberry_definition__)


@cache
def _strawberry_fields(object_type: GraphQLObjectType) -> Mapping[str, StrawberryField]:
    return {name: field.extensions["strawberry-definition"] for name, field in object_type.fields.items()}


@dataclass(frozen=True)
class _Selected:
    """Works out columns from selections."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]

    def columns(self, object_type: GraphQLObjectType, sets: Sequence[SelectionSetNode], deep: int) -> Columns:
        """What must be read of a row of `object_type`, with the rows that are read along; `deep` of them so far."""
        by_name: dict[str, list[SelectionSetNode]] = {}
        for node in self._fields(sets, lambda on: self._applies(object_type, on)):
            by_name.setdefault(node.name.value, []).extend([node.selection_set] if node.selection_set else [])
        fields = _strawberry_fields(object_type)
        found: set[Any] = set()
        for name, below in by_name.items():
            if name in fields:
                found |= self._of_field(object_type, fields[name], name, below, deep)
        return frozenset(found)

    def _of_field(
        self,
        object_type: GraphQLObjectType,
        field: StrawberryField,
        name: str,
        below: list[SelectionSetNode],
        deep: int,
    ) -> Columns:
        own: Columns = field.metadata.get(COLUMNS, frozenset({field.python_name}))
        declared = field.metadata.get(DECLARED)
        relation = declared.batch if isinstance(declared, Looked) else declared
        if not isinstance(relation, Relation) or deep >= MOST_JOINED_DEEP:
            return own
        target = cast(GraphQLObjectType, get_named_type(object_type.fields[name].type))
        if relation.listable and self._is_plain(target, below):
            columns, reader = self.columns(target, below, deep + 1), cast(ManyBy, relation.reader)
            return own | {Listed(field.python_name, relation.key, reader, columns)} if reader.lists(columns) else own
        if not relation.joinable:
            return own
        columns = relation.fixed if relation.fixed is not None else self.columns(target, below, deep + 1)
        return own | {Joined(field.python_name, relation.key, cast(OneBy, relation.reader), columns)}

    def _is_plain(self, object_type: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> bool:
        """Whether only columns are asked for, and values derived from them."""
        asked = {node.name.value for node in self._fields(sets, lambda on: self._applies(object_type, on))}
        fields = [_strawberry_fields(object_type)[name] for name in asked - {"__typename"}]
        declared = [(field, field.metadata.get(DECLARED)) for field in fields]
        return all(isinstance(said, Derived) or (said is None and not field.base_resolver) for field, said in declared)

    def below(self, sets: Iterable[SelectionSetNode], name: str) -> Iterator[SelectionSetNode]:
        for field in self._fields(sets, lambda on: True):
            if field.name.value == name and field.selection_set:
                yield field.selection_set

    def _applies(self, object_type: GraphQLObjectType, on: str) -> bool:
        condition = self.schema.get_type(on)
        return condition is object_type or (
            is_abstract_type(condition) and self.schema.is_sub_type(condition, object_type)
        )

    def _fields(self, sets: Iterable[SelectionSetNode], applies: Callable[[str], bool]) -> Iterator[FieldNode]:
        """Every field of the selections, each fragment opened once."""
        todo, opened = list(sets), set[str]()
        while todo:
            for selection in todo.pop().selections:
                if isinstance(selection, FieldNode):
                    yield selection
                elif isinstance(selection, InlineFragmentNode):
                    if selection.type_condition is None or applies(selection.type_condition.name.value):
                        todo.append(selection.selection_set)
                elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in opened:
                    opened.add(selection.name.value)
                    fragment = self.fragments[selection.name.value]
                    if applies(fragment.type_condition.name.value):
                        todo.append(fragment.selection_set)
