"""Several processes on one Valkey, and what each does while Valkey is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.responses import Drops, cache
from server.responses.cache import DEAF_SECONDS
from server.responses.forgetting import forget
from server.responses.shared import CHANNEL, PACK_FROM, PAUSE
from server.settings import Settings
from tests.responses.processes import LIST, Rows, process, question, until

pytestmark = pytest.mark.usefixtures("clean_redis")


class Line:
    """A line to Valkey that can be cut and mended."""

    def __init__(self, host: str, port: int) -> None:
        self._far = (host, port)
        self._ends: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for end in list(self._ends):
            end.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self._far)
        self._ends |= {writer, far_writer}
        await asyncio.wait(
            [asyncio.ensure_future(_pump(reader, far_writer)), asyncio.ensure_future(_pump(far_reader, writer))],
            return_when=asyncio.FIRST_COMPLETED,
        )
        for end in (writer, far_writer):
            end.transport.abort()
            self._ends.discard(end)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        return


@pytest.fixture
async def line(redis_url: str) -> AsyncIterator[Line]:
    parts = urlsplit(redis_url)
    made = Line(str(parts.hostname), int(parts.port or 6379))
    await made.mend()
    yield made
    await made.cut()


# ------------------------------------------------------------------------------------------------ several processes
@pytest.mark.parametrize("size", [5, PACK_FROM * 3])
async def test_what_one_process_ran_the_others_need_not(redis_url: str, size: int) -> None:
    async with process(redis_url, Rows("昭" * size)) as one, process(redis_url) as other:
        await one.ask(question(LIST))
        await one.settled()
        assert await other.ask(question(LIST)) == "昭" * size
        assert (other.rows.read, other.responses.counts.shared) == (0, 1)


async def test_it_does_not_live_longer_by_going_from_one_to_the_other(redis_url: str) -> None:
    async with process(redis_url) as one, process(redis_url) as other:
        await one.ask(question(LIST))
        await one.settled()
        (place,) = await one.redis.keys("mall:page:*")
        await one.redis.pexpire(place, 5_000)  # as if 25 seconds had gone by
        await other.ask(question(LIST))
        other.time.at += 5
        other.rows.says = "second"
        assert await other.ask(question(LIST)) == "first"  # stale by now, and renewed meanwhile
        assert other.responses.counts.stale == 1
        other.time.at += 15
        await one.redis.delete(place)
        await other.settled()
        assert await other.ask(question(LIST)) == "second"


async def test_only_one_process_runs_it_at_a_time(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "OTHERS", (0.02,) * 100)
    async with process(redis_url) as one, process(redis_url) as other:
        one.rows.gate.clear()
        first = asyncio.create_task(one.ask(question(LIST)))
        await until(lambda: one.rows.read == 1)
        second = asyncio.create_task(other.ask(question(LIST)))
        await asyncio.sleep(0.05)
        one.rows.gate.set()
        assert await asyncio.gather(first, second) == ["first", "first"]
        assert other.rows.read == 0


async def test_nobody_waits_long_for_a_process_that_does_not_come_back(redis_url: str) -> None:
    async with process(redis_url) as one, process(redis_url, Rows("mine")) as other:
        one.rows.gate.clear()
        first = asyncio.create_task(one.ask(question(LIST)))
        await until(lambda: one.rows.read == 1)
        assert await other.ask(question(LIST)) == "mine"
        one.rows.gate.set()
        await first


async def test_a_change_is_heard_by_all(redis_url: str) -> None:
    async with process(redis_url) as one, process(redis_url) as other:
        for each in (one, other):
            await each.ask(question(LIST))
            await each.settled()
            each.rows.says = "second"
        await Drops(one.redis).drop({"Product"})
        await until(lambda: one.responses.counts.dropped == other.responses.counts.dropped == 1)
        assert [await each.ask(question(LIST)) for each in (one, other)] == ["second", "second"]


async def test_all_can_be_dropped_by_hand(redis_url: str) -> None:
    async with process(redis_url) as one, process(redis_url) as other:
        for text in (LIST, "{ banners { id } }", "{ carriers { code } }"):
            await one.ask(question(text))
            await one.settled()
        one.rows.says = other.rows.says = "second"
        await Drops(one.redis).drop_everything()
        await until(lambda: len(one.responses.memory) == 0)
        for each in (one, other):
            for text in (LIST, "{ banners { id } }", "{ carriers { code } }"):
                assert await each.ask(question(text)) == "second"


def test_all_can_be_dropped_from_the_command_line(settings: Settings) -> None:
    async def heard() -> None:
        async with process(settings.redis_url) as here:
            await here.ask(question(LIST))
            await asyncio.to_thread(forget, settings)
            await until(lambda: len(here.responses.memory) == 0)

    asyncio.run(heard())


async def test_what_is_damaged_or_of_another_question_is_not_taken(redis_url: str) -> None:
    async with process(redis_url) as one, process(redis_url, Rows("mine")) as other:
        await one.ask(question(LIST))
        await one.ask(question("{ seasonalProducts { id } }"))
        await one.settled()
        here, there = await one.redis.keys("mall:page:*")
        mine, others = await one.redis.get(here), await one.redis.get(there)
        assert mine is not None
        assert others is not None
        await one.redis.set(here, others, px=30_000)
        await one.redis.set(there, others[:36] + b"z" + others[37:], px=30_000)
        assert await other.ask(question(LIST)) == "mine"
        assert await other.ask(question("{ seasonalProducts { id } }")) == "mine"


# ------------------------------------------------------------------------------------------------ Valkey is away
async def test_without_valkey_answers_live_for_a_moment_and_nobody_is_refused(redis_url: str, line: Line) -> None:
    async with process(line.url) as here:
        await here.ask(question(LIST))
        await line.cut()
        await until(lambda: not here.responses.news.standing)
        here.rows.says = "second"
        assert await here.ask(question(LIST)) == "first"
        here.time.at += DEAF_SECONDS
        assert await here.ask(question(LIST)) == "second"
        here.rows.says = "third"
        assert await here.ask(question(LIST)) == "second"
        here.time.at += DEAF_SECONDS
        assert await here.ask(question(LIST)) == "third"
        assert here.responses.counts.stale == 0


async def test_what_was_missed_while_valkey_was_away_is_not_handed_out_after(redis_url: str, line: Line) -> None:
    async with process(line.url) as here, process(redis_url) as there:
        await here.ask(question(LIST))
        await here.settled()
        await line.cut()
        await until(lambda: not here.responses.news.standing)
        await Drops(there.redis).drop({"Product"})
        await line.mend()
        await until(lambda: here.responses.news.standing)
        here.rows.says = "second"
        here.time.at += PAUSE
        assert await here.ask(question(LIST)) == "second"


async def test_a_valkey_that_comes_back_with_what_it_had_is_not_believed(redis_url: str, line: Line) -> None:
    async with process(line.url) as here, process(redis_url) as there:
        await there.ask(question(LIST))
        await there.settled()
        await line.cut()
        await until(lambda: not here.responses.news.standing)
        await line.mend()
        await until(lambda: here.responses.news.standing)
        here.rows.says = "second"
        assert await here.ask(question(LIST)) == "second"


async def test_a_connection_that_is_replaced_in_silence_is_noticed(redis_url: str) -> None:
    """The client library connects anew by itself; what was said in between is lost, so all is dropped."""
    async with process(redis_url) as here:
        await here.ask(question(LIST))
        admin = Redis.from_url(redis_url)
        await admin.client_kill_filter(_type="pubsub")
        await until(lambda: len(here.responses.memory) == 0)
        await until(lambda: here.responses.news.standing)
        await admin.publish(CHANNEL, "Product")
        await admin.aclose()


async def test_a_line_that_is_dead_without_saying_so_is_noticed(redis_url: str) -> None:
    async with process(redis_url, listening=False) as here:
        here.responses.news._beat = 0.02
        pubsub = here.redis.pubsub()
        here.responses.news.standing = True

        async def silence(**_options: float) -> None:
            await asyncio.sleep(0.02)

        pubsub.get_message = silence  # type: ignore[method-assign, assignment]
        here.responses.news._redis = type("Deaf", (), {"pubsub": lambda self: pubsub})()  # type: ignore[assignment]
        with pytest.raises(TimeoutError):
            await here.responses.news._listen()
        await pubsub.aclose()


async def test_a_change_that_cannot_be_told_is_said_to_the_relay(line: Line) -> None:
    redis = Redis.from_url(line.url, retry=None)
    await Drops(redis).drop({"Product"})
    await line.cut()
    with pytest.raises((RedisError, OSError)):
        await Drops(redis).drop({"Product"})
    await redis.aclose()


async def test_a_valkey_that_does_not_answer_is_left_alone_for_a_while(redis_url: str) -> None:
    async with process(redis_url) as here:
        slow = asyncio.Event()

        async def never(*_key: object) -> None:
            await slow.wait()

        shared = here.responses.shared
        shared.patience = 0.05
        assert await shared._try(never) is None
        assert shared.failed == 1
        assert await shared.find(b"x" * 20, ["Product"]) is None
        here.time.at += PAUSE
        assert await shared.find(b"x" * 20, ["Product"]) is not None
        slow.set()
