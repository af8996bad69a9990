"""Servers, data and programs of one bench run: made for it, thrown away after it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import select, update

from domain.base import Viewer, ViewerKind
from domain.crypto import Keyring, vault
from domain.members import addresses, sessions
from models.base import new_id
from models.catalog import Product, ProductState, ReturnClass, Sku
from models.inventory import Stock
from models.members import Member
from models.merchants import Merchant
from server.database import Database
from server.embedded.postgres import Postgres
from server.embedded.servers import Servers
from server.embedded.state import StateDir
from server.embedded.valkey import Valkey
from server.migrate import migrate
from server.progress import Progress
from server.secrets import fill_environment
from server.seeding import seed
from server.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
# A buyer may have ten unpaid trades; together they may place 5,000 between two clean-ups.
BUYERS = 500
# How many of them are made side by side: as many as there are connections.
TOGETHER = 10
PLENTY = 10_000_000
# Seconds in which a program starts or ends, also on a machine that has much else to do.
PATIENCE = 180
# One machine stands for thousands of clients, which no caller is to be in earnest.
ALONE = {"MALL_SOCKETS_OF_ADDRESS": "100000", "MALL_SOCKETS_OF_VIEWER": "100000"}


@dataclass(frozen=True)
class Buyer:
    id: UUID
    token: str
    address_id: UUID


@dataclass(frozen=True)
class Good:
    """A SKU, and what one of it costs delivered."""

    sku_id: UUID
    total: int


class World:
    """Starts and stops the servers; knows the rows the cases ask for."""

    settings: Settings
    product_id: UUID
    goods: list[Good]
    buyers: list[Buyer]
    worker: subprocess.Popen[bytes]

    def __init__(self, directory: Path) -> None:
        # Process ids of what is being served, by port.
        self.pids: dict[int, int] = {}
        self._state = StateDir(directory / "state")
        self._progress = Progress()

    def __enter__(self) -> World:
        for name in ("DATABASE_URL", "REDIS_URL", "MEILI_URL"):
            os.environ.pop(name, None)
        os.environ["MALL_STATE_DIR"] = str(self._state.path)
        # PostgreSQL may run under another account than ours, and must get in.
        self._state.path.parent.chmod(0o755)
        self._state.claim()
        fill_environment(self._state)
        self._servers = Servers(self._state, self._progress, os.environ["MEILI_MASTER_KEY"])
        self._servers.start()
        os.environ.update(self._servers.addresses)
        return self

    def __exit__(self, *_error: object) -> None:
        self._servers.stop()
        self._state.release()

    def prepare(self, *, scale: int) -> None:
        """Migrates, seeds, and makes buyers with tokens and addresses."""
        self.settings = load_settings()
        migrate(self.settings.database_url)
        with self._progress.step("Seeding") as step:
            seed(self.settings, step, scale=scale)
        with self._progress.step("Making buyers and filling the search index"):
            asyncio.run(self._make_buyers())
            asyncio.run(self._analyze())
            self._fill_index()

    async def _make_buyers(self) -> None:
        ring = self.settings.data_keyring
        self.buyers = []
        vault.configure(Keyring(ring, next(iter(ring)), self.settings.index_key_bytes))
        database = Database(self.settings)
        try:
            for first in range(0, BUYERS, TOGETHER):
                numbers = range(first, first + TOGETHER)
                self.buyers += await asyncio.gather(*(_buyer(database, number) for number in numbers))
            async with database.begin() as uow:
                self.product_id = (await uow.session.scalars(_with_most_skus())).one()
                rows = (await uow.session.execute(_goods())).all()
                self.goods = [
                    Good(id, price + (0 if free and price >= free else freight)) for id, price, freight, free in rows
                ]
                await uow.session.execute(update(Stock).values(actual=PLENTY))
        finally:
            await database.close()

    async def _analyze(self) -> None:
        """Now rather than at a moment of PostgreSQL's choice in the middle of a measurement."""
        connection = await asyncpg.connect(self.settings.database_url.replace("+asyncpg", ""))
        try:
            await connection.execute("vacuum analyze")
        finally:
            await connection.close()

    @property
    def postgres_pid(self) -> int | None:
        """The process under which PostgreSQL's others are; None where it is not ours."""
        return next((unit.pid for unit in self._servers.running if isinstance(unit, Postgres)), None)

    @property
    def valkey(self) -> Valkey:
        return next(unit for unit in self._servers.running if isinstance(unit, Valkey))

    def revive(self) -> None:
        """Starts Valkey and the worker again where they were killed."""
        if not self.valkey.alive():
            self.valkey.start()
        if self.worker.poll() is not None:
            self._work()

    @contextmanager
    def working(self) -> Iterator[None]:
        """A worker beside the API."""
        self._work()
        try:
            yield
        finally:
            self.worker.terminate()
            self.worker.wait(PATIENCE)

    def _work(self) -> None:
        command, nowhere = [sys.executable, "-m", "server", "worker"], subprocess.DEVNULL
        environment = {**os.environ, "MALL_ENV": "test", **ALONE}
        self.worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=nowhere, stderr=nowhere)

    async def forget_orders(self) -> None:
        """Every round of placing begins with buyers who owe nothing."""
        connection = await asyncpg.connect(self.settings.database_url.replace("+asyncpg", ""))
        try:
            unpaid = "select id from orders where state = 'AWAITING_PAYMENT'"
            await connection.execute("begin; set local session_replication_role = replica")
            for table in ("order_steps", "order_lines", "stock_holds"):
                await connection.execute(f"delete from {table} where order_id in ({unpaid})")
            for table in ("orders", "trades"):
                await connection.execute(f"delete from {table} where state = 'AWAITING_PAYMENT'")
            for table in ("pgqueuer", "pgqueuer_log", "outbox"):
                await connection.execute(f"delete from {table}")
            await connection.execute("update stock set held = 0; commit")
        finally:
            await connection.close()

    async def place_one(self, port: int, request: bytes) -> str:
        """The id of an order that the first buyer has just placed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await reader.readuntil(b"}}}")
        writer.close()
        connection = await asyncpg.connect(self.settings.database_url.replace("+asyncpg", ""))
        try:
            found = await connection.fetchval("select id from orders where member_id = $1 limit 1", self.buyers[0].id)
        finally:
            await connection.close()
        return str(found)

    def _fill_index(self) -> None:
        subprocess.run([sys.executable, "-m", "bench.index"], cwd=ROOT, check=True)

    @contextmanager
    def serving(self, target: str, *, factory: bool = False, processes: int = 1, **settings: str) -> Iterator[int]:
        """One program under uvicorn in so many processes, with these settings besides; yields its port."""
        port = _free_port()
        command = [sys.executable, "-m", "bench.serve", target, str(port), str(processes)]
        command += ["factory"] if factory else []
        # Limits are asked as always, but one caller may do what a thousand would.
        limits = {"MALL_ENV": "test", "MALL_RATE_FACTOR": "1000"}
        environment = {**os.environ, **limits, **ALONE, **settings, "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}"}
        nowhere = subprocess.DEVNULL
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=nowhere, stderr=nowhere)
        self.pids[port] = child.pid
        try:
            _wait_for(port, child)
            yield port
        finally:
            child.terminate()
            child.wait(PATIENCE)


async def _buyer(database: Database, number: int) -> Buyer:
    async with database.begin() as uow:
        id = new_id()
        uow.session.add(Member(id=id, openid=f"bench-{number}", nickname=f"买家{number}"))
        await uow.session.flush()
        tokens = await sessions.begin(uow, ViewerKind.MEMBER, id, "bench")
        viewer = Viewer(kind=ViewerKind.MEMBER, id=id)
        wanted = addresses.Wanted(
            name="陈小麦", phone="13800000001", region_code="530602001", detail="团结路 1 号", is_default=True
        )
        address_id = await addresses.save(uow, viewer, None, wanted)
    return Buyer(id, tokens.access, address_id)


def _goods() -> Any:
    chosen = select(Sku.id, Sku.price, Merchant.freight, Merchant.free_freight_from)
    chosen = chosen.join(Product, Product.id == Sku.product_id).join(Merchant, Merchant.id == Product.merchant_id)
    plain = Product.return_class != ReturnClass.NO_RETURN_IF_CONFIRMED
    return chosen.where(Sku.active, Product.state == ProductState.ON_SALE, plain).order_by(Sku.id).limit(60)


def _with_most_skus() -> Any:
    return select(Product.id).where(Product.state == ProductState.ON_SALE).order_by(Product.sold_count.desc()).limit(1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + PATIENCE
    while time.monotonic() < ends_at:
        if child.poll() is not None:
            raise RuntimeError("the program under measurement ended at once")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the program under measurement did not start")
