"""One run of a plan: the caller's context and variables, and what root fields have answered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLError
from graphql.execution.executor import Executor as PlainExecutor
from graphql.execution.values import VariableValues, get_variable_values

from compiled.left import Left


@dataclass
class Outcome:
    """What a root field's resolver answered or raised."""

    value: Any = None
    error: Exception | None = None


@dataclass
class Run:
    """Handed to every level of a plan."""

    context: Any
    root: Any
    variables: VariableValues
    # By response key. Plain execution, if it takes over, is given these instead of calling the resolvers again.
    outcomes: dict[str, Outcome] = field(default_factory=dict)


def variables_for(plain: PlainExecutor[Any], given: Mapping[str, Any], hide_suggestions: bool) -> VariableValues:
    """The operation's variables; Left when they do not fit, for plain execution to say why."""
    definitions = plain.operation.variable_definitions
    if not definitions:
        return plain.variable_values
    found: VariableValues | list[GraphQLError] = get_variable_values(
        plain.schema, definitions, dict(given), hide_suggestions=hide_suggestions
    )
    if isinstance(found, list):
        raise Left("variables do not fit")
    return found
