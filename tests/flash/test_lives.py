"""From the application to the end: pieces leave the normal stock, are sold, come back, and late money has its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain import flash, orders
from domain.base import Conflict, Database, Invalid, NotFound, TooMany, WrongState, clock
from domain.inventory import OutOfStock
from domain.payments import Outcome
from domain.promotions import Picks
from models.base import new_id
from models.flash import FlashHoldState, FlashOffer, FlashState
from models.orders import CloseReason, OrderLine, OrderState, TradeState
from models.outbox import OutboxEvent
from models.payments import Refund
from models.pricing import OrderLineShare
from tests.factories import flash as made
from tests.factories import groups as grouped
from tests.factories import orders as market
from tests.flash import checks
from tests.orders.gateway import FakeGateway


async def test_published_pieces_leave_the_normal_stock_and_the_rest_comes_back(
    database: Database, gateway: FakeGateway
) -> None:
    offer = await made.published(database, total=30)
    assert await made.stock_of(database, offer) == (100, 30)
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who, 2)
    assert await made.stock_of(database, offer) == (100, 30)
    await made.pay(database, gateway, who, trade_id)
    assert await made.stock_of(database, offer) == (98, 28)
    await made.end(database, offer)
    assert (await made.row(database, offer))["state"] is FlashState.PUBLISHED, "not before its time"
    clock.advance(made.LASTS)
    await made.end(database, offer)
    await made.end(database, offer)
    row = await made.row(database, offer)
    assert (row["state"], row["taken"], row["returned"]) == (FlashState.ENDED, 2, 28)
    assert await made.stock_of(database, offer) == (98, 0)
    await checks.all_true(database)


async def test_setting_pieces_apart_tells_the_shop_when_little_is_left_for_all_others(database: Database) -> None:
    first = await made.published(database, total=30)
    assert await lows(database) == []
    await made.published(database, session_id=first.session_id, total=95)
    assert await lows(database) == [5]


async def lows(database: Database) -> list[int]:
    """What the shops are told of stock that runs low."""
    return [row["payload"]["available"] for row in await market.rows(database, OutboxEvent, name="StockLow")]


async def test_an_order_pays_the_flash_price_and_has_five_minutes(database: Database, gateway: FakeGateway) -> None:
    offer = await made.published(database)
    who = await market.buyer(database)
    clock.advance(timedelta(seconds=1))
    trade_id = await made.placed(database, offer, who, 2)
    trade = await market.trade(database, trade_id)
    order = await market.order_of(database, trade_id)
    assert trade["total"] == 2 * made.PRICE
    assert trade["expires_at"] - trade["created_at"] == timedelta(minutes=5)
    assert order["expires_at"] == trade["expires_at"]
    (line,) = await market.rows(database, OrderLine)
    assert (line["unit_price"], line["payable"]) == (made.LISTED, 2 * made.PRICE)
    (share,) = await market.rows(database, OrderLineShare)
    assert (share["name"], share["source"]) == ("秒杀 整点秒杀", offer.id)
    await made.pay(database, gateway, who, trade_id)
    assert (await made.hold_of(database, trade_id))["state"] is FlashHoldState.SOLD
    assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT


async def test_flash_and_other_orders_are_placed_together(database: Database) -> None:
    """Each has its own time to pay, and only the others take of the normal stock."""
    offer = await made.published(database, total=1, per_member=1)
    other = await market.shop(database, stock=5)
    who, beside, late = [await market.buyer(database) for _ in range(3)]
    pages = [
        (beside.viewer, await market.wanted(database, beside, {other.sku: 2})),
        (who.viewer, await made.page(database, offer, who)),
        (late.viewer, await made.page(database, offer, late)),
        (late.viewer, await market.wanted(database, late, {offer.shop.sku: 1})),
    ]
    async with database.begin() as uow:
        usual, flashed, refused, normal = await orders.place_many(uow, pages)
    assert isinstance(refused, flash.SoldOut)
    times = []
    for each in (usual, flashed, normal):
        assert isinstance(each, orders.Placed)
        row = await market.trade(database, each.trade["id"])
        times.append((row["expires_at"] - row["created_at"]).total_seconds() / 60)
    assert times == [15, 5, 15]
    assert await market.stock(database, other.sku) == (5, 2)
    assert await made.stock_of(database, offer) == (100, 2)
    await checks.all_true(database)


async def test_what_is_not_paid_in_time_is_sold_to_the_next(database: Database, gateway: FakeGateway) -> None:
    offer = await made.published(database, total=1, per_member=1)
    first, second = await market.buyer(database), await market.buyer(database)
    trade_id = await made.placed(database, offer, first)
    with pytest.raises(flash.SoldOut):
        await made.placed(database, offer, second)
    clock.advance(timedelta(minutes=5))
    await orders.expire(database, gateway, trade_id)
    order = await market.order_of(database, trade_id)
    assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.PAYMENT_TIMEOUT)
    assert await made.stock_of(database, offer) == (100, 1), "it is set apart again, not everybody's"
    bought = await made.placed(database, offer, second)
    await made.pay(database, gateway, second, bought)
    assert (await made.row(database, offer))["taken"] == 1
    await checks.all_true(database)


async def test_what_is_freed_after_the_end_is_everybodys(database: Database, gateway: FakeGateway) -> None:
    offer = await made.published(database, total=3)
    who, payer = await market.buyer(database), await market.buyer(database)
    unpaid, paid = await made.placed(database, offer, who), await made.placed(database, offer, payer)
    number = await made.opened_attempt(database, gateway, payer, paid)
    async with database.begin() as uow:
        await flash.end(uow, made.operator(), offer.id)
    assert await made.stock_of(database, offer) == (100, 2)
    await orders.cancel(database, gateway, who.viewer, unpaid)
    assert await made.stock_of(database, offer) == (100, 1)
    await market.record(database, gateway.pay(number))
    row = await made.row(database, offer)
    assert (row["taken"], row["returned"]) == (1, 2)
    assert await made.stock_of(database, offer) == (99, 0)
    await checks.all_true(database)


async def late(database: Database, gateway: FakeGateway, offer: made.Offer) -> tuple[market.Buyer, Any, str]:
    """Somebody whose order was closed while he typed his password."""
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who)
    number = await made.opened_attempt(database, gateway, who, trade_id)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    gateway.orders[number].state = Outcome.UNPAID
    return who, trade_id, number


async def test_late_money_buys_what_is_still_there(database: Database, gateway: FakeGateway) -> None:
    offer = await made.published(database, total=1, per_member=1)
    who, trade_id, number = await late(database, gateway, offer)
    await market.record(database, gateway.pay(number))
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    assert (await made.hold_of(database, trade_id))["state"] is FlashHoldState.SOLD
    assert await made.stock_of(database, offer) == (99, 0)
    assert await made.pieces_of(database, offer, who) == 1
    await checks.all_true(database)


@pytest.mark.parametrize("why", ["sold", "over", "ended"])
async def test_late_money_goes_back_when_it_buys_nothing(database: Database, gateway: FakeGateway, why: str) -> None:
    """Also when the normal stock is full: the shop has not offered that at the flash price."""
    offer = await made.published(database, total=1, per_member=1)
    _, trade_id, number = await late(database, gateway, offer)
    if why == "sold":
        await made.placed(database, offer, await market.buyer(database))
    else:
        clock.advance(made.LASTS)
    if why == "ended":
        await made.end(database, offer)
    await market.record(database, gateway.pay(number))
    (refund,) = await market.rows(database, Refund)
    assert (refund["cause"], refund["amount"]) == ("late", made.PRICE)
    assert (await market.order_of(database, trade_id))["state"] is OrderState.CLOSED
    await checks.all_true(database)


async def test_refunded_goods_are_everybodys(database: Database, gateway: FakeGateway) -> None:
    offer = await made.published(database, total=1, per_member=1)
    who = await market.buyer(database)
    trade_id = await made.placed(database, offer, who)
    await made.pay(database, gateway, who, trade_id)
    order = await market.order_of(database, trade_id)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, offer.shop.keeper, order["id"], "不想要了", restock=True)
    assert await made.stock_of(database, offer) == (100, 0)
    with pytest.raises(flash.SoldOut):
        await made.placed(database, offer, await market.buyer(database))
    await checks.all_true(database)


async def test_who_gets_nothing_is_told_why(database: Database, gateway: FakeGateway) -> None:
    coming = await made.session(database, timedelta(hours=3))
    offer = await made.published(database, total=3, per_member=2)
    soon = await made.published(database, offer.shop, coming)
    who = await market.buyer(database)
    page = await made.page(database, offer, who, 2)

    async def refused(kind: type[Exception], words: str, page: orders.WantedOrder, field: str) -> None:
        with pytest.raises(kind, match=words) as caught:
            await market.place(database, who, page)
        assert getattr(caught.value, "field", None) == field

    await refused(WrongState, "还没有开始", await made.page(database, soon, who), "offerId")
    await refused(NotFound, "不存在", replace(page, flash=flash.Wish(new_id())), "offerId")
    await refused(WrongState, "重新排队", replace(page, flash=flash.Wish(offer.id, entered=False)), "token")
    await refused(TooMany, "限购 2 件", await made.page(database, offer, who, 3), "quantity")
    await refused(Invalid, "秒杀价不与优惠券同享", replace(page, picks=Picks(frozenset([new_id()]))), "couponIds")
    stranger = await market.shop(database, price=made.LISTED)
    mixed = replace(page, lines=[*page.lines, (stranger.sku, 1)], expected_total=2 * made.PRICE + made.LISTED)
    await refused(Invalid, "只能购买活动中的这一种商品", mixed, "lines")
    trade_id = await market.place(database, who, page)
    assert await market.place(database, who, page) == trade_id, "the same key is the same order"
    expired = replace(page, flash=flash.Wish(offer.id, entered=False))
    assert await market.place(database, who, expired) == trade_id, "also after the token's end"
    await refused(WrongState, "未支付", await made.page(database, offer, who), "offerId")
    await made.pay(database, gateway, who, trade_id)
    await refused(TooMany, "限购", await made.page(database, offer, who), "quantity")
    who = await market.buyer(database)
    await refused(flash.SoldOut, "仅剩 1 件", await made.page(database, offer, who, 2), "quantity")
    clock.advance(made.LASTS)
    await refused(WrongState, "已结束", await made.page(database, offer, who), "offerId")
    await checks.all_true(database)


async def test_what_shops_apply_with_is_checked(database: Database) -> None:
    shop, stranger = await market.shop(database, price=made.LISTED), await market.shop(database)
    running = await made.session(database)

    async def refused(kind: type[Exception], field: str, **changes: Any) -> None:
        with pytest.raises(kind) as caught:
            await made.applied(database, changes.pop("shop", shop), changes.pop("session_id", running), **changes)
        assert getattr(caught.value, "field", None) == field

    await refused(Invalid, "price", price=made.LISTED)
    await refused(Invalid, "price", price=0)
    await refused(Invalid, "total", total=0)
    await refused(Invalid, "total", total=100_000)
    await refused(Invalid, "perMember", per_member=11, total=10)
    await refused(NotFound, "skuId", shop=stranger, sku_id=shop.sku)
    await refused(NotFound, "sessionId", session_id=new_id())
    id = await made.applied(database, shop, running)
    await refused(Conflict, "skuId")
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await flash.withdraw(uow, stranger.keeper, id)
    async with database.begin() as uow:
        await flash.withdraw(uow, shop.keeper, id)
    again = await made.applied(database, shop, running)
    async with database.begin() as uow:
        await flash.decline(uow, made.operator(), again, "价格不够实惠")
    assert (await market.row(database, FlashOffer, again))["reason"] == "价格不够实惠"
    await made.applied(database, shop, running)
    clock.advance(made.LASTS)
    await refused(WrongState, None, sku_id=shop.sku)  # type: ignore[arg-type]


async def test_what_cannot_be_published_is_refused_with_the_reason(database: Database) -> None:
    shop = await market.shop(database, price=made.LISTED, stock=20)
    session_id = await made.session(database)
    id = await made.applied(database, shop, session_id, total=21)

    async def refused(kind: type[Exception], words: str, id: Any) -> None:
        with pytest.raises(kind, match=words):
            async with database.begin() as uow:
                await flash.publish(uow, made.operator(), id)

    await refused(OutOfStock, "仅剩 20 件", id)
    await market.set_stock(database, shop.sku, 30)
    await grouped.activity(database, shop)
    await refused(Conflict, "拼团活动", id)
    assert (await market.row(database, FlashOffer, id))["state"] is FlashState.APPLIED
    assert await market.stock(database, shop.sku) == (30, 0)
    await refused(NotFound, "不存在", new_id())


async def test_no_group_offer_beside_a_flash_offer(database: Database) -> None:
    offer = await made.published(database)
    with pytest.raises(Conflict, match="同时段有秒杀"):
        await grouped.activity(database, offer.shop)
    later = {"starts_at": clock.now() + made.LASTS, "ends_at": clock.now() + timedelta(days=3)}
    assert (await grouped.activity(database, offer.shop, **later)).id


async def test_sessions_never_run_side_by_side(database: Database) -> None:
    first = await made.session(database)
    with pytest.raises(Conflict, match="重叠"):
        await made.session(database, timedelta(hours=1))
    assert await made.session(database, made.LASTS) != first
    shop = await market.shop(database, price=made.LISTED)
    await made.applied(database, shop, first)
    draft = flash.SessionDraft("早场", clock.now(), clock.now() + timedelta(hours=1), 5)
    with pytest.raises(WrongState, match="已有商家报名"):
        async with database.begin() as uow:
            await flash.save_session(uow, made.operator(), first, draft)
