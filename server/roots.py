"""What the root fields of an operation state: how often each may be called, and whose room the operation takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    get_argument_values,
    get_variable_values,
)
from graphql.execution.collect_fields import FragmentDetails, collect_fields
from graphql.language import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from compiled import Operation
from schema.audience import Rate, Room, audience_of

NO_VALUES: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Call:
    """One call of a root field whose rate is limited, with the arguments the field will get."""

    field: str
    rates: tuple[Rate, ...]
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class _Stated:
    room: Room
    rated: bool


class Roots:
    """Reads what the fields of one schema state; what needs no variables is worked out once per operation."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._known: WeakKeyDictionary[Operation, _Stated] = WeakKeyDictionary()

    def room(self, operation: Operation) -> Room:
        """EXPORT when one field exports, CHECKOUT when all belong to the checkout, else BROWSE."""
        return self._of(operation).room

    def calls(self, operation: Operation, variables: Mapping[str, Any]) -> list[Call]:
        """Every aliased call of a limited field, as it would be executed: skipped ones left out, merged ones once."""
        if not self._of(operation).rated:
            return []
        root = self._root(operation)
        definitions = operation.node.variable_definitions or ()
        values = get_variable_values(self._schema, definitions, dict(variables))
        if isinstance(values, list):
            return []  # the variables do not fit: nothing will be executed
        fragments = {name: FragmentDetails(node) for name, node in _fragments(operation).items()}
        found = collect_fields(self._schema, fragments, values, root, operation.node).grouped_field_set
        calls = [self._call(root, details[0].node, values) for details in found.values()]
        return [call for call in calls if call and call.rates]

    def _call(self, root: GraphQLObjectType, node: FieldNode, values: Any) -> Call | None:
        name = node.name.value
        if name not in root.fields:
            return None
        rates = _rates(root, name)
        if not any(rate.argument for rate in rates):
            return Call(name, rates, NO_VALUES)
        try:
            return Call(name, rates, get_argument_values(root.fields[name], node, values))
        except GraphQLError:
            return None  # refused before the field is called

    def _of(self, operation: Operation) -> _Stated:
        known = self._known.get(operation)
        if known is None:
            known = self._known[operation] = self._look(operation)
        return known

    def _look(self, operation: Operation) -> _Stated:
        root = self._root(operation)
        names = {
            name for name in _names(operation.node.selection_set, _fragments(operation), set()) if name in root.fields
        }
        rooms = {_room(root, name) for name in names}
        room = Room.EXPORT if Room.EXPORT in rooms else Room.CHECKOUT if rooms == {Room.CHECKOUT} else Room.BROWSE
        return _Stated(room, any(_rates(root, name) for name in names))

    def _root(self, operation: Operation) -> GraphQLObjectType:
        root = self._schema.get_root_type(operation.node.operation)
        assert root is not None, "a validated operation has a root type"
        return root


def _fragments(operation: Operation) -> dict[str, FragmentDefinitionNode]:
    nodes = [node for node in operation.document.definitions if isinstance(node, FragmentDefinitionNode)]
    return {node.name.value: node for node in nodes}


def _names(
    selected: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]
) -> Iterator[str]:
    """Root fields wherever they stand, each fragment read once; `__typename` of the root is no field of it."""
    for node in selected.selections:
        if isinstance(node, FieldNode):
            yield node.name.value
        elif isinstance(node, InlineFragmentNode):
            yield from _names(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            if fragment := fragments.get(node.name.value):
                yield from _names(fragment.selection_set, fragments, seen)


def _rates(root: GraphQLObjectType, name: str) -> tuple[Rate, ...]:
    stated = _stated(root, name)
    return stated.rates if stated else ()


def _room(root: GraphQLObjectType, name: str) -> Room:
    stated = _stated(root, name)
    return stated.room if stated else Room.BROWSE


def _stated(root: GraphQLObjectType, name: str) -> Any:
    definition = root.fields[name].extensions.get("strawberry-definition")
    return audience_of(definition) if definition is not None else None
