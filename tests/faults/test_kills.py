"""kill -9 of every part while people buy. Afterwards nothing they were told is untrue, and no fen is missing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

import asyncpg
import pytest

from tests.factories import members
from tests.faults.books import Books
from tests.faults.conftest import LOGIN, Stalls
from tests.faults.crowd import Buyer, Crowd
from tests.faults.world import DATABASE, World
from tests.journey import documents

BUYERS = 6
BEFORE, AFTER = 2.0, 3.0  # seconds of shopping at least, before the first death and after the last return
SETTLED_WITHIN = 180.0
MOVE = """mutation ($id: ID!, $step: MerchantProductStep!) { merchantMoveProduct(id: $id, step: $step) {
  ... on Product { state } ... on Refused { code message } } }"""
ALL = """query ($filter: ProductFilter) { searchProducts(filter: $filter, first: 50) { fullFeatured nodes { id } } }"""

# One worker for all of them: each worker would start a whole mall of its own.
pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]
_seeds = count(1)


@pytest.mark.parametrize("name", ["api", "worker", "valkey", "meilisearch", "postgres"])
async def test_one_part_is_killed(world: World, stalls: Stalls, name: str) -> None:
    if name not in world.names:
        pytest.skip("no Meilisearch on this machine")
    await survive(world, stalls, [name])


async def test_one_part_after_the_other_is_killed(world: World, stalls: Stalls) -> None:
    await survive(world, stalls, [*world.names, "worker", "api"])


async def survive(world: World, stalls: Stalls, victims: list[str]) -> None:
    async with shopping(world) as crowd:
        keeper = await _keeper(crowd)
        enough = asyncio.Event()
        shoppers = asyncio.create_task(crowd.shop(enough, stalls.prices))
        await asyncio.sleep(BEFORE)
        await _until(lambda: bool(crowd.memory.placed), "nobody could buy")
        for at, name in enumerate(victims):
            await world.kill(name)
            step = "TAKE_OFF_SALE" if at % 2 == 0 else "PUT_ON_SALE"
            moving = asyncio.create_task(keeper.insist(MOVE, id=str(stalls.restless), step=step))
            await asyncio.sleep(0.5)
            await world.revive(name)
            back = time.monotonic()
            await moving
        await asyncio.sleep(AFTER)
        await _until(lambda: any(at > back for at in crowd.memory.placed_at), "nobody could buy any more")
        await _until(lambda: len(crowd.memory.placed) >= BUYERS and bool(crowd.memory.charged), "hardly anybody bought")
        enough.set()
        await shoppers
        if len(victims) % 2:
            await keeper.insist(MOVE, id=str(stalls.restless), step="PUT_ON_SALE")
        await _settles(world, stalls, crowd)
        await _search_is_right(world, crowd)


async def _until(met: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + SETTLED_WITHIN
    while not met():
        assert time.monotonic() < end, otherwise
        await asyncio.sleep(0.1)


@asynccontextmanager
async def shopping(world: World) -> AsyncIterator[Crowd]:
    crowd = Crowd(world.base_url, world.wxsim, BUYERS, next(_seeds))
    try:
        await crowd.come()
        yield crowd
    finally:
        await crowd.go()


async def _keeper(crowd: Crowd) -> Buyer:
    keeper = Buyer(crowd.http, crowd.wxsim, "", crowd.memory, crowd.buyers[0].chances)
    session = await keeper.insist(documents.STAFF_LOGIN, login=LOGIN, password=members.PASSWORD)
    keeper.token = session["accessToken"]
    return keeper


@asynccontextmanager
async def opened(world: World, stalls: Stalls) -> AsyncIterator[Books]:
    url = world.settings().database_url.replace("+asyncpg", "")
    assert url.endswith(f"/{DATABASE}")
    connection = await asyncpg.connect(url)
    try:
        yield Books(connection, await world.wxsim.dump(), stalls.opening)
    finally:
        await connection.close()


async def _settles(world: World, stalls: Stalls, crowd: Crowd) -> None:
    """First by itself; then the buyers call off what they never paid; then the books are closed."""
    # For WeChat a quarter of a minute passes: notices nobody took are tried again.
    await world.wxsim.control("clock.advance", seconds=16)
    await _until_settled(world, stalls)
    async with opened(world, stalls) as books:
        unpaid = await books.unpaid()
    who = {buyer.openid: buyer for buyer in crowd.buyers}
    await asyncio.gather(*(who[row["openid"]].cancel(row["id"]) for row in unpaid if row["openid"] in who))
    await _until_settled(world, stalls)
    async with opened(world, stalls) as books:
        await books.check(crowd.memory)


async def _until_settled(world: World, stalls: Stalls) -> None:
    end = time.monotonic() + SETTLED_WITHIN
    while True:
        async with opened(world, stalls) as books:
            left = await books.unsettled()
        if not left:
            return
        assert time.monotonic() < end, left
        await asyncio.sleep(0.5)


async def _search_is_right(world: World, crowd: Crowd) -> None:
    """What is found is what is on sale, and what is left of it; by the engine, where there is one."""
    url = world.settings().database_url.replace("+asyncpg", "")
    connection = await asyncpg.connect(url)
    on_sale = "select p.id::text from products p where p.state = 'ON_SALE'"
    shelf = "select from skus k join stock s on s.sku_id = k.id where k.product_id = p.id and s.actual > s.held"
    left = f"{on_sale} and exists ({shelf})"
    try:
        wanted = [{row[0] for row in await connection.fetch(query)} for query in (on_sale, left)]
    finally:
        await connection.close()
    end = time.monotonic() + SETTLED_WITHIN
    while True:
        found = [await crowd.buyers[0].insist(ALL, filter=chosen) for chosen in ({}, {"inStock": True})]
        ids = [{node["id"] for node in each["nodes"]} for each in found]
        if ids == wanted and all(each["fullFeatured"] or not world.has_engine for each in found):
            return
        assert time.monotonic() < end, (ids, wanted, found[0]["fullFeatured"])
        await asyncio.sleep(0.25)
