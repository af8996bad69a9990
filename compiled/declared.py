"""What a schema may say of its fields, so that they need no resolver call per value.

Put one of these into a Strawberry field's `metadata` under `DECLARED`; the field's ordinary resolver stays what plain
execution uses, and both must answer the same.

A type that stands for a row derives from `Row`: its plain fields are then read from the row it was made of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from graphql import FieldNode, FragmentDefinitionNode, GraphQLObjectType, GraphQLSchema

DECLARED = "compiled"


class Row:
    """A type whose instances keep their row, a mapping from column names to values, in `__dict__`."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The instance that stands for `row`, which it keeps: a row is not changed once it was read."""
        made = object.__new__(cls)
        made.__dict__ = row if isinstance(row, dict) else dict(row)
        return made


@dataclass(frozen=True)
class Derived:
    """A value computed from columns of the row, handed over in this order. Never waits."""

    compute: Callable[..., Any]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Where a field is asked for: what a batch needs to find out, once per plan, which columns to read."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    target: GraphQLObjectType | None
    nodes: Sequence[FieldNode]


class Batch(Protocol):
    """Rows of a field read for all parents at once. `key` is the parent's column whose values are looked up."""

    @property
    def key(self) -> str: ...

    @property
    def many(self) -> bool: ...

    def columns(self, asked: Asked) -> Any:
        """What `read` needs to know of the selection; worked out once per plan."""
        ...

    async def read(self, context: Any, keys: list[Any], columns: Any) -> Mapping[Any, Any]:
        """For each key its row, or its list of rows; a key without any may be missing."""
        ...

    def mark(self, name: str) -> str | None:
        """The column of the parent that shows, when it is there, that what belongs to it was read along.

        Of one row, its columns are then the parent's columns that begin with `<name>.`, and the mark is null when there
        is no such row. Of many, the mark holds the list of them. None for a batch that is always read on its own.
        """
        ...


@dataclass(frozen=True)
class Looked:
    """A value taken from another row: what `compute` makes of that row (None: there is none) and the parent's."""

    batch: Batch
    compute: Callable[[Mapping[str, Any] | None, Mapping[str, Any], str, str], Any]
