"""Orders paid with gift cards: in part, whole, with several; and what goes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from domain import cards, checkout, ledger, orders
from domain.base import Database, WrongState, clock
from domain.cards import CardPicks, CardUnusable, CardWrongIssuer
from domain.orders import auditing, returning
from domain.orders.taking import lock
from domain.payments import Outcome
from domain.promotions import Picks
from models.cards import Card, CardEvent, CardEventKind, CardHold, CardHoldState
from models.ledger import AccountKind
from models.orders import CloseReason, OrderLine, OrderState, TradeState
from models.payments import Payment, PayWay, Refund, RefundState
from tests.factories import cards as made
from tests.factories import catalog
from tests.factories import orders as market
from tests.factories import promotions as promoting
from tests.orders.gateway import FakeGateway


async def all_true(database: Database) -> None:
    async with database.read() as session:
        assert await auditing.differences(session) == []


async def booked(database: Database, order_id: UUID) -> dict[AccountKind, int]:
    async with database.read() as session:
        found = (await ledger.sums_by_order(session, [order_id])).get(order_id, {})
    return {kind: amount for kind, amount in found.items() if amount}


async def kinds(database: Database, card_id: UUID) -> list[tuple[CardEventKind, int, int]]:
    rows = await market.rows(database, CardEvent, card_id=card_id)
    return [(row["kind"], row["amount"], row["balance"]) for row in sorted(rows, key=lambda row: row["position"])]


async def refunds(database: Database, order_id: UUID) -> list[tuple[int, RefundState]]:
    rows = await market.rows(database, Refund, order_id=order_id)
    return [(row["amount"], row["state"]) for row in rows]


async def test_a_card_pays_part_of_an_order_and_gets_its_money_back_first(
    database: Database, gateway: FakeGateway
) -> None:
    shop = await made.own_shop(database, price=6000, freight=800)
    who = await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    assert await made.money(database, card) == (5000, 5000)
    order = await market.order_of(database, trade_id)
    assert (order["total"], order["card_total"]) == (6800, 5000)
    await made.pay(database, gateway, who, trade_id)
    assert await made.money(database, card) == (0, 0)
    ways = {row["way"]: row["amount"] for row in await market.rows(database, Payment, trade_id=trade_id)}
    assert ways == {PayWay.COMBINED: 1800, PayWay.CARD: 5000}
    assert await booked(database, order["id"]) == {
        AccountKind.WECHAT_RECEIVABLE: 1800,
        AccountKind.GIFTCARD_LIABILITY: 5000,
        AccountKind.BUYER_CLEARING: -6800,
    }
    await all_true(database)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "缺货了", restock=True)
    assert await made.money(database, card) == (5000, 0)
    assert await refunds(database, order["id"]) == [(5000, RefundState.SUCCEEDED), (1800, RefundState.REQUESTED)]
    assert await kinds(database, card) == [
        (CardEventKind.ISSUED, 5000, 5000),
        (CardEventKind.BOUND, 0, 5000),
        (CardEventKind.SPENT, -5000, 0),
        (CardEventKind.RETURNED, 5000, 5000),
    ]
    await all_true(database)


async def test_an_order_wholly_paid_by_cards_is_paid_by_one_confirmation(
    database: Database, gateway: FakeGateway
) -> None:
    shop = await made.own_shop(database, price=3000)
    who = await market.buyer(database)
    soon = await made.bound(database, who, shop, 1000)
    late = await made.bound(database, who, shop, 9000, valid_months=None)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    with pytest.raises(WrongState, match="全额支付"):
        await orders.pay(database, gateway, who.viewer, trade_id)
    assert gateway.calls == []
    await made.confirm(database, who, trade_id)
    await made.confirm(database, who, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    order = await market.order_of(database, trade_id)
    assert order["state"] is OrderState.AWAITING_SHIPMENT
    assert (await made.money(database, soon), await made.money(database, late)) == ((0, 0), (7000, 0))
    await all_true(database)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "缺货了", restock=True)
    assert (await made.money(database, soon), await made.money(database, late)) == ((1000, 0), (9000, 0))
    assert await refunds(database, order["id"]) == [(3000, RefundState.SUCCEEDED)]
    assert await booked(database, order["id"]) == {}
    await all_true(database)


@pytest.mark.parametrize("way", ["cancel", "expire"])
async def test_an_unpaid_order_frees_what_it_held(database: Database, gateway: FakeGateway, way: str) -> None:
    shop = await made.own_shop(database, price=3000)
    who = await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    if way == "cancel":
        await orders.cancel(database, gateway, who.viewer, trade_id)
    else:
        clock.advance(timedelta(minutes=16))
        with pytest.raises(WrongState, match="超时"):
            await made.confirm(database, who, trade_id)
        await orders.expire(database, gateway, trade_id)
    assert await made.money(database, card) == (5000, 0)
    (hold,) = await market.rows(database, CardHold)
    assert hold["state"] is CardHoldState.RELEASED
    await all_true(database)


async def closed_then_paid(database: Database, gateway: FakeGateway, who: market.Buyer, trade_id: UUID) -> Any:
    """Goes to the cashier, lets the time run out, and pays all the same."""
    await orders.pay(database, gateway, who.viewer, trade_id)
    number = await market.attempt_number(database, trade_id)
    clock.advance(timedelta(minutes=16))
    await orders.expire(database, gateway, trade_id)
    gateway.orders[number].state = Outcome.UNPAID  # their word was lost, or ours
    return gateway.pay(number)


async def test_late_money_takes_the_cards_again_or_goes_back(database: Database, gateway: FakeGateway) -> None:
    shop = await made.own_shop(database, price=6000)
    who = await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    lives = await made.placed(database, who, {shop.sku: 1})
    seen = await closed_then_paid(database, gateway, who, lives)
    await market.record(database, seen)
    assert (await market.order_of(database, lives))["state"] is OrderState.AWAITING_SHIPMENT
    assert await made.money(database, card) == (0, 0)
    other = await made.bound(database, who, shop, 5000)
    dies = await made.placed(database, who, {shop.sku: 1})
    seen = await closed_then_paid(database, gateway, who, dies)
    taker = await made.placed(database, who, {shop.sku: 2})
    await market.record(database, seen)
    order = await market.order_of(database, dies)
    assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.OUT_OF_STOCK_AFTER_PAYMENT)
    assert await refunds(database, order["id"]) == [(1000, RefundState.REQUESTED)]
    assert (await market.order_of(database, taker))["card_total"] == 5000
    assert await made.money(database, other) == (5000, 5000)
    await all_true(database)


async def test_two_giftcards_exact_split(database: Database, gateway: FakeGateway) -> None:
    """What expires first pays first, of equals the smaller; each loses exactly what it paid."""
    shop = await made.own_shop(database, price=3333)
    who = await market.buyer(database)
    large = await made.bound(database, who, shop, 2000)
    small = await made.bound(database, who, shop, 1001)
    never = await made.bound(database, who, shop, 5000, valid_months=None)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    await made.confirm(database, who, trade_id)
    left = [(await made.money(database, card))[0] for card in (large, small, never)]
    assert left == [0, 0, 5000 - (3333 - 3001)]
    await all_true(database)


async def test_a_card_is_good_at_its_issuer_only(database: Database) -> None:
    own, elsewhere = await made.own_shop(database, price=3000), await made.own_shop(database, price=4000)
    who, stranger = await market.buyer(database), await market.buyer(database)
    card = await made.bound(database, who, own, 5000)
    async with database.begin() as uow:
        page = await market.wanted(database, who, {elsewhere.sku: 1}, cards=CardPicks(frozenset({card}), 0))
        with pytest.raises(CardWrongIssuer) as wrong:
            await orders.place(uow, who.viewer, page)
    assert (wrong.value.code, wrong.value.field) == ("CARD_WRONG_ISSUER", "cardIds")
    page = await market.wanted(database, stranger, {own.sku: 1}, cards=CardPicks(frozenset({card}), 0))
    with pytest.raises(CardUnusable, match="不存在"):
        await market.place(database, stranger, page)
    both = await made.placed(database, who, {own.sku: 1, elsewhere.sku: 1})
    totals = {row["merchant_id"]: row["card_total"] for row in await market.orders_of(database, both)}
    assert totals == {own.merchant_id: 3000, elsewhere.merchant_id: 0}


async def test_the_page_tells_each_card_once_and_what_runs_out_first_comes_first(database: Database) -> None:
    shop, other = await made.own_shop(database, price=3000), await made.own_shop(database, price=3000)
    more = await catalog.product(database, shop.merchant_id, stock=10)
    goods = dict.fromkeys([shop.sku, more.skus[0], other.sku], 1)
    who = await market.buyer(database)
    good = [
        await made.bound(database, who, each, 5000 - months, valid_months=months)
        for months, each in ((36, shop), (37, other), (38, shop))
    ]
    await made.bound(database, who, await made.own_shop(database), 2000)
    lost = await made.bound(database, who, shop, 1000)
    async with database.begin() as uow:
        await cards.report_lost(uow, who.viewer, lost)
    rows = [await market.row(database, Card, card) for card in good]
    async with database.read() as session:
        seen = await checkout.preview(session, who.viewer, goods, None, frozenset())
    assert [(each.id, each.balance, each.expires_at, each.issuer_id) for each in seen.cards] == [
        (row["id"], row["balance"], row["expires_at"], row["issuer_id"]) for row in rows
    ]


async def test_what_the_page_said_must_hold(database: Database) -> None:
    shop = await made.own_shop(database, price=3000)
    who = await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    page = await made.page(database, who, {shop.sku: 2})
    await made.placed(database, who, {shop.sku: 1})
    with pytest.raises(CardUnusable) as refused:
        await market.place(database, who, page)
    assert refused.value.field == "expectedDue"
    assert await made.money(database, card) == (5000, 3000)
    async with database.begin() as uow:
        await cards.report_lost(uow, who.viewer, card)
    again = await market.wanted(database, who, {shop.sku: 1}, cards=CardPicks(frozenset({card}), 1000))
    with pytest.raises(CardUnusable, match="挂失"):
        await market.place(database, who, again)


async def test_settled_order_returns_to_the_card_out_of_its_sale(database: Database, gateway: FakeGateway) -> None:
    shop = await made.own_shop(database, price=6000)
    who = await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    await made.pay(database, gateway, who, trade_id)
    order = await market.order_of(database, trade_id)
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "SF", "SF1234567890123", None))
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, who.viewer, order["id"])
    clock.advance(timedelta(days=30))
    async with database.begin() as uow:
        await orders.complete(uow, order["id"])
    sums = await booked(database, order["id"])
    assert sums[AccountKind.CARD_SALES] == -5000
    assert AccountKind.BUYER_CLEARING not in sums
    assert sums[AccountKind.MERCHANT_PAYABLE] + sums.get(AccountKind.FEE_EXPENSE, 0) == -1000
    await all_true(database)
    assert (await market.row(database, Card, card))["balance"] == 0


async def with_coupon(database: Database, coupon_off: int = 1000) -> tuple[market.Shop, market.Buyer, UUID, UUID]:
    """Goods of 60.00 at an own shop, a coupon of the platform's, and a card that pays the rest whole."""
    shop = await made.own_shop(database, price=6000)
    who = await market.buyer(database)
    coupon = await promoting.coupon(database, who.viewer, off=coupon_off)
    card = await made.bound(database, who, shop, 9000)
    async with database.read() as session:
        picks = Picks(frozenset({coupon}))
        seen = await checkout.preview(session, who.viewer, {shop.sku: 1}, None, frozenset(), picks=picks)
    paying = CardPicks(frozenset({card}), seen.priced.due)
    about = {"expected_total": seen.priced.total, "picks": picks, "cards": paying}
    trade_id = await market.place(database, who, await market.wanted(database, who, {shop.sku: 1}, **about))
    await made.confirm(database, who, trade_id)
    return shop, who, card, trade_id


