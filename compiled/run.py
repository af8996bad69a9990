"""One run of a plan: the caller's context and variables, and what root fields have answered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLError, GraphQLInputObjectType, Undefined, get_named_type, is_non_null_type
from graphql.execution.executor import Executor as PlainExecutor
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import (
    VariableValues,
    VariableValueSource,
    input_is_nested_too_deeply,
)
from graphql.utilities.coerce_input_value import coerce_default_value

from compiled.coercing import Unfit, coercer
from compiled.left import Left


@dataclass
class Outcome:
    """What a root field's resolver answered or raised."""

    value: Any = None
    error: Exception | None = None
    # Whether it had to be awaited: replayed in the same manner, it fails or answers in the same order beside others.
    awaited: bool = False

    def again(self) -> Any:
        """The value, the error raised, or a coroutine for either."""
        return self._later() if self.awaited else self._now()

    def _now(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value

    async def _later(self) -> Any:
        return self._now()


@dataclass
class Run:
    """Handed to every level of a plan."""

    context: Any
    root: Any
    variables: VariableValues
    # By response key. Plain execution, if it takes over, is given these instead of calling the resolvers again.
    outcomes: dict[str, Outcome] = field(default_factory=dict)


class Variables:
    """Coerces the variables of one operation, whose signatures it keeps; as graphql-core does, where they fit."""

    def __init__(self, plain: PlainExecutor[Any]) -> None:
        self._none = plain.variable_values if not plain.operation.variable_definitions else None
        found = [get_variable_signature(plain.schema, each) for each in plain.operation.variable_definitions or ()]
        signatures = [each for each in found if not isinstance(each, GraphQLError)]
        self._signatures = [(each, coercer(each.type), _may_nest(each.type)) for each in signatures]

    def coerced(self, given: Mapping[str, Any]) -> VariableValues:
        """The values; Left when one does not fit, for plain execution to say why."""
        if self._none is not None:
            return self._none
        sources: dict[str, VariableValueSource] = {}
        values: dict[str, Any] = {}
        for signature, coerce, may_nest in self._signatures:
            name = signature.name
            if name in given:
                value = given[name]
                if may_nest and input_is_nested_too_deeply(value, signature.type):
                    raise Left("variables do not fit")
                try:
                    values[name] = coerce(value)
                except Unfit:
                    raise Left("variables do not fit") from None
                sources[name] = VariableValueSource(signature, value)
            else:
                sources[name] = VariableValueSource(signature)
                self._absent(signature, values)
        return VariableValues(sources, values)

    def _absent(self, signature: GraphQLVariableSignature, values: dict[str, Any]) -> None:
        if signature.default is not None:
            value = coerce_default_value(signature)
            if value is not Undefined:
                values[signature.name] = value
        elif is_non_null_type(signature.type):
            raise Left("variables do not fit")


def _may_nest(type_: Any, above: frozenset[str] = frozenset()) -> bool:
    """Whether values of the type can be nested without end: only those of an input type that leads to itself."""
    named = get_named_type(type_)
    if not isinstance(named, GraphQLInputObjectType):
        return False
    if named.name in above:
        return True
    return any(_may_nest(field.type, above | {named.name}) for field in named.fields.values())
