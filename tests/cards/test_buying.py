"""Cards bought, given, bound, lost and given back; the limits of the law and the arithmetic of its refunds."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domain import cards, orders
from domain.base import Database, Invalid, NotFound, TooMany, WrongState, clock
from domain.bearer import codes
from domain.cards import RefundCause
from domain.orders import auditing
from domain.payments import RefundOutcome
from models.bearer import CodeTry
from models.cards import Card, CardBatch, CardBatchKind, CardEventKind, CardPurchaseState, CardState
from models.payments import Refund, RefundState
from tests.factories import cards as made
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

VECTORS = [
    # paid, bonus, redeemed, whose doing, what goes back
    (100_000, 20_000, 60_000, RefundCause.MERCHANT, 50_000),
    (100_000, 20_000, 60_000, RefundCause.CONSUMER, 40_000),
    (100_000, 20_000, 110_000, RefundCause.MERCHANT, 8_333),
    (100_000, 20_000, 110_000, RefundCause.CONSUMER, 0),
    (50_000, 0, 0, RefundCause.CONSUMER, 50_000),
]


async def all_true(database: Database) -> None:
    async with database.read() as session:
        assert await auditing.differences(session) == []


async def given(database: Database, who: market.Buyer, card_id: UUID) -> str:
    async with database.begin() as uow:
        return (await cards.give(uow, who.viewer, card_id, "新年快乐")).token


async def accept(database: Database, who: market.Buyer, token: str) -> UUID:
    async with database.begin() as uow:
        return await cards.accept(uow, who.viewer, token)


async def refund(database: Database, who: market.Buyer, card_id: UUID, expected: int) -> UUID:
    async with database.begin() as uow:
        return await cards.refund_card(uow, who.viewer, card_id, expected)


@pytest.mark.parametrize(("paid", "bonus", "redeemed", "cause", "back"), VECTORS)
def test_refund_arithmetic_vectors(paid: int, bonus: int, redeemed: int, cause: RefundCause, back: int) -> None:
    assert cards.principal(paid, bonus, redeemed, cause) == back


def test_codes_have_no_lookalikes() -> None:
    made_codes = {codes.make() for _ in range(200)}
    assert len(made_codes) == 200
    assert not set("".join(made_codes)) & set("0O1IL2Z5S8B")
    assert {len(code) for code in made_codes} == {16}
    (code,) = list(made_codes)[:1]
    assert codes.typed(f" {codes.shown(code).lower()} ") == code


@pytest.mark.parametrize(
    ("named", "face", "fine"),
    [(False, 100_000, True), (False, 100_001, False), (True, 500_000, True), (True, 500_001, False)],
)
async def test_the_legal_limits_of_one_card(database: Database, named: bool, face: int, fine: bool) -> None:
    shop = await made.own_shop(database)
    about = {"named": named, "face": face, "price": face, "valid_months": None}
    if fine:
        await made.for_sale(database, shop, **about)
        return
    with pytest.raises(Invalid) as refused:
        await made.for_sale(database, shop, **about)
    assert refused.value.field == "face"
    row = (await market.rows(database, CardBatch))[:1]
    assert row == []
    values = {
        "issuer_id": shop.merchant_id,
        "kind": CardBatchKind.ONLINE,
        "name": "超额",
        "total": 1,
        "created_by": "甲",
    }
    with pytest.raises(IntegrityError, match="ck_card_batches_face"):
        async with database.begin() as uow:
            await uow.session.execute(CardBatch.__table__.insert().values({**values, **about}))


async def test_only_an_own_shop_issues(database: Database) -> None:
    shop = await market.shop(database)
    with pytest.raises(Invalid) as refused:
        await made.batch(database, shop)
    assert refused.value.field == "issuerId"


async def test_bought_given_bound_and_given_back(database: Database, gateway: FakeGateway) -> None:
    shop = await made.own_shop(database)
    batch = await made.for_sale(database, shop)
    who, friend = await market.buyer(database), await market.buyer(database)
    first, second = await made.bought(database, gateway, who, batch, 20_000, many=2)
    assert (first["state"], first["holder_id"], first["balance"]) == (CardState.ACTIVE, who.viewer.id, 10_000)
    assert gateway.orders[await market.attempt_number(database, first["purchase_id"])].asked.parts[0].shared is False
    await all_true(database)
    token = await given(database, who, first["id"])
    assert await accept(database, friend, token) == first["id"]
    with pytest.raises(WrongState, match="已被领取"):
        await accept(database, who, token)
    with pytest.raises(NotFound):
        await refund(database, who, first["id"], 10_000)
    refund_id = await refund(database, who, second["id"], 10_000)
    row = await made.card(database, second["id"])
    assert (row["state"], row["balance"]) == (CardState.REFUNDED, 0)
    await all_true(database)
    await orders.submit_refund(database, gateway, refund_id)
    number = (await market.row(database, Refund, refund_id))["number"]
    async with database.begin() as uow:
        await orders.record_refund(uow, gateway.finish_refund(number, RefundOutcome.SUCCEEDED))
    assert (await market.row(database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    await all_true(database)


async def test_a_purchase_nobody_pays_is_closed_and_late_money_buys_all_the_same(
    database: Database, gateway: FakeGateway
) -> None:
    shop = await made.own_shop(database)
    who = await market.buyer(database)
    purchase_id = await made.ordered(database, who, await made.for_sale(database, shop), 10_000)
    await cards.pay(database, gateway, who.viewer, purchase_id)
    number = await market.attempt_number(database, purchase_id)
    seen = gateway.pay(number)
    clock.advance(timedelta(minutes=20))
    async with database.read() as session:
        assert await cards.overdue_purchases(session) == [purchase_id]
    await market.record(database, seen)
    await market.record(database, seen)
    assert (await made.purchase(database, purchase_id))["state"] is CardPurchaseState.PAID
    assert len(await market.rows(database, Card, purchase_id=purchase_id)) == 1
    await cards.close_overdue(database, gateway, purchase_id)
    assert (await made.purchase(database, purchase_id))["state"] is CardPurchaseState.PAID
    await all_true(database)


async def test_wrong_codes_are_counted_and_stop_the_day(database: Database) -> None:
    shop = await made.own_shop(database)
    who = await market.buyer(database)
    (code,) = await made.codes(database, await made.batch(database, shop))
    for _ in range(5):
        with pytest.raises(Invalid, match="卡号不正确"):
            await cards.bind(database, who.viewer, codes.make())
    (tries,) = await market.rows(database, CodeTry)
    assert tries["wrong"] == 5
    with pytest.raises(TooMany):
        await cards.bind(database, who.viewer, code)
    clock.advance(timedelta(days=1))
    assert await cards.bind(database, who.viewer, code)


async def test_lost_and_issued_anew(database: Database, gateway: FakeGateway) -> None:
    """An order that the lost card paid is refunded to the card that took its place."""
    shop = await made.own_shop(database, price=3000)
    who = await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    await made.confirm(database, who, trade_id)
    clock.advance(timedelta(days=400))
    async with database.begin() as uow:
        await cards.report_lost(uow, who.viewer, card)
    async with database.begin() as uow:
        fresh = await cards.reissue(uow, who.viewer, card)
    assert (await made.money(database, card), await made.money(database, fresh)) == ((0, 0), (2000, 0))
    assert (await made.card(database, fresh))["expires_at"] > clock.now() + timedelta(days=3 * 365)
    order = await market.order_of(database, trade_id)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "缺货了", restock=True)
    assert await made.money(database, fresh) == (5000, 0)
    await all_true(database)


async def test_money_of_a_card_given_away_comes_back_on_a_new_one(database: Database, gateway: FakeGateway) -> None:
    shop = await made.own_shop(database, price=3000)
    who, friend = await market.buyer(database), await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    trade_id = await made.placed(database, who, {shop.sku: 1})
    await made.confirm(database, who, trade_id)
    clock.advance(timedelta(minutes=1))
    await accept(database, friend, await given(database, who, card))
    async with database.read() as session:
        seen = await cards.own_events_by_card(session, [card], frozenset({"kind", "order_id"}))
    assert [(row["kind"], row["order_id"]) for row in seen[card]] == [(CardEventKind.GIVEN, None)]
    order = await market.order_of(database, trade_id)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "缺货了", restock=True)
    assert await made.money(database, card) == (2000, 0)
    (own,) = await market.rows(database, Card, holder_id=who.viewer.id)
    assert (own["balance"], own["named"], own["state"]) == (3000, False, CardState.ACTIVE)
    await all_true(database)


async def test_a_stolen_card_is_held_although_its_holder_reported_it_lost(database: Database) -> None:
    who = await market.buyer(database)
    card = await made.bound(database, who, await made.own_shop(database))
    async with database.begin() as uow:
        await cards.report_lost(uow, who.viewer, card)
    async with database.begin() as uow:
        await cards.freeze(uow, made.PLATFORM, card, "涉嫌盗用")
    for rule in (cards.thaw, cards.reissue):
        with pytest.raises(WrongState, match="平台冻结"):
            async with database.begin() as uow:
                await rule(uow, who.viewer, card)


async def test_paid_when_all_are_sold_the_money_goes_back_once_and_nobody_pays_again(
    database: Database, gateway: FakeGateway
) -> None:
    shop = await made.own_shop(database)
    first, second = await market.buyer(database), await market.buyer(database)
    batch_id = await made.for_sale(database, shop, total=1)
    late = await made.ordered(database, second, batch_id, 10_000)
    await cards.pay(database, gateway, second.viewer, late)
    await made.bought(database, gateway, first, batch_id, 10_000)
    await market.record(database, gateway.pay(await market.attempt_number(database, late)))
    assert (await made.purchase(database, late))["state"] is CardPurchaseState.CLOSED
    with pytest.raises(WrongState, match="重新购买"):
        await cards.pay(database, gateway, second.viewer, late)
    assert [row["amount"] for row in await market.rows(database, Refund)] == [10_000]
    await all_true(database)


# ------------------------------------------------------------------------------------------------ races
async def test_giftcard_double_spend(database: Database) -> None:
    """Two orders, one balance: whoever locks the card first has it, the other is told that the amount is another."""
    shop = await made.own_shop(database, price=5000)
    who = await market.buyer(database)
    card = await made.bound(database, who, shop, 5000)
    pages = [await made.page(database, who, {shop.sku: 1}) for _ in range(2)]
    done = await asyncio.gather(*(market.place(database, who, page) for page in pages), return_exceptions=True)
    refused = [each for each in done if isinstance(each, cards.CardUnusable)]
    assert len(refused) == 1
    assert await made.money(database, card) == (5000, 5000)
    await all_true(database)


async def test_bind_by_two_members_goes_to_one(database: Database) -> None:
    shop = await made.own_shop(database)
    (code,) = await made.codes(database, await made.batch(database, shop))
    buyers = [await market.buyer(database) for _ in range(2)]
    done = await asyncio.gather(*(cards.bind(database, who.viewer, code) for who in buyers), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) in (["UUID", "WrongState"], ["WrongState", "UUID"])
    async with database.read() as session:
        assert await session.scalar(select(Card.state)) is CardState.ACTIVE


async def test_spend_against_refund_of_the_card_first_lock_wins(database: Database, gateway: FakeGateway) -> None:
    shop = await made.own_shop(database, price=5000)
    who = await market.buyer(database)
    (card,) = await made.bought(database, gateway, who, await made.for_sale(database, shop), 10_000)
    page = await made.page(database, who, {shop.sku: 1})
    spent, back = await asyncio.gather(
        market.place(database, who, page), refund(database, who, card["id"], 10_000), return_exceptions=True
    )
    won = [not isinstance(each, BaseException) for each in (spent, back)]
    assert sum(won) == 1
    assert await made.money(database, card["id"]) == ((10_000, 5000) if won[0] else (0, 0))
    await all_true(database)
