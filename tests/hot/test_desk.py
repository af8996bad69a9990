"""The desk on real rows: everybody gets his own answer, whatever becomes of the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from domain.base import Conflict, Refusal, UnitOfWork, Viewer
from domain.crypto import vault
from domain.inventory import OutOfStock
from domain.members.addresses import SEALED
from domain.orders import Placed, PlacingDesk, WantedOrder
from models.orders import Order, Trade
from models.outbox import OutboxEvent
from server.database import Database
from server.settings import Settings
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.hot.conftest import until

Page = tuple[Viewer, WantedOrder]


class Counting:
    """A database that counts its transactions and can fail before and after each commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.begun = 0
        self.fail_before: list[BaseException] = []
        self.fail_after: list[BaseException] = []
        self.gate: asyncio.Event | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        self.begun += 1
        async with self._database.begin() as uow:
            yield uow
            if self.gate:
                await self.gate.wait()
            if self.fail_before:
                raise self.fail_before.pop(0)
        if self.fail_after:
            raise self.fail_after.pop(0)

    def read(self) -> Any:
        return self._database.read()


@pytest.fixture
def counting(database: Database) -> Counting:
    return Counting(database)


async def pages(database: Database, shop: Shop, number: int, quantity: int = 1) -> list[Page]:
    who = [await market.buyer(database) for _ in range(number)]
    return [(each.viewer, await market.wanted(database, each, {shop.sku: quantity})) for each in who]


async def all_at_once(desk: PlacingDesk, wanted: list[Page]) -> list[Placed | BaseException]:
    return await asyncio.gather(*(desk.place(*page) for page in wanted), return_exceptions=True)


async def test_many_share_a_commit_and_the_first_get_what_there_is(database: Database, counting: Counting) -> None:
    shop = await market.shop(database, stock=40)
    wanted = await pages(database, shop, 60)
    answers = await all_at_once(PlacingDesk(counting), wanted)
    assert [isinstance(answer, Placed) for answer in answers] == [True] * 40 + [False] * 20
    assert {type(answer) for answer in answers[40:]} == {OutOfStock}
    assert counting.begun == 1
    assert await market.stock(database, shop.sku) == (40, 40)
    assert len(await market.rows(database, OutboxEvent, name="OrderChanged")) == 40


async def test_the_next_group_gathers_while_one_is_committed(database: Database, counting: Counting) -> None:
    shop, desk = await market.shop(database), PlacingDesk(counting)
    wanted = await pages(database, shop, 12)
    counting.gate = asyncio.Event()
    calls = []
    for page in wanted:  # one after another, so that the first goes alone
        calls.append(asyncio.create_task(desk.place(*page)))
        await asyncio.sleep(0.01)
    counting.gate.set()
    assert all(isinstance(answer, Placed) for answer in await asyncio.gather(*calls))
    assert counting.begun == 2


async def test_a_group_is_bounded(database: Database, counting: Counting) -> None:
    shop = await market.shop(database)
    answers = await all_at_once(PlacingDesk(counting, together=4), await pages(database, shop, 10))
    assert all(isinstance(answer, Placed) for answer in answers)
    assert counting.begun == 3


async def test_a_double_tap_gets_one_trade(database: Database, counting: Counting) -> None:
    shop, desk = await market.shop(database), PlacingDesk(counting)
    ((viewer, page),) = await pages(database, shop, 1)
    answers = await all_at_once(desk, [(viewer, page)] * 20)
    assert {answer.trade["id"] for answer in answers if isinstance(answer, Placed)} == {
        row["id"] for row in await market.rows(database, Trade)
    }
    assert await market.stock(database, shop.sku) == (100, 1)


async def test_a_poisoned_order_fails_alone(database: Database, counting: Counting) -> None:
    """An address that does not open: nobody foresaw it, and it is nobody else's trouble."""
    shop = await market.shop(database)
    wanted = await pages(database, shop, 9)
    poisoned = wanted[5][1].address_id
    sealed = vault.seal("王", table="elsewhere", column="name", row=poisoned)
    async with database.begin() as uow:
        for name in SEALED:
            change = text(f"update addresses set {name}_sealed = :sealed where id = :id")
            await uow.session.execute(change, {"sealed": sealed, "id": poisoned})
    answers = await all_at_once(PlacingDesk(counting), wanted)
    assert [isinstance(answer, Placed) for answer in answers] == [True] * 5 + [False] + [True] * 3
    assert not isinstance(answers[5], Refusal)
    assert await market.stock(database, shop.sku) == (100, 8)
    # Halved until it is alone, not one by one.
    assert counting.begun <= 9


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
async def test_a_lost_connection_is_asked_again_with_the_same_keys(
    database: Database, counting: Counting, after: bool
) -> None:
    shop = await market.shop(database)
    wanted = await pages(database, shop, 6)
    (counting.fail_after if after else counting.fail_before).append(ConnectionResetError("gone"))
    answers = await all_at_once(PlacingDesk(counting), wanted)
    assert all(isinstance(answer, Placed) for answer in answers)
    assert counting.begun == 2
    assert len(await market.rows(database, Order)) == 6
    assert await market.stock(database, shop.sku) == (100, 6)


async def test_every_backend_is_terminated_in_the_middle_of_a_group(database: Database, counting: Counting) -> None:
    shop, desk = await market.shop(database), PlacingDesk(counting)
    wanted = await pages(database, shop, 8)
    counting.gate = asyncio.Event()
    calls = [asyncio.create_task(desk.place(*page)) for page in wanted]
    async with asyncio.timeout(20):
        while not await written(database):  # noqa: ASYNC110 - only PostgreSQL knows
            await asyncio.sleep(0.01)
    async with database.read() as session:
        # Of this database alone: other tests run in the same PostgreSQL.
        mine = "datname = current_database() and state = 'idle in transaction'"
        await session.execute(text(f"select pg_terminate_backend(pid) from pg_stat_activity where {mine}"))
    counting.gate.set()
    assert all(isinstance(answer, Placed) for answer in await asyncio.gather(*calls))
    assert await market.stock(database, shop.sku) == (100, 8)
    assert len(await market.rows(database, Trade)) == 8


