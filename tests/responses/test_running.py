"""One run for all who wait, and what becomes of runs that fail, end early, or are overtaken by a change."""

from __future__ import annotations

import asyncio

import pytest

from domain.base import Viewer, ViewerKind
from models.base import new_id
from server.refusing import RequestRefused
from server.responses import Drops
from server.responses.cache import DEAF_SECONDS, RENEW_AGAIN
from tests.responses.processes import LIST, ONE, PAGE, TWO, Process, Rows, nobody, process, question, until

pytestmark = pytest.mark.usefixtures("clean_redis")


async def drop(on: Process, *tags: str) -> None:
    """What the relay does, and the news of it heard."""
    heard = on.responses.counts.dropped + 1
    await Drops(on.redis).drop(tags)
    await until(lambda: on.responses.counts.dropped >= heard)


async def begun(on: Process, times: int = 1) -> None:
    await until(lambda: on.rows.read >= times)


# ------------------------------------------------------------------------------------------------ one for all
async def test_it_is_read_once_and_kept(redis_url: str) -> None:
    async with process(redis_url) as here:
        assert [await here.ask(question(LIST)) for _ in range(5)] == ["first"] * 5
        assert here.rows.read == 1
        assert here.responses.counts.memory == 4


async def test_a_hundred_who_ask_at_once_are_one_run(redis_url: str) -> None:
    async with process(redis_url) as here:
        here.rows.gate.clear()
        asking = [asyncio.create_task(here.ask(question(LIST))) for _ in range(100)]
        await begun(here)
        here.rows.gate.set()
        assert set(await asyncio.gather(*asking)) == {"first"}
        assert (here.rows.read, here.responses.counts.joined) == (1, 99)


async def test_runs_have_a_context_of_their_own(redis_url: str) -> None:
    async with process(redis_url) as here:
        context = nobody()
        context.loaders["mine"] = object()  # type: ignore[assignment]
        await here.responses.get(question(LIST), context, here.rows.run)
        (used,) = here.rows.contexts
        assert used is not context
        assert used.loaders == {}


async def test_who_goes_away_takes_nobody_along(redis_url: str) -> None:
    async with process(redis_url) as here:
        here.rows.gate.clear()
        first, second = (asyncio.create_task(here.ask(question(LIST))) for _ in range(2))
        await begun(here)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        here.rows.gate.set()
        assert await second == "first"
        assert here.rows.read == 1


async def test_a_failure_is_raised_to_its_cause_and_the_others_try_again(redis_url: str) -> None:
    async with process(redis_url) as here:
        here.rows.gate.clear()
        here.rows.fails = RequestRefused(503, "BUSY", "繁忙")
        asking = [asyncio.create_task(here.ask(question(LIST))) for _ in range(5)]
        await begun(here)
        first = asking[0]
        here.rows.gate.set()
        with pytest.raises(RequestRefused):
            await first
        here.rows.fails = None
        assert set(await asyncio.gather(*asking[1:])) == {"first"}
        assert here.rows.read == 2


async def test_answers_with_errors_reach_who_waits_and_are_not_kept(redis_url: str) -> None:
    async with process(redis_url) as here:
        for body in (
            b'{"data":{"it":null},"errors":[{"message":"x"}]}',
            b'{"errors":[{"message":"x"}]}',
            b'{"data":null}',
            b'{"data":{"it":1},"extensions":{"cost":{}}}',
            b"[]",
        ):

            async def run(_context: object, body: bytes = body) -> bytes:
                return body

            found = await here.responses.get(question(LIST), nobody(), run)
            assert found is not None
            assert (found.body, found.etag, found.max_age) == (body, "", 0)
            here.responses.remember(b"raw", found)
        assert len(here.responses.memory) == 0
        assert await here.redis.keys("mall:page:*") == []


async def test_the_word_errors_in_a_text_is_no_error(redis_url: str) -> None:
    async with process(redis_url, Rows('an \\"errors\\": word')) as here:
        await here.ask(question(LIST))
        await here.ask(question(LIST))
        assert here.rows.read == 1


async def test_background_work_ends_with_the_process(redis_url: str) -> None:
    async with process(redis_url) as here:
        here.rows.gate.clear()
        asking = asyncio.create_task(here.ask(question(LIST)))
        await begun(here)
    assert await asking is None
    assert not here.responses._tasks


# ------------------------------------------------------------------------------------------------ whom it is for
VIEWERS = [Viewer(kind, id=new_id()) for kind in ViewerKind if kind is not ViewerKind.ANONYMOUS]


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.kind.value)
async def test_nobody_signed_in_gets_or_leaves_anything(redis_url: str, viewer: Viewer) -> None:
    async with process(redis_url) as here:
        assert await here.ask(question(LIST), viewer) is None
        assert len(here.responses.memory) == 0
        await here.ask(question(LIST))
        assert await here.ask(question(LIST), viewer) is None
        assert here.rows.read == 1


