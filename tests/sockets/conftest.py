"""One order of two shops' trade, and everybody who may or may not hear of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from domain.base import Database, Viewer, ViewerKind, clock
from server.settings import Settings
from tests.factories import members, orders
from tests.factories.orders import Shop
from tests.sockets.island import Island, serve


@dataclass(frozen=True)
class Scene:
    """A trade of two orders; the first is the apples'."""

    apples: Shop
    potatoes: Shop
    buyer: Viewer
    order: UUID
    other: UUID
    database: Database

    async def token(self, viewer: Viewer) -> str:
        return (await members.signed_in(self.database, viewer)).access

    async def desk(self, shop: Shop, role: str | None = None) -> str:
        """The token of somebody who works for the shop."""
        login = f"{role or 'owner'}-{shop.merchant_id}"[:60]
        id = await members.shopkeeper(self.database, shop.merchant_id, login, role)
        return await self.token(Viewer(ViewerKind.MERCHANT, id, merchant_id=shop.merchant_id))

    async def platform(self, role: str) -> str:
        """The token of somebody of the platform's."""
        id = await members.operator(self.database, role, role=role)
        return await self.token(Viewer(ViewerKind.PLATFORM, id))


@pytest.fixture(autouse=True)
def running_clock() -> Iterator[None]:
    yield
    clock.reset()


@pytest.fixture
async def scene(database: Any, clean_redis: None) -> Scene:
    apples, potatoes = await orders.shop(database, price=3990), await orders.shop(database, price=1980)
    who = await orders.buyer(database)
    trade = await orders.placed(database, who, {apples.sku: 2, potatoes.sku: 1})
    made = {row["merchant_id"]: row["id"] for row in await orders.orders_of(database, trade)}
    mine, other = made[apples.merchant_id], made[potatoes.merchant_id]
    return Scene(apples, potatoes, who.viewer, mine, other, database)


@pytest.fixture
async def island(settings: Settings, scene: Scene) -> AsyncIterator[Island]:
    async with serve(settings) as found:
        yield found
