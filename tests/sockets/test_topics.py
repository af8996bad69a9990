"""One subscription per topic and process; whoever begins to listen is told as soon as it stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from integrations.topics import MOST_WAITING, RESYNC, RedisTopics, TooSlow
from integrations.valkey import connect

PATIENCE = 20


@pytest.fixture
async def redis(redis_url: str, clean_redis: None) -> AsyncIterator[Redis]:
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def topics(redis: Redis) -> AsyncIterator[RedisTopics]:
    made = RedisTopics(redis)
    made.start()
    yield made
    await made.close()


class Ear:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, message: str) -> None:
        self.heard.append(message)

    async def until(self, *messages: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.heard != list(messages):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def test_told_when_it_stands_then_of_everything(topics: RedisTopics, redis: Redis) -> None:
    first, second = Ear(), Ear()
    topics.watch("a", first)
    await first.until(RESYNC)
    topics.watch("a", second)
    await second.until(RESYNC)
    await topics.publish("a", "one")
    await topics.publish("b", "not for us")
    await first.until(RESYNC, "one")
    await second.until(RESYNC, "one")
    assert (await redis.pubsub_numsub("mall:a"))[0][1] == 1


async def test_who_left_hears_nothing_and_the_last_one_ends_the_subscription(topics: RedisTopics, redis: Redis) -> None:
    first, second = Ear(), Ear()
    leave, leave_too = topics.watch("a", first), topics.watch("a", second)
    await second.until(RESYNC)
    leave()
    leave()  # once more changes nothing
    await topics.publish("a", "one")
    await second.until(RESYNC, "one")
    leave_too()
    async with asyncio.timeout(PATIENCE):
        while (await redis.pubsub_numsub("mall:a"))[0][1]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert (first.heard, topics.count) == ([RESYNC], 0)


async def test_left_and_wanted_again_at_once(topics: RedisTopics) -> None:
    first = Ear()
    leave = topics.watch("a", first)
    await first.until(RESYNC)
    for _ in range(20):
        leave()
        again = Ear()
        leave = topics.watch("a", again)
        await again.until(RESYNC)
        await topics.publish("a", "one")
        await again.until(RESYNC, "one")


async def test_a_thousand_topics_at_once(topics: RedisTopics) -> None:
    ears = [Ear() for _ in range(1200)]
    leaves = [topics.watch(f"topic:{number}", ear) for number, ear in enumerate(ears)]
    for ear in ears:
        await ear.until(RESYNC)
    await topics.publish("topic:1199", "hello")
    await ears[1199].until(RESYNC, "hello")
    for leave in leaves:
        leave()
    assert topics.count == 0


async def test_a_listener_that_does_not_take_is_cut_off(topics: RedisTopics) -> None:
    async with topics.listen("a") as messages:
        assert topics.standing("a")
        for number in range(MOST_WAITING + 1):
            await topics.publish("a", str(number))
        ear = Ear()
        topics.watch("b", ear)
        await ear.until(RESYNC)
        await topics.publish("b", "last")
        await ear.until(RESYNC, "last")
        with pytest.raises(TooSlow):
            await asyncio.wait_for(anext(messages), PATIENCE)
    assert topics.count == 1


async def test_told_again_after_the_connection_was_cut(topics: RedisTopics, redis: Redis) -> None:
    ear = Ear()
    topics.watch("a", ear)
    await ear.until(RESYNC)
    for _ in range(3):
        ear.heard.clear()
        await redis.client_kill_filter(_type="pubsub")
        await ear.until(RESYNC)
        await topics.publish("a", "after")
        await ear.until(RESYNC, "after")
