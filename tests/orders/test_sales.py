"""Sold counts: once for each sale, gone again with its refund, whatever is repeated."""

from __future__ import annotations

import asyncio
from uuid import UUID

from domain import orders
from domain.base import Database
from models.catalog import Product
from models.merchants import Merchant
from models.outbox import OutboxEvent
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.orders.gateway import FakeGateway


async def count(database: Database, order_id: UUID) -> None:
    async with database.begin() as uow:
        await orders.count_sale(uow, order_id)


async def sold(database: Database, shop: Shop) -> tuple[int, int]:
    product = await market.row(database, Product, shop.product.id)
    merchant = await market.row(database, Merchant, shop.merchant_id)
    return product["sold_count"], merchant["sold_count"]


async def test_a_sale_counts_once_and_its_refund_takes_it_back_once(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 3}))
    await asyncio.gather(*(count(database, order["id"]) for _ in range(4)))
    assert await sold(database, shop) == (3, 3)
    assert len(await market.rows(database, OutboxEvent, name="SoldCountChanged")) == 1
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "果园受灾", restock=True)
    await asyncio.gather(*(count(database, order["id"]) for _ in range(4)))
    assert await sold(database, shop) == (0, 0)


async def test_what_was_refunded_before_it_was_counted_never_counts(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 3}))
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "果园受灾", restock=True)
    await count(database, order["id"])
    assert await sold(database, shop) == (0, 0)


async def test_an_unpaid_order_is_no_sale(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    await count(database, (await market.order_of(database, await market.placed(database, who, {shop.sku: 3})))["id"])
    assert await sold(database, shop) == (0, 0)
