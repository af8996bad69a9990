"""What one member may keep from others without paying, as the platform sets it."""

from __future__ import annotations

import pytest

from domain import orders
from domain.base import Database, Forbidden, TooMany
from domain.orders import Limits
from models.audit import AuditEntry
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway
from tests.orders.test_graph import Graph

SET = """mutation($trades: Int!, $pieces: Int!) { platformSetOrderLimits(mostUnpaid: $trades, mostPieces: $pieces) {
    __typename ... on OrderLimits { mostUnpaid mostPieces } ... on Refused { code field message } } }"""
READ = "{ platformOrderLimits { mostUnpaid mostPieces } }"


async def set_to(database: Database, most_unpaid: int, most_pieces: int) -> None:
    async with database.begin() as uow:
        await orders.set_limits(uow, merchants.operator(), Limits(most_unpaid, most_pieces))


async def test_what_is_set_holds_from_the_next_order_on(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    for _ in range(3):
        await market.placed(database, who, {shop.sku: 2})
    await set_to(database, 3, 999)
    with pytest.raises(TooMany, match="您有 3 笔订单尚未支付"):
        await market.placed(database, who, {shop.sku: 1})
    await set_to(database, 10, 7)
    await market.placed(database, who, {shop.sku: 1})
    with pytest.raises(TooMany, match="未支付订单中同一规格最多 7 件"):
        await market.placed(database, who, {shop.sku: 1})
    assert await market.stock(database, shop.sku) == (100, 7)


async def test_more_stand_unpaid_than_are_allowed_now(database: Database) -> None:
    """The count that is said is the member's own, also where the limit came down below it."""
    shop, who = await market.shop(database), await market.buyer(database)
    for _ in range(3):
        await market.placed(database, who, {shop.sku: 1})
    await set_to(database, 1, 999)
    with pytest.raises(TooMany, match="您有 3 笔"):
        await market.placed(database, who, {shop.sku: 1})


@pytest.mark.parametrize(
    ("trades", "pieces", "field"),
    [(0, 9, "mostUnpaid"), (51, 9, "mostUnpaid"), (5, 0, "mostPieces"), (5, 1000, "mostPieces")],
)
async def test_limits_have_bounds(database: Database, trades: int, pieces: int, field: str) -> None:
    graph = Graph(database, FakeGateway())
    refused = await graph.ask(merchants.operator(), SET, trades=trades, pieces=pieces)
    assert (refused["code"], refused["field"]) == ("BAD_USER_INPUT", field)
    assert await graph.ask(merchants.operator(), READ) == {"mostUnpaid": 10, "mostPieces": 999}


async def test_the_console_reads_and_sets_them(database: Database) -> None:
    graph = Graph(database, FakeGateway())
    for trades in (5, 6):
        answer = await graph.ask(merchants.operator(), SET, trades=trades, pieces=50)
        assert answer == {"__typename": "OrderLimits", "mostUnpaid": trades, "mostPieces": 50}
    assert await graph.ask(merchants.operator(), READ) == {"mostUnpaid": 6, "mostPieces": 50}
    entries = await market.rows(database, AuditEntry, action="order.limits")
    assert [entry["detail"]["most_unpaid"] for entry in entries] == [5, 6]


async def test_nobody_else_sets_them(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    for viewer in (shop.keeper, who.viewer):
        async with database.begin() as uow:
            with pytest.raises(Forbidden):
                await orders.set_limits(uow, viewer, Limits(5, 5))
