"""Generated queries: whatever is valid is answered the same by plans and by graphql-core."""

from __future__ import annotations

import os
import random
from typing import Any
from uuid import UUID

import pytest
from graphql import GraphQLSchema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import queries
from hypothesis_graphql.nodes import Int, String

from domain.base import Viewer
from schema.base import Context
from server.graphql import schema as mall_schema
from server.services import Mall, open_mall
from server.settings import Settings
from tests.compiled.generating import Generator
from tests.compiled.sameness import Both
from tests.compiled.test_pages import holding, viewer_of
from tests.compiled.toy import schema as toy_schema
from tests.operations.world import World, grow, make

# Times as many in a release check as in an ordinary run.
FACTOR = int(os.environ.get("MALL_EXAMPLES_FACTOR", "1"))
TOYS, MALLS, BY_LIBRARY = 4000 * FACTOR, 1000 * FACTOR, 100 * FACTOR

# Plain execution abandons the coroutines that a failing neighbour has made useless.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning"),
]

TOY_VALUES = {"Int": lambda at: at.choice((0, 1, 2, 3, 4, 5, 6, 6, 1, 99)), "String": lambda at: "x"}


async def test_of_a_schema_with_everything_odd_in_it() -> None:
    generator, both = Generator(toy_schema._schema, 1, TOY_VALUES), Both(toy_schema)
    for _ in range(TOYS):
        await both.same(generator.query())
    # Enough of them fail, and enough do not.
    assert TOYS * 0.1 < len(both.left) < TOYS * 0.9


# What changes from one call to the next, or asks the servers about themselves.
NOT_TWICE = frozenset({"platformTraffic", "platformDeadJobs", "platformSearchStatus"})


@pytest.mark.parametrize("role", ["anyone", "member", "shop", "platform"])
async def test_of_the_mall(role: str, settings: Settings, clean_database: None, clean_redis: None) -> None:
    async with open_mall(settings.model_copy(update={"meili_url": None})) as mall:
        world = await _filled(mall)
        viewer = await viewer_of(mall, world.tokens[role])
        generator = Generator(mall_schema._schema, 2, _values(world), leave_out=NOT_TWICE)
        both = Both(mall_schema, within=holding)
        for _ in range(MALLS // 4):
            await both.same(generator.query(), contexts=lambda: _context(mall, viewer))
    assert len(both.left) < MALLS / 4


@pytest.mark.parametrize("role", ["anyone", "platform"])
async def test_of_the_property_library(role: str, settings: Settings, clean_database: None, clean_redis: None) -> None:
    async with open_mall(settings.model_copy(update={"meili_url": None})) as mall:
        world = await _filled(mall)
        viewer = await viewer_of(mall, world.tokens[role])
        both = Both(mall_schema, within=holding)
        for text in by_library(mall_schema._schema, BY_LIBRARY // 2, _ids(world)):
            await both.same(text, contexts=lambda: _context(mall, viewer))


def by_library(schema: GraphQLSchema, count: int, ids: list[str]) -> list[str]:
    """So many queries that hypothesis-graphql makes; the same ones every time."""
    found: list[str] = []
    scalars: dict[str, st.SearchStrategy[Any]] = {
        "ID": st.sampled_from(ids).map(String),
        "Fen": st.integers(0, 10**6).map(Int),
        "DateTime": st.just(String("2026-01-01T00:00:00+00:00")),
    }
    usable = [name for name in schema.query_type.fields if name not in NOT_TWICE] if schema.query_type else []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(queries(schema, fields=usable, custom_scalars=scalars))
    def collect(text: Any) -> None:
        found.append(text)

    collect()
    return found


#: Each was answered otherwise once, in a run of ten times as many.
FOUND = {"a key that is null": "{ platformReferrals(page: 1, size: 5) { items { reason orderNumber } } }"}


@pytest.mark.parametrize("name", FOUND)
async def test_what_longer_runs_have_found(
    name: str, settings: Settings, clean_database: None, clean_redis: None
) -> None:
    async with open_mall(settings.model_copy(update={"meili_url": None})) as mall:
        viewer = await viewer_of(mall, (await _filled(mall)).tokens["platform"])
        await Both(mall_schema, within=holding).same(FOUND[name], contexts=lambda: _context(mall, viewer))


async def _filled(mall: Mall) -> World:
    world = await make(mall.database)
    await grow(mall.database, world)
    await mall.indexer.apply(world.products)
    return world


def _context(mall: Mall, viewer: Viewer) -> Context:
    return Context(viewer, mall.database, mall.services)


def _ids(world: World) -> list[str]:
    return [str(value) for value in world.ids.values() if isinstance(value, UUID)] + [str(UUID(int=0))]


def _values(world: World) -> dict[str, Any]:
    """Arguments that find something, more often than not."""
    ids = _ids(world)

    def an_id(at: random.Random) -> str:
        return at.choice(ids)

    return {
        "ID": an_id,
        "String": lambda at: at.choice(("苹果", "", "昭阳", "x")),
        "Int": lambda at: at.choice((1, 1, 2, 5, 20)),
        "Float": lambda at: 1.5,
        "Boolean": lambda at: at.choice((True, False)),
        "Fen": lambda at: at.choice((0, 1000, 100000)),
        "DateTime": lambda at: "2026-01-01T00:00:00+00:00",
        "originCode": lambda at: at.choice(("530602", "530600", "530627", "1")),
        "parent": lambda at: at.choice(("530600", "530602", None)),
        "code": lambda at: at.choice(("530602", "530600", "x")),
        "after": lambda at: None,
    }
