"""Whatever an order lives through, each of its fen is somewhere, and the ledger says where."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from domain import ledger, orders
from domain.base import SYSTEM, Database, clock
from domain.ledger import Period, Place
from domain.orders import bookkeeping
from domain.orders.placing import PAY_WITHIN
from domain.payments import Outcome
from models.base import new_id
from models.ledger import AccountKind, Commission, TransactionKind
from models.orders import Order, OrderLine, Trade
from models.pricing import OrderLineShare, Party, ShareKind
from tests.factories import orders as market
from tests.factories import promotions
from tests.factories.orders import Shop
from tests.ledger import books
from tests.orders.gateway import FakeGateway

K = AccountKind


async def balanced(database: Database) -> bool:
    async with database.read() as session:
        found = await ledger.trial_balance(session, SYSTEM, Period())
    return found.difference == 0 and found.debits == found.credits


async def test_a_payment_is_held_until_the_sale_is_final(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=5000, freight=600)
    order_id = await books.bought(database, gateway, shop)
    assert await books.sums(database, order_id) == {K.WECHAT_RECEIVABLE: 10600, K.BUYER_CLEARING: -10600}
    assert await books.differences(database) == []


async def test_completion_divides_what_was_paid(database: Database, gateway: FakeGateway) -> None:
    """106 yuan at 5 %: commission of 100 yuan, WeChat Pay's 0.6 % of all of it, the rest to the shop."""
    shop = await market.shop(database, price=5000, freight=600)
    await books.with_rate(database, shop, 500)
    order_id = await books.bought(database, gateway, shop)
    await books.complete(database, order_id)
    await books.complete(database, order_id)
    assert await books.sums(database, order_id) == {
        K.WECHAT_RECEIVABLE: 10600,
        K.PLATFORM_REVENUE: -500,
        K.FEE_EXPENSE: -64,
        K.MERCHANT_PAYABLE: -10036,
    }
    (kept,) = await market.rows(database, Commission, order_id=order_id)
    assert (kept["rate"], kept["basis"], kept["amount"]) == (500, 10000, 500)
    assert await books.differences(database) == []


async def test_a_rate_changed_later_changes_no_settled_order(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=5000)
    await books.with_rate(database, shop, 500)
    order_id = await books.bought(database, gateway, shop, 1)
    await books.complete(database, order_id)
    await books.with_rate(database, shop, 3000)
    await books.arrive(database, await books.ask_back(database, order_id, 1000))
    assert (await books.sums(database, order_id))[K.PLATFORM_REVENUE] == -200


async def test_what_is_on_its_way_back_is_not_settled(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=5000)
    order_id = await books.bought(database, gateway, shop)
    refund_id = await books.ask_back(database, order_id, 3000)
    await books.complete(database, order_id)
    found = await books.sums(database, order_id)
    assert (found[K.BUYER_CLEARING], found[K.MERCHANT_PAYABLE], found[K.FEE_EXPENSE]) == (-3000, -6958, -42)
    await books.arrive(database, refund_id)
    assert K.BUYER_CLEARING not in await books.sums(database, order_id)
    assert await books.differences(database) == []


async def test_a_refund_after_settlement_is_fetched_back_first(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=5000)
    await books.with_rate(database, shop, 500)
    order_id = await books.bought(database, gateway, shop)
    await books.complete(database, order_id)
    refund_id = await books.ask_back(database, order_id, 10000, 2)
    assert (await books.sums(database, order_id))[K.BUYER_CLEARING] == -10000
    await books.arrive(database, refund_id)
    assert await books.sums(database, order_id) == {}
    kinds = [move.kind for move in (await books.trace(database, order_id)).moves]
    assert kinds.index(TransactionKind.SETTLEMENT_RETURN) < kinds.index(TransactionKind.REFUND)
    assert await books.differences(database) == []


async def test_a_refund_that_nobody_announced_is_fetched_back_too(database: Database, gateway: FakeGateway) -> None:
    """Two refunds, of which the ledger hears only when they arrive."""
    shop = await market.shop(database, price=5000)
    order_id = await books.bought(database, gateway, shop)
    await books.complete(database, order_id)
    first = await books.ask_back(database, order_id, 1000, announced=False)
    second = await books.ask_back(database, order_id, 2000, announced=False)
    for refund_id in (second, first, second):
        await books.arrive(database, refund_id)
    found = await books.sums(database, order_id)
    assert (found[K.WECHAT_RECEIVABLE], found.get(K.BUYER_CLEARING, 0)) == (7000, 0)
    assert await books.differences(database) == []


