"""Buckets on a real Valkey: exact at once and over time, together and from several processes; open when it is away."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from integrations.valkey import connect
from server.embedded.state import StateDir
from server.embedded.valkey import Valkey
from server.rates import Rates, Take, whole_seconds

SLOW = 0.001  # points a second: nothing flows back while a test runs


async def test_a_hundred_at_once_get_exactly_what_the_bucket_holds(rates: Rates) -> None:
    found = await asyncio.gather(*(rates.take("login", 1, per_second=SLOW, burst=10) for _ in range(100)))
    assert sum(each.ok for each in found) == 10
    assert sorted(each.left for each in found if each.ok) == pytest.approx(range(10), abs=0.001)
    assert rates.counts == {"taken": 10, "refused": 90, "ungoverned": 0}


OTHER = """
import asyncio, sys
from integrations.valkey import connect
from server.rates import Rates

async def main():
    redis = connect(sys.argv[1])
    rates = Rates(redis)
    found = await asyncio.gather(*(rates.take("shared", 1, per_second=0.001, burst=10) for _ in range(30)))
    print(sum(each.ok for each in found))
    await redis.aclose()

asyncio.run(main())
"""


async def test_two_processes_share_one_bucket(redis_url: str, clean_redis: None) -> None:
    async def other() -> int:
        command = (sys.executable, "-c", OTHER, redis_url)
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        return int(output)

    assert sum(await asyncio.gather(other(), other())) == 10


async def _pass(redis: Redis, seconds: float) -> None:
    """So much time for the bucket `b`: what it remembers happened so much earlier."""
    kept: Any = await redis.get("rate:{b}")
    level, at = kept.decode().split()
    await redis.set("rate:{b}", f"{level} {float(at) - seconds * 1_000_000:.0f}", keepttl=True)


async def test_points_flow_back_with_time_and_no_further_than_full(rates: Rates, redis: Redis) -> None:
    assert (await rates.take("b", 5, per_second=0.01, burst=5)).ok
    refused = await rates.take("b", 5, per_second=0.01, burst=5)
    assert not refused.ok
    assert 0 < refused.retry_after <= 500
    await _pass(redis, refused.retry_after)
    assert (await rates.take("b", 5, per_second=0.01, burst=5)).ok
    await _pass(redis, 3_000)
    assert (await rates.take("b", 5, per_second=0.01, burst=5)).left == 0


async def test_who_waits_as_told_is_served(rates: Rates, redis: Redis) -> None:
    """`retry_after` is what it takes and no more: half of it is too early."""
    await rates.take("b", 10, per_second=0.01, burst=10)
    refused = await rates.take("b", 4, per_second=0.01, burst=10)
    assert refused.retry_after == pytest.approx(400, abs=100)
    await _pass(redis, refused.retry_after * 0.5)
    assert not (await rates.take("b", 4, per_second=0.01, burst=10)).ok
    await _pass(redis, refused.retry_after * 0.5)
    assert (await rates.take("b", 4, per_second=0.01, burst=10)).ok


async def test_what_exceeds_the_whole_bucket_never_fits(rates: Rates) -> None:
    never = await rates.take("b", 11, per_second=1, burst=10)
    assert (never.ok, never.left, never.retry_after) == (False, 10, 0)
    await rates.take("b", 10, per_second=1, burst=10)
    assert (await rates.take("b", 11, per_second=1, burst=10)).retry_after == pytest.approx(10, abs=0.2)


async def test_a_refused_take_costs_nothing(rates: Rates) -> None:
    for _ in range(50):
        assert not (await rates.take("b", 11, per_second=SLOW, burst=10)).ok
    assert (await rates.take("b", 10, per_second=SLOW, burst=10)).ok


async def test_what_was_not_used_is_given_back(rates: Rates) -> None:
    await rates.take("b", 10, per_second=SLOW, burst=10)
    await rates.give_back("b", 4)
    assert (await rates.take("b", 4, per_second=SLOW, burst=10)).left == pytest.approx(0, abs=0.01)
    await rates.give_back("b", 1_000)
    assert (await rates.take("b", 0, per_second=SLOW, burst=10)).left == 10
    await rates.give_back("nobody's", 5)
    assert (await rates.take("nobody's", 0, per_second=SLOW, burst=10)).left == 10


async def test_several_takes_are_one_or_none(rates: Rates) -> None:
    full = Take("full", 1, SLOW, 1)
    assert (await rates.take_all([full]))[0].ok
    wanted = [Take("one", 2, SLOW, 5), full, Take("two", 3, SLOW, 5)]
    assert [each.ok for each in await rates.take_all(wanted)] == [True, False, True]
    for bucket in ("one", "two"):
        assert (await rates.take(bucket, 0, per_second=SLOW, burst=5)).left == 5


async def test_several_takes_are_one_round_trip(rates: Rates, redis: Redis) -> None:
    takes = [Take(f"b{number}", 1, 1, 5) for number in range(8)]
    await rates.take_all(takes)
    before = await _reads(redis)
    await rates.take_all(takes)
    assert await _reads(redis) - before == 2  # the takes, and the question how many reads there were


async def _reads(redis: Redis) -> int:
    """How often Valkey read from a socket."""
    stats: dict[str, Any] = await redis.info("stats")
    return int(stats["total_reads_processed"])


async def test_a_thousand_at_once_share_one_connection(rates: Rates, redis: Redis) -> None:
    """One each would use up the pool, and the rest would pass as if Valkey were away."""
    found = await asyncio.gather(*(rates.take("b", 1, per_second=SLOW, burst=10) for _ in range(1_000)))
    assert sum(each.ok for each in found) == 10
    assert rates.counts["ungoverned"] == 0
    clients: dict[str, Any] = await redis.info("clients")
    assert clients["connected_clients"] == 1


async def test_a_caller_that_goes_away_takes_nobodys_answer_along(rates: Rates) -> None:
    gone = asyncio.create_task(rates.take("b", 1, per_second=SLOW, burst=10))
    others = [asyncio.create_task(rates.take("b", 1, per_second=SLOW, burst=10)) for _ in range(3)]
    await asyncio.sleep(0)
    gone.cancel()
    assert [each.ok for each in await asyncio.gather(*others)] == [True] * 3
    assert (await rates.take("b", 1, per_second=SLOW, burst=10)).ok


async def test_buckets_are_forgotten_once_empty(rates: Rates, redis: Redis) -> None:
    await rates.take("b", 5, per_second=0.1, burst=5)
    (key,) = await redis.keys("rate:*")
    assert key == b"rate:{b}"
    assert 0 < await redis.pttl(key) <= 51_000
    await rates.give_back("b", 5)
    assert 0 < await redis.pttl(key) <= 51_000


async def test_a_valkey_that_lost_its_scripts_is_taught_again(rates: Rates, redis: Redis) -> None:
    for _ in range(2):
        assert (await rates.take("a", 1, per_second=SLOW, burst=10)).ok
        assert [each.ok for each in await rates.take_all([Take("a", 1, SLOW, 10), Take("b", 1, SLOW, 10)])] == [
            True
        ] * 2
        await redis.script_flush()
    assert (await rates.take("a", 0, per_second=SLOW, burst=10)).left == pytest.approx(6, abs=0.01)


# ------------------------------------------------------------------------------------------------ without Valkey
async def test_without_valkey_everything_is_granted_and_said_once(tmp_path: Path) -> None:
    state = StateDir(tmp_path)
    state.prepare()
    server = Valkey(state, durable=False)
    server.start()
    redis = connect(server.url)
    rates = Rates(redis)
    try:
        for _ in range(2):
            await rates.take("b", 1, per_second=SLOW, burst=1)
        assert rates.counts["refused"] == 1
        server.stop()
        with capture_logs() as logs:
            for _ in range(20):
                taken = await rates.take("b", 1, per_second=SLOW, burst=1)
                assert (taken.ok, taken.left) == (True, 1)
                await rates.give_back("b", 1)
        assert [entry["event"] for entry in logs] == ["rates.valkey_away"]
        assert rates.counts["ungoverned"] == 20
        server.start()
        rates._away_until = 0  # as it will be after PAUSE
        assert [(await rates.take("b", 1, per_second=SLOW, burst=1)).ok for _ in range(2)] == [True, False]
    finally:
        await redis.aclose()
        server.stop()


async def test_a_valkey_that_hangs_delays_one_request_and_not_the_next() -> None:
    """Something listens and never answers, as behind a network that drops everything."""
    asked = 0

    async def hang(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await asyncio.Event().wait()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    redis = connect(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
    rates = Rates(redis)
    async with asyncio.timeout(30):
        for _ in range(20):
            assert (await rates.take("b", 1, per_second=1, burst=1)).ok
    assert asked == 1
    await redis.aclose()
    server.close()


@pytest.mark.parametrize(("wait", "told"), [(0, 1), (0.2, 1), (1.0, 1), (1.01, 2), (59.5, 60)])
def test_nobody_is_told_to_come_back_at_once(wait: float, told: int) -> None:
    assert whole_seconds(wait) == told
