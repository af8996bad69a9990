"""Every query of the front ends needs as many SQL statements for twenty rows as for one, and never many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from graphql import DocumentNode, OperationDefinitionNode, OperationType, parse, print_ast, separate_operations
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from server.settings import Settings
from tests.client import Client, counting, open_client
from tests.operations.cases import CASES, Case
from tests.operations.test_documents import APPS, documents
from tests.operations.world import World, grow, make


def queries(app: str) -> dict[str, str]:
    """The text of every query by its name, with the fragments it needs."""
    whole = parse("\n".join(file.read_text(encoding="utf-8") for file in documents(app)))
    found = separate_operations(whole)
    return {name: print_ast(one) for name, one in found.items() if _operation(one) is OperationType.QUERY}


def _operation(document: DocumentNode) -> OperationType:
    return next(node.operation for node in document.definitions if isinstance(node, OperationDefinitionNode))


@pytest.mark.parametrize("app", APPS)
def test_every_query_has_a_case(app: str) -> None:
    assert sorted(queries(app)) == sorted(CASES[app])


@pytest.mark.parametrize("app", APPS)
async def test_twenty_rows_need_no_more_statements_than_one(
    app: str, settings: Settings, clean_database: None, clean_redis: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL answers the searches here: with an engine they need fewer statements, never more."""
    async with open_client(settings.model_copy(update={"meili_url": None})) as client:
        world = await make(client.mall.database)
        await client.mall.indexer.apply(world.products)
        await _count_all(app, client, world, monkeypatch)  # what is kept from request to request is read now
        of_one = await _count_all(app, client, world, monkeypatch)
        await grow(client.mall.database, world)
        await client.mall.indexer.apply(world.products)
        await _count_all(app, client, world, monkeypatch)  # and what is kept of the new shops
        of_many = await _count_all(app, client, world, monkeypatch)
        # Something of the process itself may have read in between; it does not do so twice.
        for name in [name for name in of_many if of_many[name] != of_one[name]]:
            of_many[name] = await _count(client, world, CASES[app][name], queries(app)[name], monkeypatch)
    table = [_row(name, case, of_one[name], of_many[name]) for name, case in CASES[app].items()]
    assert not any(row.endswith(WRONG) for row in table), "\n".join(["", "query, statements of 1 and of 20", *table])


WRONG = "  <-- wrong"


def _row(name: str, case: Case, of_one: int | str, of_many: int | str) -> str:
    good = of_one == of_many and isinstance(of_many, int) and min(1, case.statements) <= of_many <= case.statements
    return f"{name:24}{of_one!s:>4}{of_many!s:>4}{'' if good else WRONG}"


async def _count_all(app: str, client: Client, world: World, patch: pytest.MonkeyPatch) -> dict[str, int | str]:
    asked = queries(app)
    return {name: await _count(client, world, case, asked[name], patch) for name, case in CASES[app].items()}


async def _count(client: Client, world: World, case: Case, query: str, patch: pytest.MonkeyPatch) -> int | str:
    """How many statements answer the query; what is wrong with the answer, when something is."""
    token = world.tokens[case.viewer]
    headers = {"authorization": f"Bearer {token}"} if token else {}
    body = {"query": query, "variables": world.fill(case.variables)}
    async with counting(client.mall) as sent, _counting_jobs(sent, patch):
        reply = (await client.http.post("/graphql", json=body, headers=headers)).json()
    if reply.get("errors"):
        return str(reply["errors"])
    if any(_is_empty(value) for value in reply["data"].values()):
        return f"nothing was read: {reply['data']}"
    return len(sent)


def _is_empty(value: Any) -> bool:
    """Whether an answer has no rows, or is a refusal: then its statements say nothing."""
    if isinstance(value, dict):
        lists = [value[name] for name in ("nodes", "items", "groups") if name in value]
        return [] in lists or value.get("__typename") in ("Refused", "OutOfStock")
    return value in (None, [])


@asynccontextmanager
async def _counting_jobs(sent: list[str], patch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The queue speaks to the connection itself, past SQLAlchemy."""
    fetch: Callable[..., Any] = AsyncpgDriver.fetch

    async def noted(self: AsyncpgDriver, query: str, *arguments: Any) -> Any:
        sent.append(query)
        return await fetch(self, query, *arguments)

    with patch.context() as patched:
        patched.setattr(AsyncpgDriver, "fetch", noted)
        yield
