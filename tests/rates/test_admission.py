"""Rooms, queues and deadlines of one process, and PostgreSQL let go of when time is up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import asyncpg
import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from models.base import new_id
from models.members import Member
from schema.audience import Room
from server.admission import LONGEST_QUEUE, RETRY, Admission, Deadlines
from server.database import Database
from server.refusing import RequestRefused
from server.settings import Settings


def admission(settings: Settings, **sizes: Any) -> Admission:
    small = {"room_checkout": 1, "room_browse": 2, "room_export": 1, "queue_seconds": 5.0}
    return Admission(settings.model_copy(update={**small, **sizes}))


class Crowd:
    """Operations that stay until they are let go, in the order they came in."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.inside: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.ends: dict[str, asyncio.Event] = {}

    async def come(self, kind: Room, *names: str) -> None:
        for name in names:
            self.ends[name] = asyncio.Event()
            self.tasks[name] = asyncio.create_task(self._stay(kind, name))
        await self.settle()

    async def _stay(self, kind: Room, name: str) -> None:
        async with self.admission.admit(kind):
            self.inside.append(name)
            try:
                await self.ends[name].wait()
            finally:
                self.inside.remove(name)

    async def go(self, *names: str) -> None:
        for name in names:
            self.ends[name].set()
        await self.settle()

    async def settle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)


@pytest.fixture
async def crowd(settings: Settings) -> AsyncIterator[Crowd]:
    made = Crowd(admission(settings))
    yield made
    for task in made.tasks.values():
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*made.tasks.values(), return_exceptions=True)
    running = [(each["running"], each["waiting"]) for each in made.admission.snapshot().values()]
    assert running == [(0, 0)] * 3  # nothing leaked, whatever the test did


async def test_first_come_first_served(crowd: Crowd) -> None:
    await crowd.come(Room.BROWSE, "a", "b", "c", "d", "e")
    assert crowd.inside == ["a", "b"]
    await crowd.go("b")
    assert crowd.inside == ["a", "c"]
    await crowd.go("a", "c")
    assert crowd.inside == ["d", "e"]
    found = crowd.admission.snapshot()["browse"]
    assert found == {"running": 2, "waiting": 0, "admitted": 5, "queued": 3, "refused": 0}


async def test_the_checkout_may_use_half_of_browsings_room(crowd: Crowd) -> None:
    await crowd.come(Room.CHECKOUT, "buy 1", "buy 2", "buy 3")
    assert crowd.inside == ["buy 1", "buy 2"]  # its own, and one of the two of browsing
    await crowd.come(Room.BROWSE, "look 1", "look 2")
    assert crowd.inside == ["buy 1", "buy 2", "look 1"]
    await crowd.go("buy 2")  # the checkout is first in turn for what it may borrow
    assert crowd.inside == ["buy 1", "look 1", "buy 3"]


async def test_browsing_never_uses_the_checkouts_room(crowd: Crowd) -> None:
    await crowd.come(Room.BROWSE, *(f"look {number}" for number in range(6)))
    await crowd.come(Room.EXPORT, "export 1", "export 2")
    assert len(crowd.inside) == 3
    await crowd.come(Room.CHECKOUT, "buy")
    assert "buy" in crowd.inside
    await crowd.go("look 0")
    assert crowd.inside == ["look 1", "export 1", "buy", "look 2"]


async def test_who_leaves_the_checkouts_room_does_not_let_browsing_in(crowd: Crowd) -> None:
    await crowd.come(Room.CHECKOUT, "buy")
    await crowd.come(Room.BROWSE, "a", "b", "c")
    await crowd.go("buy")
    assert crowd.inside == ["a", "b"]


async def test_who_waits_too_long_is_told_to_come_back(settings: Settings) -> None:
    rooms = admission(settings, queue_seconds=0.05, room_browse=1)
    async with rooms.admit("browse"):
        answers = await asyncio.gather(*(_enter(rooms) for _ in range(20)))
    assert {(each.status, each.code) for each in answers} == {(503, "BUSY")}
    waits = [each.retry_after for each in answers]
    assert all(wait is not None and RETRY[0] <= wait <= RETRY[1] for wait in waits)
    assert len(set(waits)) > 1  # they do not come back together
    assert rooms.snapshot()["browse"]["refused"] == 20
    async with rooms.admit("browse"):
        assert rooms.snapshot()["browse"]["running"] == 1


async def _enter(rooms: Admission) -> RequestRefused:
    with pytest.raises(RequestRefused) as refused:
        async with rooms.admit("browse"):
            pass
    return refused.value


async def test_the_queue_is_bounded(crowd: Crowd) -> None:
    most = LONGEST_QUEUE[Room.EXPORT]
    await crowd.come(Room.EXPORT, *(str(number) for number in range(1 + most)))
    with pytest.raises(RequestRefused):
        async with crowd.admission.admit(Room.EXPORT):
            pass
    assert crowd.admission.snapshot()["export"]["waiting"] == most


async def test_who_goes_away_while_waiting_leaves_no_gap(crowd: Crowd) -> None:
    await crowd.come(Room.BROWSE, "a", "b", "gone", "c")
    crowd.tasks["gone"].cancel()
    await crowd.settle()
    assert crowd.admission.snapshot()["browse"]["waiting"] == 1
    await crowd.go("a")
    assert crowd.inside == ["b", "c"]


