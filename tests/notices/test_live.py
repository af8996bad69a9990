"""From what happens to the bell: the relay writes the notice and calls those whose inbox it is in, nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from domain import notices
from domain.base import Database, ViewerKind
from domain.inventory import StockLow
from jobs.relay import relay_once
from models.notices import Notice
from server.worker import tools_of
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway
from tests.orders.test_graph import Graph
from tests.sockets.conftest import Scene
from tests.sockets.conftest import island as island
from tests.sockets.conftest import scene as scene
from tests.sockets.island import Island, open_raw

ARRIVED = "subscription { merchantNoticeArrived { id createdAt } }"
PAGE = """query($unread: Boolean!) { merchantNotices(unreadOnly: $unread) {
    total unread items { id kind title text subjectId createdAt readAt readBy } } }"""
READ = "mutation($ids: [ID!]) { merchantReadNotices(ids: $ids) { __typename } }"


async def test_the_bell_rings_in_the_shop_it_concerns(island: Island, scene: Scene) -> None:
    desk, rival = await scene.desk(scene.apples, "merchant.shipper"), await scene.desk(scene.potatoes)
    tools = tools_of(island.mall)
    while await relay_once(tools):  # the news that the order was placed
        pass
    async with open_raw(island, desk) as mine, open_raw(island, rival) as other:
        for raw in (mine, other):
            await raw.subscribe("bell", ARRIVED)
            await raw.quiet()
        await island.until("topics", 2)
        async with scene.database.begin() as uow:
            uow.emit(StockLow(scene.apples.sku, 3))
        while await relay_once(tools):
            pass
        heard = await mine.data("bell")
        (row,) = await market.rows(scene.database, Notice)
        assert heard["id"] == str(row["id"])
        await other.quiet()


async def test_a_page_of_the_inbox_is_few_statements_and_reading_empties_the_bell(database: Database) -> None:
    shop = await market.shop(database)
    graph = Graph(database, FakeGateway())
    for at in range(3):
        async with database.begin() as uow:
            await notices.write(uow, "StockLow", {"sku_id": str(shop.sku), "available": at})
    found = await graph.ask(shop.keeper, PAGE, unread=True)
    assert (found["total"], found["unread"], found["items"][0]["kind"]) == (1, 1, "STOCK_LOW")
    assert graph.statements <= 3
    assert await graph.ask(shop.keeper, READ, ids=[found["items"][0]["id"]]) == {"__typename": "Done"}
    found = await graph.ask(shop.keeper, PAGE, unread=False)
    assert (found["total"], found["unread"], found["items"][0]["readBy"]) == (1, 0, "王店主")


@pytest.mark.parametrize("document", ["{ platformNotices { total } }", "{ merchantNotices { total } }"])
async def test_each_house_has_its_own(database: Database, document: str) -> None:
    graph = Graph(database, FakeGateway())
    shop = await market.shop(database)
    for viewer in (shop.keeper, merchants.operator(), (await market.buyer(database)).viewer):
        admitted = ("merchant" in document) == (viewer is shop.keeper) and viewer.kind is not ViewerKind.MEMBER
        answer: Any = await graph.send(viewer, document)
        assert bool(answer.errors) is not admitted
