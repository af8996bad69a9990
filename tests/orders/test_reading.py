"""Who sees what of an order, and in which pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain import orders
from domain.base import ANONYMOUS, SYSTEM, Database, Invalid, NotFound, Unauthenticated, Viewer, clock
from domain.orders import OrderFilter
from models.orders import Order, OrderState
from tests.factories import members, merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway

COLUMNS = frozenset({"id", "number"})


async def test_order_by_id_other_user_null(database: Database) -> None:
    shop, other, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    order = await market.order_of(database, trade_id)
    stranger = await members.member(database)
    async with database.read() as session:
        for viewer in (who.viewer, shop.keeper, merchants.operator()):
            assert (await orders.access(session, viewer, order["id"], COLUMNS))["number"] == order["number"]
        for viewer in (stranger, other.keeper, ANONYMOUS):
            with pytest.raises(NotFound):
                await orders.access(session, viewer, order["id"], COLUMNS)
        assert (await orders.access_trade(session, who.viewer, trade_id, COLUMNS))["id"] == trade_id
        with pytest.raises(NotFound):
            await orders.access_trade(session, stranger, trade_id, COLUMNS)
        with pytest.raises(Unauthenticated):
            await orders.access_trade(session, shop.keeper, trade_id, COLUMNS)


async def test_a_shop_sees_only_its_own_orders_of_a_trade(database: Database) -> None:
    mine, other, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {mine.sku: 1, other.sku: 1})
    async with database.read() as session:
        rows = (await orders.orders_by_trade(session, [trade_id], COLUMNS))[trade_id]
    assert len(orders.visible(who.viewer, rows)) == 2
    assert [row["merchant_id"] for row in orders.visible(mine.keeper, rows)] == [mine.merchant_id]
    assert orders.visible(ANONYMOUS, rows) == []


async def address(database: Database, viewer: Viewer, order: dict[str, Any]) -> orders.ShownAddress:
    return orders.address_for(viewer, await market.row(database, Order, order["id"]))


async def test_how_much_of_the_address_is_shown(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    order = await market.order_of(database, await market.placed(database, who, {shop.sku: 1}))
    packer = replace(shop.keeper, permissions=frozenset({"merchant:orders.read"}))
    masked = orders.ShownAddress("王**", "138****0001", "昭通市 昭阳区", "****")
    whole = orders.ShownAddress("王小明", "13888880001", "昭通市 昭阳区", "洒渔镇三台村 12 号")
    assert await address(database, who.viewer, order) == whole
    assert await address(database, shop.keeper, order) == masked
    paid = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))
    assert await address(database, shop.keeper, paid) == whole
    assert await address(database, packer, paid) == masked
    assert await address(database, merchants.operator(), paid) == masked
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(paid["id"], "SF", "SF1234567890"))
    assert await address(database, shop.keeper, paid) == whole
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, who.viewer, paid["id"])
    assert await address(database, shop.keeper, paid) == masked
    assert await address(database, who.viewer, paid) == whole


async def three_placed(database: Database) -> tuple[Shop, Buyer]:
    shop, who = await market.shop(database), await market.buyer(database)
    for minute in range(3):
        clock.stop(datetime(2026, 11, 22, 8, minute, tzinfo=UTC))
        await market.placed(database, who, {shop.sku: 1})
    return shop, who


async def test_a_buyers_pages_hold_every_order_once(database: Database) -> None:
    shop, who = await three_placed(database)
    await market.placed(database, await market.buyer(database), {shop.sku: 1})
    seen, place, columns = [], None, COLUMNS | {"created_at"}
    async with database.read() as session:
        while True:
            page = await orders.of_member(session, who.viewer, None, 2, place, columns)
            assert page.total == 3
            seen += [row["id"] for row in page.rows]
            if not page.has_next:
                break
            # A new order meanwhile does not shift the pages.
            await market.placed(database, who, {shop.sku: 1})
            place = (page.rows[-1]["created_at"], page.rows[-1]["id"])
            page = await orders.of_member(session, who.viewer, None, 2, place, columns)
            seen += [row["id"] for row in page.rows]
            break
        assert len(seen) == len(set(seen)) == 3
        closed = await orders.of_member(session, who.viewer, OrderState.CLOSED, 2, None, columns)
        assert (closed.rows, closed.total) == ([], 0)
        with pytest.raises(Invalid):
            await orders.of_member(session, who.viewer, None, 101, None, columns)


async def test_counts_name_every_state(database: Database) -> None:
    _, who = await three_placed(database)
    async with database.read() as session:
        counts = await orders.counts_of_member(session, who.viewer)
    assert counts == {state: 3 if state is OrderState.AWAITING_PAYMENT else 0 for state in OrderState}


async def test_consoles_find_by_number_state_shop_and_time(database: Database) -> None:
    shop, who = await three_placed(database)
    other = await market.shop(database)
    clock.stop(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    last = await market.order_of(database, await market.placed(database, who, {other.sku: 1}))
    platform = merchants.operator()

    async def found(**wanted: Any) -> int:
        async with database.read() as session:
            rows, total = await orders.page_of_platform(session, platform, OrderFilter(**wanted), 1, 2, COLUMNS)
        assert len(rows) == min(total, 2)
        return total

    assert await found() == 4
    assert await found(text=last["number"].lower()) == 1
    assert await found(text="S261122") == 3
    assert await found(text="%") == 0
    assert await found(state=OrderState.CLOSED) == 0
    assert await found(merchant_id=shop.merchant_id) == 3
    day = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert await found(since=day) == 1
    assert await found(until=day, state=OrderState.AWAITING_PAYMENT) == 3
    with pytest.raises(Invalid):
        await found(since=day, until=day - timedelta(days=1))
    for year in (1, 9999):
        with pytest.raises(Invalid):
            await found(since=day.replace(year=year))
    async with database.read() as session:
        rows, total = await orders.page_of_merchant(session, shop.keeper, OrderFilter(), 1, 20, COLUMNS)
        assert (len(rows), total) == (3, 3)
        theirs = OrderFilter(merchant_id=other.merchant_id)
        assert await orders.page_of_merchant(session, shop.keeper, theirs, 1, 20, COLUMNS) == ([], 0)
        with pytest.raises(NotFound):
            await orders.page_of_platform(session, shop.keeper, OrderFilter(), 1, 20, COLUMNS)


async def test_the_overviews_agree_with_the_orders(database: Database, gateway: FakeGateway) -> None:
    # A quarter past midnight in Shanghai, still the day before in UTC.
    clock.stop(datetime(2026, 11, 20, 16, 15, tzinfo=UTC))
    shop, other = await market.shop(database, price=1000, stock=12), await market.shop(database, price=500, freight=300)
    who = await market.buyer(database)
    await market.paid(database, gateway, who, {shop.sku: 2, other.sku: 1})
    clock.stop(datetime(2026, 11, 22, 4, 0, tzinfo=UTC))
    await market.paid(database, gateway, who, {shop.sku: 1})
    called_off = await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, called_off["id"], "果园受灾", restock=True)
    await market.placed(database, who, {shop.sku: 1})
    async with database.read() as session:
        mine = await orders.overview_of_merchant(session, shop.keeper, 3)
        all_ = await orders.overview_of_platform(session, merchants.operator(), 3)
        with pytest.raises(Invalid):
            await orders.overview_of_merchant(session, shop.keeper, 91)
    assert [(day.day, day.orders, day.sales) for day in mine.days] == [
        ("2026-11-20", 0, 0),
        ("2026-11-21", 1, 2000),
        ("2026-11-22", 1, 1000),
    ]
    assert [(day.orders, day.sales) for day in all_.days] == [(0, 0), (2, 2800), (1, 1000)]
    assert (mine.states[OrderState.AWAITING_SHIPMENT], mine.states[OrderState.CLOSED]) == (2, 1)
    assert [(each.orders, each.sales) for each in mine.top_products] == [(2, 3000)]
    assert [(each.orders, each.sales) for each in all_.top_merchants] == [(2, 3000), (1, 800)]
    assert [(each.id, each.name, each.orders, each.sales) for each in all_.origins] == [
        (merchants.ZHAOYANG, "昭阳区", 3, 3500)
    ]
    assert (mine.low_stock, mine.on_sale, all_.merchants, all_.members, all_.products_on_sale) == (1, 1, 2, 1, 2)


async def test_the_platform_sees_every_order_and_the_system_too() -> None:
    order = {"member_id": None, "merchant_id": None}
    assert orders.sees(merchants.operator(), order)
    assert orders.sees(SYSTEM, order)
