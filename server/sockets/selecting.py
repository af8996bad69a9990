"""From a prepared subscription to what the hub needs of it: the field, what it tells, its arguments, the selection."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import orjson
import strawberry
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values

from compiled import Operation
from domain.base import Columns
from schema.base import Context
from schema.relations import columns_for
from server.masking import told
from server.operations import Operations, Prepared
from server.refusing import Mistaken
from server.sockets.hub import Wanted
from subscriptions.base import News, news_of

DEFINITION = "strawberry-definition"
# Selections whose columns are remembered.
MOST_KEPT = 512


class Selected:
    """One subscription with its variables, executed for one event at a time."""

    __slots__ = ("_operations", "_prepared", "columns", "key")

    def __init__(self, operations: Operations, prepared: Prepared, columns: Columns) -> None:
        self._operations = operations
        # What one viewer was charged is nobody else's to read.
        self._prepared = replace(prepared, extensions={})
        self.columns = columns
        variables = orjson.dumps(prepared.variables, option=orjson.OPT_SORT_KEYS)
        self.key: Hashable = (operations.door.name, prepared.source_hash, prepared.operation.name, variables)

    async def execute(self, context: Context, root: Any) -> bytes:
        """The response to one event as JSON, errors masked."""
        answer = await self._prepared.operation.execute(self._prepared.variables, context, root)
        return self._operations.body(self._prepared, answer)


def wanted(operations: Operations, prepared: Prepared) -> Wanted:
    """What a subscription asks for; Mistaken where a variable or an argument has a wrong form."""
    schema, operation = operations.door.executor.schema, prepared.operation
    nodes = _root_nodes(operation)
    try:
        arguments = _arguments(schema, operation, nodes[0], prepared.variables)
    except GraphQLError as error:
        raise Mistaken(told([error], suggestions=operations.door.introspection)) from None
    name = nodes[0].name.value
    news = _news(schema, name)
    return Wanted(name, news, arguments, Selected(operations, prepared, _columns(schema, operation)))


def _arguments(
    schema: GraphQLSchema, operation: Operation, node: FieldNode, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Of the root field, by the names its function has for them."""
    variables = _variables(schema, operation, given)
    assert schema.subscription_type is not None
    field = schema.subscription_type.fields[node.name.value]
    values = get_argument_values(field, node, variables)
    return {field.args[name].extensions[DEFINITION].python_name: value for name, value in values.items()}


def _variables(schema: GraphQLSchema, operation: Operation, given: Mapping[str, Any]) -> VariableValues:
    found = get_variable_values(schema, operation.node.variable_definitions or (), dict(given))
    if isinstance(found, list):
        raise found[0]
    return found


def _news(schema: GraphQLSchema, name: str) -> News:
    assert schema.subscription_type is not None
    return news_of(schema.subscription_type.fields[name].extensions[DEFINITION].metadata)


@lru_cache(MOST_KEPT)
def _columns(schema: GraphQLSchema, operation: Operation) -> Columns:
    nodes = _root_nodes(operation)
    story = _news(schema, nodes[0].name.value).story
    return columns_for(_info(schema, operation, nodes), story.type_) | story.needs


def _info(schema: GraphQLSchema, operation: Operation, nodes: list[FieldNode]) -> strawberry.Info[Any, None]:
    """What a resolver of the root field would be told, as far as `columns_for` looks."""
    empty: Any = GraphQLResolveInfo(*[None] * len(GraphQLResolveInfo._fields))  # type: ignore[arg-type]
    raw = empty._replace(schema=schema, fragments=_fragments(operation), field_nodes=nodes)
    return strawberry.Info(_raw_info=raw, _field=None)  # type: ignore[arg-type]


def _root_nodes(operation: Operation) -> list[FieldNode]:
    """The nodes of the one root field: validation admits no other, and no condition on it."""
    return list(_fields(operation.node.selection_set, _fragments(operation)))


def _fields(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, FragmentSpreadNode):
            yield from _fields(fragments[selection.name.value].selection_set, fragments)
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(selection.selection_set, fragments)


def _fragments(operation: Operation) -> dict[str, FragmentDefinitionNode]:
    found = (node for node in operation.document.definitions if isinstance(node, FragmentDefinitionNode))
    return {node.name.value: node for node in found}
