"""Filling an empty database with the demo."""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
from sqlalchemy import text

from domain.crypto import Keyring, signer, vault
from domain.members import roles
from server.database import Database
from server.embedded.process import log_tail
from server.embedded.program import ROOT, SUPERVISOR
from server.embedded.state import StateDir, Trouble
from server.settings import Settings

Told = Callable[[str, int, int], None]
# The seeds draw hundreds of pictures and know every domain: only the commands that need them load them.
SEEDS = "server.seeds"


def is_empty(settings: Settings) -> bool:
    """True while nobody sells anything here."""

    async def ask(database: Database) -> bool:
        async with database.read() as session:
            return not await session.scalar(text("select exists (select from merchants)"))

    return bool(asyncio.run(_with_database(settings, ask)))


def ensure_reference(settings: Settings) -> None:
    """Writes what every mall needs and this release knows: regions and roles. Repeated, it changes nothing."""
    regions = importlib.import_module(f"{SEEDS}.regions")

    async def write(database: Database) -> None:
        async with database.begin() as uow:
            await regions.ensure_regions(uow)
            await roles.ensure(uow)

    asyncio.run(_with_database(settings, write))


def seed(settings: Settings, told: Told, *, scale: int = 0) -> None:
    """Makes the demo; with `scale` also that many times 20,000 products and 200,000 orders, for benchmarks."""
    seeds = importlib.import_module(SEEDS)

    async def fill(database: Database) -> None:
        await seeds.seed_demo(database, settings, told)
        if scale:
            await seeds.scale(database, settings, scale, told)
        if settings.pay_mode == "direct":
            async with database.begin() as uow:
                await seeds.as_direct(uow)
        await seeds.catch_up(database)

    asyncio.run(_with_database(settings, fill))


def seed_in_child(state: StateDir, told: Told) -> None:
    """The same in a process of its own: one that draws pictures in threads and pools could not be stopped at once."""
    command = [sys.executable, "-m", "server", "seed", "--tell"]
    env = {**os.environ, SUPERVISOR: str(os.getpid())}
    with open(state.path / "seed.log", "wb") as log:
        child = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
        )
    try:
        assert child.stdout is not None
        for line in child.stdout:
            told(*json.loads(line))
        if child.wait():
            raise Trouble(
                f"The demo data could not be made; the log {state.path}/seed.log ends: {log_tail(state, 'seed')}"
            )
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)  # everything it had written is rolled back
            child.wait()


SHOPS = "select sub_mchid, name from merchants"
# Paid before the simulator was there: it must know them to refund, ship and share them out, and for its bills.
GONE_BACK = """(
    select coalesce(json_agg(json_build_object('no', r.number, 'id', r.provider_id, 'amount', r.amount, 'at',
           r.finished_at)), '[]')
    from refunds r join payment_parts b on b.id = r.part_id where r.state = 'SUCCEEDED' and {}
)"""
# Paid before the simulator was there: it must know them to refund, ship and share them out, and for its bills.
PAID = f"""
    select p.number as no, p.openid, p.paid_at, true as combined, json_agg(json_build_object('no', s.number,
           'sub_mchid', s.sub_mchid, 'total', s.amount, 'transaction_id', s.transaction_id,
           'refunds', {GONE_BACK.format("b.id = s.id")})) as subs
    from payments p join payment_parts s on s.payment_id = p.id
    where p.state = 'PAID' and p.way = 'COMBINED' group by p.id
    union all
    select p.number, p.openid, p.paid_at, false, json_build_array(json_build_object('no', p.number,
           'sub_mchid', '', 'total', p.amount, 'transaction_id', p.transaction_id,
           'refunds', {GONE_BACK.format("b.payment_id = p.id")}))
    from payments p where p.state = 'PAID' and p.way = 'DIRECT' order by paid_at
    """


def introduce(settings: Settings) -> None:
    """Tells the WeChat simulator what the real one would know: the names of the shops, and what was paid earlier."""

    async def tell(database: Database) -> None:
        async with database.read() as session:
            shops = [dict(row) for row in (await session.execute(text(SHOPS))).mappings()]
            paid = [dict(row) for row in (await session.execute(text(PAID))).mappings()]
        async with httpx.AsyncClient(base_url=settings.wxpay_api_base, verify=False) as simulator:
            for shop in shops:
                await simulator.post("/__sim/shop.name", json=shop)
            for trade in paid:
                told = {**trade, "paid_at": trade["paid_at"].isoformat()}
                (await simulator.post("/__sim/trade.known", json=told)).raise_for_status()

    asyncio.run(_with_database(settings, tell))


def demo_accounts() -> list[str]:
    """One line for each account that the demo data has, for the end of `make run`."""
    return list(importlib.import_module(SEEDS).DEMO_ACCOUNTS)


async def _with_database(settings: Settings, use: Callable[[Database], Any]) -> Any:
    vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
    signer.configure(settings.trace_keyring)
    database = Database(settings)
    try:
        return await use(database)
    finally:
        await database.close()
