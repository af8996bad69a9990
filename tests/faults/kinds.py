"""What can go wrong, each as something that is really done to a process, a connection, a clock or WeChat.

A fault answers whether it struck: one that found nothing to hit is not counted.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from tests.faults.crowd import Memory
from tests.faults.proxy import Gate
from tests.faults.wild import APIS, WORKERS, Wild

# Seconds that a fault waits for something to hit.
PATIENCE = 20.0
LOOK = 0.05
DAY = 86400.0


@dataclass(frozen=True)
class Scene:
    """What a fault may take hold of."""

    world: Wild
    dice: Random
    memory: Memory


Fault = Callable[[Scene], Awaitable[bool]]
#: Those that take processes away, one after the other; and those that can happen meanwhile.
HEAVY: dict[str, Fault] = {}
LIGHT: dict[str, Fault] = {}


def heavy(fault: Fault) -> Fault:
    HEAVY[fault.__name__] = fault
    return fault


def light(fault: Fault) -> Fault:
    LIGHT[fault.__name__] = fault
    return fault


async def within(seconds: float, met: Callable[[], Awaitable[bool]]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if await met():
            return True
        await asyncio.sleep(LOOK)
    return False


# ------------------------------------------------------------------------------------------------ processes
async def _kill(scene: Scene, *names: str, pause: float = 0.3) -> bool:
    for name in names:
        await scene.world.kill(name)
    await asyncio.sleep(scene.dice.random() * pause)
    for name in names:
        await scene.world.revive(name)
    return True


@heavy
async def kill_api(scene: Scene) -> bool:
    return await _kill(scene, scene.dice.choice(APIS))


@heavy
async def kill_worker(scene: Scene) -> bool:
    return await _kill(scene, scene.dice.choice(WORKERS))


@heavy
async def kill_postgres(scene: Scene) -> bool:
    return await _kill(scene, "postgres")


@heavy
async def kill_valkey(scene: Scene) -> bool:
    return await _kill(scene, "valkey")


@heavy
async def kill_meilisearch(scene: Scene) -> bool:
    return scene.world.has_engine and await _kill(scene, "meilisearch")


@heavy
async def kill_simulator(scene: Scene) -> bool:
    """WeChat is away for a while, in the middle of whatever it was doing."""
    await scene.world.kill_simulator()
    await asyncio.sleep(scene.dice.random())
    await scene.world.revive_simulator()
    return True


@heavy
async def power_cut(scene: Scene) -> bool:
    """Everything of ours at once."""
    return await _kill(scene, *reversed(scene.world.names))


async def _freeze(scene: Scene, name: str, seconds: float) -> bool:
    scene.world.signal(name, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        scene.world.signal(name, signal.SIGCONT)
    return True


@heavy
async def freeze_worker(scene: Scene) -> bool:
    """Longer than its heart may stop: its jobs go to the other, and then it goes on with them."""
    return await _freeze(scene, scene.dice.choice(WORKERS), 12)


@heavy
async def freeze_api(scene: Scene) -> bool:
    return await _freeze(scene, scene.dice.choice(APIS), 2 + 2 * scene.dice.random())


@heavy
async def freeze_valkey(scene: Scene) -> bool:
    return await _freeze(scene, "valkey", 2 + scene.dice.random())


# ------------------------------------------------------------------------------------------------ connections
async def _cut(scene: Scene, what: str) -> bool:
    gates, name = scene.world.gates, scene.dice.choice((*APIS, *APIS, *APIS, scene.dice.choice(WORKERS)))
    before = gates.by_name[name].happened[what]
    attribute = f"cut_{what}"
    gates.act(name, lambda gate: setattr(gate, attribute, 1))

    async def struck() -> bool:
        return gates.by_name[name].happened[what] > before

    try:
        return await within(PATIENCE, struck)
    finally:
        gates.act(name, lambda gate: setattr(gate, attribute, 0))


@light
async def cut_before_commit(scene: Scene) -> bool:
    """The commit never arrives: nothing is written."""
    return await _cut(scene, "before")


@light
async def cut_after_commit(scene: Scene) -> bool:
    """The commit's answer never arrives: all is written, and nobody knows."""
    return await _cut(scene, "after")


@light
async def connections_cut(scene: Scene) -> bool:
    """All of a program's, wherever each of them is."""
    return scene.world.gates.act(scene.dice.choice((*APIS, *WORKERS)), Gate.cut_all) > 0


@light
async def network_stalls(scene: Scene) -> bool:
    name = scene.dice.choice((*APIS, *WORKERS))
    scene.world.gates.act(name, lambda gate: setattr(gate, "stalled", True))
    try:
        await asyncio.sleep(1 + 2 * scene.dice.random())
    finally:
        waited = scene.world.gates.act(name, Gate.flow)
    return waited > 0


