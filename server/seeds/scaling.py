"""A mall a hundred times as busy, to measure: blocks of 20,000 products, 200,000 orders, 4,000 stories; by COPY."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from sqlalchemy import func, select, text, update

from domain.base import UnitOfWork, clock
from models.base import Base
from models.catalog import Brand, Product, ProductAttribute, ProductImage, SearchIndex, Sku
from models.community import Post, PostGood, PostWords
from models.delivery import Shipment, ShipmentLine
from models.freight import FreightFree, FreightRule, FreightTemplate
from models.inventory import Stock, StockHold, StockMove
from models.members import Member
from models.merchants import Merchant
from models.orders import Order, OrderLine, OrderStep, Trade
from models.payments import Payment, PaymentPart
from server.database import Database
from server.seeds.bulk_goods import BulkGoods
from server.seeds.bulk_orders import BulkOrders
from server.seeds.bulk_stories import SHOW, BulkStories
from server.settings import Settings

Progress = Callable[[str, int, int], None]
T = TypeVar("T")

CHUNK = 4_000
COPY_SECONDS = 300.0
# Written in this order: each row refers only to what is there before it.
GOODS = (
    *(Merchant, FreightTemplate, FreightRule, FreightFree, Brand),
    *(Product, ProductAttribute, Sku, ProductImage, Stock, StockMove),
)
TRADES = (Trade, Order, OrderLine, OrderStep, Payment, PaymentPart, Shipment, ShipmentLine, StockHold, StockMove)
STORIES = (Post, PostWords, PostGood)


@dataclass(frozen=True)
class Size:
    """What one block has."""

    products: int = 20_000
    orders: int = 200_000
    members: int = 10_000
    shops: int = 200
    stories: int = 4_000


WHOLE = Size()


async def scale(database: Database, settings: Settings, n: int, progress: Progress, size: Size = WHOLE) -> None:
    """Adds blocks until there are `n` of them beside the demo, each whole or not at all; all constraints hold.

    The orders are past: none of them waits for a timer. Refused in production.
    """
    if settings.env == "production":
        raise RuntimeError("Made-up orders are not for production.")
    async with database.read() as session:
        found = await session.scalar(select(func.count()).select_from(Merchant).where(Merchant.slug.like("bulk-%-0")))
    for block in range(found or 0, n):
        async with database.begin() as uow:
            await _add_block(uow, block, n, progress, size)


async def _add_block(uow: UnitOfWork, block: int, blocks: int, progress: Progress, size: Size) -> None:
    connection = await _raw(uow)
    where = f"（{block + 1}/{blocks}）" if blocks > 1 else ""
    goods = BulkGoods(block, size.products, size.shops, *await _of_demo(uow), clock.now())
    orders = BulkOrders(goods, size.orders, size.members, await _serials(uow, 2 * size.orders))
    await _copy(connection, Member, orders.members())
    for done, rows in _chunked(goods.products(orders.sold), 1_000):
        await _copy_all(connection, GOODS, rows)
        progress(f"商品{where}", done, size.products)
    for done, rows in _chunked(orders.trades(), CHUNK):
        await _copy_all(connection, TRADES, rows)
        progress(f"订单{where}", done, size.orders)
    for done, rows in _chunked(BulkStories(goods, size.stories, size.members).rows(), CHUNK):
        await _copy_all(connection, STORIES, rows)
        progress(f"故事{where}", done, size.stories)
    await uow.session.execute(text(SHOW))
    progress(f"统计信息{where}", 1, 1)
    await uow.session.execute(text("analyze"))
    # An index that was built otherwise is built anew by the worker: it has all the products to read.
    await uow.session.execute(update(SearchIndex).values(fingerprint=""))


async def _of_demo(uow: UnitOfWork) -> tuple[list[tuple[UUID, str, int]], list[tuple[UUID, UUID, str]]]:
    """Pictures of the demo's goods, and what they say under attributes."""
    shown = select(ProductImage.product_id, ProductImage.key, ProductImage.position)
    said = select(ProductAttribute.product_id, ProductAttribute.attribute_id, ProductAttribute.value)
    pictures = [(product, key, position) for product, key, position in await uow.session.execute(shown)]
    return pictures, [(product, attribute, value) for product, attribute, value in await uow.session.execute(said)]


async def _raw(uow: UnitOfWork) -> asyncpg.Connection:
    raw = await (await uow.session.connection()).get_raw_connection()
    connection: asyncpg.Connection = raw.driver_connection
    return connection


async def _serials(uow: UnitOfWork, count: int) -> int:
    """Reserves `count` readable numbers; answers the first."""
    reserve = text("select setval('order_numbers', nextval('order_numbers') + :count)")
    last: int = (await uow.session.execute(reserve, {"count": count})).scalar_one()
    return last - count


def _chunked(items: Iterable[T], size: int) -> Iterator[tuple[int, list[T]]]:
    """Lists of up to `size`, each with the count of items so far."""
    rest, done = iter(items), 0
    while chunk := list(islice(rest, size)):
        done += len(chunk)
        yield done, chunk


async def _copy_all(
    connection: asyncpg.Connection, tables: Sequence[type[Base]], groups: Iterable[Iterable[tuple[str, dict[str, Any]]]]
) -> None:
    by_table: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for group in groups:
        for table, row in group:
            by_table[table].append(row)
    for model in tables:
        await _copy(connection, model, by_table[model.__tablename__])


async def _copy(connection: asyncpg.Connection, model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        columns = list(listed[0])
        records = [tuple(row.values()) for row in listed]
        await connection.copy_records_to_table(
            model.__tablename__, records=records, columns=columns, timeout=COPY_SECONDS
        )
