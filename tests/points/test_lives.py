"""积分 as they go: earned by what was kept, spent at the checkout, back with what goes back."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from domain import aftersales, orders, rewards
from domain.base import Database, clock
from domain.cards import CardPicks
from domain.orders import auditing, bookkeeping, returning
from domain.orders.taking import lock, trade_of
from domain.payments import Outcome
from domain.points import purses
from models.ledger import AccountKind
from models.orders import OrderLine, OrderState
from models.payments import Refund
from models.points import PointsEarning, PointsEntryKind, PointsLot, PointsUse
from tests.factories import aftersales as claims
from tests.factories import cards
from tests.factories import orders as market
from tests.factories import points as made
from tests.ledger import books
from tests.orders.gateway import FakeGateway

K = PointsEntryKind
# WeChat Pay takes refunds of one transaction no closer together.
APART = timedelta(minutes=2)


async def all_true(database: Database) -> None:
    async with database.read() as session:
        assert await auditing.differences(session) == []


async def owed(database: Database) -> int:
    async with database.read() as session:
        found = await books.ledger.trial_balance(session, made.OPERATOR, books.ledger.Period())
    return -next(row.closing for row in found.rows if row.kind is AccountKind.POINTS_LIABILITY)


# ------------------------------------------------------------------------------------------------ earning
async def test_a_kept_order_brings_a_point_for_each_yuan_of_goods(database: Database, gateway: FakeGateway) -> None:
    """39.90 of goods and 6.00 of freight: 39, when nothing can be claimed any more."""
    await made.rules(database)
    shop, who = await market.shop(database, price=3990, freight=600), await market.buyer(database)
    order = await made.bought(database, gateway, who, {shop.sku: 1})
    await made.received(database, who, shop, order["id"])
    await made.decide(database, order["id"])
    assert await made.has(database, who.viewer) == (0, 0)
    clock.advance(made.PAST_CLAIMS)
    await made.complete(database, order["id"])
    async with database.read() as session:
        assert (await made.points.wallet(session, who.viewer)).waiting == 39
        assert await rewards.ready(session) == [order["id"]]
    for _ in range(3):
        await made.decide(database, order["id"])
    assert await made.has(database, who.viewer) == (39, 0)
    assert await made.told(database, who.viewer) == [(K.EARNED, 39)]
    assert await owed(database) == 39
    await all_true(database)


async def test_nothing_is_earned_before_there_are_rules_or_while_they_say_so(
    database: Database, gateway: FakeGateway
) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    before = await made.bought(database, gateway, who, {shop.sku: 1})
    await made.rules(database, earning=False)
    off = await made.bought(database, gateway, who, {shop.sku: 1})
    await made.rules(database)
    for order in (before, off):
        await made.kept(database, who, shop, order["id"])
    assert await made.told(database, who.viewer) == []
    assert await market.rows(database, PointsEarning) == []
    async with database.read() as session:
        assert await rewards.forgotten(session) == []


async def test_what_an_order_brings_goes_by_the_rules_of_its_payment(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database, per_yuan=2)
    shop, who = await market.shop(database, price=1000), await market.buyer(database)
    order = await made.bought(database, gateway, who, {shop.sku: 1}, 0)
    clock.advance(timedelta(seconds=1))
    await made.rules(database, per_yuan=9)
    await made.kept(database, who, shop, order["id"])
    assert await made.has(database, who.viewer) == (20, 0)


async def test_points_bring_no_points_and_a_day_has_a_limit(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database, daily_most=30)
    shop, who = await market.shop(database, price=2000), await market.buyer(database)
    await made.given(database, who.viewer, 500)
    orders_of_his = [await made.bought(database, gateway, who, {shop.sku: 1}, asked) for asked in (500, 0)]
    for order in orders_of_his:
        await made.received(database, who, shop, order["id"])
    clock.advance(made.PAST_CLAIMS)
    for order in orders_of_his:
        await made.complete(database, order["id"])
        await made.decide(database, order["id"])
    # 15 yuan were paid for the first; of the second's twenty the day has room for fifteen.
    assert [row for row in await made.told(database, who.viewer) if row[0] is K.EARNED] == [(K.EARNED, 15)] * 2
    await all_true(database)


async def test_a_fact_that_was_lost_is_found(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database)
    shop, who = await market.shop(database), await market.buyer(database)
    order = await made.bought(database, gateway, who, {shop.sku: 1})
    await made.received(database, who, shop, order["id"])
    clock.advance(made.PAST_CLAIMS)
    async with database.begin() as uow:
        await aftersales.complete_order(uow, order["id"])
    async with database.read() as session:
        assert await rewards.forgotten(session) == [order["id"]]


async def bought_by(database: Database, shop: market.Shop, who: market.Buyer, order: dict[str, Any]) -> claims.Bought:
    (line,) = await market.rows(database, OrderLine, order_id=order["id"])
    return claims.Bought(shop, who, order["trade_id"], order["id"], line["id"])


# ------------------------------------------------------------------------------------------------ spending
async def test_points_pay_what_they_may_and_the_page_says_why_not_more(database: Database) -> None:
    await made.rules(database, cap_percent=30)
    shop, cheap = await market.shop(database, price=3990), await market.shop(database, price=900)
    who = await market.buyer(database)
    seen = await made.preview(database, who, {shop.sku: 1}, 0)
    assert seen.points is not None
    assert (seen.points.balance, seen.points.usable, seen.points.note) == (0, 0, "暂无可用积分")
    await made.given(database, who.viewer, 5000)
    for asked, used in ((0, 0), (7, 7), (1197, 1197), (9999, 1197)):
        seen = await made.preview(database, who, {shop.sku: 1}, asked)
        assert seen.points is not None
        assert (seen.points.used, seen.points.usable, seen.priced.total) == (used, 1197, 3990 - used)
        assert seen.points.note == "积分最多抵扣商品金额的 30%"
    assert seen.points is not None
    assert seen.points.earns == 27
    seen = await made.preview(database, who, {cheap.sku: 1}, 100)
    assert seen.points is not None
    assert (seen.points.usable, seen.points.note) == (0, "商品满 10 元可用积分抵扣")
    await made.rules(database, spending=False)
    seen = await made.preview(database, who, {shop.sku: 1}, 100)
    assert seen.points is not None
    assert (seen.points.used, seen.points.note, seen.priced.total) == (0, "积分抵扣暂未开放", 3990)


async def test_an_order_holds_its_points_and_gives_them_back_unpaid(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database)
    shop, who = await market.shop(database), await market.buyer(database)
    await made.given(database, who.viewer, 500)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    order = await market.order_of(database, trade_id)
    assert (order["points_total"], order["total"], await made.has(database, who.viewer)) == (500, 3490, (0, 0))
    assert await owed(database) == 500
    await all_true(database)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    assert await made.has(database, who.viewer) == (500, 0)
    assert await made.told(database, who.viewer) == [(K.GRANTED, 500), (K.SPENT, -500), (K.RELEASED, 500)]
    await all_true(database)


async def test_what_was_paid_with_points_comes_back_by_the_piece(database: Database, gateway: FakeGateway) -> None:
    """100 points on three pieces are 34, 33 and 33, whatever way the pieces go back."""
    await made.rules(database)
    shop, who = await market.shop(database, price=1000), await market.buyer(database)
    await made.given(database, who.viewer, 100)
    order = await made.bought(database, gateway, who, {shop.sku: 3})
    assert (order["total"], await owed(database)) == (2900, 0)
    it = await bought_by(database, shop, who, order)
    for before, back in ((0, 34), (34, 67), (67, 100)):
        clock.advance(APART)
        id = await claims.applied(database, it, claims.page(it, 1))
        async with database.begin() as uow:
            await aftersales.agree(uow, it.keeper, id)
        assert await made.has(database, who.viewer) == (before, 0)  # with the money, not before it
        await books.refunds_arrive(database, gateway, order["id"])
        assert await made.has(database, who.viewer) == (back, 0)
        await all_true(database)
    assert sum(row["amount"] for row in await market.rows(database, Refund)) == 2900
    assert (await market.order_of(database, order["trade_id"]))["state"] is OrderState.CLOSED


async def test_points_pay_beside_a_gift_card(database: Database, gateway: FakeGateway) -> None:
    """Half of the goods by points, the rest whole by the card: there is no money to tell it with, and all is told."""
    await made.rules(database)
    shop, who = await cards.own_shop(database, price=4000), await market.buyer(database)
    card = await cards.bound(database, who, shop, 5000)
    await made.given(database, who.viewer, 9000)
    page = await made.page(database, who, {shop.sku: 1}, cards=CardPicks(frozenset([card]), 0))
    trade_id = await market.place(database, who, page)
    async with database.begin() as uow:
        await orders.pay_by_cards(uow, who.viewer, trade_id)
    order = await market.order_of(database, trade_id)
    assert (order["points_total"], order["card_total"], order["total"]) == (2000, 2000, 2000)
    await all_true(database)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "果园受灾，无法发货", restock=True)
    assert await made.has(database, who.viewer) == (9000, 0)
    assert await cards.money(database, card) == (5000, 0)
    await all_true(database)


# ------------------------------------------------------------------------------------------------ what went back
async def goes_back(database: Database, gateway: FakeGateway, order_id: UUID, units: int, fen: int) -> None:
    """So much of a complete order goes back, as by a recall; the money arrives, and that is heard."""
    async with database.begin() as uow:
        locked = await lock(uow, await trade_of(uow.session, order_id))
        line = OrderLine.__table__.c
        counted = {"refunded_amount": line.refunded_amount + fen, "refunded_quantity": line.refunded_quantity + units}
        await uow.session.execute(update(OrderLine).where(line.order_id == order_id).values(counted))
        cause = f"recall:{secrets.token_hex(8)}"
        for id in await returning.give_back(uow, locked, order_id, cause, "召回退款", fen):
            await bookkeeping.refund_asked(uow, order_id, id, clock.now())
    clock.advance(APART)
    await books.refunds_arrive(database, gateway, order_id)
    await made.look_again(database, order_id)


async def test_what_went_back_takes_back_what_it_had_brought(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database)
    shop, who = await market.shop(database, price=1050), await market.buyer(database)
    order = await made.bought(database, gateway, who, {shop.sku: 2})
    await made.kept(database, who, shop, order["id"])
    assert await made.has(database, who.viewer) == (21, 0)
    await goes_back(database, gateway, order["id"], 1, 1050)
    for _ in range(2):
        await made.look_again(database, order["id"])
    assert await made.has(database, who.viewer) == (10, 0)
    async with database.read() as session:
        assert await rewards.gone_back(session) == []
    await goes_back(database, gateway, order["id"], 1, 1050)
    assert await made.has(database, who.viewer) == (0, 0)
    assert await made.told(database, who.viewer) == [(K.EARNED, 21), (K.TAKEN_BACK, -11), (K.TAKEN_BACK, -10)]
    await all_true(database)


async def test_what_was_spent_meanwhile_is_owed_and_paid_by_the_next(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database, per_yuan=10)
    shop, who = await market.shop(database, price=2000), await market.buyer(database)
    first = await made.bought(database, gateway, who, {shop.sku: 1})
    await made.kept(database, who, shop, first["id"])
    second = await made.bought(database, gateway, who, {shop.sku: 1})
    assert (second["points_total"], await made.has(database, who.viewer)) == (200, (0, 0))
    await goes_back(database, gateway, first["id"], 1, 2000)
    assert await made.has(database, who.viewer) == (0, 200)
    await all_true(database)
    await made.kept(database, who, shop, second["id"])  # 18 yuan
    assert await made.has(database, who.viewer) == (0, 20)
    await made.given(database, who.viewer, 50)
    assert await made.has(database, who.viewer) == (30, 0)
    assert (await made.told(database, who.viewer))[-2:] == [(K.EARNED, 0), (K.GRANTED, 30)]
    await all_true(database)


async def test_what_comes_back_pays_what_is_owed_first(database: Database, gateway: FakeGateway) -> None:
    await made.rules(database, per_yuan=10)
    shop, who = await market.shop(database, price=2000), await market.buyer(database)
    first = await made.bought(database, gateway, who, {shop.sku: 1})
    await made.kept(database, who, shop, first["id"])
    trade_id = await made.placed(database, who, {shop.sku: 1})
    await goes_back(database, gateway, first["id"], 1, 2000)
    assert await made.has(database, who.viewer) == (0, 200)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    assert await made.has(database, who.viewer) == (0, 0)
    assert await owed(database) == 0
    await all_true(database)


# ------------------------------------------------------------------------------------------------ time
@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-01-01T00:00:00+08:00", "2028-01-01T00:00:00+08:00"),
        ("2026-12-31T23:59:59+08:00", "2028-01-01T00:00:00+08:00"),
        ("2026-12-31T16:00:00+00:00", "2029-01-01T00:00:00+08:00"),  # it is next year in Zhaotong
    ],
)
def test_points_run_out_with_the_end_of_the_next_year(now: str, until: str) -> None:
    assert purses.run_out(datetime.fromisoformat(now).astimezone(UTC)) == datetime.fromisoformat(until)


async def test_the_oldest_are_spent_first_and_what_is_left_of_them_runs_out(
    database: Database, gateway: FakeGateway
) -> None:
    clock.stop(datetime(2026, 12, 31, 4, tzinfo=UTC))
    await made.rules(database, cap_percent=10)
    shop, who = await market.shop(database, price=1000), await market.buyer(database)
    await made.given(database, who.viewer, 150)
    clock.stop(datetime(2027, 1, 2, 4, tzinfo=UTC))
    await made.given(database, who.viewer, 80)
    order = await made.bought(database, gateway, who, {shop.sku: 1})
    lots = sorted(await market.rows(database, PointsLot), key=lambda lot: lot["expires_at"])
    assert [lot["left_over"] for lot in lots] == [50, 80]
    clock.stop(datetime(2027, 12, 10, 4, tzinfo=UTC))
    async with database.read() as session:
        found = await made.points.wallet(session, who.viewer)
        assert await made.points.due(session) == []
    assert (found.balance, found.soon, found.soon_at) == (130, 50, lots[0]["expires_at"])
    clock.stop(datetime(2028, 1, 1, 4, tzinfo=UTC))
    seen = await made.preview(database, who, {shop.sku: 1}, 10_000)  # run out, whether it was written down or not
    assert seen.points is not None
    assert seen.points.balance == 80
    async with database.read() as session:
        assert await made.points.due(session) == [who.viewer.id]
    for _ in range(2):
        async with database.begin() as uow:
            await made.points.expire(uow, who.viewer.id)
    assert await made.has(database, who.viewer) == (80, 0)
    assert (await made.told(database, who.viewer))[-1] == (K.EXPIRED, -50)
    await all_true(database)
    await books.call_off(database, gateway, shop, order["id"])  # its points had run out: they are good for thirty days
    assert await made.has(database, who.viewer) == (180, 0)
    fresh = [lot for lot in await market.rows(database, PointsLot) if lot["expires_at"] == clock.now() + purses.GRACE]
    assert [lot["left_over"] for lot in fresh] == [100]
    await all_true(database)


async def test_paid_after_closing_it_takes_its_points_again_or_goes_back(
    database: Database, gateway: FakeGateway
) -> None:
    await made.rules(database)
    shop, who = await market.shop(database, price=2000), await market.buyer(database)
    await made.given(database, who.viewer, 800)
    for spent_elsewhere in (False, True):
        trade_id = await made.placed(database, who, {shop.sku: 1}, 800)
        await orders.pay(database, gateway, who.viewer, trade_id)
        number = await market.attempt_number(database, trade_id)
        await orders.cancel(database, gateway, who.viewer, trade_id)
        if spent_elsewhere:
            await made.placed(database, who, {shop.sku: 1}, 700)
        gateway.orders[number].state = Outcome.UNPAID  # the password was typed before our close arrived
        await market.record(database, gateway.pay(number))
        order = await market.order_of(database, trade_id)
        if spent_elsewhere:
            assert (order["state"], await made.has(database, who.viewer)) == (OrderState.CLOSED, (100, 0))
            await books.refunds_arrive(database, gateway, order["id"])
        else:
            assert (order["state"], await made.has(database, who.viewer)) == (OrderState.AWAITING_SHIPMENT, (0, 0))
            await made.given(database, who.viewer, 800)
        await all_true(database)
    assert {use["state"] for use in await market.rows(database, PointsUse)} == {"SPENT", "HELD", "RELEASED"}


async def test_paid_after_closing_when_the_goods_are_gone_its_points_come_back_again(
    database: Database, gateway: FakeGateway
) -> None:
    await made.rules(database)
    shop, who = await market.shop(database, price=2000, stock=1), await market.buyer(database)
    await made.given(database, who.viewer, 800)
    trade_id = await made.placed(database, who, {shop.sku: 1}, 800)
    await orders.pay(database, gateway, who.viewer, trade_id)
    number = await market.attempt_number(database, trade_id)
    await orders.cancel(database, gateway, who.viewer, trade_id)
    await market.placed(database, await market.buyer(database), {shop.sku: 1})
    gateway.orders[number].state = Outcome.UNPAID
    await market.record(database, gateway.pay(number))
    order = await market.order_of(database, trade_id)
    assert (order["state"], await made.has(database, who.viewer)) == (OrderState.CLOSED, (800, 0))
    assert [kind for kind, _ in await made.told(database, who.viewer)][1:] == [K.SPENT, K.RELEASED] * 2
    await books.refunds_arrive(database, gateway, order["id"])
    await all_true(database)
