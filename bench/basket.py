"""A whole checkout: ten SKUs of four merchants quoted and ordered through GraphQL, and by pgbench.

pgbench reads the rows that a quote is made of, and writes the rows that an order is, by the best statements we know;
it prices, checks, opens and seals nothing, and speaks no HTTP. Both are asked for the same few baskets, over as many
connections. The quote's reference reads in two statements what ours reads in five.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import statistics
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from bench import documents
from bench.comparing import Comparing, Request
from bench.load import Caller, Load, post
from bench.per_order import SEALED, by_pgbench, find_pgbench, literal
from bench.rows import Row
from bench.world import World
from server.documents import trusted_documents

CONNECTIONS = 8
MERCHANTS, SKUS = 4, 10
# Baskets that share no SKU, so that not all wait for the same stock.
BASKETS = 3


@dataclass(frozen=True)
class Line:
    """A SKU with what an order keeps of it."""

    sku: UUID
    merchant: UUID
    told: dict[str, Any]


@dataclass(frozen=True)
class Basket:
    """What is wanted, and what the mall says it costs: goods and freight by merchant."""

    lines: Sequence[Line]
    costs: Mapping[UUID, tuple[int, int]]

    @property
    def wanted(self) -> list[dict[str, Any]]:
        return [{"skuId": str(line.sku), "quantity": 1} for line in self.lines]

    @property
    def total(self) -> int:
        return sum(goods + freight for goods, freight in self.costs.values())


# ------------------------------------------------------------------------------------------------ the cases
async def quoted(world: World, port: int, comparing: Comparing) -> Row:
    chosen = await baskets(world, port)
    scripts = [_quote_script(basket, world.buyers[0].address_id) for basket in chosen]
    return await _compared("checkout quote", world, (port, _quotes(world, chosen)), scripts, comparing, _nothing)


async def placed(world: World, port: int, comparing: Comparing) -> Row:
    chosen = await baskets(world, port)
    scripts = [_place_script(world, basket) for basket in chosen]
    request = (port, _places(world, chosen))
    return await _compared("place order", world, request, scripts, comparing, world.forget_orders)


async def _nothing() -> None:
    """What is done before a round of reading."""


async def _compared(
    what: str,
    world: World,
    ours: tuple[int, Request],
    scripts: Sequence[str],
    comparing: Comparing,
    before: Callable[[], Awaitable[None]],
) -> Row:
    program, url = find_pgbench(), world.settings.database_url.replace("+asyncpg", "")
    if program is None:
        raise RuntimeError("there is no pgbench here")
    case, loads, theirs = f"{what}, {SKUS} SKUs of {MERCHANTS} merchants", list[Load](), list[float]()
    for _ in range(comparing.rounds):
        await before()
        theirs.append(await by_pgbench(program, url, scripts, CONNECTIONS, comparing.seconds))
        await before()
        loads.append(await comparing.once(case, *ours, connections=CONNECTIONS))
    rate, p50, p99, cpu = (
        statistics.median(getattr(load, name) for load in loads) for name in ("per_second", "p50", "p99", "cpu_us")
    )
    return Row(case, "pgbench, the same rows", rate, statistics.median(theirs), p50, p99, cpu_us=cpu)


async def baskets(world: World, port: int) -> list[Basket]:
    connection = await asyncpg.connect(world.settings.database_url.replace("+asyncpg", ""))
    try:
        rows = await connection.fetch(GOODS, MERCHANTS)
    finally:
        await connection.close()
    lines = [Line(row["sku"], row["merchant"], dict(row)) for row in rows]
    shops = [list(group) for _, group in itertools.groupby(lines, lambda line: line.merchant)]
    return [await _priced(world, port, Basket(_some_of(shops, number), {})) for number in range(BASKETS)]


async def _priced(world: World, port: int, basket: Basket) -> Basket:
    """The basket with the costs that the mall quotes."""
    requests, loop = iter([_quotes(world, [basket])()]), asyncio.get_running_loop()
    _, caller = await loop.create_connection(lambda: Caller(lambda: next(requests, None), []), "127.0.0.1", port)
    await caller.done
    quote = orjson.loads(caller.last)["data"]["checkoutPreview"]
    if quote["__typename"] != "CheckoutPreview":
        raise RuntimeError(f"the basket cannot be had: {quote}")
    costs = {UUID(each["merchant"]["id"]): (each["goodsTotal"], each["freight"]) for each in quote["groups"]}
    return replace(basket, costs=costs)


def _some_of(shops: Sequence[Sequence[Line]], number: int) -> list[Line]:
    """Three, three, two and two of the merchants, others for each number."""
    shares = [SKUS // MERCHANTS + (at < SKUS % MERCHANTS) for at in range(MERCHANTS)]
    return [line for shop, many in zip(shops, shares, strict=True) for line in shop[number * 3 : number * 3 + many]]


GOODS = """
WITH plain AS (
  SELECT k.id AS sku, k.name AS sku_name, k.price, k.weight, k.gross_weight, p.id AS product, p.title, p.return_class,
    p.merchant_id AS merchant, (SELECT key FROM product_images WHERE product_id = p.id AND position = 0) AS image
  FROM skus k JOIN products p ON p.id = k.product_id JOIN merchants m ON m.id = p.merchant_id
  WHERE k.active AND p.state = 'ON_SALE' AND m.state = 'OPEN' AND p.return_class <> 'NO_RETURN_IF_CONFIRMED'
), largest AS (
  SELECT merchant FROM plain GROUP BY merchant ORDER BY count(*) DESC, merchant LIMIT $1
)
SELECT * FROM plain WHERE merchant IN (SELECT merchant FROM largest) ORDER BY merchant, sku
"""


# ------------------------------------------------------------------------------------------------ ours
def _quotes(world: World, chosen: Sequence[Basket]) -> Request:
    (id,) = (id for id, text in trusted_documents().items() if text.startswith("query CheckoutPreview"))
    buyers, turns = itertools.cycle(world.buyers), itertools.cycle(chosen)

    def make() -> bytes:
        buyer, basket = next(buyers), next(turns)
        variables = {"lines": basket.wanted, "addressId": str(buyer.address_id)}
        return post("/graphql", {"id": id, "variables": variables}, token=buyer.token)

    return make


def _places(world: World, chosen: Sequence[Basket]) -> Request:
    buyers, turns, run, numbers = itertools.cycle(world.buyers), itertools.cycle(chosen), secrets.token_hex(4), [0]

    def make() -> bytes:
        buyer, basket = next(buyers), next(turns)
        numbers[0] += 1
        wanted = {
            "idempotencyKey": f"basket-{run}-{numbers[0]}",
            "lines": basket.wanted,
            "addressId": str(buyer.address_id),
            "expectedTotal": basket.total,
            "fromCart": False,
        }
        return documents.place(wanted, buyer.token)

    return make


# ------------------------------------------------------------------------------------------------ pgbench
def _quote_script(basket: Basket, address: UUID) -> str:
    skus = ", ".join(f"{literal(line.sku)}::uuid" for line in basket.lines)
    return QUOTE.format(address=literal(address), skus=skus)


QUOTE = """
SELECT id, member_id, name_sealed, phone_sealed, detail_sealed, region_code, region_name, is_default
FROM addresses WHERE id = {address}::uuid AND deleted_at IS NULL;
SELECT k.id, k.name, k.price, k.weight, k.gross_weight, k.length, k.width, k.height, k.active, p.id, p.category_id,
  p.title, p.return_class, p.snapshot_hash, p.freight_template_id, p.storage, p.state, m.id, m.name, m.state,
  m.freight, m.free_freight_from, m.freight_mark, s.actual - s.held AS available, i.key, i.alt, q.width, q.height
