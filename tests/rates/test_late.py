"""Who is refused again and again is told so later; who is right is answered at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.late import LONGEST, MOST_KNOWN, MOST_WAITING, OF_ALL, OF_ONE, Late
from server.settings import Settings
from tests.client import Client, open_client

FREE, PER_SECOND = OF_ONE


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def late(clock: Clock) -> Late:
    return Late(now=clock)


def waits(late: Late, address: str, many: int) -> list[float]:
    return [late.seconds(address) for _ in range(many)]


def test_the_first_are_told_at_once_and_then_each_later_than_the_last(late: Late) -> None:
    found = waits(late, "192.0.2.1", FREE + 3)
    assert found == pytest.approx([0.0] * FREE + [1 / PER_SECOND, 2 / PER_SECOND, 3 / PER_SECOND])


def test_nobody_waits_longer_than_a_moment_nor_long_after(late: Late, clock: Clock) -> None:
    assert max(waits(late, "192.0.2.1", 1000)) == LONGEST
    clock.now += LONGEST + 2 / PER_SECOND
    assert late.seconds("192.0.2.1") == 0
    clock.now += FREE / PER_SECOND
    assert waits(late, "192.0.2.1", FREE) == [0.0] * FREE


def test_addresses_are_counted_apart_and_a_line_of_ipv6_as_one(late: Late) -> None:
    waits(late, "192.0.2.1", FREE + 1)
    assert late.seconds("192.0.2.2") == 0
    waits(late, "2001:db8::1", FREE)
    assert late.seconds("2001:db8::2") > 0


def test_all_together_wait_who_come_from_ever_new_addresses(late: Late) -> None:
    free, per_second = OF_ALL
    found = [late.seconds(f"10.0.{number // 250}.{number % 250}") for number in range(free + 2)]
    assert found == pytest.approx([0.0] * free + [1 / per_second, 2 / per_second])


def test_what_is_known_of_addresses_is_bounded(clock: Clock) -> None:
    late = Late(factor=1e6, now=clock)
    for number in range(MOST_KNOWN + 10):
        late.seconds(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(late._known) == MOST_KNOWN


async def test_beyond_so_many_who_wait_refusals_are_told_at_once(late: Late) -> None:
    waits(late, "192.0.2.1", 100)
    late.waiting = MOST_WAITING
    await asyncio.wait_for(late.wait("192.0.2.1"), 30)
    assert late.snapshot() == {"waiting": MOST_WAITING, "delayed": 0}


# ------------------------------------------------------------------------------------------------ over HTTP
@pytest.fixture
async def client(strict: Settings, clean_redis: None, tmp_path: Path) -> AsyncIterator[Client]:
    async with open_client(strict.model_copy(update={"meili_url": None, "state_dir": tmp_path})) as opened:
        yield opened


async def test_who_is_refused_often_waits_and_who_is_right_does_not(client: Client) -> None:
    let_go, all_wait, asked_for = asyncio.Event(), asyncio.Event(), list[float]()

    async def sleep(seconds: float) -> None:
        asked_for.append(seconds)
        if len(asked_for) == 3:
            all_wait.set()
        await let_go.wait()

    late = client.mall.late
    moment = late._now()
    late._now, late._sleep = lambda: moment, sleep  # no time goes by
    for _ in range(FREE):
        assert (await client.http.put("/graphql")).status_code == 405
    wrong = [
        asyncio.create_task(client.http.post("/graphql", json={"query": text})) for text in ("{", "{ no }", "{ me ")
    ]
    await asyncio.wait_for(all_wait.wait(), 60)
    right = await client.http.post("/graphql", json={"query": "{ __typename }"})
    assert right.json() == {"data": {"__typename": "Query"}}
    assert not any(task.done() for task in wrong)
    let_go.set()
    assert all("errors" in reply.json() for reply in await asyncio.gather(*wrong))
    assert asked_for == pytest.approx([n / PER_SECOND for n in (1, 2, 3)])
    assert late.snapshot() == {"waiting": 0, "delayed": 3}
