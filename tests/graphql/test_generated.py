"""Whatever can be made of the schema, right or wrong, asked by anybody: never an error of the server."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis_graphql import Mode

from server.graphql import schema
from server.partners import partner_schema
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import partners
from tests.graphql.generated import generated
from tests.operations.world import World, make

# Times as many in a release check as in an ordinary run.
FACTOR = int(os.environ.get("MALL_EXAMPLES_FACTOR", "1"))
QUERIES, MUTATIONS = 120 * FACTOR, 80 * FACTOR
ROLES = ("anyone", "member", "shop", "platform")
# A port where nobody listens: WeChat is not to be asked what a generator makes up.
NOWHERE = "http://127.0.0.1:9"


@dataclass
class Told:
    """What became of the operations of one run."""

    answered: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[Any] = field(default_factory=list)


@pytest.fixture
async def client(settings: Settings, clean_database: None, clean_redis: None) -> AsyncIterator[Client]:
    async with open_client(settings.model_copy(update={"meili_url": None, "wechat_api_base": NOWHERE})) as client:
        yield client


async def ask(client: Client, told: Told, path: str, token: str | None, text: str) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    reply = await client.http.post(path, json={"query": text}, headers=headers)
    body = reply.json()
    codes = {error["extensions"]["code"] for error in body.get("errors", [])}
    if reply.status_code >= 500 or "INTERNAL_SERVER_ERROR" in codes or not (codes or body.get("data")):
        told.wrong.append((reply.status_code, reply.text[:300], text))
    told.codes.update(codes)
    told.answered += body.get("data") is not None


def _ids(world: World) -> list[str]:
    return [value for value in world.ids.values() if isinstance(value, str)]


@pytest.mark.parametrize("mutating", [False, True], ids=["queries", "mutations"])
async def test_what_is_right_is_answered(client: Client, mutating: bool) -> None:
    world, told = await make(client.mall.database), Told()
    count = MUTATIONS if mutating else QUERIES
    for text in generated(schema._schema, _ids(world), count, mutating=mutating, mode=Mode.POSITIVE):
        for role in ROLES:
            await ask(client, told, "/graphql", world.tokens[role], text)
    assert told.wrong == []
    # Each field is for some of the roles, and made-up arguments are often refused; yet it is more than a few.
    assert told.answered > count / 4, told.codes


@pytest.mark.parametrize("mutating", [False, True], ids=["queries", "mutations"])
async def test_what_is_wrong_is_refused_in_words(client: Client, mutating: bool) -> None:
    world, told = await make(client.mall.database), Told()
    count = (MUTATIONS if mutating else QUERIES) // 2
    for text in generated(schema._schema, _ids(world), count, mutating=mutating, mode=Mode.NEGATIVE):
        for role in ("anyone", "platform"):
            await ask(client, told, "/graphql", world.tokens[role], text)
    assert told.wrong == []
    assert set(told.codes) <= {"BAD_USER_INPUT", "TOO_COMPLEX"}, told.codes
    assert told.answered == 0


@pytest.mark.parametrize("mode", [Mode.POSITIVE, Mode.NEGATIVE])
async def test_partners_may_try_anything(client: Client, mode: Mode) -> None:
    world, told = await make(client.mall.database), Told()
    key = await partners.key(client.mall.database, await partners.partner(client.mall.database))
    for text in generated(partner_schema._schema, _ids(world), QUERIES, mutating=False, mode=mode):
        await ask(client, told, "/partner/graphql", key.secret, text)
    assert told.wrong == []
    assert (told.answered > QUERIES / 4) is (mode is Mode.POSITIVE), told.codes
