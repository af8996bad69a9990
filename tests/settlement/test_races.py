"""Refund against sharing out: whoever locks the trade first; and a worker that is killed between call and commit."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from domain import orders, settlement
from domain.base import Database, Unavailable
from models.payments import Refund, RefundState
from models.settlement import CallState, Settlement, SettlementCall, SettlementState
from tests.factories import orders as market
from tests.settlement.small import Small
from tests.settlement.world import World


async def test_refund_against_split(database: Database) -> None:
    """At once, many times: either the split waits for the refund, or the refund for the split and its return."""
    small = Small(database)
    shop = await small.shop()
    world = World(database, cast(Any, None), cast(Any, None))
    for _ in range(6):
        order_id = await small.over(shop)
        row = await market.row(database, Settlement, order_id, key="order_id")
        asked, _ = await asyncio.gather(world.ask_back(order_id, 5000, 1), settlement.begin(database, row["id"]))
        began = (await market.row(database, Settlement, row["id"]))["state"] is SettlementState.RUNNING
        await orders.submit_refund(database, small.bank, asked)
        refund = await market.row(database, Refund, asked)
        assert (refund["sent_at"] is None) == began, "the refund went although its money is being shared out"
        await small.work()
        assert (await market.row(database, Refund, asked))["state"] is RefundState.SUCCEEDED
        amounts = {each["kind"].value: each["amount"] for each in await _calls(database, row["id"])}
        assert amounts == ({"SPLIT": 500, "RETURN": 250} if began else {"SPLIT": 250})
    assert await small.available(shop) == await small.owed(shop)
    assert await small.differences() == []


async def _calls(database: Database, settlement_id: object) -> list[dict[str, Any]]:
    return await market.rows(database, SettlementCall, settlement_id=settlement_id)


async def test_many_workers_make_one_call(database: Database) -> None:
    small = Small(database)
    shop = await small.shop()
    order_id = await small.over(shop)
    row = await market.row(database, Settlement, order_id, key="order_id")
    await asyncio.gather(*(settlement.begin(database, row["id"]) for _ in range(5)))
    (call,) = await _calls(database, row["id"])
    await asyncio.gather(*(settlement.call(database, small.bank, call["id"]) for _ in range(5)))
    assert [each["state"] for each in await _calls(database, row["id"])] == [CallState.SUCCEEDED]
    assert await small.available(shop) == await small.owed(shop) == 9440


async def test_settlements_of_one_order_are_opened_once(database: Database) -> None:
    small = Small(database)
    order_id = await small.over(await small.shop())

    async def again() -> None:
        async with database.begin() as uow:
            await settlement.open_settlement(uow, order_id)

    await asyncio.gather(*(again() for _ in range(5)))
    assert len(await market.rows(database, Settlement)) == 1


async def test_killed_between_call_and_commit(database: Database) -> None:
    """WeChat Pay has done it, and we know nothing of it: the next worker asks about the same number."""
    small = Small(database)
    shop = await small.shop()
    order_id = await small.over(shop)
    row = await market.row(database, Settlement, order_id, key="order_id")
    await settlement.begin(database, row["id"])
    (call,) = await _calls(database, row["id"])
    small.bank.lose = 0

    async def killed() -> None:
        small.bank.lose = 1

    small.bank.meanwhile["SPLIT"] = killed
    with pytest.raises(Unavailable):
        await settlement.call(database, small.bank, call["id"])
    assert (await market.row(database, SettlementCall, call["id"]))["state"] is CallState.ASKED
    await settlement.call(database, small.bank, call["id"])
    assert (await market.row(database, SettlementCall, call["id"]))["state"] is CallState.SUCCEEDED
    assert small.bank.calls.count("SPLIT") == 1
    assert await small.available(shop) == await small.owed(shop) == 9440
