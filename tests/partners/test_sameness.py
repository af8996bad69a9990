"""A partner reads what anybody reads, to the byte, and nothing more; and pays for it from a budget of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import GraphQLArgument, GraphQLNonNull, GraphQLObjectType, GraphQLUnionType, Undefined, get_named_type

from server.partners import partner_schema
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories.partners import key, partner
from tests.operations.world import World, grow, make

graph = partner_schema._schema
DEEPEST = 4
# What each root is asked with; `$name` is something of the world.
ARGUMENTS = {
    "category": {"id": "$category"},
    "categoryAttributes": {"categoryId": "$category"},
    "lot": {"number": "$lotNumber"},
    "product": {"id": "$product"},
    "productLots": {"productId": "$product"},
    "merchant": {"id": "$shop"},
    "region": {"code": "$town"},
    "regions": {"parent": "$parent"},
    "brand": {"id": "$brand"},
    "origin": {"code": "530602"},
    "originProducts": {"originCode": "530602"},
    "search": {"query": "苹果"},
    "searchHelp": {"query": "平锅"},
    "searchProducts": {"query": "苹果"},
    "searchSuggestions": {"prefix": "苹"},
}


@dataclass
class Mall:
    client: Client
    world: World
    secret: str

    async def anonymous(self, document: str, /, **variables: Any) -> httpx.Response:
        return await self._send("/graphql", {}, document, variables)

    async def partner(self, document: str, /, *, door: str = "/partner/graphql", **variables: Any) -> httpx.Response:
        return await self._send(door, {"authorization": f"Bearer {self.secret}"}, document, variables)

    async def _send(self, path: str, headers: dict[str, str], query: str, variables: dict[str, Any]) -> httpx.Response:
        body = {"query": query, "variables": self.world.fill(variables)}
        return await self.client.http.post(path, json=body, headers=headers)


@pytest.fixture
async def mall(settings: Settings, clean_database: None, clean_redis: None, tmp_path: Path) -> AsyncIterator[Mall]:
    async with open_client(settings.model_copy(update={"state_dir": tmp_path, "meili_url": None})) as client:
        database = client.mall.database
        world = await make(database)
        await grow(database, world)
        await client.mall.indexer.apply(world.products)
        issued = await key(database, await partner(database, points_per_second=1, burst=10_000))
        yield Mall(client, world, issued.secret)


def everything(type_: Any, depth: int) -> str:
    """A selection of every field that leads somewhere within `depth`; what would go up again is left out."""
    named = get_named_type(type_)
    if isinstance(named, GraphQLUnionType):
        return "{ __typename }"  # its types have fields of the same name that are not the same
    if not isinstance(named, GraphQLObjectType):
        return ""
    fields = []
    for name, field in named.fields.items():
        inner = get_named_type(field.type)
        if not isinstance(inner, GraphQLObjectType | GraphQLUnionType):
            fields.append(name)
        elif depth > 1 and name not in ("product", "parent", "children"):
            fields.append(f"{name} {everything(field.type, depth - 1)}")
    return "{ __typename " + " ".join(fields) + " }"


def question(name: str) -> tuple[str, dict[str, Any]]:
    """A document that asks all of one root field, and its variables."""
    assert graph.query_type is not None
    field = graph.query_type.fields[name]
    given = dict(ARGUMENTS.get(name, {}))
    if "first" in field.args:
        given["first"] = 3
    declared = ", ".join(f"${each}: {field.args[each].type}" for each in given)
    used = ", ".join(f"{each}: ${each}" for each in given)
    head = f"query({declared}) " if given else ""
    return f"{head}{{ {name}{f'({used})' if used else ''} {everything(field.type, DEEPEST)} }}", given


ROOTS = sorted(set(graph.query_type.fields) - {"rateLimit"}) if graph.query_type else []


def data_of(reply: httpx.Response) -> bytes:
    """The bytes of `data`; a partner is also told what it cost."""
    assert reply.status_code == 200, reply.text
    assert "errors" not in reply.json(), reply.text
    data, extensions, _ = reply.content.partition(b',"extensions":')
    return data if extensions else data.removesuffix(b"}")


async def test_a_partner_reads_what_anybody_reads(mall: Mall) -> None:
    for name in ROOTS:
        query, variables = question(name)
        expected = data_of(await mall.anonymous(query, **variables))
        assert len(expected) > 60, f"{name}: nothing was read"
        assert data_of(await mall.partner(query, **variables)) == expected, name
        assert data_of(await mall.partner(query, door="/graphql", **variables)) == expected, name
    assert mall.client.mall.counters.snapshot()["left"] == []  # none of it is too unusual for a plan


def test_every_root_that_needs_arguments_is_asked_with_some() -> None:
    assert graph.query_type is not None
    for name, field in graph.query_type.fields.items():
        needed = {each for each, argument in field.args.items() if _is_needed(argument)}
        assert needed <= set(ARGUMENTS.get(name, {})), name


def _is_needed(argument: GraphQLArgument) -> bool:
    return isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined


REFUSED = [
    ("{ brands(first: 0) { id } }", {}),
    ("{ brands(first: 101) { id } }", {}),
    ('{ merchants(after: "x") { total } }', {}),
    ("query($q: String!) { searchProducts(query: $q, first: 51) { total } }", {"q": "苹果"}),
    ('{ product(id: "00000000-0000-0000-0000-000000000001") { id } }', {}),
]


async def test_a_partner_is_refused_as_anybody_is(mall: Mall) -> None:
    for query, variables in REFUSED:
        ours = (await mall.anonymous(query, **variables)).json()
        theirs = (await mall.partner(query, **variables)).json()
        theirs.pop("extensions", None)
        assert theirs == ours, query


async def test_a_list_of_a_shelf_is_the_same_from_page_to_page(mall: Mall) -> None:
    """Cursors of one door are good at the other."""
    page_info = "pageInfo { endCursor hasNextPage }"
    query = f"query($after: String) {{ merchants(first: 7, after: $after) {{ nodes {{ id }} {page_info} }} }}"
    seen, after, at_partner = [], None, False
    while True:
        ask = mall.partner if at_partner else mall.anonymous
        page = (await ask(query, after=after)).json()["data"]["merchants"]
        seen += [node["id"] for node in page["nodes"]]
        after, at_partner = page["pageInfo"]["endCursor"], not at_partner
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == 20


# ------------------------------------------------------------------------------------------------ what it costs
BUDGET = "rateLimit { cost limit remaining restoreRate fullAt }"


async def test_what_it_costs_is_told(mall: Mall) -> None:
    first = (await mall.partner(f"{{ brands(first: 20) {{ id }} {BUDGET} }}")).json()
    told, extension = first["data"]["rateLimit"], first["extensions"]["cost"]
    assert told["limit"] == extension["throttleStatus"]["maximumAvailable"] == 10_000
    assert told["restoreRate"] == extension["throttleStatus"]["restoreRate"] == 1
    assert told["cost"] == extension["requestedQueryCost"] > 20
    assert told["remaining"] == 10_000 - told["cost"]
    assert "extensions" not in (await mall.anonymous("{ brands(first: 20) { id } }")).json()


async def test_who_has_spent_it_waits_and_nobody_else_does(mall: Mall) -> None:
    database = mall.client.mall.database
    poor = await key(database, await partner(database, points_per_second=1, burst=30))
    other = Mall(mall.client, mall.world, poor.secret)
    assert (await other.partner("{ brands(first: 20) { id } }")).status_code == 200
    dear = "{ merchants(first: 100) { nodes { id } } }"
    refused = await other.partner(dear)
    assert refused.status_code == 429
    assert refused.json()["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert int(refused.headers["retry-after"]) >= 1
    assert (await mall.partner(dear)).status_code == 200