async def test_freight_of_a_closed_order_is_the_shops(database: Database, gateway: FakeGateway) -> None:
    """All goods came back, so the order is closed and never completed; what was paid for sending them is the shop's."""
    shop = await market.shop(database, price=5000, freight=600)
    order_id = await books.bought(database, gateway, shop)
    refund_id = await books.ask_back(database, order_id, 10000, 2)
    now = clock.now()
    async with database.begin() as uow:
        closed = {"state": "CLOSED", "closed_at": now, "close_reason": "REFUNDED", "shipped_at": now}
        await uow.session.execute(update(Order).where(Order.id == order_id).values(closed))
        await bookkeeping.completed(uow, [order_id])
    await books.arrive(database, refund_id)
    left = {K.WECHAT_RECEIVABLE: 600, K.MERCHANT_PAYABLE: -596, K.FEE_EXPENSE: -4}
    assert await books.sums(database, order_id) == left
    assert await books.differences(database) == []


async def test_same_callback_three_times_is_one_transaction(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    seen = gateway.pay(await market.attempt_number(database, trade_id))
    for _ in range(3):
        await market.record(database, seen)
    order = await market.order_of(database, trade_id)
    assert len((await books.trace(database, order["id"])).moves) == 1


async def test_a_late_payment_comes_and_goes(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database, stock=1), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    number = await market.attempt_number(database, trade_id)
    seen = gateway.pay(number)
    paid, gateway.orders[number].paid = gateway.orders[number].paid, None
    gateway.orders[number].state = Outcome.UNPAID
    clock.advance(PAY_WITHIN)
    await orders.expire(database, gateway, trade_id)
    await market.set_stock(database, shop.sku, 0)
    gateway.orders[number].paid = paid
    await market.record(database, seen)
    order = await market.order_of(database, trade_id)
    assert (await books.sums(database, order["id"]))[K.BUYER_CLEARING] == -order["total"]
    await books.refunds_arrive(database, gateway, order["id"])
    assert await books.sums(database, order["id"]) == {}
    assert await books.differences(database) == []


async def test_disputed_money_is_nobodys_until_somebody_looked(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database, price=5000), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id), less=1))
    order = await market.order_of(database, trade_id)
    found = await books.trace(database, order["id"])
    assert (found.came, found.now) == ({Place.BUYER: 4999}, {Place.DISPUTED: 4999})
    assert await books.differences(database) == []


# ------------------------------------------------------------------------------------------------ coupons and points
async def subsidise(database: Database, order: dict[str, Any], **shares: tuple[Party, int]) -> None:
    """As if the buyer had had coupons when placing an order of one line."""
    (line,) = await market.rows(database, OrderLine, order_id=order["id"])
    off = sum(amount for _, amount in shares.values())
    own = await promotions.borne_by(database, order["merchant_id"])
    rows = [
        {"id": new_id(), "line_id": line["id"], "kind": ShareKind(kind), "party": party, "name": "券", "amount": amount}
        for kind, (party, amount) in shares.items()
    ]
    async with database.begin() as uow:
        await uow.session.execute(insert(OrderLineShare).values([{**row, "source": own} for row in rows]))
        await uow.session.execute(
            update(OrderLine).where(OrderLine.id == line["id"]).values(payable=line["amount"] - off)
        )
        less = {"discount_total": off, "total": order["total"] - off}
        await uow.session.execute(update(Order).where(Order.id == order["id"]).values(less))
        trade = update(Trade).where(Trade.id == order["trade_id"])
        await uow.session.execute(trade.values(total=order["total"] - off))


async def test_the_platform_adds_its_coupons_and_takes_them_back(database: Database, gateway: FakeGateway) -> None:
    """Three apples at 5 yuan, 3 yuan off: half the shop's own, 1.50 the platform's."""
    shop, who = await market.shop(database, price=500), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 3})
    order = await market.order_of(database, trade_id)
    off = {"PLATFORM_COUPON": (Party.PLATFORM, 100), "CAMPAIGN": (Party.PLATFORM, 50)}
    await subsidise(database, order, **off, MERCHANT_COUPON=(Party.MERCHANT, 150))
    await orders.pay(database, gateway, who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))
    assert (await books.trace(database, order["id"])).came == {Place.BUYER: 1200, Place.COUPONS: 150}
    await books.arrive(database, await books.ask_back(database, order["id"], 400, 1))
    assert (await books.sums(database, order["id"]))[K.COUPON_EXPENSE] == 150 - 34 - 17
    await books.complete(database, order["id"])
    assert (await books.sums(database, order["id"]))[K.MERCHANT_PAYABLE] == -(800 - 5 + 66 + 33)
    await books.arrive(database, await books.ask_back(database, order["id"], 800, 2))
    assert await books.sums(database, order["id"]) == {}
    assert await books.differences(database) == []


