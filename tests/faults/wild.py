"""The world of the rig: two of each program, each behind its own gate to PostgreSQL, and a clock that can be moved."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import asyncpg
import httpx
import redis.asyncio

from server.embedded.process import free_port
from server.embedded.program import Program
from tests.faults.launch import CLOCK, DEFECT
from tests.faults.proxy import Gates
from tests.faults.world import START, World
from tests.wechat.simulator import Simulator

T = TypeVar("T")
APIS, WORKERS = ("api", "api-2"), ("worker", "worker-2")
# Statements that PostgreSQL refuses for as long as the row says so: as with a full disk, or with a transaction that
# would have to be repeated. A sequence counts them, since nothing that is rolled back is taken from it.
TROUBLE = """
create schema rig;
create table rig.trouble (code text not null, until timestamptz not null);
create sequence rig.struck;
create function rig.refuse() returns trigger language plpgsql as $$
declare found text;
begin
    select code into found from rig.trouble where until > clock_timestamp() limit 1;
    if found = '53100' or found is not null and random() < 0.5 then
        perform nextval('rig.struck');
        raise exception 'the rig refuses this' using errcode = found;
    end if;
    return null;
end $$;
"""
REFUSED = (
    *("orders", "payments", "refunds", "shipments", "after_sales", "outbox", "stock_moves", "ledger_transactions"),
    *("settlements", "settlement_calls", "payouts"),
)


class Wild(World):
    """`defect` names a seeded one that the programs run with."""

    def __init__(self, defect: str | None = None) -> None:
        super().__init__()
        # Its memory must outlive it.
        self.wxsim = Simulator(self._place / "wxsim")
        self._defect = defect
        self.gates = Gates()
        self.urls: list[str] = []

    def _start_programs(self) -> None:
        asyncio.run(self._prepare_trouble())
        self._clock = self._place / "clock"
        self.move_clock(0)
        for name in (*APIS, *WORKERS):
            self._add(self._program(name))
        for name in APIS:
            program = self.units[name]
            assert isinstance(program, Program)
            program.wait(START)

    def _program(self, name: str) -> Program:
        port = self.port if name == APIS[0] else free_port()
        direct = self._env["DATABASE_URL"]
        server = direct.rsplit(":", 1)[1].split("/")[0]
        gate = self.gates.add(name, int(server))
        env = {**self._env, "MALL_PORT": str(port), CLOCK: str(self._clock)}
        env["DATABASE_URL"] = direct.replace(f":{server}/", f":{gate}/")
        env |= {DEFECT: self._defect} if self._defect else {}
        if name in APIS:
            self.urls.append(f"http://127.0.0.1:{port}")
        kind = name.split("-")[0]
        listens = port if name in APIS else None
        return Program(self._state, name, [kind], port=listens, env=env, module="tests.faults.launch")

    async def _prepare_trouble(self) -> None:
        async with self.sql() as connection:
            await connection.execute(TROUBLE)
            for table in REFUSED:
                await connection.execute(
                    f"create trigger rig before insert or update on {table} for each statement"
                    " execute function rig.refuse()"
                )

    def stop(self) -> None:
        for name in (*APIS, *WORKERS):
            if name in self.units and self.units[name].alive():
                self.signal(name, signal.SIGCONT)
        super().stop()
        self.gates.stop()

    # ---------------------------------------------------------------------------------------- handles
    def sql(self) -> Opened:
        """A connection of the rig's own, through no gate."""
        return Opened(self._env["DATABASE_URL"].replace("+asyncpg", ""))

    def valkey(self) -> redis.asyncio.Redis:
        return redis.asyncio.Redis.from_url(self._env["REDIS_URL"])

    def move_clock(self, ahead: float) -> None:
        """How many seconds the programs' clock is ahead of the machine's from now on."""
        waiting = self._clock.with_suffix(".new")
        waiting.write_text(str(ahead), encoding="ascii")
        waiting.replace(self._clock)

    async def move_wechat(self, ahead: float) -> None:
        """As `move_clock`, for WeChat's. Insists: of another time, nothing it says would be believed."""
        end = time.monotonic() + 60
        while True:
            try:
                there = (await self.wxsim.control("clock.advance", seconds=0))["now"]
                now = (datetime.fromisoformat(there) - datetime.now(UTC)).total_seconds()
                if abs(ahead - now) < 1:
                    return
                await self.wxsim.control("clock.advance", seconds=ahead - now, wire=True)
            except (httpx.HTTPError, OSError, AssertionError):
                assert time.monotonic() < end
                await asyncio.sleep(0.3)

    def signal(self, name: str, number: signal.Signals) -> None:
        os.kill(self.units[name].pid, number)  # type: ignore[attr-defined]

    async def in_hands(self, doing: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._hands, doing)

    async def kill_simulator(self) -> None:
        await self.in_hands(self.wxsim.kill)

    async def revive_simulator(self) -> None:
        await self.in_hands(lambda: self.wxsim.start())


class Opened:
    """`async with` a connection."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def __aenter__(self) -> asyncpg.Connection:
        self._connection = await asyncpg.connect(self._url, timeout=10)
        return self._connection

    async def __aexit__(self, *_error: object) -> None:
        self._connection.terminate()