async def written(database: Database) -> bool:
    """Whether a group has written everything and only its commit is missing."""
    async with database.read() as session:
        last = "state = 'idle in transaction' and query like '%DELETE FROM cart_lines%'"
        idle = f"select count(*) from pg_stat_activity where {last}"
        return bool(await session.scalar(text(idle)))


async def test_an_outage_is_told_to_everybody_and_forgotten(database: Database, counting: Counting) -> None:
    shop, desk = await market.shop(database), PlacingDesk(counting)
    wanted = await pages(database, shop, 5)
    counting.fail_before += [ConnectionResetError("gone"), ConnectionResetError("still gone")]
    answers = await all_at_once(desk, wanted)
    assert {type(answer) for answer in answers} == {ConnectionResetError}
    assert all(isinstance(answer, Placed) for answer in await all_at_once(desk, wanted))
    assert await market.stock(database, shop.sku) == (100, 5)


async def test_a_buyer_who_goes_away_takes_nobody_with_him(database: Database, counting: Counting) -> None:
    shop, desk = await market.shop(database), PlacingDesk(counting)
    wanted = await pages(database, shop, 6)
    counting.gate = asyncio.Event()
    under_way = [asyncio.create_task(desk.place(*page)) for page in wanted[:3]]
    await until(lambda: counting.begun > 0)
    queued = [asyncio.create_task(desk.place(*page)) for page in wanted[3:]]
    await asyncio.sleep(0)
    for gone in (under_way[1], queued[1]):
        gone.cancel()
    counting.gate.set()
    answers = await asyncio.gather(*under_way, *queued, return_exceptions=True)
    assert [isinstance(answer, Placed) for answer in answers] == [True, False, True, True, False, True]
    # He who left while it was written has his order, and is told so when he asks again; he who only waited has none.
    assert await market.stock(database, shop.sku) == (100, 5)
    again = await desk.place(*wanted[1])
    assert await market.stock(database, shop.sku) == (100, 5)
    assert again.trade == await market.trade(database, again.trade["id"])


async def test_other_goods_are_not_held_up_by_a_sku_that_is_locked(database: Database, counting: Counting) -> None:
    hot, cold, desk = await market.shop(database), await market.shop(database), PlacingDesk(counting)
    rushing, calm = await pages(database, hot, 4), await pages(database, cold, 1)
    async with database.begin() as uow:
        lock = "select 1 from stock where sku_id = :sku for update"
        await uow.session.execute(text(lock), {"sku": hot.sku})
        calls = [asyncio.create_task(desk.place(*page)) for page in rushing]
        await until(lambda: counting.begun > 0)
        assert isinstance(await desk.place(*calm[0]), Placed)
        assert not any(call.done() for call in calls)
    assert all(isinstance(answer, Placed) for answer in await asyncio.gather(*calls))


async def test_who_wants_both_is_not_overtaken_by_who_wants_one(database: Database, counting: Counting) -> None:
    """First come, first served for each SKU, also when the first must wait for another SKU."""
    hot, scarce, desk = await market.shop(database), await market.shop(database, stock=1), PlacingDesk(counting)
    first, both, late = [await market.buyer(database) for _ in range(3)]
    counting.gate = asyncio.Event()
    calls = []
    for who, lines in ((first, {hot.sku: 1}), (both, {hot.sku: 1, scarce.sku: 1}), (late, {scarce.sku: 1})):
        page = await market.wanted(database, who, lines)
        calls.append(asyncio.create_task(desk.place(who.viewer, page)))
        await asyncio.sleep(0.01)
    counting.gate.set()
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Placed, Placed, OutOfStock]


async def test_two_processes_sell_what_there_is_once(settings: Settings, database: Database) -> None:
    shop = await market.shop(database, stock=50)
    second = await market.shop(database, stock=1000)
    other = Database(settings)
    try:
        desks = [PlacingDesk(database), PlacingDesk(other)]
        buyers: list[Buyer] = [await market.buyer(database) for _ in range(40)]
        wanted = []
        for at, who in enumerate(buyers):
            lines = {shop.sku: 1, second.sku: 1} if at % 2 else {second.sku: 1, shop.sku: 1}
            for _ in range(2):
                wanted.append((who.viewer, await market.wanted(database, who, lines)))
        # Every order is sent to both, as by a client that lost its patience.
        calls = [desk.place(*page) for at, page in enumerate(wanted) for desk in (desks if at % 3 else desks[::-1])]
        answers = await asyncio.gather(*calls, return_exceptions=True)
    finally:
        await other.close()
    assert {type(answer) for answer in answers} == {Placed, OutOfStock}
    trades = {answer.trade["id"] for answer in answers if isinstance(answer, Placed)}
    assert len(trades) == len(await market.rows(database, Trade)) == 50
    assert await market.stock(database, shop.sku) == (50, 50)
    assert await market.stock(database, second.sku) == (1000, 50)


async def test_a_key_with_other_content_is_refused_to_its_sender_only(database: Database, counting: Counting) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 1})
    other = await market.wanted(database, who, {shop.sku: 3}, idempotency_key=page.idempotency_key)
    answers = await all_at_once(PlacingDesk(counting), [(who.viewer, each) for each in (page, other, page)])
    assert [type(answer) for answer in answers] == [Placed, Conflict, Placed]