async def test_the_example_of_the_page(database: Database, gateway: FakeGateway) -> None:
    """As `docs/domains/ledger.md` tells it; then WeChat Pay takes its fee and sets the shop's money free."""
    shop, who = await market.shop(database, price=5000, freight=600), await market.buyer(database)
    await books.with_rate(database, shop, 500)
    trade_id = await market.placed(database, who, {shop.sku: 2})
    order = await market.order_of(database, trade_id)
    id = order["id"]
    await subsidise(database, order, PLATFORM_COUPON=(Party.PLATFORM, 1000))
    await orders.pay(database, gateway, who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))
    assert await books.sums(database, id) == {
        K.WECHAT_RECEIVABLE: 9600,
        K.COUPON_EXPENSE: 1000,
        K.BUYER_CLEARING: -10600,
    }
    await books.arrive(database, await books.ask_back(database, id, 4500, 1))
    await books.complete(database, id)
    shared = {K.MERCHANT_PAYABLE: -5344, K.PLATFORM_REVENUE: -225, K.FEE_EXPENSE: -31}
    assert await books.sums(database, id) == {K.WECHAT_RECEIVABLE: 5100, K.COUPON_EXPENSE: 500, **shared}
    await books.arrive(database, await books.ask_back(database, id, 4500, 1))
    left = {K.MERCHANT_PAYABLE: -596, K.FEE_EXPENSE: -4}
    assert await books.sums(database, id) == {K.WECHAT_RECEIVABLE: 600, **left}
    of = ledger.Of(id, trade_id)
    async with database.begin() as uow:
        await ledger.post(uow, ledger.paid_out("1", of, shop.merchant_id, 596, clock.now()))
        await ledger.post(
            uow, ledger.fee_charged("2026-11-22", 4, clock.now(), "手续费"), ledger.fee_charged("", 0, clock.now(), "")
        )
    assert (await books.trace(database, id)).now == {
        Place.BUYER: 9000,
        Place.COUPONS: 1000,
        Place.FEE: 4,
        Place.PAID_OUT: 596,
    }
    assert await balanced(database)


# ------------------------------------------------------------------------------------------------ random lives
@dataclass
class Life:
    """One order, what may still happen to it, and what is known of it."""

    order_id: UUID
    shop: Shop
    paid: int
    back: int = 0
    completed: bool = False
    on_their_way: dict[UUID, int] = field(default_factory=dict)


async def step(database: Database, dice: Random, life: Life) -> None:
    """Something happens to the order: money is asked back, arrives, or the sale becomes final."""
    asked = life.back + sum(life.on_their_way.values())
    goods = life.paid - 600
    what = dice.choice(("ask", "ask", "arrive", "complete"))
    if what == "ask" and asked < goods:
        amount = dice.choice((1, goods - asked, dice.randint(1, goods - asked)))
        life.on_their_way[await books.ask_back(database, life.order_id, amount, announced=dice.random() < 0.7)] = amount
    if what == "arrive" and life.on_their_way:
        id = dice.choice(list(life.on_their_way))
        life.back += life.on_their_way.pop(id)
        await books.arrive(database, id)
    if what == "complete":
        life.completed = True
        await books.complete(database, life.order_id)


async def true_of(database: Database, life: Life) -> None:
    """paid = shop + commission + fee + back at the buyer + held, in integers, at every moment."""
    found, seen = await books.trace(database, life.order_id), await books.trace(database, life.order_id, divided=False)
    now = {place: found.now.get(place, 0) for place in Place}
    assert found.total == life.paid == seen.total
    assert now[Place.BUYER] == life.back == seen.now.get(Place.BUYER, 0)
    divided = now[Place.MERCHANT] + now[Place.COMMISSION] + now[Place.FEE]
    assert divided + now[Place.BUYER] + now[Place.HELD] == life.paid
    assert seen.now.get(Place.MERCHANT, 0) == divided
    assert min(now.values()) >= 0, now
    assert now[Place.HELD] >= 0 if not life.completed else now[Place.HELD] <= sum(life.on_their_way.values())
    if not life.completed:
        assert divided == 0


@pytest.mark.parametrize("seed", range(12))
async def test_every_life_is_traced_to_the_fen(database: Database, gateway: FakeGateway, seed: int) -> None:
    dice = Random(seed)
    shop = await market.shop(database, price=dice.choice((1, 333, 5000, 99_999)), freight=600, stock=1000)
    await books.with_rate(database, shop, dice.choice((0, 1, 500, 3000)))
    quantity = dice.randint(1, 9)
    order_id = await books.bought(database, gateway, shop, quantity)
    order = await market.row(database, Order, order_id)
    life = Life(order_id, shop, order["total"])
    for _ in range(12):
        await step(database, dice, life)
        await true_of(database, life)
    for id, amount in list(life.on_their_way.items()):
        life.back += amount
        del life.on_their_way[id]
        await books.arrive(database, id)
    await books.complete(database, order_id)
    await true_of(database, life)
    assert await books.differences(database) == []
    assert await balanced(database)
