"""A rush on one SKU while the processes that place its orders are killed -9, again and again, in the middle of groups.

Buyers send what got no answer once more, with the same key, to whichever process listens. In the end the stock is
right to the piece, every key has one trade or none, and everybody has been told which.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx
import pytest

from domain.base import Viewer
from server.database import Database
from tests.factories import catalog, members, merchants
from tests.factories import orders as market
from tests.faults.world import World
from tests.journey import documents

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

# Nobody pays, and ten unpaid trades are the most: together they want more than there is.
BUYERS, EACH, STOCK = 30, 10, 240
DEATHS = 6
# Long enough for several deaths before everything is sold.
PAUSE = 4.0
PATIENCE = 120.0
SCARCE = 2500


@dataclass
class Rush:
    """What everybody was told, by key."""

    placed: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    # Nobody buys the second half before that, however long a process takes to come back.
    second_death: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Buyer:
    http: list[httpx.AsyncClient]
    rush: Rush
    chances: random.Random
    token: str
    address: str

    async def shop(self, sku: str) -> None:
        for at in range(EACH):
            if at == EACH // 2:
                await self.rush.second_death.wait()
            await self.buy(sku)
            await asyncio.sleep(self.chances.random() * PAUSE)

    async def buy(self, sku: str) -> None:
        key = secrets.token_hex(8)
        page = {"lines": [{"skuId": sku, "quantity": 1}], "addressId": self.address, "expectedTotal": SCARCE}
        wanted = {**page, "fromCart": False, "idempotencyKey": key}
        async with asyncio.timeout(PATIENCE):
            while (answer := await self.ask(wanted)) is None:  # noqa: ASYNC110 - as a phone does
                await asyncio.sleep(0.05 + self.chances.random() * 0.2)
        if answer["__typename"] == "Trade":
            self.rush.placed[key] = answer["id"]
        else:
            self.rush.refused[key] = answer["code"]

    async def ask(self, wanted: dict[str, Any]) -> dict[str, Any] | None:
        """None where nothing is known: no connection, no answer, or the mall could not say."""
        body = {"query": documents.PLACE, "variables": {"input": wanted}}
        try:
            reply = await self.chances.choice(self.http).post(
                "/graphql", json=body, headers={"authorization": f"Bearer {self.token}"}
            )
            found = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            self.rush.failures[type(error).__name__] += 1
            return None
        answer: dict[str, Any] | None = (found.get("data") or {}).get("placeOrder")
        if answer is None or answer.get("code") in ("UNAVAILABLE", "BUSY"):
            self.rush.failures[str(answer or found.get("errors"))[:80]] += 1
            return None
        return answer


async def test_processes_are_killed_in_the_middle_of_groups(world: World) -> None:
    second = await world.another_api("api-2")
    database = Database(world.settings())
    rush = Rush()
    http = [httpx.AsyncClient(base_url=url, timeout=15, trust_env=False) for url in (world.base_url, second)]
    try:
        sku = await _scarce(database)
        buyers = [await _buyer(database, http, rush, at) for at in range(BUYERS)]
        rushing = [asyncio.create_task(buyer.shop(sku)) for buyer in buyers]
        deaths = await _kill_until_sold(world, rush, rushing)
        await asyncio.gather(*rushing)
        await _check(world, rush, sku)
    finally:
        for client in http:
            await client.aclose()
        await database.close()
    assert deaths >= 2
    assert rush.failures, "nobody noticed that processes died"


async def _kill_until_sold(world: World, rush: Rush, rushing: list[asyncio.Task[None]]) -> int:
    chances, deaths = random.Random(7), 0
    for victim in itertools.islice(itertools.cycle(["api", "api-2"]), DEATHS):
        await asyncio.sleep(0.3 + chances.random())
        if all(task.done() for task in rushing):
            break
        await world.kill(victim)
        deaths += 1
        if deaths == 2:
            rush.second_death.set()
        await world.revive(victim)
    return deaths


async def _check(world: World, rush: Rush, sku: str) -> None:
    connection = await asyncpg.connect(world.settings().database_url.replace("+asyncpg", ""))
    try:
        rows = await connection.fetch(
            """select t.idempotency_key as key, t.id::text, count(o.id) as orders, sum(l.quantity) as pieces
            from trades t join orders o on o.trade_id = t.id join order_lines l on l.order_id = o.id
            where l.sku_id = $1::uuid group by t.id""",
            sku,
        )
        stock = await connection.fetchrow("select actual, held from stock where sku_id = $1::uuid", sku)
        held = await connection.fetchval(
            "select sum(quantity) from stock_holds where sku_id = $1::uuid and state = 'HELD'", sku
        )
        told = await connection.fetchval(
            "select count(*) from order_steps join order_lines using (order_id) where sku_id = $1::uuid", sku
        )
    finally:
        await connection.close()
    there = {row["key"]: row["id"] for row in rows}
    assert len(there) == len(rows), "a key has two trades"
    assert there == rush.placed, "what was acknowledged is not what is there"
    assert set(rush.refused.values()) <= {"OUT_OF_STOCK"}
    assert len(rush.placed) + len(rush.refused) == BUYERS * EACH
    assert {(row["orders"], row["pieces"]) for row in rows} == {(1, 1)}
    assert tuple(stock or ()) == (STOCK, STOCK)
    assert held == told == len(rows) == STOCK


async def _scarce(database: Database) -> str:
    shop = await merchants.merchant(database)
    made = await catalog.product(database, shop, skus=(catalog.sku(price=SCARCE),), stock=STOCK)
    return str(made.skus[0])


async def _buyer(database: Database, http: list[httpx.AsyncClient], rush: Rush, at: int) -> Buyer:
    viewer: Viewer = await members.member(database)
    who = await market.with_address(database, viewer)
    tokens = await members.signed_in(database, viewer)
    return Buyer(http, rush, random.Random(at), tokens.access, str(who.address_id))