async def test_who_goes_away_the_moment_they_are_called_passes_the_room_on(crowd: Crowd) -> None:
    """The room was given, and its taker was cancelled before it could step in."""
    await crowd.come(Room.BROWSE, "a", "b", "gone", "c")
    crowd.ends["a"].set()
    for _ in range(10):
        if crowd.admission.snapshot()["browse"]["waiting"] == 1:
            break
        await asyncio.sleep(0)
    assert crowd.inside == ["b"]
    crowd.tasks["gone"].cancel()
    await crowd.settle()
    assert crowd.inside == ["b", "c"]


async def test_an_operation_that_fails_leaves_its_room(crowd: Crowd) -> None:
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            async with crowd.admission.admit(Room.CHECKOUT):
                raise ZeroDivisionError


async def test_a_storm_of_comings_and_goings_leaks_nothing(crowd: Crowd) -> None:
    """Cancelled at every possible moment, also in the one in which room is given."""
    kinds = (Room.CHECKOUT, Room.BROWSE, Room.BROWSE, Room.EXPORT)
    most = 0
    for number in range(400):
        name = f"n{number}"
        await crowd.come(kinds[number % 4], name)
        most = max(most, len(crowd.inside))
        if number >= 8:
            other = f"n{number - 8}"
            crowd.ends[other].set()
            if number % 3 == 0:
                await asyncio.sleep(0)
            if number % 2 == 0:
                crowd.tasks[other].cancel()
    assert most == 4
    crowd.admission._seconds = 0.0  # the last ones need not wait


# ------------------------------------------------------------------------------------------------ deadlines
def deadlines(settings: Settings) -> Deadlines:
    return Deadlines(settings.model_copy(update={"deadline_browse": 0.2}))


async def test_a_slow_statement_is_interrupted_and_its_connection_good_again(
    settings: Settings, database: Database
) -> None:
    one = Database(settings, pool=1)
    limits = deadlines(settings)
    try:
        for opened in (one.read, one.begin):
            with pytest.raises(RequestRefused) as refused:
                async with limits.deadline("browse"), opened() as entered:
                    await getattr(entered, "session", entered).execute(text("select pg_sleep(30)"))
            assert (refused.value.status, refused.value.code) == (503, "DEADLINE")
            assert refused.value.retry_after == 1
            async with asyncio.timeout(30), one.read() as session:
                assert await session.scalar(text("select 1")) == 1
        assert limits.passed == 2
        sleeping = (
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and state = 'active' and query ~ '^select pg_sleep'"
        )
        async with database.read() as session:
            assert await session.scalar(text(sleeping)) == 0
    finally:
        await one.close()


async def test_what_a_deadline_interrupts_is_not_written(settings: Settings, database: Database) -> None:
    async def write_slowly() -> None:
        async with deadlines(settings).deadline(Room.BROWSE), database.begin() as uow:
            await uow.session.execute(insert(Member).values(id=new_id(), openid="slow", nickname="慢"))
            await uow.session.execute(text("select pg_sleep(30)"))

    with pytest.raises(RequestRefused):
        await write_slowly()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Member)) == 0


async def test_somebody_elses_timeout_is_not_ours(settings: Settings) -> None:
    limits = deadlines(settings)
    with pytest.raises(TimeoutError):
        async with limits.deadline(Room.BROWSE):
            raise TimeoutError
    with pytest.raises(ZeroDivisionError):
        async with limits.deadline(Room.BROWSE):
            raise ZeroDivisionError
    assert limits.passed == 0


async def test_what_breaks_at_the_deadline_has_met_it(settings: Settings) -> None:
    """A driver may answer a cancellation by an error of its own."""
    limits = deadlines(settings)

    async def breaks() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ConnectionError("cancelled") from None

    with pytest.raises(RequestRefused) as refused:
        async with limits.deadline(Room.BROWSE):
            await breaks()
    assert refused.value.code == "DEADLINE"
    assert limits.passed == 1


async def test_a_caller_that_goes_away_is_not_told_of_a_deadline(settings: Settings) -> None:
    async def operate() -> None:
        async with deadlines(settings).deadline(Room.CHECKOUT):
            await asyncio.Event().wait()

    task = asyncio.create_task(operate())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(("checkout", "browse", "expected"), [(15.0, 5.0, 16_000), (2.0, 3.5, 4_500)])
def test_postgresql_waits_a_second_longer_than_buying_or_browsing(
    settings: Settings, checkout: float, browse: float, expected: int
) -> None:
    sizes = {"deadline_checkout": checkout, "deadline_browse": browse}
    assert settings.model_copy(update=sizes).statement_timeout == expected


async def test_postgresql_ends_a_statement_that_nobody_waits_for(settings: Settings) -> None:
    """As a batch for nested fields, which a deadline does not reach."""
    limited = Database(settings, pool=1, most_ms=1_000)
    try:
        for opened in (limited.read, limited.begin):
            with pytest.raises((DBAPIError, asyncpg.QueryCanceledError)):
                await _sleep(opened())
            async with limited.read() as session:
                assert await session.scalar(text("select 1")) == 1
    finally:
        await limited.close()


async def _sleep(entering: Any) -> None:
    async with entering as entered:
        await getattr(entered, "session", entered).execute(text("select pg_sleep(30)"))
