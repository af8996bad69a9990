"""A group is nothing but a faster way of one after another: same answers, same rows, same stock."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from domain import orders
from domain.base import Conflict, Refusal, Viewer
from domain.inventory import OutOfStock
from domain.orders import Placed, WantedOrder
from models.orders import Order, Trade, TradeState
from server.database import Database
from tests.factories import merchants
from tests.factories import orders as market
from tests.hot.market import WRITTEN, Market, Wish

LINES = st.lists(
    st.tuples(st.sampled_from([0, 0, 1, 2, 4, 5, 3]), st.sampled_from([1, 1, 1, 2, 3, 0, 1000])), max_size=4
)
WISHES = st.builds(
    Wish,
    buyer=st.sampled_from([0, 0, 1, 1, 2, 2, 3, 4, 5]),
    key=st.sampled_from([1, 1, 2, 3, 4, 5, 6, 0]),
    lines=LINES.map(tuple),
    address=st.sampled_from([0, 1, 2, None]),
    wrong_by=st.sampled_from([0, 0, 0, 0, 1]),
    remark=st.sampled_from([None, None, 0, 1]),
    waived=st.sampled_from([True, True, False]),
    from_cart=st.booleans(),
)


@st.composite
def groups(draw: st.DrawFn) -> list[Wish]:
    """Mostly sensible: half of the wishes are somebody's own address and a SKU that is on sale."""
    made = []
    for wish in draw(st.lists(WISHES, min_size=1, max_size=14)):
        if draw(st.booleans()) and wish.buyer < 3:
            sku, quantity = draw(st.sampled_from([0, 1, 1, 4])), draw(st.sampled_from([1, 1, 2]))
            wish = Wish(wish.buyer, wish.key or 9, ((sku, quantity),), wish.buyer, 0, None, True, wish.from_cart)
        made.append(wish)
    return made


def wish(buyer: int, key: int, sku: int = 1, *, quantity: int = 1, address: int | None = 0, wrong_by: int = 0) -> Wish:
    return Wish(buyer, key, ((sku, quantity),), address, wrong_by, None, True, False)


EVERY_REFUSAL = [
    wish(0, 1),
    wish(0, 1, quantity=2),  # the same key with other content
    wish(0, 2, wrong_by=1),
    wish(0, 3, sku=2),  # sold out
    wish(0, 4, address=1),
    wish(0, 5, quantity=1000),
    wish(0, 6),
    wish(0, 7),  # two are not paid yet
    wish(0, 1),
    wish(3, 1),
    wish(4, 1),
    wish(5, 1),
]

Wanted = list[tuple[Viewer, WantedOrder]]


async def one_by_one(database: Database, wanted: Wanted) -> list[Placed | Refusal]:
    answers: list[Placed | Refusal] = []
    for viewer, page in wanted:
        try:
            async with database.begin() as uow:
                id = await orders.place(uow, viewer, page)
            answers.append(Placed(await market.trade(database, id)))
        except Refusal as refusal:
            answers.append(refusal)
    return answers


async def together(database: Database, wanted: Wanted) -> list[Placed | Refusal]:
    async with database.begin() as uow:
        return await orders.place_many(uow, wanted)


async def outcome(database: Database, where: Market, wishes: list[Wish], stock: list[int], how: Any) -> Any:
    """Answers and books of one way, from an empty start; what was answered is what is there."""
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        for table in WRITTEN:
            await uow.session.execute(text(f"delete from {table}"))
        await where.restock(uow, stock)
        await where.fill_carts(uow)
    wanted = [await where.wanted(database, wish) for wish in wishes]
    answers = await how(database, wanted)
    for answer in answers:
        if isinstance(answer, Placed):
            assert answer.trade == await market.trade(database, answer.trade["id"])
    return [where.answer(answer) for answer in answers], await where.books(database)


async def test_a_group_is_one_after_another(database: Database) -> None:
    """Placed alone in this order, and together: two markets of the same make end up the same."""
    async with database.begin() as uow:
        await orders.set_limits(uow, merchants.operator(), orders.Limits(2, 999))
    where = await Market.build(database)
    loop = asyncio.get_running_loop()
    seen: set[str] = set()

    async def compare(wishes: list[Wish], stock: list[int]) -> None:
        alone = await outcome(database, where, wishes, stock, one_by_one)
        grouped = await outcome(database, where, wishes, stock, together)
        assert grouped == alone
        seen.update(str(answer[0]) for answer in alone[0])

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(groups(), st.lists(st.integers(0, 5), min_size=6, max_size=6))
    @example(EVERY_REFUSAL, [5, 5, 0, 0, 0, 0])
    def compared(wishes: list[Wish], stock: list[int]) -> None:
        asyncio.run_coroutine_threadsafe(compare(wishes, stock), loop).result()

    # Hypothesis asks in a thread of its own; the database answers in ours.
    await asyncio.to_thread(compared)
    refusals = {"Invalid", "NotFound", "Forbidden", "Unauthenticated", "Conflict", "TooMany", "OutOfStock"}
    assert refusals | {"PriceChanged", "key-00001"} <= seen


