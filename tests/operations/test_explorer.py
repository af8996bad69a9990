"""Writing operations freely: a door of its own, for staff with the permission, and only where it is switched on."""

from __future__ import annotations

from typing import Any

import pytest

from domain.base import ViewerKind
from domain.members import roles, sessions
from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import members

PATH = "/graphql/explorer"
QUERY = "{ __schema { queryType { name } } categories { name } }"

pytestmark = pytest.mark.usefixtures("clean_database")


async def token_of(client: Client, who: str) -> str | None:
    database = client.mall.database
    if who == "anyone":
        return None
    if who == "member":
        return (await members.signed_in(database, await members.member(database))).access
    id = await members.operator(database, login=who, role=who)
    async with database.begin() as uow:
        return (await sessions.begin(uow, ViewerKind.PLATFORM, id, "测试机")).access


async def explore(client: Client, token: str | None, path: str = PATH) -> tuple[int, dict[str, Any]]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    reply = await client.http.post(path, json={"query": QUERY}, headers=headers)
    is_json = reply.headers.get("content-type", "").startswith("application/")
    return reply.status_code, reply.json() if is_json else {}


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("anyone", 401, "UNAUTHENTICATED"),
        ("member", 403, "FORBIDDEN"),
        (roles.OPERATOR.name, 403, "FORBIDDEN"),
        (roles.AUDITOR.name, 403, "FORBIDDEN"),
    ],
)
async def test_whoever_lacks_the_permission_is_turned_away(
    settings: Settings, who: str, status: int, code: str
) -> None:
    async with open_client(settings) as client:
        answered, body = await explore(client, await token_of(client, who))
    assert (answered, body["errors"][0]["extensions"]["code"]) == (status, code)
    assert "data" not in body


@pytest.mark.parametrize("env", ["test", "production"])
async def test_an_administrator_may_write_freely_and_ask_the_schema_about_itself(settings: Settings, env: str) -> None:
    async with open_client(settings.model_copy(update={"env": env, "explorer": True})) as client:
        token = await token_of(client, roles.SUPER_ADMIN.name)
        status, body = await explore(client, token)
        assert (status, body["data"]["__schema"]) == (200, {"queryType": {"name": "Query"}})
        assert "cost" in body["extensions"], "who writes freely sees what it costs"


async def test_the_pages_door_makes_no_exception_for_anybody(settings: Settings) -> None:
    strict = {"env": "production", "trusted_only": True, "explorer": True}
    async with open_client(settings.model_copy(update=strict)) as client:
        token = await token_of(client, roles.SUPER_ADMIN.name)
        status, body = await explore(client, token, "/graphql")
    assert (status, body["errors"][0]["extensions"]["code"]) == (400, "UNKNOWN_DOCUMENT")


async def test_where_it_is_off_there_is_no_such_door(settings: Settings) -> None:
    async with open_client(settings.model_copy(update={"explorer": False})) as client:
        token = await token_of(client, roles.SUPER_ADMIN.name)
        assert (await explore(client, token))[0] in (404, 405)
        assert await client.as_(token).ask("{ platformExplorer }") is False


def test_production_has_it_off_unless_it_is_switched_on() -> None:
    chosen = Settings.model_fields["explorer"].default_factory
    assert chosen is not None
    assert [chosen({"env": env}) for env in ("development", "test", "production")] == [True, True, False]  # type: ignore[call-arg]
