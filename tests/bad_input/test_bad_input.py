"""Every bad input gets a coded refusal in words, and leaves nothing written."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from server.settings import Settings
from tests.bad_input import belonging, buying, cards, inviting, keeping, pointing, selling, telling, vouchers
from tests.bad_input.cases import Case
from tests.bad_input.world import World, make
from tests.client import Client, open_client
from tests.wechat.simulator import Simulator

# Written by the machinery of every request, whatever comes of it; and the count of wrong passwords and codes, which is
# the point.
UNCOUNTED = {"pgqueuer_log", "pgqueuer_statistics", "sign_in_tries", "code_tries", "pickup_tries"}
TABLES = (buying, keeping, belonging, selling, vouchers, inviting, pointing, cards, telling)
CASES = [case for table in TABLES for case in table.CASES]
OPERATIONS = {name: text for table in TABLES for name, text in getattr(table, "OPERATIONS", {}).items()}
BATCHES = 12


def batches() -> list[Any]:
    """Some thirty cases share a world: refused, they leave it as it was, which is what is tested."""
    size = -(-len(CASES) // BATCHES)
    chunks = [CASES[at : at + size] for at in range(0, len(CASES), size)]
    return [pytest.param(chunk, id=f"{chunk[0].id}..{chunk[-1].id}") for chunk in chunks]


@pytest.fixture
async def client(settings: Settings, wxsim: Simulator, clean_redis: None) -> AsyncIterator[Client]:
    bases = {"wechat_api_base": wxsim.base_url, "wxpay_api_base": wxsim.base_url, "meili_url": None}
    async with open_client(settings.model_copy(update=bases)) as client:
        yield client


@pytest.mark.parametrize("cases", batches())
async def test_bad_input_is_refused_in_words_and_writes_nothing(
    cases: list[Case], client: Client, clean_database: None, settings: Settings
) -> None:
    world = await make(client.mall.database)
    before = await rows(settings)
    wrong = []
    for case in cases:
        found = await answer(client, world, case)
        if found != case.code:
            wrong.append((case.id, "expected", case.code, "got", found))
    assert not wrong, "\n".join(map(str, wrong))
    assert await rows(settings) == before


async def answer(client: Client, world: World, case: Case) -> str | None:
    """The code of the refusal; None when the field was answered with null. Anything else is told as it came."""
    token = world.tokens[case.role]
    headers = {"authorization": f"Bearer {token}".encode()} if token else {}
    body = {"query": OPERATIONS[case.operation], "variables": world.fill(case.variables)}
    reply = await client.http.post("/graphql", content=encode(body), headers={**headers, **JSON})
    assert reply.status_code < 500, (case.id, reply.text)
    assert "Traceback" not in reply.text
    found = reply.json()
    if errors := found.get("errors"):
        assert errors[0]["message"], case.id
        return str(errors[0].get("extensions", {}).get("code"))
    (value,) = found["data"].values()
    if isinstance(value, dict) and "code" in value:
        assert any("\u4e00" <= mark <= "\u9fff" for mark in value["message"]), (case.id, value)
        return str(value["code"])
    return None if value is None else f"answered: {value}"


JSON = {"content-type": "application/json"}


def encode(body: Any) -> bytes:
    """As a stranger would send it: escapes for everything beyond ASCII, lone surrogates among them."""
    return json.dumps(body).encode()


async def rows(settings: Settings) -> dict[str, int]:
    """How many rows every table has."""
    connection = await asyncpg.connect(settings.database_url.replace("+asyncpg", ""))
    try:
        names = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        tables = [row["tablename"] for row in names if row["tablename"] not in UNCOUNTED]
        return {name: await connection.fetchval(f'select count(*) from "{name}"') for name in tables}
    finally:
        await connection.close()


# ---------------------------------------------------------------------------------------------- what is no GraphQL
BODIES = {
    "nothing": (b"", 400),
    "not json": (b"{", 400),
    "null": (b"null", 400),
    "a number": (b"1", 400),
    "a string": (b'"query"', 400),
    "a list": (b'[{"query": "{ me { id } }"}]', 400),
    "no query": (b"{}", 400),
    "query of null": (b'{"query": null}', 400),
    "query of a number": (b'{"query": 1}', 400),
    "variables of a list": (b'{"query": "{ me { id } }", "variables": []}', 400),
    "variables of a string": (b'{"query": "{ me { id } }", "variables": "x"}', 400),
    "an operation name of a number": (b'{"query": "{ me { id } }", "operationName": 1}', 400),
    "extensions of a list": (b'{"query": "{ me { id } }", "extensions": []}', 400),
    "not utf-8": (b'{"query": "\xff\xfe"}', 400),
    "not a number": (b'{"query": "{ me { id } }", "variables": {"a": NaN}}', 400),
    "infinity": (b'{"query": "{ me { id } }", "variables": {"a": Infinity}}', 400),
    "a number of 5,000 digits": (b'{"query": "{ me { id } }", "variables": {"a": ' + b"9" * 5000 + b"}}", 400),
    "100,000 brackets": (b'{"query": "x", "variables": ' + b"[" * 40_000 + b"]" * 40_000 + b"}", 400),
    "a lone surrogate": (b'{"query": "{ me { id } }", "operationName": "\\ud800"}', 400),
    "too long": (b'{"query": "' + b"x" * 200_000 + b'"}', 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=list(BODIES))
async def test_what_is_no_graphql_is_refused_in_words(client: Client, body: bytes, status: int) -> None:
    reply = await client.http.post("/graphql", content=body, headers=JSON)
    assert reply.status_code == status, reply.text
    error = reply.json()["errors"][0]
    assert error["extensions"]["code"]
    assert any("\u4e00" <= mark <= "\u9fff" for mark in error["message"])


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "application/graphql", ""])
async def test_other_content_types_are_refused(client: Client, kind: str) -> None:
    reply = await client.http.post("/graphql", content=b'{"query": "{ me { id } }"}', headers={"content-type": kind})
    assert reply.status_code == 415
    assert reply.json()["errors"][0]["extensions"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


DOCUMENTS = {
    "syntax": "{ me {",
    "unknown field": "{ me { password } }",
    "unknown root": "{ secrets }",
    "unknown argument": '{ me(id: "1") { id } }',
    "no operation": "fragment F on Member { id }",
    "cycle": "{ me { ...F } } fragment F on Member { id ...F }",
    "too many tokens": "{ " + " ".join(f"a{n}: me {{ id }}" for n in range(700)) + " }",
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=list(DOCUMENTS))
async def test_faulty_documents_are_refused_with_a_code(client: Client, document: str) -> None:
    reply = await client.http.post("/graphql", json={"query": document})
    assert reply.status_code in (200, 400)
    assert "Traceback" not in reply.text
    if reply.headers["content-type"].startswith("application/json"):
        assert reply.json()["errors"][0]["message"]


def test_there_are_at_least_150_cases() -> None:
    assert len(CASES) + len(BODIES) + len(DOCUMENTS) >= 150
    assert len({case.id for case in CASES}) == len(CASES)
