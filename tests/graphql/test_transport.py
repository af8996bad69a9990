"""GraphQL over HTTP: types, statuses and methods, and which requests another site's page can make a browser send."""

from __future__ import annotations

import pytest

from server.documents import trusted_documents
from tests.client import Client

JSON = "application/json; charset=utf-8"
RESPONSE = "application/graphql-response+json; charset=utf-8"
OK, WRONG = {"query": "{ __typename }"}, {"query": "{ secrets }"}
QUERY = "/graphql?query=%7B__typename%7D"

ACCEPTS = {
    "": JSON,
    "*/*": JSON,
    "application/*": JSON,
    "application/json": JSON,
    "application/json; charset=utf-8": JSON,
    "APPLICATION/JSON": JSON,
    "text/html, application/xhtml+xml, */*;q=0.8": JSON,
    "application/graphql-response+json": RESPONSE,
    "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8": RESPONSE,
    "application/json, application/graphql-response+json": RESPONSE,
    "application/graphql-response+json;q=0.5, application/json;q=0.9": JSON,
    "application/graphql-response+json;q=0.9, application/json;q=0.5": RESPONSE,
    "application/graphql-response+json;q=0, */*": JSON,
    "application/json;q=0, */*": RESPONSE,
    "application/graphql-response+json, application/graphql+json, application/json, text/event-stream": RESPONSE,
    "*/*;q=0.1, application/json;q=x": JSON,
}


@pytest.mark.parametrize(("accept", "type_"), ACCEPTS.items())
async def test_the_type_is_the_one_asked_for(client: Client, accept: str, type_: str) -> None:
    if accept.endswith("q=x"):
        type_ = RESPONSE  # a weight that is none refuses what it belongs to
    reply = await client.http.post("/graphql", json=OK, headers={"accept": accept})
    assert (reply.status_code, reply.headers["content-type"]) == (200, type_)
    assert reply.content == b'{"data":{"__typename":"Query"}}'
    wrong = await client.http.post("/graphql", json=WRONG, headers={"accept": accept})
    assert wrong.status_code == (200 if type_ == JSON else 400)
    assert wrong.headers["content-type"] == type_
    assert set(wrong.json()) == {"errors"}


async def test_an_answer_with_errors_in_fields_is_200_of_either_type(client: Client) -> None:
    for accept in ("application/json", "application/graphql-response+json"):
        reply = await client.http.post("/graphql", json={"query": "{ cart { total } }"}, headers={"accept": accept})
        assert reply.status_code == 200
        assert reply.json()["data"] is None
        assert reply.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_an_answer_is_nobody_elses(client: Client) -> None:
    reply = await client.http.post("/graphql", json={"query": "{ me { id } }"})
    assert reply.headers["cache-control"] == "private, no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "authorization" in reply.headers["vary"]
    assert int(reply.headers["content-length"]) == len(reply.content)


async def test_methods(client: Client) -> None:
    named = {"accept": "application/json"}
    get, head = await client.http.get(QUERY, headers=named), await client.http.head(QUERY, headers=named)
    assert get.json() == {"data": {"__typename": "Query"}}
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(get.content))
    options = await client.http.request("OPTIONS", "/graphql")
    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert "access-control-allow-origin" not in options.headers
    put = await client.http.put("/graphql", json=OK)
    assert (put.status_code, put.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


async def test_a_mutation_by_get_changes_nothing(client: Client) -> None:
    sent = "/graphql?query=mutation%7Blogout%7B__typename%7D%7D"
    reply = await client.http.get(sent, headers={"x-mall-client": "test"})
    assert reply.status_code == 405
    assert reply.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


# What a browser writes by itself where another site's page has a link, an image, a form or a script.
BROWSERS = {
    "a link": (403, {"accept": "text/html,*/*;q=0.8", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}),
    "a link of our own": (403, {"accept": "text/html", "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}),
    "an image": (403, {"accept": "image/avif,*/*", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}),
    "a script": (403, {"accept": "*/*", "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}),
    "a fetch": (403, {"accept": "*/*", "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}),
    "a fetch that names us": (403, {"accept": "application/json", "sec-fetch-site": "cross-site"}),
    "an old browser": (403, {"accept": "*/*"}),
    "a fetch of our own": (200, {"accept": "*/*", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}),
    "a client that names us": (200, {"accept": "application/graphql-response+json"}),
    "a header of ours": (200, {"accept": "*/*", "x-mall-client": "test"}),
    "a header of Apollo's": (200, {"accept": "*/*", "apollo-require-preflight": "1"}),
    "a token": (200, {"accept": "*/*", "authorization": "Bearer x"}),
    "a header from another site": (200, {"x-mall-client": "test", "sec-fetch-site": "cross-site"}),
}


@pytest.mark.parametrize(("status", "headers"), BROWSERS.values(), ids=list(BROWSERS))
async def test_a_free_text_by_get_must_come_from_a_client(client: Client, status: int, headers: dict[str, str]) -> None:
    reply = await client.http.get(QUERY, headers=headers)
    assert reply.status_code == status, reply.text
    if status == 403:
        assert reply.json()["errors"][0]["extensions"]["code"] == "CROSS_SITE"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_no_form_can_post(client: Client, kind: str) -> None:
    """These three are what a form, and a script that asks nobody, may send across origins."""
    body = b'{"query": "mutation { logout { __typename } }"}'
    reply = await client.http.post("/graphql", content=body, headers={"content-type": kind, "origin": "https://evil"})
    assert reply.status_code == 415


async def test_a_trusted_document_by_get_may_come_from_anybody(client: Client) -> None:
    id = next(key for key, text in trusted_documents().items() if text.startswith("query Carriers"))
    for _, headers in BROWSERS.values():
        reply = await client.http.get(f"/graphql?id={id}", headers={**headers, "accept": "*/*"})
        assert reply.status_code == 200, reply.text
        assert reply.json()["data"]["carriers"]
