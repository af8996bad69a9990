"""The counters of a process, and the sum of all processes as the console reads it."""

from __future__ import annotations

from typing import Any

import pytest
import redis.asyncio

from domain.base import ViewerKind
from domain.members import sessions
from server.counters import MOST_NAMES, SLOT_SECONDS, WINDOW_SECONDS, Counters, Times
from server.settings import Settings
from server.traffic import KEY, STALE_SECONDS, Traffic, add_up
from tests.client import Failed, open_client
from tests.factories import members

TRAFFIC = """{ platformTraffic { processes complete since ran compiled operations { name count compiled p50Ms p95Ms }
  left { operation reason count } refused { code count } moments { answered refused } figures { name value } } }"""


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def counters(hands: Hands) -> Counters:
    return Counters(hands)


def told(*processes: Counters) -> dict[str, Any]:
    return add_up([each.snapshot() for each in processes])


def test_percentiles_are_told_to_within_their_class() -> None:
    times = Times()
    for milliseconds in range(1, 101):
        times.add(milliseconds / 1000, compiled=True)
    assert times.within(0.5) == pytest.approx(0.050, rel=0.1)
    assert times.within(0.95) == pytest.approx(0.095, rel=0.1)
    assert Times().within(0.95) == 0


def test_a_run_beyond_every_class_is_still_counted() -> None:
    times = Times()
    times.add(3600, compiled=False)
    assert (times.count, times.within(0.5) > 10) == (1, True)


def test_processes_are_added_up(hands: Hands) -> None:
    one, other = Counters(hands), Counters(hands)
    for process, runs in ((one, 3), (other, 1)):
        for _ in range(runs):
            process.ran("Home", 0.004, compiled=process is one)
        process.left("Home", "a directive")
        process.refused("THROTTLED")
        process.gauge("sockets.connected", lambda: 2)
        process.watch("responses", lambda: {"pages": {"hit": 5, "miss": 1}, "note": "no number"})
    found = told(one, other)
    assert (found["processes"], found["ran"], found["compiled"]) == (2, 4, 3)
    assert [(each["name"], each["count"], each["compiled"]) for each in found["operations"]] == [("Home", 4, 3)]
    assert found["left"] == [{"operation": "Home", "reason": "a directive", "count": 2}]
    assert found["refused"] == [{"code": "THROTTLED", "count": 2}]
    assert {each["name"]: each["value"] for each in found["figures"]} == {
        "responses.pages.hit": 10,
        "responses.pages.miss": 2,
        "sockets.connected": 4,
    }


def test_names_from_outside_cannot_fill_the_memory(counters: Counters) -> None:
    for _ in range(2):
        counters.ran("Home", 0.001, compiled=True)
    for number in range(3 * MOST_NAMES):
        counters.ran(f"Flood{number}" + "x" * 1000, 0.001, compiled=False)
        counters.left(f"Flood{number}", "x" * 1000)
    snapshot = counters.snapshot()
    assert len(snapshot["operations"]) == len(snapshot["left"]) == MOST_NAMES
    assert snapshot["operations"]["Home"][0] == 2, "the frequent one stays"
    assert max(map(len, snapshot["operations"])) <= 80


def test_times_are_of_the_last_two_windows(counters: Counters, hands: Hands) -> None:
    counters.ran("Old", 0.001, compiled=True)
    hands.now += WINDOW_SECONDS
    counters.ran("Young", 0.001, compiled=True)
    assert set(counters.snapshot()["operations"]) == {"Old", "Young"}
    hands.now += WINDOW_SECONDS
    counters.ran("Young", 0.001, compiled=True)
    found = told(counters)
    assert [(each["name"], each["count"]) for each in found["operations"]] == [("Young", 2)]
    assert found["ran"] == 3, "the sum since the start forgets nothing"


def test_every_half_minute_has_its_moment(counters: Counters, hands: Hands) -> None:
    counters.ran("Home", 0.001, compiled=True)
    hands.now += 2 * SLOT_SECONDS
    counters.refused("BUSY")
    hands.now += SLOT_SECONDS
    assert [(each["answered"], each["refused"]) for each in told(counters)["moments"]] == [(1, 0), (0, 0), (0, 1)]
    hands.now += 3600
    assert len(told(counters)["moments"]) == 59


def test_old_moments_are_dropped(counters: Counters, hands: Hands) -> None:
    for _ in range(200):
        counters.refused("BUSY")
        hands.now += SLOT_SECONDS
    assert len(counters.snapshot()["slots"]) <= 60


async def test_a_process_that_fell_silent_is_left_out(redis_url: str) -> None:
    async with redis.asyncio.from_url(redis_url) as valkey:
        await valkey.delete(KEY)
        mine, silent = Counters(), Counters()
        silent._now = lambda: 1.0 - STALE_SECONDS
        await Traffic(valkey, silent).write()
        living = Traffic(valkey, Counters())
        await living.write()
        assert (await Traffic(valkey, mine).figures())["processes"] == 2
        assert await valkey.hlen(KEY) == 1, "the silent one is forgotten"
        assert 0 < await valkey.ttl(KEY) <= 120


async def test_without_valkey_a_process_tells_of_itself_alone() -> None:
    nobody = redis.asyncio.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    counters = Counters()
    counters.ran("Home", 0.001, compiled=True)
    found = await Traffic(nobody, counters).figures()
    assert (found["processes"], found["complete"], found["ran"]) == (1, False, 1)
    await nobody.aclose()


async def test_the_console_reads_it_and_others_do_not(settings: Settings, clean_database: None) -> None:
    async with open_client(settings) as client:
        client.mall.counters.ran("Home", 0.004, compiled=True)
        client.mall.counters.refused("THROTTLED")
        admin = await members.operator(client.mall.database)
        async with client.mall.database.begin() as uow:
            token = (await sessions.begin(uow, ViewerKind.PLATFORM, admin, "测试机")).access
        found = await client.as_(token).ask(TRAFFIC)
        assert found["complete"] is True
        assert {"code": "THROTTLED", "count": 1.0} in found["refused"]
        assert "Home" in {each["name"] for each in found["operations"]}
        with pytest.raises(Failed) as refused:
            await client.ask(TRAFFIC)
        assert refused.value.code == "UNAUTHENTICATED"


async def test_a_process_leaves_when_it_ends(settings: Settings, redis_url: str, clean_database: None) -> None:
    async with redis.asyncio.from_url(redis_url) as valkey:
        await valkey.delete(KEY)
        async with open_client(settings) as client:
            await client.mall.traffic.write()
            assert await valkey.hlen(KEY) == 1
        assert await valkey.hlen(KEY) == 0
