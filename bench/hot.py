"""Durable orders per second on one hot SKU: through GraphQL, and by pgbench with the best statement per order.

Both write the same rows into the same tables of one server with fsync on. The reference checks nothing but the stock;
ours does everything that placing an order means. Afterwards the stock must be right to the piece.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import itertools
import re
import secrets
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import uvloop
from sqlalchemy import select

from bench import documents
from bench.load import Caller, ask_all, burned_by, burned_since, post
from bench.per_order import Reference
from bench.rows import Row
from bench.world import PLENTY, Buyer, Good, World
from domain import bulk, orders
from domain.base import Database as Opens
from domain.base import Viewer, ViewerKind, clock
from domain.crypto import vault
from domain.members import sessions
from models.base import new_id
from models.members import Address, Member, SignIn
from server.database import Database

# With ten unpaid trades each they may place 40,000 orders between two clean-ups.
BUYERS = 4_000
# Who wait at each process of the API: fewer than its room for checkouts, more than one commit may hold.
WAITING = 384
SOLD_OUT_AT = 2_000


# ------------------------------------------------------------------------------------------------ the case
@dataclass(frozen=True)
class Spent:
    """Microseconds of processor time for one order, of each who has a part in it."""

    api: float
    postgres: float
    client: float

    @property
    def all(self) -> float:
        return self.api + self.postgres + self.client


async def hot_sku(
    world: World, *, seconds: float, rounds: int, waiting: int = WAITING, processes: Sequence[int] = (1,)
) -> list[tuple[Row, Spent]]:
    """Ours with so many processes of the API, each with so many `waiting` buyers, and pgbench, in turn; the medians.

    Raises where one piece too many or too few was sold.
    """
    database, url = Database(world.settings), world.settings.database_url.replace("+asyncpg", "")
    ours: dict[int, list[Sale]] = {number: [] for number in processes}
    theirs: list[float] = []
    try:
        shop = await _Shop.open(world, database)
        reference = Reference(url, shop.good.sku_id, len(shop.buyers), lambda: _fresh(world, shop))
        await reference.prepare()
        with ExitStack() as opened:
            ports = {number: opened.enter_context(_api(world, number)) for number in processes}
            for _ in range(rounds):
                theirs.append(await reference.measure(seconds))
                if not await shop.sold():
                    raise RuntimeError("the reference sold nothing")
                for number, port in ports.items():
                    ours[number].append(await _measured(world, shop, port, seconds, number * waiting))
            for number, port in ports.items():
                await _sold_out(world, shop, port, number * waiting)
    finally:
        await database.close()
    against = reference.name, statistics.median(theirs)
    return [_row(f"{number * waiting} buyers, API of {number}", sales, *against) for number, sales in ours.items()]


def _api(world: World, processes: int) -> AbstractContextManager[int]:
    return world.serving("server.app:create_app", factory=True, processes=processes)


def _row(who: str, sales: Sequence[Sale], against: str, theirs: float) -> tuple[Row, Spent]:
    rate, p50, p99 = (statistics.median(getattr(sale, name) for sale in sales) for name in ("per_second", "p50", "p99"))
    spent = Spent(*(statistics.median(getattr(sale.spent, part) for sale in sales) for part in PARTS))
    return Row(
        f"one hot SKU, {who} {'process' if who.endswith(' 1') else 'processes'}",
        against,
        rate,
        theirs,
        p50,
        p99,
        cpu_us=spent.api,
    ), spent


PARTS = ("api", "postgres", "client")


async def _fresh(world: World, shop: _Shop) -> None:
    await world.forget_orders()
    await shop.stock(PLENTY)


async def _measured(world: World, shop: _Shop, port: int, seconds: float, connections: int) -> Sale:
    await _fresh(world, shop)
    await _come_in(shop, port)
    await _sale(shop, port, seconds / 5, connections)
    warm = await shop.sold()
    watched = [world.pids[port], *([world.postgres_pid] if world.postgres_pid else [])]
    before, here = [burned_by(pid) for pid in watched], time.process_time()
    sale = await _sale(shop, port, seconds, connections)
    api, *others = (burned_since(was, pid) for was, pid in zip(before, watched, strict=True))
    sale = replace(sale, spent=_each(sale.placed, api, sum(others), time.process_time() - here))
    await shop.check(warm + sale.placed)
    if set(sale.answers) != {"Trade"}:
        raise RuntimeError(f"not every order was placed: {sale.answers}")
    return sale


def _each(placed: int, api: float, postgres: float, client: float) -> Spent:
    return Spent(*(seconds / max(placed, 1) * 1e6 for seconds in (api, postgres, client)))


async def _come_in(shop: _Shop, port: int) -> None:
    """Every buyer looks at something first, as people do before they buy: the mall then knows his token."""
    await ask_all(port, (post("/graphql", {"query": COUNTS}, token=buyer.token) for buyer in shop.buyers))


COUNTS = "query Counts { myOrderCounts { state count } }"


async def _sold_out(world: World, shop: _Shop, port: int, connections: int) -> None:
    """More buyers than goods: exactly what was there is sold."""
    await world.forget_orders()
    await shop.stock(SOLD_OUT_AT)
    sale = await _sale(shop, port, 60, connections, until=lambda answers: answers["OutOfStock"] > connections)
    if sale.placed != SOLD_OUT_AT:
        raise RuntimeError(f"{sale.placed} of {SOLD_OUT_AT} were sold: {sale.answers}")
    await shop.check(SOLD_OUT_AT)
    await shop.stock(PLENTY)


# ------------------------------------------------------------------------------------------------ buying
@dataclass(frozen=True)
class Sale:
    """What came of one rush: orders per second, latencies in milliseconds, answers by type."""

    per_second: float
    p50: float
    p99: float
    answers: Counter[str]
    spent: Spent = Spent(0.0, 0.0, 0.0)

    @property
    def placed(self) -> int:
        return self.answers["Trade"]


class _Phone(Caller):
    """One connection that notes what each answer was."""

    def __init__(self, request: Callable[[], bytes | None], spent: list[float], answers: Counter[str]) -> None:
        super().__init__(request, spent)
        self._answers = answers

    def _send(self) -> None:
        if self.last:
            found = re.search(rb'"__typename":\s*"(\w+)"', self.last)
            self._answers[found[1].decode() if found else self.last[:200].decode()] += 1
        super()._send()


async def _sale(
    shop: _Shop,
    port: int,
    seconds: float,
    connections: int,
    until: Callable[[Counter[str]], bool] = lambda answers: False,
) -> Sale:
    spent: list[float] = []
    answers: Counter[str] = Counter()
    started = time.perf_counter()
    ends_at = started + seconds

    def request() -> bytes | None:
        return None if time.perf_counter() > ends_at or until(answers) else shop.request()

    loop = asyncio.get_running_loop()
    phones = []
    for _ in range(connections):
        _, phone = await loop.create_connection(lambda: _Phone(request, spent, answers), "127.0.0.1", port)
        phones.append(phone)
    await asyncio.gather(*(phone.done for phone in phones))
    took = time.perf_counter() - started
    spent.sort()
    p50, p99 = (spent[int(len(spent) * part)] * 1000 for part in (0.5, 0.99))
    return Sale(answers["Trade"] / took, p50, p99, answers)


class _Shop:
    """One SKU, and many who want it."""

    def __init__(self, world: World, database: Database, buyers: Sequence[Buyer]) -> None:
        self.good: Good = world.goods[0]
        self.buyers = buyers
        self._database = database
        self._turn = itertools.cycle(buyers)
        self._bodies = itertools.count()
        self._run = secrets.token_hex(4)

    @classmethod
    async def open(cls, world: World, database: Database) -> _Shop:
        return cls(world, database, await make_buyers(database, BUYERS))

    def wanted(self) -> tuple[Buyer, dict[str, Any]]:
        buyer = next(self._turn)
        return buyer, {
            "idempotencyKey": f"hot-{self._run}-{next(self._bodies)}",
            "lines": [{"skuId": str(self.good.sku_id), "quantity": 1}],
            "addressId": str(buyer.address_id),
            "expectedTotal": self.good.total,
            "fromCart": False,
        }

    def request(self) -> bytes:
        buyer, wanted = self.wanted()
        return documents.place(wanted, buyer.token)

    async def stock(self, actual: int) -> None:
        async with self._database.begin() as uow:
            text = "UPDATE stock SET actual = $2, held = 0 WHERE sku_id = $1"
            await bulk.run(uow.session, text, self.good.sku_id, actual)

    async def sold(self) -> int:
        text = "SELECT coalesce(sum(quantity), 0) AS sold FROM order_lines WHERE sku_id = $1"
        async with self._database.begin() as uow:
            held = "SELECT held FROM stock WHERE sku_id = $1"
            open_ = "SELECT coalesce(sum(quantity), 0) AS open FROM stock_holds WHERE sku_id = $1 AND state = 'HELD'"
            shelf = (await bulk.run(uow.session, held, self.good.sku_id))[0]["held"]
            holds = (await bulk.run(uow.session, open_, self.good.sku_id))[0]["open"]
            lines = (await bulk.run(uow.session, text + UNPAID, self.good.sku_id))[0]["sold"]
        if not shelf == holds == lines:
            raise RuntimeError(f"the stock says {shelf}, the holds {holds}, the orders {lines}")
        return int(shelf)

    async def check(self, expected: int) -> None:
        if (sold := await self.sold()) != expected:
            raise RuntimeError(f"{expected} orders were acknowledged, {sold} are there")


UNPAID = " AND order_id IN (SELECT id FROM orders WHERE state = 'AWAITING_PAYMENT')"


async def make_buyers(database: Opens, number: int, *, first: int = 0) -> list[Buyer]:
    """Signed-in members with an address each, all in one statement; numbered from `first`."""
    tokens = [secrets.token_urlsafe(32) for _ in range(number)]
    members: list[dict[str, Any]] = [
        {"id": _numbered(at), "openid": f"hot-{at}", "nickname": f"买家{at}"} for at in range(first, first + number)
    ]
    places = [_address(member["id"]) for member in members]
    signed = [_sign_in(member["id"], token) for member, token in zip(members, tokens, strict=True)]
    async with database.begin() as uow:
        await uow.session.scalar(select(1))
        await bulk.insert(uow.session, {Member: members, Address: places, SignIn: signed})
    return [
        Buyer(member["id"], token, place["id"]) for member, token, place in zip(members, tokens, places, strict=True)
    ]


def _numbered(at: int) -> UUID:
    """Ids that pgbench can make from a number."""
    return UUID(f"00000000-0000-7000-8000-{at:012d}")


def _address(member_id: UUID) -> dict[str, Any]:
    id = new_id()
    plain = {"name": "陈小麦", "phone": "13800000001", "detail": "团结路 1 号"}
    sealed = {
        f"{name}_sealed": vault.seal(value, table="addresses", column=f"{name}_sealed", row=id)
        for name, value in plain.items()
    }
    where = {"region_code": "530602001", "region_name": "云南省昭通市昭阳区凤凰街道", "is_default": True}
    return {"id": id, "member_id": member_id, **where, **sealed}


def _sign_in(member_id: UUID, token: str) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": new_id(),
        "member_id": member_id,
        "device": "bench",
        "access_hash": hashlib.sha256(token.encode()).digest(),
        "refresh_hash": secrets.token_bytes(32),
        "access_expires_at": now + sessions.ACCESS,
        "expires_at": now + timedelta(days=1),
        "last_seen_at": now,
    }


# ------------------------------------------------------------------------------------------------ the desk alone
async def desk_alone(world: World, *, seconds: float, waiting: int = WAITING) -> float:
    """Orders per second of the desk without HTTP and GraphQL, in this process."""
    database = Database(world.settings)
    desk = orders.PlacingDesk(database)
    try:
        shop = await _Shop.open(world, database)
        await shop.stock(PLENTY)
        ends_at = time.perf_counter() + seconds

        async def buyer() -> int:
            done = 0
            while time.perf_counter() < ends_at:
                who, page = shop.wanted()
                lines = [(shop.good.sku_id, 1)]
                wanted = orders.WantedOrder(
                    page["idempotencyKey"], lines, who.address_id, page["expectedTotal"], from_cart=False
                )
                await desk.place(Viewer(ViewerKind.MEMBER, who.id), wanted)
                done += 1
            return done

        started = time.perf_counter()
        done = sum(await asyncio.gather(*(buyer() for _ in range(waiting))))
        took = time.perf_counter() - started
        await shop.check(done)
        return done / took
    finally:
        await desk.close()
        await database.close()


def main() -> None:
    """`python -m bench.hot`: this case alone."""
    parser = argparse.ArgumentParser(prog="python -m bench.hot", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--waiting", type=int, default=WAITING, help="buyers at each process")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="of the API, `server api --workers`")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mall-bench-") as directory, World(Path(directory)) as world:
        world.prepare(scale=0)
        found = uvloop.run(
            hot_sku(
                world,
                seconds=asked.seconds,
                rounds=asked.rounds,
                waiting=asked.waiting,
                processes=asked.processes,
            )
        )
    for row, spent in found:
        parts = ", ".join(f"{name} {getattr(spent, name):.0f}" for name in PARTS)
        sys.stdout.write(f"{row.told()}\nprocessor time of an order: {parts}, in all {spent.all:.0f} µs\n")


if __name__ == "__main__":
    main()
