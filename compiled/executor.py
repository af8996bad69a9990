"""Runs operations: by a compiled plan where there is one, by graphql-core otherwise."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema, OperationDefinitionNode, execute

Left = Callable[[str, str], None]


@dataclass(frozen=True)
class Answer:
    """Either the whole response as JSON bytes, or a result with errors for the caller to mask and format."""

    body: bytes | None
    result: ExecutionResult | None = None


def _nobody_counts(_operation: str, _reason: str) -> None:
    pass


class Executor:
    """Prepares operations of one schema. `left` is told the operation's name and why a plan was left."""

    def __init__(self, schema: strawberry.Schema, *, left: Left = _nobody_counts) -> None:
        self.schema: GraphQLSchema = schema._schema
        self.left = left

    def operation(self, document: DocumentNode, name: str | None = None) -> Operation:
        """The operation of that name in a validated document; the only one when no name is given."""
        found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        if name:
            found = [node for node in found if node.name and node.name.value == name]
            if not found:
                raise GraphQLError(f'Unknown operation named "{name}".')
        if len(found) != 1:
            raise GraphQLError("Must provide operation name if query contains multiple operations.")
        return Operation(self, document, found[0])


class Operation:
    """One operation of a validated document, ready to be run with any variables."""

    def __init__(self, executor: Executor, document: DocumentNode, node: OperationDefinitionNode) -> None:
        self._executor = executor
        self.document = document
        self.node = node
        self.name = node.name.value if node.name else ""

    async def execute(
        self, variables: Mapping[str, Any] | None = None, context: Any = None, root: Any = None
    ) -> Answer:
        """Runs it once. For a subscription, `root` is the event that is answered."""
        found = execute(
            self._executor.schema,
            self.document,
            root_value=root,
            context_value=context,
            variable_values=dict(variables or {}),
            operation_name=self.name or None,
        )
        return Answer(None, await found if inspect.isawaitable(found) else found)
