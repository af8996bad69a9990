"""Many buyers for few pieces: through GraphQL over HTTP, by the way every phone goes, with servers and processes lost.

Afterwards exactly what was there is sold, by the answers and by the tables.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson
import psutil
import uvloop
from sqlalchemy import select

from bench import documents
from bench.crowd import Crowd, Sale
from bench.hot import COUNTS, make_buyers
from bench.load import Caller, ask_all, post
from bench.per_order import Reference
from bench.rows import Goal, Row
from bench.world import Buyer, World
from domain import flash
from domain.base import Viewer, ViewerKind, clock
from models.base import new_id
from models.catalog import Product, Sku
from server.database import Database

BUYERS, PIECES, CONNECTIONS, PROCESSES = 2_000, 100, 128, 2
# Before the clock runs everybody has looked at something, and so many bought something in an earlier sale.
EARLIER = 200
# Their numbers lie beside those of the hot SKU's buyers.
FIRST = 1_000_000
# A sale that lasts longer has lost somebody; and so does a worker that has not caught up by then.
MOST_SECONDS = 600.0


# ------------------------------------------------------------------------------------------------ the case
@dataclass(frozen=True)
class Scale:
    buyers: int = BUYERS
    pieces: int = PIECES
    connections: int = CONNECTIONS
    processes: int = PROCESSES


GREAT = Scale(20_000, 500, 256)


@dataclass
class _House:
    """What a sale happens in, and may lose something of."""

    world: World
    port: int

    async def valkey_and_worker_killed(self) -> None:
        """Both die with whatever they were doing. The gate, and everybody's place before it, are gone for this sale."""
        for pid in (self.world.valkey.pid, self.world.worker.pid):
            os.kill(pid, signal.SIGKILL)

    async def process_killed(self) -> None:
        """One of the processes that serve dies with whatever it was doing; who keeps them starts another one."""
        children = psutil.Process(self.world.pids[self.port]).children()
        serving = [child for child in children if any("spawn_main" in word for word in child.cmdline())]
        os.kill(serving[0].pid, signal.SIGKILL)


Fault = Callable[[_House], Awaitable[None]]
FAULTS: dict[str, Fault] = {
    "Valkey and the worker killed": _House.valkey_and_worker_killed,
    "a process of the API killed": _House.process_killed,
}


async def flash_sale(world: World, scale: Scale, *, seconds: float, rounds: int) -> list[Row]:
    """Sales and pgbench in turn, the medians; then one sale with each fault. Raises where a piece too many or too few
    was sold.
    """
    database, url = Database(world.settings), world.settings.database_url.replace("+asyncpg", "")
    theirs, plain = list[float](), list[Sale]()
    try:
        buyers = await make_buyers(database, scale.buyers + EARLIER, first=FIRST)
        stage = _Stage(world, database, buyers, scale, url)
        reference = Reference(url, world.goods[0].sku_id, scale.buyers, stage.clear, first=FIRST)
        await reference.prepare()
        with ExitStack() as opened:
            port = opened.enter_context(world.serving("server.app:create_app", factory=True, processes=scale.processes))
            await stage.come_in(port)
            for _ in range(rounds):
                theirs.append(await reference.measure(seconds))
                plain.append(await stage.sale(port))
            rows = _rows(scale, "", plain, reference.name, statistics.median(theirs))
            opened.enter_context(world.working())
            await stage.caught_up()
            for name, fault in FAULTS.items():
                sale = await stage.sale(port, fault)
                rows += _rows(scale, f", {name}", [sale], reference.name, statistics.median(theirs))
                world.revive()
                await stage.caught_up()
        await stage.clear()
    finally:
        await database.close()
    return rows


def _rows(scale: Scale, fault: str, sales: Sequence[Sale], against: str, theirs: float) -> list[Row]:
    case = f"flash sale, {scale.pieces} pieces for {scale.buyers} buyers{fault}"
    rate, over = (statistics.median(getattr(sale, name) for sale in sales) for name in ("rate", "over"))
    p50, p99 = (statistics.median(figures) for figures in zip(*(sale.placing for sale in sales), strict=True))
    no50, no99 = (statistics.median(figures) for figures in zip(*(sale.refusing for sale in sales), strict=True))
    wrong = max(abs(sale.sold - scale.pieces) for sale in sales)
    return [
        Row(case, against, rate, theirs, p50, p99),
        Row(f"p99 of being told no{fault}", "", no99, None, no50, no99, unit=" ms"),
        Row(f"until everybody has an answer{fault}", "", over, None, unit=" s"),
        Row(f"pieces oversold or undersold{fault}", "", wrong, None, goal=Goal(0, least=False), unit=""),
    ]


