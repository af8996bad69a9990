"""Every root field, called by everybody at both doors: what comes back is what the tables say."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.partners import partner_schema
from server.settings import Settings
from tests.access.asking import class_of, document
from tests.access.world import CALLERS, Access, everybody
from tests.client import Client, open_client
from tests.test_audience_matrix import FIELDS, expected
from tests.test_conventions import root_fields

TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
# What ends something is asked for last.
ENDING = ("revoke", "delete", "remove", "cancel", "logout", "staffLogout", "platformRevoke", "platformStop")
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
async def client(settings: Settings, clean_database: None, clean_redis: None) -> AsyncIterator[Client]:
    async with open_client(settings.model_copy(update={"meili_url": None, "wechat_api_base": NOWHERE})) as client:
        yield client


def told(path: str, caller: str) -> str:
    """What the tables say of the caller: the audience first, then what is his."""
    audience = {"buyer": "member", "stranger": "member", "rival": "merchant.owner"}.get(caller, caller)
    if (refusal := expected(path, audience)) != "admitted":
        return refusal
    stated = TABLE["roots"].get(path, "allowed")
    return str(stated) if isinstance(stated, str) else str(stated.get(caller, stated.get("*", "allowed")))


def test_the_table_names_root_fields_and_callers_that_exist() -> None:
    assert set(TABLE["roots"]) <= set(FIELDS)
    named = [stated for stated in TABLE["roots"].values() if isinstance(stated, dict)]
    assert {caller for stated in named for caller in stated} <= {*CALLERS, "*"}


async def _called(client: Client, access: Access, caller: str, text: str, door: str = "/graphql") -> str:
    token = access.tokens[caller]
    headers = {"authorization": f"Bearer {token}"} if token else {}
    reply = await client.http.post(door, json={"query": text}, headers=headers)
    assert reply.status_code < 500, (caller, text, reply.text)
    return class_of(reply.json())


@pytest.mark.parametrize("root", ["Query", "Mutation"])
async def test_everybody_is_told_what_the_tables_say(client: Client, root: str) -> None:
    access = await everybody(client.mall.database)
    fields = [(name, field) for kind, name, field in root_fields() if kind == root]
    wrong = []
    for name, field in sorted(fields, key=lambda each: each[0].startswith(ENDING)):
        for caller in CALLERS:
            found = await _called(client, access, caller, document(root.lower(), name, field, access))
            if found != told(f"{root}.{name}", caller):
                wrong.append(f"{root}.{name} for {caller}: {found}, not {told(f'{root}.{name}', caller)}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("root", ["Query", "Mutation", "Subscription"])
async def test_at_the_partners_door_only_what_is_listed_is_there(client: Client, root: str) -> None:
    access = await everybody(client.mall.database)
    wrong: list[Any] = []
    for kind, name, field in root_fields():
        if kind != root:
            continue
        text = document(root.lower(), name, field, access)
        found = await _called(client, access, "partner", text, "/partner/graphql")
        listed = f"{root}.{name}" in TABLE["partners"]["fields"]
        if (found in ("allowed", "empty")) is not listed or found in ("null", "UNAUTHENTICATED", "FORBIDDEN"):
            wrong.append((name, found))
        others = {await _called(client, access, each, text, "/partner/graphql") for each in ("buyer", "merchant.owner")}
        if others != {"FORBIDDEN"}:
            wrong.append((name, others))
    assert wrong == []


def test_partners_have_no_root_but_queries() -> None:
    graph = partner_schema._schema
    assert (graph.mutation_type, graph.subscription_type) == (None, None)
    assert graph.query_type is not None
    listed = {path.partition(".")[2] for path in TABLE["partners"]["fields"]}
    assert set(graph.query_type.fields) == listed | {"rateLimit"}
