"""Input objects made by a list of their fields, worked out once, in place of asking every type for every value.

Strawberry builds an input by resolving the types and names of all its fields anew. `quicken` gives each input type of a
schema a maker of its own through Strawberry's `from_input` hook; the instances are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from typing import Any

import strawberry
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, is_leaf_type
from strawberry.types.arguments import InputContext
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

DEFINITION = "strawberry-definition"

# Makes of a coerced value what resolvers are given; it needs nothing else.
Convert = Callable[[Any], Any]


def quicken(schema: strawberry.Schema) -> None:
    """Gives every input type of the schema that has no maker of its own a quick one."""
    for type_ in schema._schema.type_map.values():
        definition = type_.extensions.get(DEFINITION)
        if not isinstance(type_, GraphQLInputObjectType) or not isinstance(definition, StrawberryObjectDefinition):
            continue
        if definition.from_input is None:
            definition.from_input = _Maker(type_, definition, schema.config.name_converter.from_field)


def converter(type_: Any, graphql_type: Any) -> Convert | None:
    """What makes values of a Strawberry type, given the type it has in GraphQL; None where Strawberry itself must."""
    return _converter(type_, graphql_type, frozenset())


def as_it_is(value: Any) -> Any:
    """A leaf: coercion has made of it all there is to make."""
    return value


def _converter(type_: Any, graphql_type: Any, above: frozenset[str]) -> Convert | None:
    """`above` are the input types whose fields are being looked at: they may lead to themselves."""
    if isinstance(type_, StrawberryMaybe):
        return None
    bare = graphql_type.of_type if isinstance(graphql_type, GraphQLNonNull) else graphql_type
    inner: Any = type_.of_type if isinstance(type_, StrawberryOptional) else type_
    if isinstance(inner, StrawberryList) and isinstance(bare, GraphQLList):
        return _lists(_converter(inner.of_type, bare.of_type, above))
    if is_leaf_type(bare):
        return None if inner is strawberry.relay.GlobalID else as_it_is
    definition = getattr(bare, "extensions", {}).get(DEFINITION)
    if not isinstance(definition, StrawberryObjectDefinition):
        return None
    maker = definition.from_input
    return _objects(maker, definition.origin) if isinstance(maker, _Maker) and maker.is_plain(above) else None


def _lists(item: Convert | None) -> Convert | None:
    if item is None:
        return None
    if item is as_it_is:
        # Copied: a default belongs to every request.
        return lambda values: values if values is None or values is UNSET else list(values)
    return lambda values: values if values is None or values is UNSET else [item(each) for each in values]


def _objects(maker: _Maker, cls: Callable[..., Any]) -> Convert:
    make = maker.made
    return lambda given: given if given is None or given is UNSET else make(cls, given)


@dataclass(frozen=True)
class _Field:
    """A field by its name in GraphQL and in Python; `type_` is for Strawberry where there is no `convert`."""

    name: str
    python_name: str
    type_: Any
    convert: Convert | None


class _Maker:
    def __init__(
        self,
        type_: GraphQLInputObjectType,
        definition: StrawberryObjectDefinition,
        name: Callable[[StrawberryField], str],
    ) -> None:
        self._type = type_
        self._name = name
        self._definition = definition
        self._fields: list[_Field] | None = None
        # As Strawberry does: a nullable field without a default of its own is null when it is not given.
        self._absent = {
            field.python_name: None
            for field in definition.fields
            if field.default_value is MISSING and field.default_factory is MISSING
        }

    def __call__(self, cls: Callable[..., Any], given: Mapping[str, Any], context: InputContext) -> Any:
        values: dict[str, Any] = dict(self._absent)
        for field in self._fields or self._prepare():
            if field.name in given:
                value, convert = given[field.name], field.convert
                made = convert(value) if convert else context.convert(value, field.type_, field.name)
                values[field.python_name] = made
        return cls(**values)

    def made(self, cls: Callable[..., Any], given: Mapping[str, Any]) -> Any:
        """As a call does, for a type that is plain."""
        values: dict[str, Any] = dict(self._absent)
        for field in self._fields or self._prepare():
            if field.name in given:
                assert field.convert is not None
                values[field.python_name] = field.convert(given[field.name])
        return cls(**values)

    def is_plain(self, above: frozenset[str]) -> bool:
        """Whether everything in the type can be made without Strawberry."""
        if self._type.name in above:
            return True  # decided where the type was met first
        return all(self._convert(each, above | {self._type.name}) for each in self._definition.fields)

    def _prepare(self) -> list[_Field]:
        # Not before the first value: only then are all types that name each other there.
        self._fields = [
            _Field(self._name(each), each.python_name, self._resolved(each), self._convert(each, frozenset()))
            for each in self._definition.fields
        ]
        return self._fields

    def _convert(self, field: StrawberryField, above: frozenset[str]) -> Convert | None:
        return _converter(self._resolved(field), self._type.fields[self._name(field)].type, above)

    def _resolved(self, field: StrawberryField) -> Any:
        return field.resolve_type(type_definition=self._definition)
