"""(a) What somebody would write by hand for one page: asyncpg, dicts, orjson; the same bytes as ours.
(b) The bare reply of the framework both stand on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from uuid_utils.compat import uuid7

PRODUCTS = """
select p.id, p.title, p.subtitle, p.min_price, p.max_price, p.price_per_500g, p.sold_count, p.origin_code, p.storage,
       p.return_class, p.harvest_from, p.harvest_to, m.id as merchant_id, m.name as merchant_name,
       q.key, i.alt, q.width, q.height
from products p join merchants m on m.id = p.merchant_id
left join product_images i on i.product_id = p.id and i.position = 0 left join pictures q on q.key = i.key
where p.state = 'ON_SALE' and m.state = 'OPEN' and p.origin_code like $1
order by p.sold_count desc, p.id desc limit 20
"""
SKUS = (
    "select id, product_id, name, price, weight from skus where product_id = any($1) order by active desc, position, id"
)
PRODUCT = """
select p.id, p.title, p.subtitle, p.description, p.min_price, p.max_price, p.price_per_500g, p.sold_count,
       p.origin_code, p.storage, p.return_class, p.shelf_life_days, p.harvest_from, p.harvest_to,
       m.id as merchant_id, m.name as merchant_name, m.kind, m.intro
from products p join merchants m on m.id = p.merchant_id
where p.id = $1 and p.state = 'ON_SALE' and m.state = 'OPEN'
"""
IMAGES = """
select i.alt, q.key, q.width, q.height from product_images i join pictures q on q.key = i.key
where i.product_id = $1 order by i.position
"""
FULL_SKUS = """
select id, name, price, market_price, weight, gross_weight from skus where product_id = $1
order by active desc, position, id
"""

NEWS = orjson.dumps(
    {
        "id": "1",
        "type": "next",
        "payload": {
            "data": {
                "orderChanged": {"id": "0" * 36, "number": "0" * 15, "state": "SHIPPED", "total": 9999, "version": 3}
            }
        },
    }
).decode()


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    dsn = os.environ["DATABASE_URL"].replace("+asyncpg", "")
    async with asyncpg.create_pool(dsn, min_size=8, max_size=15) as pool:
        app.state.pool = pool
        app.state.sockets = set()
        news = asyncio.create_task(_pass_on(app))
        yield
        news.cancel()


async def bare(_request: Request) -> Response:
    return Response(b'{"ok":true}', media_type="application/json")


async def products(request: Request) -> Response:
    """The list page."""
    asked = orjson.loads(await request.body())
    async with request.app.state.pool.acquire() as connection:
        rows = await connection.fetch(PRODUCTS, asked["prefix"] + "%")
        ids = [row["id"] for row in rows]
        skus = await connection.fetch(SKUS, ids)
    by_product: dict[UUID, list[dict[str, Any]]] = {}
    for sku in skus:
        by_product.setdefault(sku["product_id"], []).append(_fields(sku, ("id", "name", "price", "weight")))
    found = [_listed(row, by_product.get(row["id"], [])) for row in rows]
    return _json({"data": {"originProducts": found}})


def _listed(row: asyncpg.Record, skus: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "title": row["title"],
        "subtitle": row["subtitle"],
        "minPrice": row["min_price"],
        "maxPrice": row["max_price"],
        "pricePer500g": row["price_per_500g"],
        "soldCount": row["sold_count"],
        "originCode": row["origin_code"],
        "storage": row["storage"],
        "returnClass": row["return_class"],
        "harvestFrom": row["harvest_from"],
        "harvestTo": row["harvest_to"],
        "merchant": {"id": row["merchant_id"], "name": row["merchant_name"]},
        "cover": _image(row) if row["key"] else None,
        "skus": skus,
    }


async def product(request: Request) -> Response:
    """The product page."""
    id = UUID(orjson.loads(await request.body())["id"])
    async with request.app.state.pool.acquire() as connection:
        row = await connection.fetchrow(PRODUCT, id)
        images = await connection.fetch(IMAGES, id)
        skus = await connection.fetch(FULL_SKUS, id)
    return _json({"data": {"product": _shown(row, images, skus)}})


def _shown(row: asyncpg.Record, images: Iterable[asyncpg.Record], skus: Iterable[asyncpg.Record]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "title": row["title"],
        "subtitle": row["subtitle"],
        "description": row["description"],
        "minPrice": row["min_price"],
        "maxPrice": row["max_price"],
        "pricePer500g": row["price_per_500g"],
        "soldCount": row["sold_count"],
        "originCode": row["origin_code"],
        "storage": row["storage"],
        "returnClass": row["return_class"],
        "shelfLifeDays": row["shelf_life_days"],
        "harvestFrom": row["harvest_from"],
        "harvestTo": row["harvest_to"],
        "merchant": {
            "id": row["merchant_id"],
            "name": row["merchant_name"],
            "kind": row["kind"],
            "intro": row["intro"],
        },
        "images": [_image(image) for image in images],
        "skus": [
            {
                "id": sku["id"],
                "name": sku["name"],
                "price": sku["price"],
                "marketPrice": sku["market_price"],
                "weight": sku["weight"],
                "grossWeight": sku["gross_weight"],
            }
            for sku in skus
        ],
    }


async def place(request: Request) -> Response:
    """Placing one order on one SKU: the rows ours writes, in one transaction, without its checks of the input."""
    asked = orjson.loads(await request.body())
    sku_id, member_id, quantity = UUID(asked["skuId"]), UUID(asked["memberId"]), asked["quantity"]
    now = datetime.now(UTC)
    trade_id, order_id = uuid7(), uuid7()
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        sku = await connection.fetchrow(
            "select s.*, p.merchant_id, p.title, p.return_class, m.freight from skus s join products p on"
            " p.id = s.product_id join merchants m on m.id = p.merchant_id where s.id = $1",
            sku_id,
        )
        held = await connection.fetchval(
            "update stock set held = held + $2, version = version + 1 where sku_id = $1 and actual - held >= $2"
            " returning held",
            sku_id,
            quantity,
        )
        if held is None:
            return _json({"data": {"placeOrder": {"__typename": "OutOfStock"}}})
        number = str(await connection.fetchval("select nextval('order_numbers')")).rjust(14, "0")
        goods = sku["price"] * quantity
        total = goods + sku["freight"]
        await _write(connection, sku, asked, (trade_id, order_id, member_id), (number, quantity, goods, total), now)
    return _json({"data": {"placeOrder": {"__typename": "Trade", "id": trade_id, "number": number, "total": total}}})


async def _write(
    connection: asyncpg.Connection,
    sku: asyncpg.Record,
    asked: dict[str, Any],
    ids: tuple[UUID, UUID, UUID],
    figures: tuple[str, int, int, int],
    now: datetime,
) -> None:
    trade_id, order_id, member_id = ids
    number, quantity, goods, total = figures
    expires = now + timedelta(minutes=15)
    await connection.execute(
        "insert into trades (id, number, member_id, state, total, idempotency_key, request_hash, expires_at)"
        " values ($1, $2, $3, 'AWAITING_PAYMENT', $4, $5, $6, $7)",
        *(trade_id, "T" + number, member_id, total, asked["key"], b"", expires),
    )
    await connection.execute(
        "insert into orders (id, number, trade_id, member_id, merchant_id, state, goods_total, freight, total, remark,"
        " region_code, region_name, name_sealed, phone_sealed, detail_sealed, expires_at, version)"
        " values ($1, $2, $3, $4, $5, 'AWAITING_PAYMENT', $6, $7, $8, '', '530602001', '', $9, $9, $9, $10, 1)",
        *(order_id, "S" + number, trade_id, member_id, sku["merchant_id"], goods, total - goods, total, b"", expires),
    )
    await connection.execute(
        "insert into order_lines (id, order_id, sku_id, product_id, title, sku_name, quantity, unit_price, amount,"
        " payable, weight, gross_weight, return_class, no_return_confirmed)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, false)",
        *(uuid7(), order_id, sku["id"], sku["product_id"], sku["title"], sku["name"], quantity, sku["price"], goods),
        *(sku["weight"], sku["gross_weight"], sku["return_class"]),
    )
    await connection.execute(
        "insert into stock_holds (order_id, sku_id, quantity, state, changed_at) values ($1, $2, $3, 'HELD', $4)",
        *(order_id, sku["id"], quantity, now),
    )
    await connection.execute(
        "insert into outbox (name, payload) values ('OrderChanged', $1)", orjson.dumps({"order_id": order_id}).decode()
    )
    await connection.execute(
        "insert into pgqueuer (priority, entrypoint, payload, execute_after, status, dedupe_key)"
        " values (0, 'bench.none', $1, now() + interval '15 minutes', 'queued', $2)",
        *(b"{}", f"trade:{trade_id}"),
    )


async def raw(socket: WebSocket) -> None:
    """Speaks just enough of the protocol to be asked the same way."""
    await socket.accept(subprotocol="graphql-transport-ws")
    try:
        await socket.receive_text()
        await socket.send_text('{"type":"connection_ack"}')
        await socket.receive_text()
        await socket.send_text(NEWS)
        socket.app.state.sockets.add(socket)
        await socket.receive_text()
    except WebSocketDisconnect:
        socket.app.state.sockets.discard(socket)


async def _pass_on(app: Starlette) -> None:
    async with Redis.from_url(os.environ["REDIS_URL"]).pubsub() as pubsub:
        await pubsub.psubscribe("mall:order:*")
        async for message in pubsub.listen():
            if message["type"] == "pmessage":
                for socket in list(app.state.sockets):
                    await socket.send_text(NEWS)


def _image(row: asyncpg.Record) -> dict[str, Any]:
    return {"url": f"/media/{row['key']}", "alt": row["alt"], "width": row["width"], "height": row["height"]}


def _fields(row: asyncpg.Record, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value, default=str), media_type="application/json")


app = Starlette(
    routes=[
        Route("/bare", bare),
        Route("/products", products, methods=["POST"]),
        Route("/product", product, methods=["POST"]),
        Route("/place", place, methods=["POST"]),
        WebSocketRoute("/raw", raw),
    ],
    lifespan=lifespan,
)
