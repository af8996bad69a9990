"""The platform's hand on partners through the graph: what it sees, what it changes, and the one look at a secret."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.base import ViewerKind, clock
from domain.members import roles
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import members
from tests.factories.partners import key, partner
from tests.partners.test_rules import SECRET, found_in_database

REFUSED = "... on Refused { code message field }"
ROW = "id name contact note pointsPerSecond burst state version keys { id label lastFour state lastUsedAt expiresAt }"
LIST = f"query($text: String) {{ platformPartners(text: $text) {{ total items {{ {ROW} }} }} }}"
SAVE = f"""mutation($id: ID, $input: PartnerInput!) {{
    platformSavePartner(id: $id, input: $input) {{ __typename {REFUSED} ... on Partner {{ {ROW} }} }} }}"""
ISSUE = f"""mutation($id: ID!, $label: String!, $expiresAt: DateTime) {{
    platformIssuePartnerKey(partnerId: $id, label: $label, expiresAt: $expiresAt) {{ __typename {REFUSED}
    ... on IssuedPartnerKey {{ secret key {{ id lastFour state }} partner {{ name keys {{ id }} }} }} }} }}"""
FIRM = {"name": "滇味比价", "contact": "api@example.cn", "pointsPerSecond": 100, "burst": 5000}


def step(name: str) -> str:
    return f"mutation($id: ID!) {{ {name}(id: $id) {{ __typename {REFUSED} ... on Partner {{ {ROW} }} }} }}"


@pytest.fixture
async def anyone(settings: Settings, clean_database: None, clean_redis: None, tmp_path: Path) -> AsyncIterator[Client]:
    async with open_client(settings.model_copy(update={"state_dir": tmp_path, "meili_url": None})) as client:
        yield client


@pytest.fixture
async def admin(anyone: Client) -> Client:
    return await staff(anyone, roles.SUPER_ADMIN.name)


async def staff(client: Client, role: str) -> Client:
    id = await members.operator(client.mall.database, login=role, role=role)
    viewer = members.Viewer(ViewerKind.PLATFORM, id)
    return client.as_((await members.signed_in(client.mall.database, viewer)).access)


async def test_a_partner_is_made_changed_stopped_and_resumed(admin: Client) -> None:
    assert await admin.ask(LIST) == {"total": 0, "items": []}
    made = await admin.ask(SAVE, input=FIRM)
    assert (made["state"], made["version"], made["keys"], made["note"]) == ("ACTIVE", 1, [], "")
    changed = await admin.ask(SAVE, id=made["id"], input={**FIRM, "burst": 9000, "note": "试用到年底", "version": 1})
    assert (changed["burst"], changed["note"], changed["version"]) == (9000, "试用到年底", 2)
    late = await admin.ask(SAVE, id=made["id"], input={**FIRM, "version": 1})
    assert (late["code"], late["field"]) == ("CONFLICT", "version")
    bad = await admin.ask(SAVE, input={**FIRM, "name": "另一家", "burst": 1})
    assert (bad["code"], bad["field"]) == ("BAD_USER_INPUT", "burst")
    assert (await admin.ask(step("platformStopPartner"), id=made["id"]))["state"] == "STOPPED"
    assert (await admin.ask(step("platformStopPartner"), id=made["id"]))["code"] == "WRONG_STATE"
    assert (await admin.ask(step("platformResumePartner"), id=made["id"]))["state"] == "ACTIVE"
    assert [row["name"] for row in (await admin.ask(LIST, text="比价"))["items"]] == ["滇味比价"]
    assert (await admin.ask(LIST, text="%"))["total"] == 0


async def test_a_secret_is_shown_once_and_by_nothing_else(admin: Client, capfd: pytest.CaptureFixture[str]) -> None:
    firm = await admin.ask(SAVE, input=FIRM)
    issued = await admin.ask(ISSUE, id=firm["id"], label="正式环境")
    assert re.fullmatch(SECRET, issued["secret"])
    assert issued["key"] == {"id": issued["key"]["id"], "lastFour": issued["secret"][-4:], "state": "GOOD"}
    assert issued["partner"] == {"name": "滇味比价", "keys": [{"id": issued["key"]["id"]}]}
    everything = "\n".join([str(await admin.ask(LIST)), str(await admin.ask("{ platformAudit { items { detail } } }"))])
    assert issued["secret"][-4:] in everything
    assert issued["secret"][4:-4] not in everything
    assert await found_in_database(admin.mall.database, issued["secret"]) == set()
    out, err = capfd.readouterr()
    assert issued["secret"][4:-4] not in out + err


async def test_keys_come_and_go(admin: Client) -> None:
    id = (await admin.ask(SAVE, input=FIRM))["id"]
    ends = (clock.now() + timedelta(days=30)).isoformat()
    first = await admin.ask(ISSUE, id=id, label="旧", expiresAt=ends)
    assert (await admin.ask(ISSUE, id=id, label="新"))["__typename"] == "IssuedPartnerKey"
    assert (await admin.ask(ISSUE, id=id, label="多"))["code"] == "TWO_KEYS_ALREADY"
    revoked = await admin.ask(step("platformRevokePartnerKey"), id=first["key"]["id"])
    assert [(row["label"], row["state"], row["lastUsedAt"]) for row in revoked["keys"]] == [
        ("新", "GOOD", None),
        ("旧", "REVOKED", None),
    ]
    assert (await admin.ask(step("platformRevokePartnerKey"), id=first["key"]["id"]))["code"] == "WRONG_STATE"
    assert (await admin.ask(step("platformRevokePartnerKey"), id=id))["code"] == "NOT_FOUND"
    assert (await admin.ask(ISSUE, id=id, label=" "))["field"] == "label"


async def test_the_use_of_a_key_is_seen(admin: Client) -> None:
    database = admin.mall.database
    issued = await key(database, await partner(database))
    await admin.mall.viewers.of(f"Bearer {issued.secret}")
    (row,) = (await admin.ask(LIST))["items"]
    assert row["keys"][0]["lastUsedAt"] is not None


@pytest.mark.parametrize(
    ("role", "sees"), [("platform.operator", True), ("platform.auditor", True), ("platform.support", False)]
)
async def test_only_the_administrator_gives_keys(anyone: Client, role: str, sees: bool) -> None:
    id = str(await partner(anyone.mall.database))
    other = await staff(anyone, role)
    assert ("errors" not in await other.send(LIST)) is sees
    for document, variables in (
        (SAVE, {"input": FIRM}),
        (ISSUE, {"id": id, "label": "x"}),
        (step("platformStopPartner"), {"id": id}),
        (step("platformRevokePartnerKey"), {"id": id}),
    ):
        assert code(await other.send(document, **variables)) == "FORBIDDEN"


async def test_a_partner_is_no_staff(anyone: Client) -> None:
    issued = await key(anyone.mall.database, await partner(anyone.mall.database))
    outside = anyone.as_(issued.secret)
    assert code(await outside.send(LIST)) == "FORBIDDEN"
    assert code(await outside.send("{ cart { total } }")) == "FORBIDDEN"
    assert await outside.ask("{ me { id } }") is None
    assert await outside.ask("{ staffMe { id } }") is None


def code(reply: dict[str, Any]) -> str:
    return str(reply["errors"][0]["extensions"]["code"])