async def test_called_off_the_coupon_behind_a_card_goes_back_to_the_platform(database: Database) -> None:
    shop, _, card, trade_id = await with_coupon(database)
    assert await made.money(database, card) == (4000, 0)
    order = await market.order_of(database, trade_id)
    await all_true(database)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "缺货了", restock=True)
    assert await made.money(database, card) == (9000, 0)
    assert await booked(database, order["id"]) == {}
    await all_true(database)


async def test_after_settlement_the_coupon_behind_a_card_goes_back_to_the_platform(database: Database) -> None:
    """The claim of the last day comes when the order is completed already."""
    shop, who, card, trade_id = await with_coupon(database)
    order = await market.order_of(database, trade_id)
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "SF", "SF1234567890123", None))
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, who.viewer, order["id"])
    clock.advance(timedelta(days=30))
    async with database.begin() as uow:
        await orders.complete(uow, order["id"])
    assert (await booked(database, order["id"]))[AccountKind.CARD_SALES] == -6000
    await all_true(database)
    async with database.begin() as uow:
        locked = await lock(uow, trade_id)
        line = OrderLine.__table__.c
        back = {"refunded_quantity": line.quantity, "refunded_amount": line.payable}
        await uow.session.execute(update(OrderLine).where(line.order_id == order["id"]).values(back))
        await returning.give_back(uow, locked, order["id"], "aftersale:1", "坏果包赔")
    assert await made.money(database, card) == (9000, 0)
    assert await booked(database, order["id"]) == {}
    await all_true(database)
