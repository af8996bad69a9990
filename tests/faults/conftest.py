"""One world for all disasters, with a small market in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from domain.crypto import Keyring, vault
from server.database import Database
from tests.factories import catalog, members, merchants
from tests.faults.world import World

LOGIN = "fault-keeper"


@dataclass(frozen=True)
class Stalls:
    """Prices and opening stock by SKU; and the product whose keeper takes it off the shelf now and then."""

    prices: dict[str, int]
    opening: dict[str, int]
    restless: UUID


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    kept = dict(vars(vault))
    try:
        made.start()
        yield made
    finally:
        vars(vault).clear()
        vars(vault).update(kept)  # the other tests of this process have keys of their own
        made.stop()


@pytest.fixture(scope="module")
def stalls(world: World) -> Stalls:
    settings = world.settings()
    vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
    return asyncio.run(_fill(Database(settings)))


async def _fill(database: Database) -> Stalls:
    prices, opening = {}, {}
    first = await merchants.merchant(database)
    second = await merchants.merchant(database)
    for merchant_id in (first, second):
        for price, stock in ((3990, 2000), (1250, 2000), (777, 12)):
            made = await catalog.product(database, merchant_id, skus=(catalog.sku(price=price),), stock=stock)
            prices[str(made.skus[0])], opening[str(made.skus[0])] = price, stock
    restless = await catalog.product(database, first, skus=(catalog.sku(price=100),), stock=5)
    opening[str(restless.skus[0])] = 5
    await members.shopkeeper(database, first, LOGIN)
    await database.close()
    return Stalls(prices, opening, restless.id)
