"""Which calls of an operation count against a rate: every alias of a field that states one."""

from __future__ import annotations

from collections.abc import Mapping
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
from schema.audience import Rate, audience_of

NO_VALUES: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Attempt:
    """One call of a field whose rate is limited, with the arguments the field will get."""

    field: str
    rates: tuple[Rate, ...]
    arguments: Mapping[str, Any]


class Attempts:
    """Reads operations of one schema. Most call no limited field; that is found out once for each."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._limited: WeakKeyDictionary[Operation, bool] = WeakKeyDictionary()

    def of(self, operation: Operation, variables: Mapping[str, Any]) -> list[Attempt]:
        """The attempts as they would be executed: skipped ones left out, merged ones once."""
        limited = self._limited.get(operation)
        if limited is None:
            limited = self._limited[operation] = self._is_limited(operation)
        return self._collected(operation, variables) if limited else []

    def _is_limited(self, operation: Operation) -> bool:
        root, names = self._root(operation), set[str]()
        _add_names(operation.node.selection_set, _fragments(operation), names, set())
        return any(_rates(root, name) for name in names)

    def _collected(self, operation: Operation, variables: Mapping[str, Any]) -> list[Attempt]:
        definitions = operation.node.variable_definitions or ()
        values = get_variable_values(self._schema, definitions, dict(variables))
        if isinstance(values, list):
            return []  # the variables do not fit: nothing will be executed
        root = self._root(operation)
        fragments = {name: FragmentDetails(node) for name, node in _fragments(operation).items()}
        found = collect_fields(self._schema, fragments, values, root, operation.node).grouped_field_set
        attempts = (_attempt(root, details[0].node, values) for details in found.values())
        return [attempt for attempt in attempts if attempt]

    def _root(self, operation: Operation) -> GraphQLObjectType:
        root = self._schema.get_root_type(operation.node.operation)
        assert root is not None, "a validated operation has a root type"
        return root


def _attempt(root: GraphQLObjectType, node: FieldNode, values: Any) -> Attempt | None:
    name = node.name.value
    rates = _rates(root, name)
    if not rates or not any(rate.argument for rate in rates):
        return Attempt(name, rates, NO_VALUES) if rates else None
    try:
        return Attempt(name, rates, get_argument_values(root.fields[name], node, values))
    except GraphQLError:
        return None  # refused before the field is called


def _fragments(operation: Operation) -> dict[str, FragmentDefinitionNode]:
    nodes = [node for node in operation.document.definitions if isinstance(node, FragmentDefinitionNode)]
    return {node.name.value: node for node in nodes}


def _add_names(
    selected: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], names: set[str], seen: set[str]
) -> None:
    """Adds the names of root fields wherever they stand, reading each fragment once."""
    for node in selected.selections:
        if isinstance(node, FieldNode):
            names.add(node.name.value)
        elif isinstance(node, InlineFragmentNode):
            _add_names(node.selection_set, fragments, names, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            if fragment := fragments.get(node.name.value):
                _add_names(fragment.selection_set, fragments, names, seen)


def _rates(root: GraphQLObjectType, name: str) -> tuple[Rate, ...]:
    """What the field states; nothing for `__typename`, which is no field of the root."""
    field = root.fields.get(name)
    definition = field.extensions.get("strawberry-definition") if field else None
    stated = audience_of(definition) if definition is not None else None
    return stated.rates if stated else ()