async def test_who_is_told_the_cost_gets_an_answer_of_his_own(redis_url: str) -> None:
    async with process(redis_url) as here:
        asked = question(LIST)
        asked.extensions["cost"] = {}
        assert await here.ask(asked) is None


async def test_different_questions_have_different_answers(redis_url: str) -> None:
    several = f"query A {{ categories {{ id }} }} query B {{ categories {{ id }} }} {PAGE}"
    condition = "query($x: Boolean!) { categories { id name @include(if: $x) } }"
    defaults = "query($first: Int = 5) { brands(first: $first) { id } }"
    questions = [
        question(LIST),
        question("{ seasonalProducts { id title  } }"),
        question("{ a: seasonalProducts { id title } }"),
        question(several, "A"),
        question(several, "B"),
        question(PAGE, id=ONE),
        question(PAGE, id=TWO),
        question(condition, x=True),
        question(condition, x=False),
        question(defaults),
        question(defaults, first=6),
    ]
    async with process(redis_url) as here:
        for number, asked in enumerate(questions):
            here.rows.says = f"answer {number}"
            assert await here.ask(asked) == f"answer {number}"
        assert [await here.ask(asked) for asked in questions] == [f"answer {n}" for n in range(len(questions))]


async def test_the_same_question_has_one_answer_however_it_is_put(redis_url: str) -> None:
    defaults = "query($first: Int = 5) { brands(first: $first) { id } }"
    async with process(redis_url) as here:
        for variables in ({}, {"first": 5}, {"stranger": "x" * 100_000}, {"first": 5, "other": [1, 2]}):
            await here.ask(question(defaults, **variables))
        await here.ask(question(PAGE, id=ONE))
        await here.ask(question(PAGE, id=ONE.upper()))
        assert here.rows.read == 2


async def test_a_wrong_variable_is_not_ours_to_answer(redis_url: str) -> None:
    async with process(redis_url) as here:
        assert await here.ask(question(PAGE)) is None
        assert await here.ask(question(PAGE, id=["x"])) is None
        long = question("query($q: String!) { searchProducts(query: $q) { total } }", q="天" * 5000)
        assert await here.ask(long) is None


# ------------------------------------------------------------------------------------------------ changes
async def test_a_change_ends_what_shows_it_and_nothing_else(redis_url: str) -> None:
    async with process(redis_url) as here:
        for asked in (question(LIST), question(PAGE, id=ONE), question(PAGE, id=TWO), question("{ banners { id } }")):
            await here.ask(asked)
        here.rows.says = "second"
        await drop(here, "Product", f"Product:{ONE}", "?")
        assert await here.ask(question(LIST)) == "second"
        assert await here.ask(question(PAGE, id=ONE)) == "second"
        assert await here.ask(question(PAGE, id=TWO)) == "first"
        assert await here.ask(question("{ banners { id } }")) == "first"


async def test_what_was_read_before_a_change_is_not_kept_after_it(redis_url: str) -> None:
    """The run has read the old row, the change is told, and only then does the run answer."""
    async with process(redis_url) as here, process(redis_url, here.rows) as other:
        await here.ask(question("{ brands { id } }"))
        here.rows.gate.clear()
        early = asyncio.create_task(here.ask(question(LIST)))
        await begun(here, 2)
        here.rows.says = "second"
        await drop(here, "Product", "Brand")
        late = asyncio.create_task(here.ask(question(LIST)))
        await begun(here, 3)
        here.rows.gate.set()
        assert await early == "first"  # asked before anybody knew
        assert await late == "second"
        await here.settled()
        assert await here.ask(question(LIST)) == "second"
        assert await other.ask(question(LIST)) == "second"
        assert here.responses.counts.overtaken == 1


async def test_a_process_that_has_not_heard_yet_cannot_leave_old_rows_to_others(redis_url: str) -> None:
    """It stores its old answer after the change: the marks it carries are not the ones that stand."""
    async with process(redis_url) as slow, process(redis_url) as quick:
        slow.responses.news._dropped = lambda tags: None
        slow.rows.gate.clear()
        early = asyncio.create_task(slow.ask(question(LIST)))
        await begun(slow)
        await Drops(quick.redis).drop({"Product"})
        slow.rows.gate.set()
        await early
        await slow.settled()
        assert len(await quick.redis.keys("mall:page:*")) == 1
        quick.rows.says = "second"
        assert await quick.ask(question(LIST)) == "second"


