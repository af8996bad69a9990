"""The partners' door over HTTP: who gets in, what is answered, and how the schema is told."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import build_client_schema, get_introspection_query, print_schema

from domain import partners
from domain.base import Budget, Viewer, ViewerKind, clock
from models.partners import PartnerKey
from schema.base import Charge, Context
from server.partners import ETAG, SDL, partner_schema
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import members
from tests.factories.orders import row
from tests.factories.partners import key, partner
from tests.journey.mall import relay
from tests.partners.test_rules import act

DOOR = "/partner/graphql"
QUESTION = "{ categories { id } }"


@pytest.fixture
async def anyone(settings: Settings, clean_database: None, clean_redis: None, tmp_path: Path) -> AsyncIterator[Client]:
    async with open_client(settings.model_copy(update={"state_dir": tmp_path, "meili_url": None})) as client:
        yield client


async def ask(client: Client, token: str | None, query: str = QUESTION, **variables: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return await client.http.post(DOOR, json={"query": query, "variables": variables}, headers=headers)


def code(reply: httpx.Response) -> str:
    return str(reply.json()["errors"][0]["extensions"]["code"])


# ------------------------------------------------------------------------------------------------ who gets in
async def test_a_key_opens_the_door(anyone: Client) -> None:
    issued = await key(anyone.mall.database, await partner(anyone.mall.database))
    reply = await ask(anyone, issued.secret)
    assert (reply.status_code, reply.json()["data"]) == (200, {"categories": []})
    assert reply.headers["cache-control"] == "private, no-store"
    assert (await row(anyone.mall.database, PartnerKey, issued.key_id))["last_used_at"] is not None


@pytest.mark.parametrize("token", [None, "x" * 30, "ztp_" + "A" * 43, "ztp_", "中文" * 20])
async def test_without_a_good_key_it_stays_shut(anyone: Client, token: str | None) -> None:
    headers = {"authorization": f"Bearer {token}".encode()} if token else {}
    for accept in ("application/json", "application/graphql-response+json", "*/*"):
        reply = await anyone.http.post(DOOR, json={"query": QUESTION}, headers={**headers, "accept": accept})
        assert (reply.status_code, code(reply), "data" in reply.json()) == (401, "UNAUTHENTICATED", False)
        assert reply.headers["www-authenticate"] == "Bearer"


async def test_buyers_and_staff_use_their_own_door(anyone: Client) -> None:
    database = anyone.mall.database
    buyer = await members.signed_in(database, await members.member(database))
    admin = Viewer(ViewerKind.PLATFORM, await members.operator(database))
    for tokens in (buyer, await members.signed_in(database, admin)):
        reply = await ask(anyone, tokens.access)
        assert (reply.status_code, code(reply)) == (403, "FORBIDDEN")


@pytest.mark.parametrize("ending", ["revoked", "stopped", "expired"])
async def test_a_key_that_ends_opens_it_no_more(anyone: Client, ending: str) -> None:
    database = anyone.mall.database
    id, ends = await partner(database), clock.now() + timedelta(days=1)
    issued = await key(database, id, expires_at=ends)
    assert (await ask(anyone, issued.secret)).status_code == 200
    if ending == "revoked":
        await act(database, partners.revoke, issued.key_id)
    elif ending == "stopped":
        await act(database, partners.stop, id)
    else:
        clock.stop(ends)
    await relay(anyone.mall)
    assert (await ask(anyone, issued.secret)).status_code == 401
    if ending == "stopped":
        await act(database, partners.resume, id)
        await relay(anyone.mall)
        assert (await ask(anyone, issued.secret)).status_code == 200


async def test_both_keys_are_good_while_one_follows_the_other(anyone: Client) -> None:
    database = anyone.mall.database
    id = await partner(database)
    old, new = await key(database, id), await key(database, id)
    replies = await asyncio.gather(*(ask(anyone, each.secret) for each in (old, new, old, new)))
    assert [reply.status_code for reply in replies] == [200] * 4
    await act(database, partners.revoke, old.key_id)
    await relay(anyone.mall)
    assert [(await ask(anyone, each.secret)).status_code for each in (old, new)] == [401, 200]


# ------------------------------------------------------------------------------------------------ how it is asked
@pytest.fixture
async def secret(anyone: Client) -> str:
    return (await key(anyone.mall.database, await partner(anyone.mall.database))).secret


async def test_queries_come_by_get_too(anyone: Client, secret: str) -> None:
    headers = {"authorization": f"Bearer {secret}"}
    parameters = {
        "query": "query Q($n: Int!) { brands(first: $n) { id } }",
        "variables": '{"n": 3}',
        "operationName": "Q",
    }
    reply = await anyone.http.get(DOOR, params=parameters, headers=headers)
    assert (reply.status_code, reply.json()["data"]) == (200, {"brands": []})
    assert (await anyone.http.get(DOOR, params=parameters, headers={"accept": "application/json"})).status_code == 401
    assert (await anyone.http.get(DOOR, headers={"accept": "text/html"})).status_code == 406  # no page is served here


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused(anyone: Client, secret: str, method: str) -> None:
    reply = await anyone.http.request(
        method, DOOR, headers={"authorization": f"Bearer {secret}"}, json={"query": QUESTION}
    )
    assert (reply.status_code, code(reply)) == (405, "METHOD_NOT_ALLOWED")
    assert "POST" in reply.headers["allow"]


@pytest.mark.parametrize(
    "query",
    [
        'mutation { login(code: "x") { __typename } }',
        'subscription { orderChanged(id: "x") { id } }',
        "{ me { id } }",
        "{ cart { total } }",
        "{ platformPartners { total } }",
        "{ seasonalProducts { reviewNote } }",
        "{ seasonalProducts { version } }",
        "{ seasonalProducts { merchant { state } } }",
        "{ brands(first: 0) { id } }",
        "{ product(id: 1) { id } }",
        "{",
        "",
    ],
)
async def test_what_is_not_in_the_schema_is_no_question(anyone: Client, secret: str, query: str) -> None:
    reply = await ask(anyone, secret, query)
    assert reply.status_code in (200, 400)
    assert code(reply) in ("BAD_USER_INPUT", "BAD_REQUEST")
    assert not reply.json().get("data")


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"[]", {}, 400),
        (b"null", {}, 400),
        (b"{", {}, 400),
        (b"{}", {"content-type": "text/plain"}, 415),
        (b" " * 200_000, {}, 413),
        (b'{"query": "{ categories { id } }", "variables": []}', {}, 400),
    ],
)
async def test_bodies_are_checked_as_at_our_own_door(
    anyone: Client, secret: str, content: bytes, headers: dict[str, str], status: int
) -> None:
    sent = {"authorization": f"Bearer {secret}", "content-type": "application/json", **headers}
    assert (await anyone.http.post(DOOR, content=content, headers=sent)).status_code == status


async def test_what_costs_too_much_is_refused(anyone: Client, secret: str) -> None:
    query = "{ merchants(first: 100) { nodes { region { children { children { children { name } } } } } } }"
    reply = await ask(anyone, secret, query)
    assert (reply.status_code, code(reply)) == (400, "TOO_COMPLEX")


# ------------------------------------------------------------------------------------------------ what is told
async def test_the_schema_may_be_asked_about_itself(anyone: Client, secret: str) -> None:
    reply = await ask(anyone, secret, get_introspection_query())
    assert reply.status_code == 200
    told = build_client_schema(reply.json()["data"])
    # The printers differ in how they wrap descriptions only.
    assert set(told.type_map) >= {"Product", "Merchant", "RateLimit"}
    assert re.sub(r"\s+", "", print_schema(told)) == re.sub(r"\s+", "", print_schema(partner_schema._schema))
    assert (await ask(anyone, None, get_introspection_query())).status_code == 401


async def test_the_sdl_is_for_everybody_and_read_once(anyone: Client) -> None:
    reply = await anyone.http.get("/partner/schema.graphql")
    assert (reply.status_code, reply.text) == (200, SDL)
    assert reply.headers["content-type"] == "application/graphql; charset=utf-8"
    assert reply.headers["cache-control"] == "public, max-age=3600"
    for known in (ETAG, f"W/{ETAG}", f'"other", {ETAG}', "*"):
        again = await anyone.http.get("/partner/schema.graphql", headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", ETAG)
    assert (await anyone.http.get("/partner/schema.graphql", headers={"if-none-match": '"old"'})).status_code == 200
    assert (await anyone.http.post("/partner/schema.graphql")).status_code == 405


async def test_a_partner_reads_its_budget() -> None:
    clock.stop(clock.now())
    viewer = Viewer(ViewerKind.PARTNER, budget=Budget(50, 1000))
    context = Context(viewer, None, None, charge=Charge(7.0, 900.0, Budget(50, 1000)))  # type: ignore[arg-type]
    reply = await partner_schema.execute(BUDGET, context_value=context)
    assert reply.errors is None
    assert reply.data == {
        "rateLimit": {
            "cost": 7,
            "limit": 1000,
            "remaining": 900,
            "restoreRate": 50,
            "fullAt": (clock.now() + timedelta(seconds=2)).isoformat(),
        }
    }


async def test_where_nobody_counts_no_budget_is_made_up() -> None:
    viewer = Viewer(ViewerKind.PARTNER, budget=Budget(50, 1000))
    reply = await partner_schema.execute(BUDGET, context_value=Context(viewer, None, None))  # type: ignore[arg-type]
    assert [error.extensions["code"] for error in reply.errors or ()] == ["UNAVAILABLE"]


BUDGET = "{ rateLimit { cost limit remaining restoreRate fullAt } }"