FROM skus k JOIN products p ON p.id = k.product_id JOIN merchants m ON m.id = p.merchant_id
LEFT JOIN stock s ON s.sku_id = k.id LEFT JOIN product_images i ON i.product_id = p.id AND i.position = 0
LEFT JOIN pictures q ON q.key = i.key
WHERE k.id = ANY (ARRAY[{skus}]);
"""


def _place_script(world: World, basket: Basket) -> str:
    groups = ", ".join(
        f"({literal(merchant)}::uuid, {goods}, {freight})" for merchant, (goods, freight) in basket.costs.items()
    )
    lines = ", ".join(_row(line) for line in basket.lines)
    sealed = {name: literal(secrets.token_bytes(size)) for name, size in SEALED.items()}
    buyers = ", ".join(f"{literal(buyer.id)}::uuid" for buyer in world.buyers)
    text = PLACE.format(groups=groups, lines=lines, total=basket.total, buyers=buyers, many=SKUS, **sealed)
    return f"\\set n random(1, {len(world.buyers)})\n{text}"


def _row(line: Line) -> str:
    told = line.told
    ids = f"{literal(line.merchant)}::uuid, {literal(line.sku)}::uuid, {literal(told['product'])}::uuid"
    texts = ", ".join(literal(told[name]) for name in ("title", "sku_name", "image", "return_class"))
    return f"({ids}, {texts}, {told['price']}, {told['weight']}, {told['gross_weight']})"


# Stock is locked in the order of ids first, as everybody must; then everything is written at once.
PLACE = """
WITH wanted (merchant, sku, product, title, sku_name, image, return_class, price, weight, gross_weight) AS (
  VALUES {lines}
), shops (merchant, goods, freight) AS (
  VALUES {groups}
), locked AS (
  SELECT sku_id FROM stock WHERE sku_id IN (SELECT sku FROM wanted) AND actual - held >= 1 ORDER BY sku_id FOR UPDATE
), s AS (
  UPDATE stock SET held = held + 1 WHERE sku_id IN (SELECT sku_id FROM locked) RETURNING sku_id
), t AS (
  INSERT INTO trades (id, number, member_id, state, total, idempotency_key, request_hash, expires_at, created_at)
  SELECT uuidv7(), 'T' || lpad(nextval('order_numbers')::text, 15, '0'), (ARRAY[{buyers}])[:n::int],
    'AWAITING_PAYMENT', {total}, gen_random_uuid()::text, sha256(uuid_send(gen_random_uuid())),
    now() + interval '15 minutes', now()
  WHERE (SELECT count(*) FROM s) = {many} RETURNING id, member_id, expires_at, created_at
), o AS (
  INSERT INTO orders (id, number, trade_id, member_id, merchant_id, state, goods_total, freight, total, remark,
    region_code, region_name, name_sealed, phone_sealed, detail_sealed, expires_at, created_at, version)
  SELECT uuidv7(), 'S' || lpad(nextval('order_numbers')::text, 15, '0'), t.id, t.member_id, shops.merchant,
    'AWAITING_PAYMENT', shops.goods, shops.freight, shops.goods + shops.freight, '', '530602001',
    '云南省昭通市昭阳区凤凰街道', {name}, {phone}, {detail}, t.expires_at, t.created_at, 1
  FROM t, shops RETURNING id, trade_id, member_id, merchant_id, created_at
), l AS (
  INSERT INTO order_lines (id, order_id, sku_id, product_id, title, sku_name, image_key, quantity, unit_price, amount,
    payable, weight, gross_weight, return_class, no_return_confirmed, created_at)
  SELECT uuidv7(), o.id, w.sku, w.product, w.title, w.sku_name, w.image, 1, w.price, w.price, w.price, w.weight,
    w.gross_weight, w.return_class, false, o.created_at
  FROM o JOIN wanted w ON w.merchant = o.merchant_id RETURNING order_id, sku_id, created_at
), h AS (
  INSERT INTO stock_holds (order_id, sku_id, quantity, state, changed_at)
  SELECT order_id, sku_id, 1, 'HELD', created_at FROM l
), p AS (
  INSERT INTO order_steps (id, order_id, event, state, actor_kind, actor_id, text, created_at)
  SELECT uuidv7(), id, 'PLACE', 'AWAITING_PAYMENT', 'MEMBER', member_id, '订单已提交，等待付款', created_at FROM o
)
INSERT INTO outbox (name, payload)
SELECT 'OrderChanged', jsonb_build_object('order_id', id, 'trade_id', trade_id, 'member_id', member_id,
  'merchant_id', merchant_id, 'state', 'AWAITING_PAYMENT') FROM o;
"""
