"""The desk by itself: nobody waits for ever, whatever fails and whenever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from domain.base import Refusal, Unavailable, Viewer, ViewerKind
from domain.orders import Busy, Placed, PlacingDesk, WantedOrder, desk
from models.base import new_id
from tests.hot.conftest import until

SKU = new_id()


class Slow:
    """A database without rows. It yields to everybody else at every step and may fail at any of them."""

    def __init__(self) -> None:
        self.placed: list[list[str]] = []
        self.failures: dict[str, list[BaseException]] = {}
        self.open = asyncio.Event()
        self.open.set()

    async def step(self, name: str) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        if self.failures.get(name):
            raise self.failures[name].pop(0)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Any]:
        await self.step("connecting")
        yield self
        await self.open.wait()
        await self.step("committing")
        await self.step("giving back")

    async def place_many(self, wanted: Sequence[tuple[Viewer, WantedOrder]]) -> list[Placed | Refusal]:
        await self.step("placing")
        self.placed.append([page.idempotency_key for _, page in wanted])
        return [Placed({"key": page.idempotency_key}) for _, page in wanted]

    def read(self) -> Any:
        raise AssertionError("placing reads in its transaction")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow()

    async def place_many(uow: Slow, wanted: Sequence[tuple[Viewer, WantedOrder]]) -> list[Placed | Refusal]:
        return await uow.place_many(wanted)

    monkeypatch.setattr(desk, "place_many", place_many)
    return made


def page(key: str, *skus: Any) -> tuple[Viewer, WantedOrder]:
    lines = [(sku, 1) for sku in skus or (SKU,)]
    return Viewer(ViewerKind.MEMBER, new_id()), WantedOrder(key, lines, new_id(), 1)


async def patiently(awaitable: Any) -> Any:
    return await asyncio.wait_for(awaitable, 10)


async def test_who_comes_at_any_moment_of_a_commit_is_served(slow: Slow) -> None:
    """The wake-up that is easily lost: coming while the group before gives its connection back."""
    place = PlacingDesk(slow).place
    calls = []
    for at in range(60):  # one per turn of the loop: every moment of every commit is hit
        calls.append(asyncio.create_task(place(*page(f"key-{at}"))))
        await asyncio.sleep(0)
    answers = await patiently(asyncio.gather(*calls))
    assert [answer.trade["key"] for answer in answers] == [f"key-{at}" for at in range(60)]
    assert [key for group in slow.placed for key in group] == [f"key-{at}" for at in range(60)]
    assert len(slow.placed) < 20


@pytest.mark.parametrize("step", ["connecting", "placing", "committing", "giving back"])
@pytest.mark.parametrize(
    "error", [OSError("away"), RuntimeError("ours"), asyncio.CancelledError(), TimeoutError()], ids=repr
)
async def test_nobody_is_left_waiting_by_a_failure_anywhere(slow: Slow, step: str, error: BaseException) -> None:
    counter = PlacingDesk(slow)
    for times in (1, 2, 5):
        slow.failures[step] = [error] * times
        calls = [asyncio.create_task(counter.place(*page(f"key-{at}"))) for at in range(4)]
        done = await patiently(asyncio.gather(*calls, return_exceptions=True))
        assert len(done) == 4
        allowed = (Placed, type(error), Unavailable)
        assert all(isinstance(answer, allowed) for answer in done)
        slow.failures.clear()
        assert (await patiently(counter.place(*page("afterwards")))).trade == {"key": "afterwards"}
    await patiently(counter.close())


async def test_when_too_many_wait_the_next_is_told_so_at_once(slow: Slow) -> None:
    slow.open.clear()
    counter = PlacingDesk(slow, waiting=5)
    first = asyncio.create_task(counter.place(*page("first")))
    await until(lambda: bool(slow.placed))
    queued = [asyncio.create_task(counter.place(*page(f"key-{at}"))) for at in range(5)]
    await asyncio.sleep(0)
    with pytest.raises(Busy) as refused:
        await counter.place(*page("too many"))
    assert refused.value.code == "BUSY"
    slow.open.set()
    assert len(await patiently(asyncio.gather(first, *queued))) == 6
    assert await patiently(counter.place(*page("too many")))


async def test_those_who_left_take_no_room(slow: Slow) -> None:
    slow.open.clear()
    counter = PlacingDesk(slow, waiting=3)
    first = asyncio.create_task(counter.place(*page("first")))
    await until(lambda: bool(slow.placed))
    queued = [asyncio.create_task(counter.place(*page(f"key-{at}"))) for at in range(3)]
    await asyncio.sleep(0)
    for call in queued:
        call.cancel()
    await asyncio.gather(*queued, return_exceptions=True)
    later = [asyncio.create_task(counter.place(*page(f"later-{at}"))) for at in range(3)]
    await asyncio.sleep(0)
    slow.open.set()
    assert len(await patiently(asyncio.gather(first, *later))) == 4
    assert [key for group in slow.placed for key in group] == ["first", "later-0", "later-1", "later-2"]


async def test_closing_finishes_what_was_accepted(slow: Slow) -> None:
    slow.open.clear()
    counter = PlacingDesk(slow, together=2)
    calls = [asyncio.create_task(counter.place(*page(f"key-{at}"))) for at in range(7)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(counter.close())
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await counter.place(*page("too late"))
    assert not closing.done()
    slow.open.set()
    await patiently(closing)
    assert [call.result().trade["key"] for call in calls] == [f"key-{at}" for at in range(7)]


async def test_closing_an_idle_desk_returns(slow: Slow) -> None:
    await patiently(PlacingDesk(slow).close())


async def test_groups_under_way_share_no_goods_and_are_few(slow: Slow) -> None:
    slow.open.clear()
    counter = PlacingDesk(slow, groups=3)
    skus = [new_id() for _ in range(5)]
    calls = []
    for sku in skus:
        for at in range(2):
            calls.append(asyncio.create_task(counter.place(*page(f"{skus.index(sku)}-{at}", sku))))
            for _ in range(8):
                await asyncio.sleep(0)
    assert slow.placed == [["0-0"], ["1-0"], ["2-0"]]
    slow.open.set()
    await patiently(asyncio.gather(*calls))
    assert sum(len(group) for group in slow.placed) == 10