# ------------------------------------------------------------------------------------------------ PostgreSQL
@light
async def backends_ended(scene: Scene) -> bool:
    """PostgreSQL itself ends half of what is in the middle of something."""
    async with scene.world.sql() as connection:
        ended = await connection.fetch(
            """select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
            and pid <> pg_backend_pid() and (state <> 'idle' or random() < 0.3)"""
        )
    return bool(ended)


@light
async def pools_run_dry(scene: Scene) -> bool:
    """A session of somebody else hangs with the stock locked: whoever buys waits, each with a connection."""
    async with scene.world.sql() as connection, connection.transaction():
        await connection.execute("set local lock_timeout = '5s'; lock table stock in access exclusive mode")
        await asyncio.sleep(2 + 2 * scene.dice.random())
        waiting = await connection.fetchval("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
    return bool(waiting)


async def _refused(scene: Scene, code: str) -> bool:
    async with scene.world.sql() as connection:
        before = await connection.fetchval("select last_value from rig.struck")
        await connection.execute(
            "insert into rig.trouble values ($1, clock_timestamp() + $2 * interval '1 second')",
            code,
            1.5 + scene.dice.random(),
        )

        async def struck() -> bool:
            return bool(await connection.fetchval("select last_value from rig.struck") > before)

        return await within(2.5, struck)


@light
async def disk_full(scene: Scene) -> bool:
    return await _refused(scene, "53100")


@light
async def serialization_failures(scene: Scene) -> bool:
    return await _refused(scene, "40001")


@light
async def deadlocks(scene: Scene) -> bool:
    return await _refused(scene, "40P01")


# ------------------------------------------------------------------------------------------------ WeChat
async def _wechat(scene: Scene, kind: str, match: str = "* /v3/*") -> bool:
    wxsim = scene.world.wxsim
    await wxsim.fault(match, kind, scene.dice.choice((1, 1, 2)))

    async def happened() -> bool:
        return (await wxsim.control("fault.left"))["left"] == 0

    try:
        return await within(PATIENCE, happened)
    finally:
        await wxsim.control("fault.clear")


@light
async def wechat_answer_lost(scene: Scene) -> bool:
    """The work is done and the line breaks."""
    return await _wechat(scene, "accept_then_reset")


@light
async def refund_answer_lost(scene: Scene) -> bool:
    """The money goes back and nobody says so."""
    return await _wechat(scene, "accept_then_reset", "POST /v3/ecommerce/refunds/apply")


@light
async def wechat_unreachable(scene: Scene) -> bool:
    return await _wechat(scene, "reset")


@light
async def wechat_slow(scene: Scene) -> bool:
    return await _wechat(scene, f"slow:{1 + scene.dice.random():.1f}s")


@light
async def wechat_fails(scene: Scene) -> bool:
    return await _wechat(scene, scene.dice.choice(("http500", "http500", "http429")))


@light
async def wechat_forged(scene: Scene) -> bool:
    """An answer that WeChat did not sign."""
    return await _wechat(scene, scene.dice.choice(("bad_signature", "no_signature")))


async def _notices(scene: Scene, **policy: object) -> bool:
    """Until somebody has paid meanwhile."""
    wxsim, before = scene.world.wxsim, len(scene.memory.charged)
    await wxsim.control("notify.policy", **policy)

    async def paid() -> bool:
        return len(scene.memory.charged) >= before + 2

    try:
        return await within(PATIENCE, paid)
    finally:
        await wxsim.control("notify.policy")


@light
async def notices_lost(scene: Scene) -> bool:
    return await _notices(scene, drop=True)


@light
async def notices_doubled(scene: Scene) -> bool:
    return await _notices(scene, duplicate=2)


@light
async def notices_reordered(scene: Scene) -> bool:
    return await _notices(scene, reorder=True)


# ------------------------------------------------------------------------------------------------ time, Valkey
async def _jump(scene: Scene, ahead: float, seconds: float = 1.5) -> bool:
    scene.world.move_clock(ahead)
    await asyncio.sleep(seconds + scene.dice.random())
    scene.world.move_clock(0)
    return True


@light
async def clock_forward(scene: Scene) -> bool:
    """Ours alone: by minutes, so that trades are overdue; by hours, so that sessions end; by days, so that goods are
    received and shops have been silent. WeChat's answers are then of another time, and not believed."""
    return await _jump(scene, scene.dice.choice((16 * 60.0, 3 * 3600.0, 12 * DAY)))


@light
async def time_flies(scene: Scene) -> bool:
    """Everybody's clock: what nobody has paid is closed, and who pays now is late."""
    ahead = 16 * 60.0
    try:
        await scene.world.move_wechat(ahead)
        return await _jump(scene, ahead, 5)
    finally:
        await scene.world.move_wechat(0)


@light
async def clock_back(scene: Scene) -> bool:
    return await _jump(scene, -scene.dice.choice((90.0, 20 * 60.0, 2 * DAY)))


@light
async def valkey_flushed(scene: Scene) -> bool:
    client = scene.world.valkey()
    try:
        await client.flushall()
    finally:
        await client.aclose()
    return True
