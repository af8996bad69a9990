"""What is at hand is answered at once, and only to requests that are like any other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import orjson
import pytest

from domain.base import Database
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories.catalog import category
from tests.responses.processes import until
from tests.responses.test_graph import cache, trusted

LIST = orjson.dumps({"query": "{ categories { name } }", "variables": {}})
JSON = {"content-type": "application/json"}


@pytest.fixture
async def client(settings: Settings, database: Database, clean_redis: None) -> AsyncIterator[Client]:
    profile = {"kept_megabytes": 8, "meili_url": None, "rate_factor": 1000.0}
    async with open_client(settings.model_copy(update=profile)) as opened:
        await until(lambda: cache(opened).news.standing)
        await category(database)
        yield opened


async def post(client: Client, content: Any = LIST, **headers: str) -> httpx.Response:
    named = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.http.post("/graphql", content=content, headers=named)


@pytest.fixture
async def first(client: Client) -> httpx.Response:
    """The answer that is at hand from now on."""
    reply = await post(client)
    assert (await post(client)).content == reply.content
    assert cache(client).counts.raw == 1
    return reply


def at_hand(reply: httpx.Response) -> bool:
    """Whether the reply came from the outermost part: it is the only one without a trace id."""
    return "x-trace-id" not in reply.headers


async def test_the_same_bytes_get_the_same_answer(client: Client, first: httpx.Response) -> None:
    again = await post(client)
    assert at_hand(again)
    assert not at_hand(first)
    assert dict(first.headers) == dict(again.headers) | {"x-trace-id": first.headers["x-trace-id"]}
    assert again.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer nobody"},
        {"authorization": ""},
        {"x_graphql_cost": "1"},
        {"content_type": "text/plain"},
        {"content_encoding": "gzip"},
    ],
    ids=str,
)
async def test_a_special_request_goes_the_long_way(
    client: Client, first: httpx.Response, headers: dict[str, str]
) -> None:
    assert not at_hand(await post(client, **headers))


async def test_a_text_of_another_kind_is_refused_as_ever(client: Client, first: httpx.Response) -> None:
    assert (await post(client, content_type="text/plain")).status_code == 415
    assert (await post(client, accept="image/png")).status_code == 406
    assert (await client.http.put("/graphql", content=LIST, headers=JSON)).status_code == 405


async def test_a_body_in_pieces_arrives_whole(client: Client, first: httpx.Response) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield LIST[:10]
        yield LIST[10:]

    for content in (pieces(), LIST + b" " * 5000):
        reply = await post(client, content)
        assert (reply.status_code, reply.content) == (200, first.content)


async def test_other_bytes_are_read(client: Client, first: httpx.Response) -> None:
    for content, status in ((LIST + b" ", 200), (LIST[:-1], 400), (b"", 400), (b"[]", 400), (b"\xff", 400)):
        reply = await post(client, content)
        assert reply.status_code == status
        assert not at_hand(reply)


async def test_an_address_is_no_body(client: Client) -> None:
    id, _ = trusted("query CategoryTree")
    for _ in range(2):
        reply = await client.http.get(f"/graphql?id={id}")
    assert at_hand(reply)
    assert reply.headers["cache-control"].startswith("public")
    known = await client.http.get(f"/graphql?id={id}", headers={"if-none-match": reply.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert "content-length" not in known.headers
    assert not at_hand(await post(client, f"?id={id}".encode()))
    head = await client.http.head(f"/graphql?id={id}")
    assert (head.status_code, head.content) == (200, b"")


async def test_an_address_with_a_free_text_is_not_at_hand(client: Client) -> None:
    for _ in range(3):
        params = {"query": "{ categories { name } }"}
        reply = await client.http.get("/graphql", params=params, headers={"x-mall-client": "test"})
        assert reply.status_code == 200
        assert not at_hand(reply)
    assert (await client.http.get("/graphql", params=params, headers={"accept": "*/*"})).status_code == 403


async def test_both_media_types_are_at_hand(client: Client, first: httpx.Response) -> None:
    for kind in ("application/json", "application/graphql-response+json", "*/*"):
        reply = await post(client, accept=kind)
        assert at_hand(reply)
        assert reply.headers["content-type"].split(";")[0] in (kind, "application/json")
        assert reply.content == first.content
