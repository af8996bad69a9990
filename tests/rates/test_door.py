"""Limits as callers meet them: over HTTP, on the whole application, with the rates of production."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest
from sqlalchemy import text

from domain.base import Budget, ViewerKind
from domain.members import sessions
from server import uploads
from server.app import create_app
from server.budgets import COST_HEADER
from server.database import Database
from server.embedded.state import StateDir
from server.embedded.valkey import Valkey
from server.settings import Settings
from tests.client import Client, lifespan, open_client
from tests.factories import members, merchants

Opened: TypeAlias = Callable[..., AbstractAsyncContextManager[Client]]
ME = "{ me { id } }"
WRONG = '%s: staffLogin(login: "%s", password: "wrong") { __typename ... on Refused { code } }'


@pytest.fixture
def opened(strict: Settings, database: Database, clean_redis: None, tmp_path: Path) -> Opened:
    """A mall with limits of one's own, behind no proxy unless it is said."""

    @asynccontextmanager
    async def open_it(**sizes: Any) -> AsyncIterator[Client]:
        async with open_client(strict.model_copy(update={"meili_url": None, "state_dir": tmp_path, **sizes})) as client:
            yield client

    return open_it


async def post(client: Client, query: str, **headers: str) -> httpx.Response:
    if client.token:
        headers["authorization"] = f"Bearer {client.token}"
    return await client.http.post("/graphql", json={"query": query}, headers=headers)


async def buyer(client: Client) -> Client:
    database = client.mall.database
    return client.as_((await members.signed_in(database, await members.member(database))).access)


def together(fields: Iterable[str]) -> str:
    """One mutation of many fields."""
    return f"mutation {{ {' '.join(fields)} }}"


def code_of(reply: httpx.Response) -> str:
    return str(reply.json()["errors"][0]["extensions"]["code"])


# ------------------------------------------------------------------------------------------------ attempts
async def test_aliased_logins_are_counted_each(opened: Opened) -> None:
    async with opened() as client:
        ten = together(WRONG % (f"a{number}", "admin") for number in range(10))
        found = (await post(client, ten)).json()["data"]
        assert [value["__typename"] for value in found.values()] == ["Refused"] * 4 + ["LockedOut"] * 6
        reply = await post(client, together([WRONG % ("a", "ADMIN ")]))
        assert (reply.status_code, code_of(reply)) == (429, "THROTTLED")
        assert 1 <= int(reply.headers["retry-after"]) <= 30
        assert f"{reply.headers['retry-after']} 秒后再试" in reply.json()["errors"][0]["message"]
        assert (await post(client, together([WRONG % ("a", "other")]))).status_code == 200


async def test_addresses_are_counted_apart_and_only_proxies_name_them(opened: Opened) -> None:
    async def tries(client: Client, forwarded: str, many: int) -> int:
        renewals = (f'a{number}: staffRefresh(refreshToken: "{number}") {{ __typename }}' for number in range(many))
        reply = await post(client, together(renewals), **{"x-forwarded-for": forwarded})
        return reply.status_code

    async with opened(trusted_proxies=(ip_network("127.0.0.1"),)) as client:
        assert [await tries(client, "203.0.113.1", many) for many in (9, 9, 9, 9)] == [200] * 3 + [429]
        assert await tries(client, "203.0.113.2", 9) == 200
        assert await tries(client, "6.6.6.6, 203.0.113.1", 9) == 429  # a lie left of the truth
    async with opened() as client:
        assert [await tries(client, f"203.0.113.{many}", 9) for many in range(10, 14)] == [200] * 3 + [429]


async def test_tables_have_a_rate_before_they_are_read(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 3)
    async with opened() as client:
        database = client.mall.database
        staff = await members.shopkeeper(database, await merchants.merchant(database))
        async with database.begin() as uow:
            token = (await sessions.begin(uow, ViewerKind.MERCHANT, staff, "测试机")).access
        headers = {"authorization": f"Bearer {token}", "content-type": "text/csv"}
        replies = [await client.http.post("/uploads/products", content=b"none", headers=headers) for _ in range(4)]
        assert [reply.status_code for reply in replies] == [400, 400, 400, 429]
        assert replies[-1].json()["code"] == "THROTTLED"
        assert int(replies[-1].headers["retry-after"]) >= 1


# ------------------------------------------------------------------------------------------------ budgets
async def test_a_member_who_has_spent_the_budget_is_told_when_to_come_back(opened: Opened) -> None:
    async with opened(member_budget=Budget(1, 40)) as client:
        greedy, other = await buyer(client), await buyer(client)
        many = together(f"a{number}: me {{ id }}" for number in range(10)).replace("mutation", "query")
        replies = [await post(greedy, many) for _ in range(6)]
        assert [reply.status_code for reply in replies] == [200] * 4 + [429] * 2
        assert code_of(replies[-1]) == "THROTTLED"
        assert 1 <= int(replies[-1].headers["retry-after"]) <= 10
        assert (await post(other, many)).status_code == 200


