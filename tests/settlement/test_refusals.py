"""What WeChat Pay does not take in: sent again for a while, then for a person, who has it retried or lets go of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from domain import settlement
from domain.base import Database, Forbidden, Invalid, NotFound, UnitOfWork, Viewer, WrongState, clock
from domain.settlement.calls import MOST_REFUSALS
from models.audit import AuditEntry
from models.base import new_id
from models.payments import Refund, RefundState
from models.settlement import CallKind, Settlement, SettlementCall, SettlementState
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.settlement.small import Small
from tests.settlement.world import World

Verb = Callable[[UnitOfWork, Viewer, UUID, str], Awaitable[None]]


async def by_person(
    database: Database, verb: Verb, id: UUID, note: str = "已核对", viewer: Viewer | None = None
) -> None:
    async with database.begin() as uow:
        await verb(uow, viewer or merchants.operator(), id, note)


async def only_call(database: Database) -> dict[str, Any]:
    (call,) = await market.rows(database, SettlementCall)
    return call


# ------------------------------------------------------------------------------------------------ for a while
async def test_what_is_asked_for_too_early_is_asked_for_again(world: World) -> None:
    """By a worker whose clock was an hour ahead for a moment: WeChat Pay says no to a payment of this minute."""
    shop = await world.shop()
    order_id = await world.bought(shop, waits=False)
    clock.advance(timedelta(hours=1))
    await world.end(order_id)
    await settlement.begin(world.database, (await world.settlement(order_id))["id"])
    clock.advance(timedelta(hours=-1))
    split = await only_call(world.database)
    await settlement.call(world.database, world.clearing, split["id"])
    split = await only_call(world.database)
    assert (split["state"], "1分钟" in split["reason"]) == ("ASKED", True)
    await world.pass_time(seconds=70)
    await world.work()
    assert await world.calls(order_id) == [("SPLIT", "SUCCEEDED", 500)]
    assert (await only_call(world.database))["number"] == split["number"]
    assert await world.differences() == []


async def of_order(database: Database, order_id: UUID) -> dict[str, Any]:
    return await market.row(database, Settlement, order_id, key="order_id")


async def calls(database: Database) -> list[tuple[str, str, int]]:
    rows = await market.rows(database, SettlementCall)
    return [(row["kind"].value, row["state"].value, row["amount"]) for row in rows]


async def stuck(small: Small, shop: Shop) -> UUID:
    """A settlement that WeChat Pay would not share out however often it was asked; the id."""
    order_id = await small.over(shop)
    small.bank.rejects = {CallKind.SPLIT}
    await small.work(MOST_REFUSALS + 1)
    small.bank.rejects.clear()
    row = await of_order(small.database, order_id)
    assert row["state"] is SettlementState.STUCK
    id: UUID = row["id"]
    return id


async def test_after_some_refusals_it_waits_for_a_person(database: Database) -> None:
    small = Small(database)
    id = await stuck(small, await small.shop())
    call = await only_call(database)
    assert (call["state"], call["tries"]) == ("FAILED", MOST_REFUSALS)
    assert small.bank.calls.count("SPLIT") == MOST_REFUSALS
    assert (await market.row(database, Settlement, id))["trouble"] == "SPLIT RULE_LIMIT"


# ------------------------------------------------------------------------------------------------ retry
async def test_a_person_has_it_asked_for_under_another_number(database: Database) -> None:
    small = Small(database)
    shop = await small.shop()
    id = await stuck(small, shop)
    await by_person(database, settlement.retry, id, "比例已调整")
    await small.work(2)
    assert await calls(database) == [("SPLIT", "FAILED", 500), ("SPLIT", "SUCCEEDED", 500)]
    assert len({row["number"] for row in await market.rows(database, SettlementCall)}) == 2
    row = await market.row(database, Settlement, id)
    assert (row["state"], row["trouble"]) == (SettlementState.DONE, None)
    assert await small.available(shop) == await small.owed(shop)
    assert await small.differences() == []
    (entry,) = await market.rows(database, AuditEntry)
    assert (entry["action"], entry["detail"]) == ("settlement.retry", {"note": "比例已调整"})


@pytest.mark.parametrize("released", [False, True])
async def test_what_is_asked_for_again_is_what_the_books_say_by_now(database: Database, released: bool) -> None:
    """Half of it was asked back while WeChat Pay refused to share it out: half of the commission is left."""
    small = Small(database)
    shop = await small.shop()
    id = await stuck(small, shop)
    order_id = (await market.row(database, Settlement, id))["order_id"]
    refund_id = await World(database, cast(Any, None), cast(Any, None)).ask_back(order_id, 5000)
    await by_person(database, settlement.release_refund if released else settlement.retry, id)
    await small.work(4)
    assert await calls(database) == [("SPLIT", "FAILED", 500), ("SPLIT", "SUCCEEDED", 250)]
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    assert (await market.row(database, Settlement, id))["state"] is SettlementState.DONE
    assert await small.available(shop) == await small.owed(shop)
    assert await small.differences() == []


async def test_what_is_not_stuck_is_left_alone(database: Database) -> None:
    small = Small(database)
    done = (await of_order(database, await small.shared(await small.shop())))["id"]
    for verb in (settlement.retry, settlement.release_refund):
        with pytest.raises(WrongState):
            await by_person(database, verb, done)


async def test_only_the_platform_and_only_with_a_reason(database: Database) -> None:
    small = Small(database)
    shop = await small.shop()
    id = await stuck(small, shop)
    for verb in (settlement.retry, settlement.release_refund):
        with pytest.raises(Forbidden):
            await by_person(database, verb, id, viewer=shop.keeper)
        with pytest.raises(Invalid):
            await by_person(database, verb, id, " ")
        with pytest.raises(NotFound):
            await by_person(database, verb, new_id())
    # Nothing waits for what was never shared out.
    with pytest.raises(WrongState):
        await by_person(database, settlement.release_refund, id)
    assert await market.rows(database, AuditEntry) == []


# ------------------------------------------------------------------------------------------------ release
async def refused_return(small: Small, shop: Shop) -> tuple[UUID, UUID]:
    """An order that is shared out, and a refund whose commission is not fetched back: the order, the refund."""
    order_id = await small.shared(shop)
    refund_id = await World(small.database, cast(Any, None), cast(Any, None)).ask_back(order_id, 4000)
    small.bank.rejects = {CallKind.RETURN}
    await small.work(MOST_REFUSALS + 1)
    small.bank.rejects.clear()
    assert (await of_order(small.database, order_id))["state"] is SettlementState.STUCK
    assert (await market.row(small.database, Refund, refund_id))["sent_at"] is None
    return order_id, refund_id


async def test_a_retried_return_sends_the_refund_off(database: Database) -> None:
    small = Small(database)
    shop = await small.shop()
    order_id, refund_id = await refused_return(small, shop)
    await by_person(database, settlement.retry, (await of_order(database, order_id))["id"])
    await small.work(3)
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    assert await small.available(shop) == await small.owed(shop)
    assert await small.differences() == []


async def test_a_buyer_need_not_wait_for_the_commission(database: Database) -> None:
    """The refund is let go; the shop's account bears it, until what was refused is done under another number."""
    small = Small(database)
    shop = await small.shop()
    await small.shared(shop)
    order_id, refund_id = await refused_return(small, shop)
    id = (await of_order(database, order_id))["id"]
    small.bank.rejects = {CallKind.RETURN}
    await by_person(database, settlement.release_refund, id, "买家催促，先退款")
    await small.work(MOST_REFUSALS + 1)
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    assert (await of_order(database, order_id))["state"] is SettlementState.STUCK, "the shop is still owed it"
    (entry,) = await market.rows(database, AuditEntry)
    assert (entry["action"], entry["detail"]["refund"]) == ("settlement.release_refund", str(refund_id))
    assert await small.available(shop) == await small.owed(shop) - 200
    small.bank.rejects.clear()
    await by_person(database, settlement.retry, id)
    await small.work(3)
    assert ("RETURN", "SUCCEEDED", 200) in await calls(database)
    assert (await of_order(database, order_id))["state"] is SettlementState.DONE
    assert await small.available(shop) == await small.owed(shop)
    assert await small.differences() == []
