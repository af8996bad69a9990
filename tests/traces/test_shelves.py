"""Mass balance: no more is sold of a lot than was harvested, whoever asks and however many at once."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from domain import inventory, orders, traces
from domain.base import Conflict, Database, Invalid, Refusal, WrongState, clock
from domain.orders import Parcel
from domain.traces import LotShort, LotStep
from jobs import traces as jobs
from models.flash import FlashState
from models.inventory import AdjustReason, Stock, StockMove
from models.merchants import MerchantKind
from models.traces import Lot, LotStock, ParcelLot
from tests.factories import flash as flashing
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import traces as growing
from tests.factories.orders import Shop
from tests.factories.traces import F, Grown, K
from tests.orders.gateway import FakeGateway


async def add(
    database: Database, lot: Grown, units: int, why: AdjustReason = AdjustReason.PURCHASE, lot_id: UUID | None = None
) -> None:
    row = await market.row(database, Stock, lot.shop.sku, key="sku_id")
    async with database.begin() as uow:
        wanted = (lot.shop.sku, units, why, row["version"])
        await inventory.adjust(uow, lot.shop.keeper, *wanted, lot_id=lot_id or lot.id)


async def shelf(database: Database, lot: Grown) -> dict[str, int]:
    return await market.row(database, LotStock, lot.id, key="lot_id")


async def allocated(database: Database, lot: Grown) -> int:
    return int((await market.row(database, Lot, lot.id))["allocated_grams"])


@pytest.fixture
async def shop(database: Database) -> Shop:
    """Nothing on the shelf; a unit is 2,500 g."""
    return await market.shop(database, stock=0)


@pytest.fixture
async def lot(database: Database, shop: Shop) -> Grown:
    """950 kg to sell: 380 units."""
    made = await growing.grown(database, shop, 1000)
    await growing.traced(database, made)
    return made


async def test_no_more_goes_on_the_shelf_than_was_harvested(database: Database, lot: Grown) -> None:
    await add(database, lot, 380)
    assert await allocated(database, lot) == 950_000
    with pytest.raises(Invalid, match="还可上架 0 件"):
        await add(database, lot, 1)
    assert await market.stock(database, lot.shop.sku) == (380, 0)


async def test_a_traced_sku_names_its_lot(database: Database, shop: Shop, lot: Grown) -> None:
    with pytest.raises(Invalid, match="请选择批次"):
        async with database.begin() as uow:
            await inventory.adjust(uow, shop.keeper, shop.sku, 5, AdjustReason.PURCHASE, 1)
    other = await growing.grown(database, await market.shop(database))
    with pytest.raises(Refusal):
        await add(database, lot, 5, lot_id=other.id)


async def test_a_sku_that_is_not_traced_names_none(database: Database, lot: Grown) -> None:
    plain = await market.shop(database)
    with pytest.raises(Invalid, match="未启用批次管理"):
        await add(database, Grown(lot.id, lot.number, plain), 5)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("update lot_stock set added = 400", "mass_balance"),
        ("update lot_stock set unit_grams = 1", "never changed"),
        ("delete from lot_stock", "never changed"),
        ("update lots set allocated_grams = 950001", "mass_balance"),
        ("update lots set harvested_grams = 1000 where allocated_grams > 0", "harvest|mass_balance"),
        (
            "insert into stock_moves (id, sku_id, delta, reason) select gen_random_uuid(), sku_id, 1, 'x' from stock",
            "only added out of a lot",
        ),
    ],
)
async def test_the_database_has_the_last_word(database: Database, lot: Grown, statement: str, why: str) -> None:
    await add(database, lot, 10)
    with pytest.raises(DBAPIError, match=why):
        async with database.begin() as uow:
            await uow.session.execute(text(statement))


async def test_of_many_who_fill_at_once_as_many_win_as_there_is(database: Database, shop: Shop, lot: Grown) -> None:
    """20 colleagues put 50 units each on the shelf, of 380: at most 7 succeed."""

    async def fill() -> bool:
        for _ in range(60):
            try:
                await add(database, lot, 50)
                return True
            except Conflict:  # somebody adjusted meanwhile: the page is read again
                continue
            except Invalid:
                return False
        return False

    won = await asyncio.gather(*(fill() for _ in range(20)))
    assert sum(won) == 7
    assert await allocated(database, lot) == 7 * 50 * 2500


async def test_what_is_lost_is_not_sold_again_what_was_counted_wrongly_is(database: Database, lot: Grown) -> None:
    await add(database, lot, 380)
    await add(database, lot, -10, AdjustReason.LOSS)
    with pytest.raises(Invalid):
        await add(database, lot, 1)
    await add(database, lot, -10, AdjustReason.COUNT)
    await add(database, lot, 10)
    row = await shelf(database, lot)
    assert (row["added"], row["lost"]) == (380, 10)


async def test_companies_and_cooperatives_need_a_certificate(database: Database) -> None:
    for kind, refused in ((MerchantKind.COOPERATIVE, True), (MerchantKind.COMPANY, True), (MerchantKind.FARMER, False)):
        shop = await market.shop(database, stock=0)
        async with database.begin() as uow:
            told = text("update merchants set kind = :kind where id = :id")
            await uow.session.execute(told, {"kind": kind.value, "id": shop.merchant_id})
        lot = await growing.opened(database, shop)
        await growing.record(database, lot, K.HARVESTED, {F.GRAMS: 1_000_000, F.SHRINK_GRAMS: 0})
        await growing.traced(database, lot)
        if refused:
            with pytest.raises(Invalid, match="承诺达标合格证"):
                await add(database, lot, 1)
            await growing.certified(database, lot)
        await add(database, lot, 1)


# ------------------------------------------------------------------------------------------------ sending
async def ship(database: Database, gateway: FakeGateway, shop: Shop, units: int) -> UUID:
    who = await market.buyer(database)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: units}))
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, Parcel(order["id"], "SF", f"SF{order['number'][-10:]}"))
    return UUID(str(order["id"]))


async def sent(database: Database, order_id: UUID) -> list[tuple[UUID, int]]:
    return [(row["lot_id"], row["units"]) for row in await market.rows(database, ParcelLot, order_id=order_id)]


async def best_before(database: Database, lot: Grown, day: date) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(Lot).where(Lot.__table__.c.id == lot.id).values(best_before=day))


async def test_what_keeps_shortest_is_sent_first_several_lots_in_a_parcel(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown
) -> None:
    sooner = await growing.grown(database, shop, 1000)
    await best_before(database, lot, clock.today() + timedelta(days=90))
    await best_before(database, sooner, clock.today() + timedelta(days=30))
    await add(database, lot, 10)
    await add(database, sooner, 3)
    order_id = await ship(database, gateway, shop, 5)
    assert sorted(await sent(database, order_id)) == sorted([(sooner.id, 3), (lot.id, 2)])
    assert ((await shelf(database, sooner))["shipped"], (await shelf(database, lot))["shipped"]) == (3, 2)


async def test_nothing_of_a_held_lot_is_sent(database: Database, gateway: FakeGateway, shop: Shop, lot: Grown) -> None:
    await add(database, lot, 10)
    who = await market.buyer(database)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 2}))
    await hold(database, lot)
    parcel = Parcel(order["id"], "SF", "SF1234567890")
    with pytest.raises(LotShort):
        async with database.begin() as uow:
            await orders.ship(uow, shop.keeper, parcel)
    async with database.begin() as uow:
        await traces.move_by_platform(uow, merchants.operator(), lot.id, LotStep.RELEASE, "复检合格")
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, parcel)
    assert await sent(database, order["id"]) == [(lot.id, 2)]


async def hold(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        await traces.move_by_platform(uow, merchants.operator(), lot.id, LotStep.HOLD, "接到投诉")


async def follow(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        await inventory.follow_lot(uow, lot.id)


async def test_stock_follows_a_lot_that_is_held_and_released(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown
) -> None:
    await add(database, lot, 10)
    who = await market.buyer(database)
    await market.placed(database, who, {shop.sku: 4})  # promised, unpaid
    await hold(database, lot)
    await follow(database, lot)
    await follow(database, lot)
    assert await market.stock(database, shop.sku) == (4, 4)
    async with database.read() as session:
        assert list(await traces.unfollowed(session)) == [lot.id]  # what is promised may yet come back
    async with database.begin() as uow:
        await traces.move_by_platform(uow, merchants.operator(), lot.id, LotStep.RELEASE, "复检合格")
    await follow(database, lot)
    assert await market.stock(database, shop.sku) == (10, 4)
    reasons = [row["reason"] for row in await market.rows(database, StockMove, lot_id=lot.id)]
    assert sorted(reasons) == sorted(["进货", f"批次冻结 {lot.number}", f"批次解冻 {lot.number}"])


async def test_the_flash_sale_of_a_stopped_lot_is_over(database: Database, shop: Shop, lot: Grown) -> None:
    """Its pieces are set apart, so stock alone cannot take them off sale: they come back first."""
    await add(database, lot, 10)
    offer = await flashing.published(database, shop, total=10)
    who = await market.buyer(database)
    await flashing.placed(database, offer, who, 2)
    await hold(database, lot)
    tools: Any = SimpleNamespace(database=database)
    await jobs.follow(tools, {"lot_id": str(lot.id)})
    assert (await flashing.row(database, offer))["state"] is FlashState.ENDED
    assert await market.stock(database, shop.sku) == (2, 2)
    with pytest.raises(WrongState):
        await flashing.placed(database, offer, await market.buyer(database))


async def test_a_closed_lot_is_sent_but_not_filled(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown
) -> None:
    await add(database, lot, 10)
    async with database.begin() as uow:
        await traces.move_by_merchant(uow, shop.keeper, lot.id, LotStep.CLOSE)
    with pytest.raises(WrongState):
        await add(database, lot, 1)
    assert await sent(database, await ship(database, gateway, shop, 1)) == [(lot.id, 1)]


async def test_what_was_paid_before_tracing_began_needs_no_lot(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database, stock=10), await market.buyer(database)
    order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 2}))
    clock.advance(timedelta(minutes=1))
    lot = await growing.grown(database, shop, 1000)
    await growing.traced(database, lot)
    assert (await shelf(database, lot))["added"] == 8
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, Parcel(order["id"], "SF", "SF1234567890"))
    assert not await sent(database, order["id"])


async def test_a_parcel_and_a_recall_at_once_never_miss_each_other(
    database: Database, gateway: FakeGateway, shop: Shop, lot: Grown
) -> None:
    """Whoever locks the lot first: either the parcel counts among what the lot was sent as, or it was not sent."""
    await add(database, lot, 100)
    who = await market.buyer(database)
    for turn in range(6):
        one = await growing.grown(database, shop, 1000) if turn else lot
        if turn:
            await add(database, one, 100)
            await best_before(database, one, clock.today() + timedelta(days=1))
        order = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))

        async def send(order_id: UUID = order["id"], number: int = turn) -> None:
            async with database.begin() as uow:
                await orders.ship(uow, shop.keeper, Parcel(order_id, "SF", f"SF12345678{number:02d}"))

        async def stop(of: Grown = one) -> set[UUID]:
            async with database.begin() as uow:
                await traces.recall(uow, merchants.operator(), of.id, "检出农残超标")
            return {row["order_id"] for row in await market.rows(database, ParcelLot, lot_id=of.id)}

        shipped, told = await asyncio.gather(send(), stop(), return_exceptions=True)
        assert not isinstance(told, BaseException)
        parcels = await market.rows(database, ParcelLot, lot_id=one.id)
        assert {row["order_id"] for row in parcels} == told
        assert shipped is None or isinstance(shipped, LotShort)
