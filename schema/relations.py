"""Nested fields as data: a relation names the reader and the key, and the reader gets only the columns asked for.

    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    skus: list[Sku] = many(catalog.skus_by_product, key="id")

A type that stands for a row derives from `RowType` and is filled by `of(row)`. Its plain fields are columns of the same
name; `derived` computes a field from columns it names; `one` and `many` read other rows in batches. What a selection
needs is worked out from the document by `columns_for`, so a column nobody asks for is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypeVar, cast

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

from domain.base import Columns, ManyReader, OneReader, RowDict

COLUMNS = "columns"
RELATION = "relation"


@dataclass(frozen=True)
class Relation:
    """What a nested field reads: by `reader`, with the value of the parent's column `key`; one row or many."""

    reader: OneReader | ManyReader
    key: str
    many: bool


class RowType:
    """A schema type that stands for a row. Holds the columns that were read, and no others."""

    @classmethod
    def of(cls, row: RowDict) -> Self:
        made = object.__new__(cls)
        made.__dict__.update(row)
        return made


def one(reader: OneReader, *, key: str, description: str | None = None) -> Any:
    """The row whose key stands in the parent's column `key`; null when that column is null."""

    async def read_one(root: Any, info: strawberry.Info[Any, None]) -> Any:
        value = getattr(root, key)
        if value is None:
            return None
        target = _target(info)
        row = await info.context.load(reader, columns_for(info, target), value)
        return None if row is None else target.of(row)

    return _relation(read_one, Relation(reader, key, many=False), description)


def many(reader: ManyReader, *, key: str, description: str | None = None) -> Any:
    """The rows that belong to the parent's column `key`, in the reader's order."""

    async def read_many(root: Any, info: strawberry.Info[Any, None]) -> Any:
        target = _target(info)
        rows = await info.context.load(reader, columns_for(info, target), getattr(root, key))
        return [target.of(row) for row in rows or ()]

    return _relation(read_many, Relation(reader, key, many=True), description)


def derived(compute: Callable[..., Any], *columns: str, description: str | None = None) -> Any:
    """A field computed from the parent's `columns`, handed over in that order; no reading."""

    def read_derived(root: Any) -> Any:
        return compute(*[getattr(root, column) for column in columns])

    return strawberry.field(resolver=read_derived, description=description, metadata={COLUMNS: frozenset(columns)})


F = TypeVar("F", bound=Callable[..., Any])


def reads(*columns: str, description: str | None = None) -> Callable[[F], F]:
    """For a field that is a method: the columns its body takes from `self`."""
    made: Callable[[F], F] = strawberry.field(description=description, metadata={COLUMNS: frozenset(columns)})
    return made


def columns_for(info: strawberry.Info[Any, None], type_: type[RowType], *path: str) -> Columns:
    """The columns needed to answer what this field's selection asks of `type_`, found below the fields of `path`.

    A fragment on another type is left out; `@skip` and `@include` are not looked at, so too much may be read, never
    too little.
    """
    raw = info._raw_info
    cache_key = (type_, path, *map(id, raw.field_nodes))
    cache: dict[Any, Columns] = info.context.plans
    if cache_key not in cache:
        sets = [node.selection_set for node in raw.field_nodes if node.selection_set]
        for name in path:
            sets = list(_below(sets, name, raw.fragments))
        cache[cache_key] = _columns(raw.schema, _definition(type_), sets, raw.fragments)
    return cache[cache_key]


def _relation(resolver: Callable[..., Any], relation: Relation, description: str | None) -> Any:
    metadata = {COLUMNS: frozenset({relation.key}), RELATION: relation}
    return strawberry.field(resolver=resolver, description=description, metadata=metadata)


def _target(info: strawberry.Info[Any, None]) -> type[RowType]:
    named = get_named_type(info._raw_info.return_type)
    definition = cast(StrawberryObjectDefinition, named.extensions["strawberry-definition"])
    return cast("type[RowType]", definition.origin)


def _definition(type_: type[Any]) -> StrawberryObjectDefinition:
    return cast(StrawberryObjectDefinition, type_.__strawberry_definition__)


@cache
def _columns_by_field(object_type: GraphQLObjectType) -> Mapping[str, Columns]:
    fields = {name: field.extensions["strawberry-definition"] for name, field in object_type.fields.items()}
    return {name: field.metadata.get(COLUMNS, frozenset({field.python_name})) for name, field in fields.items()}


def _columns(
    schema: GraphQLSchema,
    definition: StrawberryObjectDefinition,
    sets: Sequence[SelectionSetNode],
    fragments: Mapping[str, FragmentDefinitionNode],
) -> Columns:
    object_type = cast(GraphQLObjectType, schema.type_map[definition.name])
    by_field = _columns_by_field(object_type)
    asked = (field.name.value for field in _fields(sets, fragments, lambda on: _applies(schema, object_type, on)))
    return frozenset().union(*(by_field[field] for field in asked if field in by_field))


def _applies(schema: GraphQLSchema, object_type: GraphQLObjectType, on: str) -> bool:
    condition = schema.get_type(on)
    return condition is object_type or (is_abstract_type(condition) and schema.is_sub_type(condition, object_type))


def _below(
    sets: Iterable[SelectionSetNode], name: str, fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[SelectionSetNode]:
    for field in _fields(sets, fragments, lambda on: True):
        if field.name.value == name and field.selection_set:
            yield field.selection_set


def _fields(
    sets: Iterable[SelectionSetNode],
    fragments: Mapping[str, FragmentDefinitionNode],
    applies: Callable[[str], bool],
) -> Iterator[FieldNode]:
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
                fragment = fragments[selection.name.value]
                if applies(fragment.type_condition.name.value):
                    todo.append(fragment.selection_set)