async def test_what_valkey_had_before_a_change_does_not_reach_memory_after_it(redis_url: str) -> None:
    async with process(redis_url) as here, process(redis_url) as other:
        await other.ask(question(LIST))
        await other.ask(question("{ brands { id } }"))
        await other.settled()
        find, found = here.responses.shared.find, asyncio.Event()

        async def slowly(*asked: object) -> object:
            answer = await find(*asked)  # type: ignore[arg-type]
            await found.wait()
            return answer

        await here.ask(question("{ brands { id } }"))
        here.responses.shared.find = slowly  # type: ignore[method-assign, assignment]
        early = asyncio.create_task(here.ask(question(LIST)))
        await asyncio.sleep(0.05)
        await drop(here, "Product", "Brand")
        found.set()
        await early
        here.rows.says = "second"
        assert await here.ask(question(LIST)) == "second"


# ------------------------------------------------------------------------------------------------ time
async def test_it_is_handed_out_a_little_longer_while_it_is_renewed_once(redis_url: str) -> None:
    async with process(redis_url) as here:
        await here.ask(question(LIST))
        await here.settled()
        await here.redis.delete(*await here.redis.keys("mall:page:*"))
        here.time.at += 30
        here.rows.says = "second"
        here.rows.gate.clear()
        assert [await here.ask(question(LIST)) for _ in range(5)] == ["first"] * 5
        await begun(here, 2)
        here.rows.gate.set()
        await here.settled()
        assert await here.ask(question(LIST)) == "second"
        assert (here.rows.read, here.responses.counts.stale, here.responses.counts.renewed) == (2, 5, 1)


async def test_in_the_end_it_is_not_handed_out_any_more(redis_url: str) -> None:
    async with process(redis_url) as here:
        await here.ask(question(LIST))
        await here.settled()
        await here.redis.delete(*await here.redis.keys("mall:page:*"))
        here.time.at += 45
        here.rows.says = "second"
        assert await here.ask(question(LIST)) == "second"


async def test_a_renewal_that_fails_leaves_what_is_there_and_waits(redis_url: str) -> None:
    async with process(redis_url) as here:
        await here.ask(question(LIST))
        await here.settled()
        await here.redis.delete(*await here.redis.keys("mall:page:*"))
        here.time.at += 30
        here.rows.fails = ValueError("no tables")
        for _ in range(3):
            assert await here.ask(question(LIST)) == "first"
            await here.settled()
        assert here.rows.read == 2
        here.time.at += RENEW_AGAIN
        assert await here.ask(question(LIST)) == "first"
        await here.settled()
        assert here.rows.read == 3


async def test_so_soon_after_a_change_a_replica_is_not_believed(redis_url: str) -> None:
    async with process(redis_url, settle=2.0) as here:
        await here.ask(question(LIST))
        await drop(here, "Product")
        await here.ask(question(LIST))
        await here.settled()
        here.rows.says = "second"  # now the replica has it too
        assert await here.ask(question(LIST)) == "first"
        here.time.at += DEAF_SECONDS
        assert await here.ask(question(LIST)) == "second"
        here.time.at += DEAF_SECONDS
        assert await here.ask(question(LIST)) == "second"
        assert here.rows.read == 3


async def test_what_a_replica_said_is_shared_only_when_no_change_was_told_since(redis_url: str) -> None:
    """The change is told to Valkey just before the run begins, and to this process just after it ended."""
    async with process(redis_url, settle=0.05) as here, process(redis_url) as other:
        here.time.at += 1
        await here.ask(question(LIST))
        here.responses._dropped({"Product"})
        await here.ask(question("{ brands { id } }"))
        await here.settled()
        assert len(await other.redis.keys("mall:page:*")) == 1
        other.rows.says = "second"
        assert await other.ask(question(LIST)) == "second"
        assert await other.ask(question("{ brands { id } }")) == "first"


# ------------------------------------------------------------------------------------------------ before it is read
async def test_the_same_bytes_are_answered_without_reading_them(redis_url: str) -> None:
    async with process(redis_url) as here:
        found = await here.responses.get(question(LIST), nobody(), here.rows.run)
        assert found is not None
        assert here.responses.hit(b"raw") is None
        here.responses.remember(b"raw", found)
        assert here.responses.hit(b"raw") is found
        assert here.responses.hit(b"raw ") is None
        here.time.at += 30
        assert here.responses.hit(b"raw") is None  # the long way, which renews it
        await here.ask(question(LIST))
        await here.settled()
        assert here.responses.hit(b"raw")
        await drop(here, "Product")
        assert here.responses.hit(b"raw") is None