async def test_the_same_key_twice_in_one_group(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 1})
    other = await market.wanted(database, who, {shop.sku: 2}, idempotency_key=page.idempotency_key)
    first, again, different = await together(database, [(who.viewer, each) for each in (page, page, other)])
    assert isinstance(first, Placed)
    assert isinstance(again, Placed)
    assert first.trade == again.trade == await market.trade(database, first.trade["id"])
    assert isinstance(different, Conflict)
    assert await market.stock(database, shop.sku) == (100, 1)
    # And in the next group it is the trade of this one.
    (later,) = await together(database, [(who.viewer, page)])
    assert isinstance(later, Placed)
    assert later.trade == first.trade


async def test_a_key_whose_first_order_was_refused_is_free(database: Database) -> None:
    scarce, plenty, who = (
        await market.shop(database, stock=0),
        await market.shop(database),
        await market.buyer(database),
    )
    gone = await market.wanted(database, who, {scarce.sku: 1})
    there = await market.wanted(database, who, {plenty.sku: 1}, idempotency_key=gone.idempotency_key)
    refused, placed = await together(database, [(who.viewer, gone), (who.viewer, there)])
    assert isinstance(refused, OutOfStock)
    assert isinstance(placed, Placed)


async def test_the_last_pieces_go_to_who_came_first(database: Database) -> None:
    shop = await market.shop(database, stock=5)
    buyers = [await market.buyer(database) for _ in range(8)]
    wanted = [(who.viewer, await market.wanted(database, who, {shop.sku: 2})) for who in buyers[:4]]
    wanted += [(who.viewer, await market.wanted(database, who, {shop.sku: 1})) for who in buyers[4:]]
    answers = await together(database, wanted)
    # Two and two; then one is left: too few for the next two, enough for the first who wants one.
    assert [isinstance(answer, Placed) for answer in answers] == [True, True, False, False, True, False, False, False]
    refused = [answer for answer in answers if isinstance(answer, OutOfStock)]
    assert [refusal.available for refusal in refused] == [1, 1, 0, 0, 0]
    assert await market.stock(database, shop.sku) == (5, 5)


async def test_a_group_costs_as_many_statements_as_one_order(database: Database) -> None:
    shops = [await market.shop(database) for _ in range(3)]
    buyers = [await market.buyer(database) for _ in range(40)]

    async def statements(some: list[market.Buyer]) -> int:
        wanted = [
            (who.viewer, await market.wanted(database, who, {shop.sku: 1 for shop in shops[: 1 + at % 3]}))
            for at, who in enumerate(some)
        ]
        sent: list[str] = []

        def note(*call: Any) -> None:
            sent.append(call[2])

        event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        try:
            assert all(isinstance(answer, Placed) for answer in await together(database, wanted))
        finally:
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
        return len(sent)

    # Who has an unpaid order already costs the group one more, to see what it holds.
    assert await statements(buyers[:1]) == await statements(buyers[1:]) <= 10


async def test_nothing_is_written_for_a_group_that_is_refused_whole(database: Database) -> None:
    shop, who = await market.shop(database, stock=0), await market.buyer(database)
    wanted = [(who.viewer, await market.wanted(database, who, {shop.sku: 1})) for _ in range(3)]
    assert {type(answer) for answer in await together(database, wanted)} == {OutOfStock}
    assert await together(database, []) == []
    assert await market.rows(database, Trade) == await market.rows(database, Order) == []


async def test_the_answer_is_the_whole_row(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 1})
    (new,) = await together(database, [(who.viewer, page)])
    (found,) = await together(database, [(who.viewer, page)])
    assert isinstance(new, Placed)
    assert isinstance(found, Placed)
    row = await market.trade(database, new.trade["id"])
    assert new.trade == found.trade == row
    assert type(new.trade["state"]) is type(found.trade["state"]) is TradeState
