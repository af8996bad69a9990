"""Runs operations: by a plan made for them, or by graphql-core whenever a plan cannot answer exactly as it would.

A plan is made once per operation and outcome of its @skip and @include. What a run meets that a plan does not cover (a
null where none may be, an error, an unusual value) makes it leave the plan: graphql-core then executes the operation
and gives the exact errors and paths. Root fields that have answered by then are not called a second time, so mutations
may be planned too. Every such case is told to `left`.

Schema extensions are not run, neither by plans nor by graphql-core here: put around the executor what must be so. In
the info that nested resolvers get, the path has no list indexes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import orjson
import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    execute,
    visit,
)
from graphql.language import DirectiveNode

from compiled.left import Left, reason_of
from compiled.planning import Planned, plan
from compiled.run import Outcome, Run

Tell = Callable[[str, str], None]
Within = Callable[[Any], AbstractAsyncContextManager[Any]]

# Outcomes of conditions an operation is planned for; one with more is a stranger's.
MOST_PLANS = 32


@dataclass(frozen=True)
class Answer:
    """Either the whole response as JSON bytes, or a result with errors for the caller to mask and format."""

    body: bytes | None
    result: ExecutionResult | None = None

    @property
    def compiled(self) -> bool:
        """Whether a plan answered."""
        return self.body is not None


class Executor:
    """Prepares operations of one schema."""

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        left: Tell = lambda operation, reason: None,
        within: Within = lambda context: nullcontext(),
        hide_suggestions: bool = False,
    ) -> None:
        """`left` is told the operation's name and why its plan was left. `within` is entered, with the run's context,
        around every run of a plan that only reads: a place to hold what all its batches share."""
        self.schema: GraphQLSchema = schema._schema
        self.left = left
        self.within = within
        self.hide_suggestions = hide_suggestions

    def operation(self, document: DocumentNode, name: str | None = None) -> Operation:
        """The operation of that name in a validated document; the only one when no name is given. Keep it: it plans."""
        found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        if name:
            found = [node for node in found if node.name and node.name.value == name]
            if not found:
                raise GraphQLError(f"Unknown operation named '{name}'.")
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
        self._conditions = _conditions(document)
        self._plans: dict[tuple[Any, ...], Planned | Left] = {}

    async def execute(
        self, variables: Mapping[str, Any] | None = None, context: Any = None, root: Any = None
    ) -> Answer:
        """Runs it once. For a subscription, `root` is the event that is answered."""
        outcomes: dict[str, Outcome] = {}
        try:
            return Answer(await self._by_plan(variables or {}, context, root, outcomes))
        except Exception as error:
            self._executor.left(self.name, reason_of(error))
        return Answer(None, await self._plainly(variables or {}, context, root, outcomes))

    async def _by_plan(
        self, variables: Mapping[str, Any], context: Any, root: Any, outcomes: dict[str, Outcome]
    ) -> bytes:
        planned = self._planned(variables)
        run = Run(context, root, planned.variables.coerced(variables), outcomes)
        if self.node.operation is OperationType.MUTATION:
            (data,) = await planned.root.run((root,), run)
        else:
            async with self._executor.within(context):
                (data,) = await planned.root.run((root,), run)
        return b'{"data":' + orjson.dumps(data) + b"}"

    def _planned(self, variables: Mapping[str, Any]) -> Planned:
        """The plan for what the variables make of the conditions. That there is none is remembered as well."""
        key = self._outcome(variables) if self._conditions else ()
        found = self._plans.get(key)
        if found is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            found = self._plans[key] = self._make(variables)
        if isinstance(found, Left):
            raise Left(found.reason)
        return found

    def _outcome(self, variables: Mapping[str, Any]) -> tuple[Any, ...]:
        """What the variables make of the conditions."""
        key = tuple(variables.get(name, "default") for name in self._conditions)
        if not all(value == "default" or isinstance(value, bool) for value in key):
            raise Left("variables do not fit")
        return key

    def _make(self, variables: Mapping[str, Any]) -> Planned | Left:
        try:
            return plan(self._executor.schema, self.document, self.name or None, variables)
        except Left as left:
            if left.reason == "variables do not fit":
                raise  # these variables' fault, not the operation's
            return left

    async def _plainly(
        self, variables: Mapping[str, Any], context: Any, root: Any, outcomes: Mapping[str, Outcome]
    ) -> ExecutionResult:
        found = execute(
            self._executor.schema,
            self.document,
            root_value=root,
            context_value=context,
            variable_values=dict(variables),
            operation_name=self.name or None,
            middleware=[_Replay(outcomes)] if outcomes else None,
            hide_suggestions=self._executor.hide_suggestions,
        )
        return await found if inspect.isawaitable(found) else found


class _Replay:
    """Gives root fields what their resolvers answered before the plan was left."""

    def __init__(self, outcomes: Mapping[str, Outcome]) -> None:
        self._outcomes = outcomes

    def resolve(self, next_: Callable[..., Any], root: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        outcome = self._outcomes.get(str(info.path.key)) if info.path.prev is None else None
        return next_(root, info, **arguments) if outcome is None else outcome.again()


class _Conditions(Visitor):
    """Collects the variables that decide @skip and @include."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_rest: Any) -> None:
        if node.name.value in ("skip", "include"):
            values = [argument.value for argument in node.arguments or ()]
            self.names.update(value.name.value for value in values if isinstance(value, VariableNode))


def _conditions(document: DocumentNode) -> tuple[str, ...]:
    found = _Conditions()
    visit(document, found)
    return tuple(sorted(found.names))
