"""Every query of the front ends: the plan's bytes are graphql-core's, and the plan is never left."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, execute, parse

from compiled import Executor
from domain.base import ANONYMOUS, Viewer
from schema.base import Context
from server.graphql import schema
from server.services import Mall, open_mall
from server.settings import Settings
from tests.operations.cases import CASES, Case
from tests.operations.test_documents import APPS
from tests.operations.test_statements import queries
from tests.operations.world import World, grow, make


@pytest.mark.parametrize("app", APPS)
async def test_plans_answer_as_graphql_core_does(
    app: str, settings: Settings, clean_database: None, clean_redis: None
) -> None:
    async with open_mall(settings.model_copy(update={"meili_url": None})) as mall:
        world = await make(mall.database)
        await grow(mall.database, world)
        await mall.indexer.apply(world.products)
        left: list[str] = []
        executor = Executor(schema, left=lambda operation, why: left.append(f"{operation}: {why}"), within=holding)
        asked = queries(app)
        for name, case in CASES[app].items():
            ours, plain = await _both(executor, mall, world, case, asked[name])
            assert ours == plain, name
    assert left == []


def holding(context: Context) -> Any:
    return context.holding()


async def _both(executor: Executor, mall: Mall, world: World, case: Case, text: str) -> tuple[bytes | None, bytes]:
    document, variables = parse(text), world.fill(case.variables)
    viewer = await viewer_of(mall, world.tokens[case.viewer])
    answer = await executor.operation(document).execute(variables, _context(mall, viewer))
    found = execute(schema._schema, document, context_value=_context(mall, viewer), variable_values=variables)
    result = found if isinstance(found, ExecutionResult) else await found
    assert result.errors is None
    return answer.body, orjson.dumps({"data": result.data})


async def viewer_of(mall: Mall, token: str | None) -> Viewer:
    if token is None:
        return ANONYMOUS
    return (await mall.viewers.of(f"Bearer {token}"))[0]


def _context(mall: Mall, viewer: Viewer) -> Context:
    return Context(viewer, mall.database, mall.services)
