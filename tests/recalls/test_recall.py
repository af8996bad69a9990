"""A recall: stopped, told and given back once, wherever it is interrupted."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from domain import inventory, orders, recalls
from domain.base import Database, Invalid, NotFound
from domain.orders import Parcel
from domain.traces import LotShort
from models.aftersales import AfterSale, AfterSaleState
from models.base import new_id
from models.inventory import AdjustReason, Stock
from models.orders import OrderStep
from models.payments import Refund
from models.recalls import Recall, RecalledOrder, RecalledState, RecallState
from models.traces import Lot, LotState
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import traces as growing
from tests.factories.orders import Shop
from tests.factories.traces import Grown
from tests.orders.gateway import FakeGateway

WHY = "抽检农药残留超标"


@pytest.fixture
async def shop(database: Database) -> Shop:
    return await market.shop(database, stock=0, price=3990, freight=500)


@pytest.fixture
async def lot(database: Database, shop: Shop) -> Grown:
    made = await growing.grown(database, shop, 1000)
    await growing.traced(database, made)
    row = await market.row(database, Stock, shop.sku, key="sku_id")
    async with database.begin() as uow:
        wanted = (shop.sku, 50, AdjustReason.PURCHASE, row["version"])
        await inventory.adjust(uow, shop.keeper, *wanted, lot_id=made.id)
    return made


async def paid(database: Database, gateway: FakeGateway, shop: Shop, units: int) -> dict[str, Any]:
    who = await market.buyer(database)
    return await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: units}))


async def sent(database: Database, gateway: FakeGateway, shop: Shop, units: int) -> UUID:
    order = await paid(database, gateway, shop, units)
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, Parcel(order["id"], "SF", f"SF{order['number'][-10:]}"))
    return UUID(str(order["id"]))


async def start(database: Database, lot: Grown) -> UUID:
    async with database.begin() as uow:
        return await recalls.start(uow, merchants.operator(), lot.id, WHY)


async def through(database: Database, id: UUID) -> None:
    while await recalls.proceed(database, id, most=2):
        pass


async def test_a_dry_run_counts_and_writes_nothing(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown
) -> None:
    for units in (1, 2):
        await sent(database, gateway, shop, units)
    async with database.read() as session:
        assert await recalls.plan(session, lot.id) == recalls.Plan(2, 2, 3, 47, 3 * 3990)
    assert not await market.rows(database, Recall)
    assert (await market.row(database, Lot, lot.id))["state"] is LotState.OPEN


async def test_every_buyer_is_told_and_given_the_money_back_once(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown
) -> None:
    bought = [await sent(database, gateway, shop, units) for units in (1, 2, 3)]
    waiting = await paid(database, gateway, shop, 1)
    id = await start(database, lot)
    await through(database, id)
    await through(database, id)
    assert await start(database, lot) == id
    for order_id, units in zip(bought, (1, 2, 3), strict=True):
        (case,) = await market.rows(database, AfterSale, order_id=order_id)
        assert (case["quantity"], case["amount"], case["freight"]) == (units, units * 3990, 500)
        assert case["state"] is AfterSaleState.REFUNDING
        told = [step for step in await market.rows(database, OrderStep, order_id=order_id) if step["event"] == "RECALL"]
        assert [lot.number in step["text"] and WHY in step["text"] for step in told] == [True]
    assert len(await market.rows(database, Refund)) == 3
    parts = await market.rows(database, RecalledOrder)
    assert {part["state"] for part in parts} == {RecalledState.DONE}
    assert sum(part["refunded"] for part in parts) == 6 * 3990 + 3 * 500
    assert (await market.row(database, Recall, id))["state"] is RecallState.DONE
    # What is left is not for sale, and what was paid is not sent of it.
    assert await market.stock(database, shop.sku) == (0, 0)
    with pytest.raises(LotShort):
        async with database.begin() as uow:
            await orders.ship(uow, shop.keeper, Parcel(waiting["id"], "SF", "SF9999999999"))


async def test_it_goes_on_where_it_was_stopped_and_two_at_work_do_it_once(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown
) -> None:
    for _ in range(4):
        await sent(database, gateway, shop, 1)
    id = await start(database, lot)
    await recalls.proceed(database, id, most=1)
    done = [part for part in await market.rows(database, RecalledOrder) if part["state"] is RecalledState.DONE]
    assert len(done) == 1
    await asyncio.gather(through(database, id), through(database, id))
    assert len(await market.rows(database, AfterSale)) == 4
    assert len(await market.rows(database, Refund)) == 4
    async with database.read() as session:
        (figures,) = (await recalls.figures_by_recall(session, [id], frozenset())).values()
        assert not await recalls.running(session)
    assert (figures["orders"], figures["done"], figures["failed"]) == (4, 4, 0)


async def test_one_that_cannot_be_done_stops_no_other(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = [await sent(database, gateway, shop, 1) for _ in range(2)]
    real = recalls.aftersales.refund_recalled

    async def broken(uow: Any, order_id: UUID, *args: Any, **named: Any) -> int:
        if order_id == first:
            raise RuntimeError("no")
        return await real(uow, order_id, *args, **named)

    monkeypatch.setattr(recalls.aftersales, "refund_recalled", broken)
    id = await start(database, lot)
    await through(database, id)
    states = {part["order_id"]: part["state"] for part in await market.rows(database, RecalledOrder)}
    assert states == {first: RecalledState.FAILED, second: RecalledState.DONE}
    monkeypatch.undo()
    async with database.begin() as uow:
        await recalls.retry(uow, merchants.operator(), id)
    await through(database, id)
    states = {part["order_id"]: part["state"] for part in await market.rows(database, RecalledOrder)}
    assert states == {first: RecalledState.DONE, second: RecalledState.DONE}


async def test_what_cannot_be_recalled_is_refused(database: Database, lot: Grown) -> None:
    for lot_id, reason, refusal in ((lot.id, " ", Invalid), (new_id(), WHY, NotFound)):
        with pytest.raises(refusal):
            async with database.begin() as uow:
                await recalls.start(uow, merchants.operator(), lot_id, reason)
