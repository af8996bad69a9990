"""One run of the rig: people who trade, faults by a seeded plan meanwhile, and the reckoning."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import asyncpg
import httpx
from sqlalchemy import insert, select, update

from domain import aftersales
from domain.base import Viewer, ViewerKind, clock
from domain.crypto import Keyring, vault
from models.base import new_id
from models.catalog import ReturnClass
from models.inventory import StockMove
from models.members import Member
from models.merchants import Merchant
from server.database import Database
from tests.factories import catalog, members, merchants
from tests.faults.kinds import HEAVY, LIGHT, Fault, Scene
from tests.faults.people import PICTURE, Deeds, Keeper, Person, Shopper
from tests.faults.reckoning import Reckoning
from tests.faults.wild import Wild

SHOPPERS = 6
SHOPS = (((3990, 3000), (1250, 3000), (333, 40)), ((999, 3000), (77_700, 500), (777, 60)))
# How often each fault is planned in one run; the others once.
OFTEN = {
    "cut_before_commit": 14,
    "cut_after_commit": 14,
    "wechat_answer_lost": 8,
    "connections_cut": 6,
    "wechat_fails": 5,
    "refund_answer_lost": 3,
    "backends_ended": 4,
    "clock_forward": 3,
    "time_flies": 3,
    "kill_api": 4,
    "kill_worker": 4,
    "network_stalls": 4,
    "notices_doubled": 4,
    "notices_lost": 4,
    "notices_reordered": 3,
    "wechat_forged": 3,
    "wechat_slow": 3,
    "wechat_unreachable": 3,
    "clock_back": 3,
    "deadlocks": 3,
    "disk_full": 3,
    "kill_postgres": 3,
    "kill_valkey": 3,
    "serialization_failures": 3,
    "valkey_flushed": 3,
    "freeze_api": 2,
    "freeze_valkey": 2,
    "freeze_worker": 2,
    "kill_meilisearch": 2,
    "kill_simulator": 2,
    "pools_run_dry": 3,
    "power_cut": 1,
}
TRIES = 4
# What the rig's own connections say when the server under them is gone; the driver has a word for each moment of it.
GONE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
AGE_SECONDS = 4.0
MEND_SECONDS = 0.5
PAST_GRACE = """update orders set complete_at = now() - interval '1 hour'
    where state = 'RECEIVED' and complete_at > now()"""
# The first shop gives the platform a share of what it earns, the second none.
RATES = (500, 0)


@dataclass
class Report:
    """What struck, when, and how long it was until somebody was told of something done again."""

    struck: list[tuple[str, float]] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    found: Mapping[str, int] = field(default_factory=dict)
    fallen: Mapping[str, int] = field(default_factory=dict)

    def table(self, deeds: Deeds) -> str:
        recoveries = defaultdict(list)
        for name, at in self.struck:
            recoveries[name].append(min((t - at for t in deeds.acknowledged if t >= at), default=0.0))
        lines = [f"{'fault':24} {'struck':>6}  until the next acknowledged deed: median, longest (s)"]
        lines += [f"{name:24} {len(all):6}  {median(all):.2f}  {max(all):.2f}" for name, all in recoveries.items()]
        done = ", ".join(f"{number} x {what}" for what, number in deeds.operations.most_common())
        lines.append(f"{len(self.struck)} faults of {len(recoveries)} kinds in {self.seconds:.0f} s; {done}")
        lines.append(f"asked again: {sum(deeds.failures.values())} ({dict(deeds.failures.most_common(6))})")
        lines.append(f"refused: {dict(deeds.refusals.most_common(6))}; did not strike: {dict(self.missed)}")
        lines.append(f"ended by themselves and were started again: {dict(self.fallen)}")
        lines.append("; ".join(f"{number} {what}" for what, number in self.found.items()) + ": nothing differs")
        return "\n".join(lines)


class Rig:
    def __init__(self, world: Wild, seed: int, patience: float = 240.0) -> None:
        self.world, self.seed, self._patience = world, seed, patience
        self.deeds, self.report = Deeds(), Report()
        self._database = Database(world.settings(), pool=3)

    async def run(self, faults: Mapping[str, int] | None = None) -> Report:
        people, clients = await self._town()
        enough, began = asyncio.Event(), time.monotonic()
        lives = [asyncio.create_task(each.live(enough)) for each in people]
        lives.append(asyncio.create_task(self._goods_grow_old(enough)))
        supervised = asyncio.create_task(self._supervise())
        try:
            plan = faults if faults is not None else OFTEN
            await asyncio.gather(*(self._wreak(plan, kinds) for kinds in (HEAVY, LIGHT)))
            await asyncio.sleep(2)
            enough.set()
            await asyncio.gather(*lives)
            self.report.seconds = time.monotonic() - began
            reckoning = Reckoning(self.world, self.deeds, people, self._patience)
            await reckoning.rest()
            self.report.found, self.report.fallen = await reckoning.check(), self.world.fallen
        finally:
            for each in (*lives, supervised):
                each.cancel()
            for client in clients:
                await client.aclose()
            await self._database.close()
        return self.report

    # ------------------------------------------------------------------------------------------ faults
    async def _wreak(self, plan: Mapping[str, int], kinds: Mapping[str, Fault]) -> None:
        dice = random.Random(f"{self.seed} {sorted(kinds)}")
        planned = [name for name in kinds for _ in range(plan.get(name, 0))]
        dice.shuffle(planned)
        scene = Scene(self.world, dice, self.deeds)
        for name in planned:
            for _ in range(TRIES):
                if await self._strikes(kinds[name], scene):
                    self.report.struck.append((name, time.monotonic()))
                    break
                self.report.missed[name] += 1
            await asyncio.sleep(0.1 + dice.random() * (1.5 if kinds is HEAVY else 0.3))

    async def _strikes(self, fault: Fault, scene: Scene) -> bool:
        """Another fault may have taken away what this one acts by."""
        try:
            return await fault(scene)
        except (httpx.HTTPError, AssertionError, *GONE):
            await asyncio.sleep(0.5)
            return False

    async def _supervise(self) -> None:
        while True:
            await self.world.mend()
            await asyncio.sleep(MEND_SECONDS)

    async def _goods_grow_old(self, enough: asyncio.Event) -> None:
        """Whatever was received is past its days of grace soon, so that its money is shared out and paid out."""
        while not enough.is_set():
            with suppress(*GONE):
                async with self.world.sql() as connection:
                    await connection.execute(PAST_GRACE)
            await asyncio.sleep(AGE_SECONDS)

    # ------------------------------------------------------------------------------------------ people
    async def _town(self) -> tuple[list[Person], list[httpx.AsyncClient]]:
        settings = self.world.settings()
        vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
        limits = httpx.Limits(max_connections=40)
        doors = [httpx.AsyncClient(base_url=url, timeout=10, trust_env=False, limits=limits) for url in self.world.urls]
        wxsim = httpx.AsyncClient(base_url=self.world.wxsim.base_url, timeout=30, trust_env=False)
        chances, shared = random.Random(self.seed), {"doors": doors, "deeds": self.deeds, "memory": self.deeds}
        prices, keepers = {}, []
        for at, goods in enumerate(SHOPS):
            shop, login = await self._shop(goods, prices), f"rig-keeper-{self.seed}-{at}"
            async with self._database.begin() as uow:
                rate = update(Merchant).where(Merchant.id == shop).values(commission_rate=RATES[at])
                await uow.session.execute(rate)
            await members.shopkeeper(self._database, shop, login)
            dice = random.Random(chances.random())
            keepers.append(Keeper(doors[0], wxsim, "", chances=dice, login=login, **shared))
        shoppers = [
            Shopper(doors[0], wxsim, f"oRig{self.seed}x{at}", chances=random.Random(at), prices=prices, **shared)
            for at in range(SHOPPERS)
        ]
        await asyncio.gather(*(each.settle_in() for each in shoppers), *(each.sign_in() for each in keepers))
        await self._pictures()
        return [*shoppers, *keepers, *self._second(keepers)], [*doors, wxsim]

    def _second(self, keepers: list[Keeper]) -> list[Person]:
        """Each shop has two who do the same work."""
        return [Keeper(**{**vars(each), "chances": random.Random(each.login)}) for each in keepers]

    async def _shop(self, goods: Any, prices: dict[str, int]) -> Any:
        shop = await merchants.merchant(self._database)
        where = {"name": "赵师傅", "phone": "13987000001", "region_code": merchants.ZHAOYANG, "detail": "仓库 3 号"}
        async with self._database.begin() as uow:
            await aftersales.save_address(uow, merchants.shopkeeper(shop), **where)
        for price, stock in goods:
            made = await catalog.product(
                self._database,
                shop,
                skus=(catalog.sku(price=price),),
                stock=stock,
                return_class=ReturnClass.SEVEN_DAYS,
            )
            prices[str(made.skus[0])] = price
            row = {
                "id": new_id(),
                "sku_id": made.skus[0],
                "delta": stock,
                "reason": "期初入库",
                "created_at": clock.now(),
            }
            async with self._database.begin() as uow:
                await uow.session.execute(insert(StockMove).values(row))
        return shop

    async def _pictures(self) -> None:
        """Of damaged goods, for everybody who may claim."""
        async with self._database.begin() as uow:
            for id in list(await uow.session.scalars(select(Member.id))):
                viewer = Viewer(ViewerKind.MEMBER, id, "")
                await aftersales.record_evidence(uow, viewer, key=PICTURE, width=800, height=600, byte_size=1234)
