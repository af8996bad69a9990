"""Placing orders: what is written, what is held, what is refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from domain import checkout, orders
from domain.base import Conflict, Database, Forbidden, Invalid, NotFound, TooMany, clock
from domain.crypto import vault
from domain.inventory import OutOfStock
from domain.members import addresses
from domain.orders.placing import PAY_WITHIN, PriceChanged
from models.base import new_id
from models.catalog import ReturnClass
from models.inventory import HoldState, StockHold
from models.orders import Order, OrderLine, OrderState, OrderStep, Trade, TradeState
from models.outbox import OutboxEvent
from tests.factories import members
from tests.factories import orders as market


async def test_every_entry_path_splits_by_merchant(database: Database) -> None:
    near, far = await market.shop(database, price=3990, freight=800), await market.shop(database, price=19800)
    who = await market.buyer(database)
    trade_id = await market.placed(database, who, {near.sku: 2, far.sku: 1}, remarks={near.merchant_id: "请挑大的"})
    trade, placed = await market.trade(database, trade_id), await market.orders_of(database, trade_id)
    by_shop = {order["merchant_id"]: order for order in placed}
    assert trade["state"] is TradeState.AWAITING_PAYMENT
    assert trade["total"] == 2 * 3990 + 800 + 19800 == sum(order["total"] for order in placed)
    assert (by_shop[near.merchant_id]["goods_total"], by_shop[near.merchant_id]["freight"]) == (7980, 800)
    assert by_shop[near.merchant_id]["remark"] == "请挑大的"
    assert by_shop[far.merchant_id]["freight"] == 0
    assert trade["expires_at"] - trade["created_at"] == PAY_WITHIN
    assert await market.stock(database, near.sku) == (100, 2)


async def test_lines_keep_what_was_sold_whatever_the_shop_changes(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    order = await market.order_of(database, await market.placed(database, who, {shop.sku: 3}))
    (line,) = await market.rows(database, OrderLine, order_id=order["id"])
    assert (line["quantity"], line["unit_price"], line["amount"]) == (3, 3990, 11970)
    assert (line["weight"], line["gross_weight"], line["sku_name"]) == (2500, 2800, "5 斤装")
    assert line["title"].startswith("昭通红富士苹果")
    assert line["image_key"] is not None
    (step,) = await market.rows(database, OrderStep, order_id=order["id"])
    assert step["text"] == "订单已提交，等待付款"


async def test_the_address_is_sealed_anew_for_the_order(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    order = await market.order_of(database, await market.placed(database, who, {shop.sku: 1}))
    assert b"13888880001" not in order["phone_sealed"]
    phone = vault.open(order["phone_sealed"], table="orders", column="phone_sealed", row=order["id"])
    assert phone == "13888880001"
    async with database.begin() as uow:
        await addresses.delete(uow, who.viewer, who.address_id)
    shown = orders.address_for(who.viewer, await market.row(database, Order, order["id"]))
    assert (shown.name, shown.detail) == ("王小明", "洒渔镇三台村 12 号")


async def test_another_members_address_is_not_found(database: Database) -> None:
    shop, who, other = await market.shop(database), await market.buyer(database), await market.buyer(database)
    with pytest.raises(NotFound) as refused:
        await market.placed(database, who, {shop.sku: 1}, address_id=other.address_id)
    assert refused.value.field == "addressId"


async def test_same_key_and_content_is_the_same_trade(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 1})
    first, again = await market.place(database, who, page), await market.place(database, who, page)
    assert first == again
    assert await market.stock(database, shop.sku) == (100, 1)


async def test_a_key_of_the_first_release_is_known_after_an_upgrade(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 1})
    placed = await market.place(database, who, page)
    kept = [[[str(shop.sku), 1]], str(page.address_id), page.expected_total, [], [], page.from_cart]
    older = hashlib.sha256(json.dumps(kept, ensure_ascii=False).encode()).digest()
    async with database.begin() as uow:
        await uow.session.execute(update(Trade).values(request_hash=older))
    assert await market.place(database, who, page) == placed
    with pytest.raises(Conflict):
        await market.place(database, who, replace(page, from_cart=not page.from_cart))


async def test_same_key_with_other_content_is_a_conflict(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    page = await market.wanted(database, who, {shop.sku: 1})
    await market.place(database, who, page)
    with pytest.raises(Conflict):
        await market.place(database, who, replace(page, lines=[(shop.sku, 2)], expected_total=7980))
    # The key is a member's own: somebody else may have come by the same one.
    other = await market.buyer(database)
    await market.place(database, other, replace(page, address_id=other.address_id))


async def test_a_changed_price_is_told_and_nothing_is_held(database: Database) -> None:
    shop, who = await market.shop(database, price=3990, freight=500), await market.buyer(database)
    with pytest.raises(PriceChanged) as refused:
        await market.placed(database, who, {shop.sku: 1}, expected_total=3990)
    assert refused.value.total == 4490
    assert await market.stock(database, shop.sku) == (100, 0)


async def test_saga_failure_releases_reservation(database: Database) -> None:
    plenty, scarce = await market.shop(database), await market.shop(database, stock=1)
    who = await market.buyer(database)
    with pytest.raises(OutOfStock) as refused:
        await market.placed(database, who, {plenty.sku: 5, scarce.sku: 2})
    assert (refused.value.sku_id, refused.value.available) == (scarce.sku, 1)
    assert await market.stock(database, plenty.sku) == (100, 0)
    for table in (Trade, Order, OrderLine, StockHold, OutboxEvent):
        assert await market.rows(database, table) == []


async def test_a_waiver_must_be_given_for_what_needs_one(database: Database) -> None:
    shop = await market.shop(database, return_class=ReturnClass.NO_RETURN_IF_CONFIRMED)
    who = await market.buyer(database)
    with pytest.raises(Invalid) as refused:
        await market.placed(database, who, {shop.sku: 1}, return_waivers=frozenset())
    assert refused.value.field == "returnWaivers"
    order = await market.order_of(database, await market.placed(database, who, {shop.sku: 1}))
    (line,) = await market.rows(database, OrderLine, order_id=order["id"])
    assert line["no_return_confirmed"] is True


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": []}, "lines"),
        ({"idempotency_key": "short"}, "idempotencyKey"),
        ({"idempotency_key": "x" * 65}, "idempotencyKey"),
        ({"remarks": {new_id(): "给别家的话"}}, "remarks"),
    ],
)
async def test_a_malformed_page_is_refused(database: Database, change: dict[str, object], field: str) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    with pytest.raises(Invalid) as refused:
        await market.placed(database, who, {shop.sku: 1}, **change)
    assert refused.value.field == field


@pytest.mark.parametrize("quantity", [0, -1, 1000])
async def test_a_quantity_out_of_bounds_is_refused(database: Database, quantity: int) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    with pytest.raises(Invalid):
        await market.placed(database, who, {shop.sku: 1}, lines=[(shop.sku, quantity)])


async def test_one_sku_in_two_lines_is_refused(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    with pytest.raises(Invalid):
        await market.placed(database, who, {shop.sku: 1}, lines=[(shop.sku, 1), (shop.sku, 1)])


async def test_nobody_holds_the_shop_by_never_paying(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    for _ in range(10):
        await market.placed(database, who, {shop.sku: 1})
    with pytest.raises(TooMany):
        await market.placed(database, who, {shop.sku: 1})
    await market.placed(database, await market.buyer(database), {shop.sku: 1})


async def test_unpaid_orders_hold_no_more_of_a_sku_than_one_order_may(database: Database) -> None:
    shop, who = await market.shop(database, price=100, stock=5000), await market.buyer(database)
    other = await market.buyer(database)
    await market.placed(database, who, {shop.sku: 600})
    with pytest.raises(TooMany):
        await market.placed(database, who, {shop.sku: 400})
    await market.placed(database, who, {shop.sku: 399})
    with pytest.raises(TooMany):
        await market.placed(database, who, {shop.sku: 1})
    await market.placed(database, other, {shop.sku: 999})
    assert await market.stock(database, shop.sku) == (5000, 1998)


async def test_a_blocked_member_cannot_order(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    blocked = market.Buyer(await members.member(database, blocked_at=clock.now()), who.address_id)
    with pytest.raises(Forbidden):
        await market.placed(database, blocked, {shop.sku: 1})


async def test_bought_lines_leave_the_cart_and_others_stay(database: Database) -> None:
    shop, other, who = await market.shop(database), await market.shop(database), await market.buyer(database)
    async with database.begin() as uow:
        await checkout.add(uow, who.viewer, shop.sku, 1)
        await checkout.add(uow, who.viewer, other.sku, 1)
    await market.placed(database, who, {shop.sku: 1})
    async with database.read() as session:
        assert [item.offer.sku_id for item in (await checkout.cart(session, who.viewer)).items] == [other.sku]


async def test_list_cart_preview_and_order_have_one_price(database: Database) -> None:
    shop = await market.shop(database, price=4550, freight=600, free_freight_from=9000)
    who = await market.buyer(database)
    for quantity, freight in ((1, 600), (2, 0)):
        async with database.begin() as uow:
            await checkout.remove(uow, who.viewer, [shop.sku])
            await checkout.add(uow, who.viewer, shop.sku, quantity)
        async with database.read() as session:
            cart = await checkout.cart(session, who.viewer)
            preview = await checkout.preview(session, who.viewer, {shop.sku: quantity}, None, frozenset())
        trade = await market.trade(database, await market.placed(database, who, {shop.sku: quantity}))
        assert cart.priced.total == preview.priced.total == trade["total"] == 4550 * quantity + freight


async def test_facts_are_written_with_the_trade_and_no_timer(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    async with database.begin() as uow:
        page = await market.wanted(database, who, {shop.sku: 1})
        await orders.place(uow, who.viewer, page)
        assert uow.jobs == []
    facts = [row["name"] for row in await market.rows(database, OutboxEvent)]
    assert facts == ["OrderChanged"]
    (held,) = await market.rows(database, StockHold)
    assert held["state"] is HoldState.HELD
    async with database.read() as session:
        assert (await session.scalar(select(Order.state))) is OrderState.AWAITING_PAYMENT
