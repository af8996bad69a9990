"""Operations that hypothesis-graphql makes of a schema: right ones, and ones with a single fault in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis_graphql import Mode, mutations, queries
from hypothesis_graphql.nodes import Int, String

# They would end the session of whoever tries them.
LEAVING = frozenset({"logout", "staffLogout"})


def generated(schema: GraphQLSchema, ids: Sequence[str], count: int, *, mutating: bool, mode: Mode) -> list[str]:
    """So many documents, the same ones every time; `ids` are what is there."""
    found: list[str] = []
    root = schema.mutation_type if mutating else schema.query_type
    make: Any = mutations if mutating else queries
    scalars, usable = _scalars(ids), _usable(root)
    # One root field each: with many, the refusal of one would leave nothing of the others.
    one = st.sampled_from(usable).flatmap(lambda name: make(schema, fields=(name,), custom_scalars=scalars, mode=mode))
    any_ = make(schema, fields=usable, custom_scalars=scalars, mode=mode)
    # Where nothing is to be given, nothing can be given wrongly.
    strategy = one if mode is Mode.POSITIVE else any_

    @seed(1)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


def _usable(root: GraphQLObjectType | None) -> list[str]:
    return [name for name in root.fields if name not in LEAVING] if root else []


def _scalars(ids: Sequence[str]) -> dict[str, st.SearchStrategy[Any]]:
    """Of the formats that are checked before anything is done; what they stand for may be anything."""
    moments = st.datetimes(timezones=st.just(UTC))
    return {
        "Fen": st.integers(-(2**53) + 1, 2**53 - 1).map(Int),
        "DateTime": moments.map(lambda moment: String(moment.isoformat())),
        "ID": st.one_of(st.sampled_from(sorted(ids)), st.uuids().map(str)).map(String),
    }