async def test_the_price_is_told_to_members_who_ask(opened: Opened) -> None:
    async with opened() as client:
        member = await buyer(client)
        assert "extensions" not in (await post(member, ME)).json()
        told = (await post(member, ME, **{COST_HEADER: "1"})).json()["extensions"]["cost"]
        assert told["requestedQueryCost"] == told["actualQueryCost"] == 1
        assert told["throttleStatus"]["maximumAvailable"] == 10_000
        # Whoever is not signed in gets answers that others may get too.
        assert "extensions" not in (await post(client, ME, **{COST_HEADER: "1"})).json()


async def test_strangers_are_counted_by_address_and_kept_answers_are_free(opened: Opened) -> None:
    async with opened(address_budget=Budget(1, 40), kept_megabytes=8) as client:
        kept, mine = "{ categories { id } }", (f"a{number}: me {{ id }}" for number in range(19))
        many = together(mine).replace("mutation", "query")
        transport: Any = client.http._transport
        # Nothing is kept before the process hears of changes.
        await _until(lambda: transport.app.state.responses.news.standing)
        assert [(await post(client, kept)).status_code for _ in range(2)] == [200] * 2
        assert client.mall.counters.snapshot()["figures"]["responses.memory"]
        assert [(await post(client, many)).status_code for _ in range(4)] == [200, 200, 429, 429]
        assert [(await post(client, kept)).status_code for _ in range(3)] == [200] * 3


# ------------------------------------------------------------------------------------------------ rooms and time
async def test_a_full_house_answers_busy_and_the_checkout_goes_on(opened: Opened) -> None:
    sizes = {"room_browse": 1, "queue_seconds": 0.05, "deadline_browse": 60.0}
    async with opened(**sizes) as client, _locked(client, "banners"):
        waiting = asyncio.create_task(post(client, "{ banners { id } }"))
        await _until(lambda: client.mall.admission.snapshot()["browse"]["running"] == 1)
        member = await buyer(client)
        reply = await post(member, ME)
        assert (reply.status_code, code_of(reply)) == (503, "BUSY")
        assert 1 <= int(reply.headers["retry-after"]) <= 4
        order = 'mutation { payTrade(tradeId: "00000000-0000-0000-0000-000000000001") { ... on Refused { code } } }'
        assert (await post(member, order)).json() == {"data": {"payTrade": {"code": "NOT_FOUND"}}}
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await _until(lambda: client.mall.admission.snapshot()["browse"]["running"] == 0)
        assert (await post(member, ME)).status_code == 200


@pytest.mark.parametrize("signed_in", [True, False])
async def test_past_its_deadline_an_operation_ends_and_its_connection_is_good(opened: Opened, signed_in: bool) -> None:
    async with opened(deadline_browse=2.0) as client:
        caller = await buyer(client) if signed_in else client
        async with _locked(client, "banners"):
            reply = await post(caller, "{ banners { id } }")
            assert (reply.status_code, code_of(reply)) == (503, "DEADLINE")
            assert reply.headers["retry-after"] == "1"
            assert await _waiting_statements(client) == 0
        assert (await post(caller, "{ banners { id } }")).json() == {"data": {"banners": []}}


@asynccontextmanager
async def _locked(client: Client, table: str) -> AsyncIterator[None]:
    """Meanwhile every statement on the table waits."""
    async with client.mall.database.begin() as uow:
        await uow.session.execute(text(f"lock table {table} in access exclusive mode"))
        yield


async def _waiting_statements(client: Client) -> int:
    """Statements that still wait for a lock a moment later."""
    waiting = text(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    )
    for _ in range(200):
        async with client.mall.database.read() as session:
            if not await session.scalar(waiting):
                return 0
        await asyncio.sleep(0.1)
    return 1


async def _until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not met():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


# ------------------------------------------------------------------------------------------------ without Valkey
async def test_without_valkey_the_mall_goes_on(strict: Settings, database: Database, tmp_path: Path) -> None:
    """Signing in of staff is still counted and locked: by PostgreSQL."""
    state = StateDir(tmp_path)
    state.prepare()
    server = Valkey(state, durable=False)
    server.start()
    await members.operator(database)
    app = create_app(strict.model_copy(update={"meili_url": None, "redis_url": server.url}))
    async with lifespan(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://mall", timeout=60) as http:
            client = Client(http, app.state.mall)
            assert (await post(client, ME)).status_code == 200
            server.stop()
            member = await buyer(client)
            replies = [await post(member, ME) for _ in range(3)]
            assert [reply.json()["data"]["me"] is not None for reply in replies] == [True] * 3
            many = together(WRONG % (f"a{number}", "admin") for number in range(12))
            found = (await post(client, many)).json()["data"]
            assert [value["__typename"] for value in found.values()] == ["Refused"] * 4 + ["LockedOut"] * 8
