"""One operation both ways, and what must be the same."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    SelectionSetNode,
    execute,
    parse,
    validate,
)

from compiled import Answer, Executor


async def plainly(
    schema: strawberry.Schema,
    document: DocumentNode,
    variables: Mapping[str, Any],
    context: Any,
    name: str | None = None,
    root: Any = None,
) -> ExecutionResult:
    found = execute(
        schema._schema,
        document,
        root_value=root,
        context_value=context,
        variable_values=dict(variables),
        operation_name=name,
    )
    return await found if inspect.isawaitable(found) else found


def told(result: ExecutionResult) -> bytes:
    """The whole response: data in its order; errors with messages, places and paths, in no order, as they have none."""
    errors = sorted((error.formatted for error in result.errors or ()), key=orjson.dumps)
    return orjson.dumps({"data": result.data, "errors": errors})


def told_by(answer: Answer) -> bytes:
    if answer.body is None:
        assert answer.result is not None
        return told(answer.result)
    return answer.body[:-1] + b',"errors":[]}'


def _messages(response: bytes) -> set[tuple[str, str]]:
    return {(error["message"], str(error.get("path"))) for error in orjson.loads(response)["errors"]}


def _alone(document: DocumentNode) -> list[DocumentNode]:
    """The operation's root selections, each in a document of its own with all fragments."""
    fragments = [node for node in document.definitions if isinstance(node, FragmentDefinitionNode)]
    (operation,) = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    found = []
    for selection in operation.selection_set.selections:
        only = replace(operation, selection_set=SelectionSetNode(selections=(selection,)))
        found.append(DocumentNode(definitions=(only, *fragments)))
    return found


class Both:
    """Runs documents by plans and plainly; remembers why plans were left."""

    def __init__(self, schema: strawberry.Schema, **options: Any) -> None:
        self.schema = schema
        self.left: list[str] = []
        self.executor = Executor(schema, left=lambda _operation, reason: self.left.append(reason), **options)

    async def same(self, text: str, /, contexts: Any = dict, name: str | None = None, **variables: Any) -> bytes:
        """The response, after making sure that it is the same both ways; `contexts` makes a context for each."""
        document = parse(text)
        assert validate(self.schema._schema, document) == []
        answer = await self.executor.operation(document, name).execute(variables, contexts())
        expected = told(await plainly(self.schema, document, variables, contexts(), name))
        ours = told_by(answer)
        if ours != expected:
            # Of several root fields that leave no data at all, the one that fails first is told: either will do.
            assert {ours[:12], expected[:12]} == {b'{"data":null'}, f"{text}\n{ours!r}\n{expected!r}"
            possible = [
                told(await plainly(self.schema, each, variables, contexts(), name)) for each in _alone(document)
            ]
            assert _messages(ours) <= set[tuple[str, str]]().union(*map(_messages, possible)), text
        return expected
