"""How long a recall of ten thousand orders takes: from its word to the last buyer told and granted his money.

The orders are made up, each with payment, parcel and lines (`--scale` makes more of them); what is made here besides is
only which lot was in their parcels. Sending the refunds to WeChat Pay is the worker's, at a pace of its own.
"""

from __future__ import annotations

import time
from uuid import UUID

import asyncpg

from bench.rows import Goal, Row
from bench.world import World
from domain import recalls
from domain.base import SYSTEM
from domain.crypto import signer
from server.database import Database
from server.seeds.scaling import Size, scale

ORDERS = 10_000
# Nine of ten made-up orders have a parcel.
ENOUGH = Size(products=500, orders=12_000, members=3_000, shops=20)
WHY = "抽检不合格，演练"
PARCELS = """
INSERT INTO parcel_lots (id, shipment_id, order_id, order_line_id, lot_id, sku_id, units)
SELECT gen_random_uuid(), sent.id, sent.order_id, line.id, $1, $2, line.shipped_quantity
FROM (SELECT id, order_id FROM shipments WHERE tracking_number LIKE 'BULK%' ORDER BY order_id LIMIT $3) sent
CROSS JOIN LATERAL (SELECT id, shipped_quantity FROM order_lines WHERE order_id = sent.order_id LIMIT 1) line
"""
SHELF = """
SELECT shelf.lot_id, shelf.sku_id FROM lot_stock shelf JOIN lots ON lots.id = shelf.lot_id
WHERE lots.state = 'OPEN' AND NOT EXISTS (SELECT FROM parcel_lots WHERE lot_id = lots.id) LIMIT 1
"""


async def recalled(world: World) -> list[Row]:
    """Orders per second of one process, and the seconds until the lot was stopped everywhere."""
    database = Database(world.settings)
    signer.configure(world.settings.trace_keyring)
    try:
        await scale(database, world.settings, 1, lambda *told: None, ENOUGH)
        lot_id = await _sent_to_many(world)
        async with database.read() as session:
            plan = await recalls.plan(session, lot_id)
        if plan.orders != ORDERS:
            raise RuntimeError(f"the lot went to {plan.orders} orders, not to {ORDERS}")
        started = time.perf_counter()
        async with database.begin() as uow:
            id = await recalls.start(uow, SYSTEM, lot_id, WHY)
        stopped = time.perf_counter() - started
        while await recalls.proceed(database, id):
            pass
        took = time.perf_counter() - started
        async with database.read() as session:
            figures = (await recalls.figures_by_recall(session, [id], frozenset()))[id]
    finally:
        await database.close()
    missing = Row(
        "orders of it not told or not granted", "", ORDERS - figures["done"], None, goal=Goal(0, False), unit=""
    )
    return [
        Row(f"recall of {ORDERS:,} orders: all stopped and written down", "", stopped * 1000, None, unit=" ms"),
        Row("every buyer told and granted the money", "", took, None, unit=" s"),
        Row("orders of a recall", "", ORDERS / took, None),
        missing,
    ]


async def _sent_to_many(world: World) -> UUID:
    """A lot of the demo that was, so to speak, in ten thousand parcels."""
    connection = await asyncpg.connect(world.settings.database_url.replace("+asyncpg", ""))
    try:
        async with connection.transaction():
            # What the lot holds and what other products' orders got of it do not match, on purpose.
            await connection.execute("set local session_replication_role = replica")
            lot_id, sku_id = await connection.fetchrow(SHELF)
            await connection.execute(PARCELS, lot_id, sku_id, ORDERS)
        await connection.execute("vacuum analyze parcel_lots")
    finally:
        await connection.close()
    return UUID(str(lot_id))
