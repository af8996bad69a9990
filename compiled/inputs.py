"""Input objects made by a list of their fields, worked out once, in place of asking every type for every value.

Strawberry builds an input by resolving the types and names of all its fields anew. `quicken` gives each input type of a
schema a maker of its own through Strawberry's `from_input` hook; the instances are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from typing import Any

import strawberry
from graphql import GraphQLInputObjectType, get_named_type, is_leaf_type
from strawberry.types.arguments import InputContext
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.field import StrawberryField

DEFINITION = "strawberry-definition"


def quicken(schema: strawberry.Schema) -> None:
    """Gives every input type of the schema that has no maker of its own a quick one."""
    for type_ in schema._schema.type_map.values():
        definition = type_.extensions.get(DEFINITION)
        if not isinstance(type_, GraphQLInputObjectType) or not isinstance(definition, StrawberryObjectDefinition):
            continue
        if definition.from_input is None:
            definition.from_input = _Maker(type_, definition)


@dataclass(frozen=True)
class _Field:
    """A field by its name in GraphQL and in Python. `type_` is what Strawberry must convert it by; None for a leaf."""

    name: str
    python_name: str
    type_: Any
    listed: bool


class _Maker:
    def __init__(self, type_: GraphQLInputObjectType, definition: StrawberryObjectDefinition) -> None:
        self._type = type_
        self._definition = definition
        self._fields: list[_Field] | None = None
        # As Strawberry does: a nullable field without a default of its own is null when it is not given.
        self._absent = {
            field.python_name: None
            for field in definition.fields
            if field.default_value is MISSING and field.default_factory is MISSING
        }

    def __call__(self, cls: Callable[..., Any], given: Mapping[str, Any], context: InputContext) -> Any:
        fields = self._fields or self._prepare(context)
        values: dict[str, Any] = dict(self._absent)
        for field in fields:
            if field.name in given:
                value = given[field.name]
                if field.type_ is not None:
                    value = context.convert(value, field.type_, field.name)
                elif field.listed and value is not None:
                    value = list(value)  # a default belongs to every request
                values[field.python_name] = value
        return cls(**values)

    def _prepare(self, context: InputContext) -> list[_Field]:
        # Not before the first value: only then are all types that name each other there.
        self._fields = [
            self._field(context.config.name_converter.from_field(each), each) for each in self._definition.fields
        ]
        return self._fields

    def _field(self, name: str, field: StrawberryField) -> _Field:
        type_ = field.resolve_type(type_definition=self._definition)
        bare = type_.of_type if isinstance(type_, StrawberryOptional) else type_
        listed = isinstance(bare, StrawberryList)
        item = bare.of_type if isinstance(bare, StrawberryList) else bare
        plain = not isinstance(item, StrawberryList | StrawberryOptional)
        leaf = plain and is_leaf_type(get_named_type(self._type.fields[name].type)) and not _is_global_id(item)
        return _Field(name, field.python_name, None if leaf else type_, listed)


def _is_global_id(type_: Any) -> bool:
    return type_ is strawberry.relay.GlobalID