@dataclass
class _Stage:
    """Where sale after sale is held."""

    world: World
    database: Database
    buyers: Sequence[Buyer]
    scale: Scale
    url: str

    async def clear(self) -> None:
        """No session, no unpaid order, a full shelf."""
        await self.world.forget_orders()
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute("begin; set local session_replication_role = replica")
            for table in ("flash_holds", "flash_buyers", "flash_offers", "flash_sessions"):
                await connection.execute(f"delete from {table}")
            await connection.execute("commit")
        finally:
            await connection.close()

    async def come_in(self, port: int) -> None:
        """Everybody is known already, and the processes have sold before, as on any day of a mall."""
        await ask_all(port, (post("/graphql", {"query": COUNTS}, token=buyer.token) for buyer in self.buyers))
        await self._held(port, self.buyers[self.scale.buyers :], EARLIER // 2, None)

    async def sale(self, port: int, fault: Fault | None = None) -> Sale:
        return await self._held(port, self.buyers[: self.scale.buyers], self.scale.pieces, fault)

    async def _held(self, port: int, buyers: Sequence[Buyer], pieces: int, fault: Fault | None) -> Sale:
        await self.clear()
        offer_id = await _published(self.world, self.database, pieces)
        crowd = Crowd(offer_id, buyers, await _total(port, offer_id, buyers[0]), max(1, pieces // 10))
        going = asyncio.create_task(crowd.buy(port, self.scale.connections))
        if fault is not None:
            await asyncio.wait([asyncio.create_task(crowd.middle.wait()), going], return_when="FIRST_COMPLETED")
            if len(crowd.trades) >= pieces:
                raise RuntimeError("the sale was over before anything was lost; more pieces, or fewer connections")
            await fault(_House(self.world, port))
        sale = await asyncio.wait_for(going, MOST_SECONDS)
        await self._check(offer_id, crowd, pieces)
        return sale

    async def _check(self, offer_id: UUID, crowd: Crowd, pieces: int) -> None:
        """What was acknowledged is there, and nothing else."""
        connection = await asyncpg.connect(self.url)
        try:
            taken, holds, lines = await connection.fetchrow(TABLES, offer_id)
        finally:
            await connection.close()
        acknowledged = len(set(crowd.trades.values()))
        if not pieces == acknowledged == taken == holds == lines:
            told = f"acknowledged {acknowledged}, taken {taken}, held {holds}, ordered {lines} of {pieces}"
            raise RuntimeError(f"{told}; answers: {dict(crowd.answers)}")

    async def caught_up(self) -> None:
        """The worker, or the one that took its place, has told everybody of every order."""
        connection = await asyncpg.connect(self.url)
        try:
            async with asyncio.timeout(MOST_SECONDS):
                while await connection.fetchval("select pg_sleep(0.2), exists (select from outbox)", column=1):
                    pass
        finally:
            await connection.close()


TABLES = """
SELECT o.taken, coalesce(sum(h.quantity), 0)::int, (
  SELECT coalesce(sum(l.quantity), 0)::int FROM order_lines l JOIN orders ON orders.id = l.order_id
  WHERE l.sku_id = o.sku_id AND orders.state = 'AWAITING_PAYMENT')
FROM flash_offers o LEFT JOIN flash_holds h ON h.offer_id = o.id AND h.state = 'HELD'
WHERE o.id = $1 GROUP BY o.id
"""


async def _total(port: int, offer_id: UUID, buyer: Buyer) -> int:
    """What one piece costs delivered, as the page of the order says."""
    asked = {"id": str(offer_id), "address": str(buyer.address_id)}
    once = iter([post("/graphql", {"query": documents.PREVIEW_FLASH, "variables": asked}, token=buyer.token)])
    _, caller = await asyncio.get_running_loop().create_connection(
        lambda: Caller(lambda: next(once, None), []), "127.0.0.1", port
    )
    await caller.done
    return int(orjson.loads(caller.last)["data"]["flashCheckoutPreview"]["total"])


async def _published(world: World, database: Database, pieces: int) -> UUID:
    """By the rules: a session, an application of the shop, and the platform's word."""
    sku_id, platform = world.goods[0].sku_id, Viewer(ViewerKind.PLATFORM, new_id(), "bench")
    about = select(Sku.price, Product.merchant_id).join(Product, Product.id == Sku.product_id).where(Sku.id == sku_id)
    async with database.begin() as uow:
        price, merchant_id = (await uow.session.execute(about)).one()
        now = clock.now()
        draft = flash.SessionDraft("压测秒杀", now - timedelta(minutes=1), now + timedelta(hours=2), 15)
        session_id = await flash.save_session(uow, platform, None, draft)
        shop = Viewer(ViewerKind.MERCHANT, new_id(), "bench", merchant_id=merchant_id)
        wanted = flash.Application(session_id, sku_id, price - 1, pieces, 1)
        offer_id = await flash.apply(uow, shop, wanted)
        await flash.publish(uow, platform, offer_id)
    return offer_id


def main() -> None:
    """`python -m bench.flash`: this case alone; `python -m bench --only flash` is the great one."""
    parser = argparse.ArgumentParser(prog="python -m bench.flash", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="of pgbench")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--buyers", type=int, default=BUYERS)
    parser.add_argument("--pieces", type=int, default=PIECES)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--processes", type=int, default=PROCESSES, help="of the API, `server api --workers`")
    asked = parser.parse_args()
    scale = Scale(asked.buyers, asked.pieces, asked.connections, asked.processes)
    with tempfile.TemporaryDirectory(prefix="mall-bench-") as directory, World(Path(directory)) as world:
        world.prepare(scale=0)
        rows = uvloop.run(flash_sale(world, scale, seconds=asked.seconds, rounds=asked.rounds))
    for row in rows:
        sys.stdout.write(f"{row.told()}\n")


if __name__ == "__main__":
    main()
