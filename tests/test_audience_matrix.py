"""Who is admitted where: every root field, every kind of viewer, against a table that people review."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.base import ANONYMOUS, Refusal, Viewer, ViewerKind
from domain.members import roles, sessions
from models.base import new_id
from resolvers.base import For
from schema.audience import audience_of
from schema.base import Context
from server.graphql import schema
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import members, merchants, partners
from tests.test_conventions import root_fields

TABLE = tomllib.loads((Path(__file__).parent / "audiences.toml").read_text(encoding="utf-8"))
FIELDS = {f"{root}.{name}": field.extensions["strawberry-definition"] for root, name, field in root_fields()}
VIEWERS = {
    "nobody": ANONYMOUS,
    "member": Viewer(ViewerKind.MEMBER, new_id()),
    "shop": Viewer(ViewerKind.MERCHANT, new_id(), merchant_id=new_id()),
    "platform": Viewer(ViewerKind.PLATFORM, new_id()),
    "partner": Viewer(ViewerKind.PARTNER, new_id()),
}
VIEWERS |= {
    role.name: Viewer(ViewerKind(role.kind.value), new_id(), permissions=frozenset(role.permissions))
    for role in roles.ROLES
}


def expected(path: str, viewer: str) -> str:
    """What the table says: "admitted", or the code of the refusal."""
    root, name = path.split(".")
    named = TABLE[root][name].split()
    kind = {"MERCHANT": "shop", "PLATFORM": "platform"}.get(VIEWERS[viewer].kind.value, viewer)
    if {"everybody", viewer, kind} & set(named):
        return "admitted"
    return "UNAUTHENTICATED" if viewer == "nobody" else "FORBIDDEN"


def test_the_table_names_every_root_field_and_no_other() -> None:
    assert sorted(f"{root}.{name}" for root, fields in TABLE.items() for name in fields) == sorted(FIELDS)
    known = {"everybody", *VIEWERS}
    assert {word for fields in TABLE.values() for names in fields.values() for word in names.split()} <= known


def test_every_field_admits_whom_the_table_names() -> None:
    """`shop` and `platform` among the viewers are staff whose role allows nothing."""
    wrong = []
    for path, field in FIELDS.items():
        stated = audience_of(field)
        assert stated is not None, path
        for name, viewer in VIEWERS.items():
            try:
                stated.admit(viewer)
                found = "admitted"
            except Refusal as refusal:
                found = refusal.code
            if found != expected(path, name):
                wrong.append(f"{path} for {name}: {found}, not {expected(path, name)}")
    assert not wrong, "\n".join(wrong)


def test_what_a_field_states_is_what_it_asks() -> None:
    """The extension that refuses holds the very statement the matrix above was read from."""
    for path, field in FIELDS.items():
        if not path.startswith("Subscription."):
            assert [each.stated for each in field.extensions if isinstance(each, For)] == [audience_of(field)], path


SUBSCRIPTIONS = {
    "orderChanged": 'subscription { orderChanged(id: "00000000-0000-0000-0000-000000000001") { id } }',
    "merchantOrderArrived": "subscription { merchantOrderArrived { id } }",
    "merchantNoticeArrived": "subscription { merchantNoticeArrived { id } }",
    "platformNoticeArrived": "subscription { platformNoticeArrived { id } }",
    "merchantOrderChanged": "subscription { merchantOrderChanged { id } }",
}


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
async def test_subscriptions_refuse_before_they_listen(name: str) -> None:
    """There is nothing behind the context: whoever got past the guard would break it."""
    for viewer in VIEWERS:
        code = expected(f"Subscription.{name}", viewer)
        if code == "admitted":
            continue
        context = Context(VIEWERS[viewer], None, None)  # type: ignore[arg-type]
        stream: Any = await schema.subscribe(SUBSCRIPTIONS[name], context_value=context)
        reply = await anext(stream)
        assert [error.extensions["code"] for error in reply.errors] == [code], viewer


# One field of each kind that answers cheaply and changes little, through HTTP and real tokens.
PROBES = {
    "Query.carriers": "{ carriers { code } }",
    "Query.myOrderCounts": "{ myOrderCounts { state } }",
    "Query.merchantStock": "{ merchantStock { total } }",
    "Query.platformMerchants": "{ platformMerchants { total } }",
    "Mutation.staffBeginTotp": "mutation { staffBeginTotp { __typename } }",
    "Mutation.merchantAdjustStock": """mutation { __typename merchantAdjustStock(
        skuId: "00000000-0000-0000-0000-000000000001", delta: 1, reason: COUNT, version: 1) { __typename } }""",
    "Mutation.platformRequeueJob": """mutation {
        platformRequeueJob(id: "00000000-0000-0000-0000-000000000001") { __typename } }""",
}


async def test_real_tokens_open_what_the_table_says(
    settings: Settings, clean_database: None, clean_redis: None
) -> None:
    wrong = []
    async with open_client(settings.model_copy(update={"meili_url": None})) as client:
        for viewer, token in (await _tokens(client)).items():
            for path, document in PROBES.items():
                found = await _outcome(client.as_(token), document)
                if found != expected(path, viewer):
                    wrong.append(f"{path} for {viewer}: {found}, not {expected(path, viewer)}")
    assert not wrong, "\n".join(wrong)


async def _outcome(client: Client, document: str) -> str:
    reply = await client.send(document)
    return str(reply["errors"][0]["extensions"]["code"]) if reply.get("errors") else "admitted"


async def _tokens(client: Client) -> dict[str, str | None]:
    database = client.mall.database
    shop = await merchants.merchant(database)
    tokens: dict[str, str | None] = {"nobody": None}
    tokens["member"] = (await members.signed_in(database, await members.member(database))).access
    tokens["partner"] = (await partners.key(database, await partners.partner(database))).secret
    for role in roles.ROLES:
        if role.kind.value == "PLATFORM":
            staff = await members.operator(database, role.name, role=role.name)
        else:
            staff = await members.shopkeeper(database, shop, role.name, role.name)
        async with database.begin() as uow:
            tokens[role.name] = (await sessions.begin(uow, ViewerKind(role.kind.value), staff, "测试机")).access
    return tokens
