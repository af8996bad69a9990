"""The way in, on a real Valkey: so many as can win, places for the others, and never one piece too many or few."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from redis.asyncio import Redis

from domain import flash, orders
from domain.base import Refusal, WrongState, clock
from domain.flash.entrance import FRESH_SECONDS, Entrance, token
from domain.flash.gate import OwnGate, places
from domain.orders.desk import PlacingDesk
from integrations.turnstile import Turnstile
from integrations.valkey import connect
from models.base import new_id
from server.database import Database
from server.settings import Settings
from tests.client import counting_on
from tests.factories import flash as made
from tests.factories import orders as market
from tests.flash import checks
from tests.orders.gateway import FakeGateway


@pytest.fixture
async def redis(redis_url: str, clean_redis: None) -> AsyncIterator[Redis]:
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def nowhere() -> AsyncIterator[Redis]:
    """A Valkey that is down."""
    client = connect("redis://127.0.0.1:1/0")
    yield client
    await client.aclose()


@pytest.fixture
async def database(settings: Settings, clean_database: None) -> AsyncIterator[Database]:
    opened = Database(settings, pool=20)
    yield opened
    await opened.close()


async def members(database: Database, many: int) -> list[market.Buyer]:
    return [await market.buyer(database) for _ in range(many)]


async def enter_all(entrance: Entrance, offer: made.Offer, buyers: list[market.Buyer]) -> list[flash.Entry]:
    return list(await asyncio.gather(*(entrance.enter(who.viewer, offer.id) for who in buyers)))


def states(entries: list[flash.Entry]) -> dict[str, int]:
    told = [entry.state.value for entry in entries]
    return {state: told.count(state) for state in sorted(set(told))}


@pytest.mark.parametrize("kept_by", ["valkey", "process"])
async def test_a_gate_lets_in_as_many_as_can_win(redis: Redis, kept_by: str) -> None:
    """The shared gate and the one of a process alone answer the same."""
    gate: flash.Gate = Turnstile(redis) if kept_by == "valkey" else OwnGate()
    offer_id, people = new_id(), [new_id() for _ in range(40)]
    assert await gate.ask(offer_id, people[0], 1000.0) is None
    await gate.tell(offer_id, 10, await gate.mark(offer_id))
    said = [await gate.ask(offer_id, who, 1000.0) for who in people]
    assert [each.position for each in said if each] == [0] * 11 + list(range(1, 30))
    assert [await gate.ask(offer_id, who, 1001.0) for who in people] == said, "who asks again keeps his place"
    # Two inside are done, one with a piece: one place inside is free, and who waits longest gets it.
    await gate.leave(offer_id, people[0], 1)
    await gate.leave(offer_id, people[1], 0)
    assert [(await gate.ask(offer_id, who, 1002.0)).inside for who in people[11:14]] == [True, False, False]  # type: ignore[union-attr]
    # Nobody at the front asks any more: they are forgotten, as are those inside who never ordered.
    later = 1002.0 + flash.INSIDE_SECONDS + 1
    said = [await gate.ask(offer_id, who, later) for who in people[30:]]
    assert all(each and each.inside for each in said[:9])
    assert await gate.came(offer_id) == 40


@pytest.mark.parametrize("kept_by", ["valkey", "process"])
async def test_what_was_read_before_a_piece_went_is_not_told(redis: Redis, kept_by: str) -> None:
    gate: flash.Gate = Turnstile(redis) if kept_by == "valkey" else OwnGate()
    offer_id, who = new_id(), new_id()
    await gate.tell(offer_id, 1, await gate.mark(offer_id))
    mark = await gate.mark(offer_id)
    await gate.leave(offer_id, new_id(), 1)
    await gate.tell(offer_id, 1, mark)
    assert await gate.ask(offer_id, who, 1.0) == flash.Passage(False, 1)
    await gate.tell(offer_id, 1, await gate.mark(offer_id))
    assert await gate.ask(offer_id, who, 1.0) == flash.Passage(True)


async def test_a_crowd_costs_postgresql_one_statement(database: Database, redis: Redis) -> None:
    offer = await made.published(database, total=10)
    entrance, buyers = Entrance(database, Turnstile(redis)), await members(database, 60)
    async with counting_on(database) as sent:
        entries = await enter_all(entrance, offer, buyers)
    assert len(sent) <= 2, sent
    assert states(entries) == {"ADMITTED": places(10), "WAITING": 60 - places(10)}
    waiting = [entry for entry in entries if entry.state is flash.EntryState.WAITING]
    assert sorted(entry.position or 0 for entry in waiting) == list(range(1, 50))
    assert all(entry.retry_after_ms and not entry.token for entry in waiting)


async def test_before_after_and_sold_out_ask_nobody(database: Database, redis: Redis, gateway: FakeGateway) -> None:
    entrance, who = Entrance(database, Turnstile(redis)), await market.buyer(database)
    coming = await made.published(database, session_id=await made.session(database, timedelta(hours=2)))
    assert (await entrance.enter(who.viewer, coming.id)).state is flash.EntryState.NOT_STARTED
    offer = await made.published(
        database, session_id=await made.session(database, lasts=timedelta(hours=1)), total=1, per_member=1
    )
    first = await market.buyer(database)
    trade_id = await made.placed(database, offer, first)
    assert (await entrance.enter(who.viewer, offer.id)).state is flash.EntryState.HOPING
    await made.pay(database, gateway, first, trade_id)
    entrance = Entrance(database, Turnstile(redis))
    assert (await entrance.enter(who.viewer, offer.id)).state is flash.EntryState.SOLD_OUT
    await asyncio.sleep(FRESH_SECONDS)
    async with counting_on(database) as sent:
        assert (await entrance.enter(who.viewer, offer.id)).state is flash.EntryState.SOLD_OUT
    assert sent == []
    assert await redis.keys(f"flash:{{{offer.id}}}:queue") == [f"flash:{{{offer.id}}}:queue".encode()], "of the hoping"
    clock.advance(timedelta(hours=1))
    assert (await entrance.enter(who.viewer, offer.id)).state is flash.EntryState.ENDED


async def test_a_token_is_one_members_for_one_offer_and_a_while(database: Database) -> None:
    who, other, offer_id = new_id(), new_id(), new_id()
    made_ = token(offer_id, who, clock.now() + timedelta(seconds=60))
    assert flash.still_good(made_, offer_id, who)
    for wrong in (lambda: flash.still_good(made_, offer_id, other), lambda: flash.still_good(made_, new_id(), who)):
        with pytest.raises(WrongState, match="排队"):
            wrong()
    end, _, signature = made_.partition(".")
    for forged in (
        f"{int(end) + 1}.{signature}",
        f"{end}.",
        "",
        "٣.x",
        f"{end}.{signature}x",
        "x" * 101,
        "1." + "é" * 9,
    ):
        with pytest.raises(Refusal):
            flash.still_good(forged, offer_id, who)
    clock.advance(timedelta(seconds=61))
    assert not flash.still_good(made_, offer_id, who)


class Crowd:
    """Buyers at their phones: each asks for the way in until he has it or is told no, orders, and maybe pays."""

    def __init__(self, database: Database, gate: flash.Gate, offer: made.Offer, page: orders.WantedOrder) -> None:
        self.database, self.offer, self.page = database, offer, page
        self.entrance, self.desk = Entrance(database, gate), PlacingDesk(database)
        self.asked = 0

    async def buy(self, who: market.Buyer) -> UUID | None:
        for _ in range(400):
            entry = await self.entrance.enter(who.viewer, self.offer.id)
            if entry.state in (flash.EntryState.SOLD_OUT, flash.EntryState.HOPING):
                return None
            if entry.token is not None:
                return await self.order(who)
            await asyncio.sleep(0.05)
        raise AssertionError("nobody ever told him")

    async def order(self, who: market.Buyer) -> UUID | None:
        self.asked += 1
        wanted: Any = {**vars(self.page), "idempotency_key": secrets.token_hex(8), "address_id": who.address_id}
        wanted = {name: value for name, value in wanted.items() if name in orders.WantedOrder.__dataclass_fields__}
        try:
            placed = await self.desk.place(who.viewer, orders.WantedOrder(**wanted))
        except Refusal:
            await self.entrance.left(who.viewer, self.offer.id, 0)
            return None
        await self.entrance.left(who.viewer, self.offer.id, 1)
        return UUID(str(placed.trade["id"]))


async def rush(database: Database, gate: flash.Gate, meanwhile: Any = None) -> Crowd:
    offer = await made.published(database, total=20, per_member=1)
    buyers = await members(database, 120)
    crowd = Crowd(database, gate, offer, await made.page(database, offer, buyers[0]))
    going = [asyncio.create_task(crowd.buy(who)) for who in buyers]
    if meanwhile is not None:
        await meanwhile(crowd, going)
    got = [trade for trade in await asyncio.gather(*going) if trade is not None]
    assert len(got) == 20, "never fewer than there are, never more"
    assert (await made.row(database, offer))["taken"] == 20
    await checks.all_true(database)
    return crowd


async def test_seckill_never_undersells(database: Database, redis: Redis) -> None:
    """120 buyers for 20 pieces: exactly 20, and PostgreSQL saw few who could not win."""
    crowd = await rush(database, Turnstile(redis))
    assert crowd.asked <= 20 + places(20)


async def test_seckill_crash_between_redis_and_db(database: Database, settings: Settings) -> None:
    """Valkey forgets everything again and again while they buy: exactly 20 all the same."""
    redis = connect(settings.redis_url)

    async def forget(_crowd: Crowd, going: list[asyncio.Task[Any]]) -> None:
        while not all(task.done() for task in going):
            await redis.flushall()
            await asyncio.sleep(0.05)

    try:
        await rush(database, Turnstile(redis), forget)
    finally:
        await redis.aclose()


async def test_without_valkey_the_process_keeps_the_gate(database: Database, nowhere: Redis) -> None:
    crowd = await rush(database, Turnstile(nowhere))
    assert crowd.asked <= 20 + places(20)


async def test_valkey_that_dies_while_they_buy(database: Database, redis: Redis) -> None:
    class Dying(Turnstile):
        async def _answers(self, asked: Any) -> list[int]:
            nonlocal sends
            sends += 1
            if sends > 3:
                raise OSError("gone")
            return await super()._answers(asked)

    sends = 0
    await rush(database, Dying(redis))


async def test_repeats_of_one_buyer_take_no_place_of_others(database: Database, redis: Redis) -> None:
    offer = await made.published(database, total=5)
    entrance, (greedy, *others) = Entrance(database, Turnstile(redis)), await members(database, 5)
    for _ in range(30):
        assert (await entrance.enter(greedy.viewer, offer.id)).token
    assert all(entry.token for entry in await enter_all(entrance, offer, others))


async def test_what_came_back_lets_in_who_waits(database: Database, redis: Redis, gateway: FakeGateway) -> None:
    offer = await made.published(database, total=1, per_member=1)
    entrance, (first, second) = Entrance(database, Turnstile(redis)), await members(database, 2)
    trade_id = await made.placed(database, offer, first)
    assert (await entrance.enter(second.viewer, offer.id)).state is flash.EntryState.HOPING
    await orders.cancel(database, gateway, first.viewer, trade_id)
    for _ in range(200):
        if (entry := await entrance.enter(second.viewer, offer.id)).token:
            break
        await asyncio.sleep(0.05)
    assert entry.state is flash.EntryState.ADMITTED
