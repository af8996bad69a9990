"""Inputs made quickly are those that Strawberry makes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any

import pytest
import strawberry

from compiled.inputs import quicken


@strawberry.enum
class Size(Enum):
    SMALL = "s"
    LARGE = "l"


@strawberry.input
class Inner:
    name: str
    size: Size = Size.SMALL
    more: list[Inner] | None = None


@strawberry.input
class Outer:
    key: str
    at: datetime | None
    from_: int | None = strawberry.field(default=None, name="from")
    sizes: list[Size] = strawberry.field(default_factory=list)
    inner: Inner | None = None
    inners: list[Inner] = strawberry.field(default_factory=list)
    maybe: list[int | None] | None = None
    flag: bool = True
    unset: int | None = strawberry.UNSET


def _schema() -> tuple[strawberry.Schema, list[Any]]:
    seen: list[Any] = []

    @strawberry.type
    class Query:
        @strawberry.field
        def take(self, input: Outer) -> bool:
            seen.append(input)
            return True

    return strawberry.Schema(Query), seen


GIVEN = [
    {"key": "a"},
    {"key": "a", "at": None, "from": 3, "flag": False},
    {"key": "a", "at": "2026-01-01T00:00:00", "sizes": ["SMALL", "LARGE"], "maybe": [1, None], "unset": None},
    {"key": "a", "inner": {"name": "x"}, "inners": [{"name": "y", "size": "LARGE", "more": [{"name": "z"}]}]},
    {"key": "a", "inner": None, "inners": [], "maybe": None},
    {"key": "a", "sizes": "LARGE", "inners": {"name": "one"}},
]


@pytest.mark.parametrize("given", GIVEN, ids=str)
async def test_the_same_instance_is_made(given: dict[str, Any]) -> None:
    query = "query($input: Outer!) { take(input: $input) }"
    schema, seen = _schema()
    for definition in (Outer.__strawberry_definition__, Inner.__strawberry_definition__):  # type: ignore[attr-defined]
        definition.from_input = None
    assert (await schema.execute(query, {"input": given})).errors is None
    quicken(schema)
    assert (await schema.execute(query, {"input": given})).errors is None
    slow, quick = seen
    assert quick == slow
    assert asdict(quick) == asdict(slow)
    assert type(quick.inner) is type(slow.inner)
