"""A voucher's whole life: issued, bound, redeemed piece by piece, given back, given away, run out, paid back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain import orders, vouchers
from domain.base import Conflict, Database, Invalid, NotFound, TooMany, WrongState, clock
from models.ledger import AccountKind
from models.orders import OrderState
from models.payments import Payment, PayWay, Refund, RefundState
from models.vouchers import VoucherBatchKind, VoucherFreight, VoucherHoldState
from tests.factories import orders as market
from tests.factories import vouchers as made
from tests.orders.gateway import FakeGateway


async def test_a_voucher_is_redeemed_in_several_orders_and_used_up(database: Database) -> None:
    held = await made.bound(database, units=3)
    first = await made.redeemed(database, held, 2)
    assert (first["state"], first["total"], first["card_total"]) == (OrderState.AWAITING_SHIPMENT, 10_000, 10_000)
    assert await made.pieces(database, held) == ("ACTIVE", 1, 0)
    assert await made.booked(database, first["id"]) == {
        AccountKind.VOUCHER_LIABILITY: 10_000,
        AccountKind.BUYER_CLEARING: -10_000,
    }
    await made.redeemed(database, held, 1)
    assert await made.pieces(database, held) == ("REDEEMED", 0, 0)
    with pytest.raises(made.Unusable, match="已全部提完"):
        await made.placed(database, held)
    ways = {row["way"] for row in await market.rows(database, Payment)}
    assert ways == {PayWay.VOUCHER}
    assert await made.told(database, held.id) == [("ISSUED", 3), ("BOUND", 0), ("REDEEMED", -2), ("REDEEMED", -1)]
    assert (await market.stock(database, held.shop.sku))[0] == 97
    await made.all_true(database)


async def test_what_a_piece_costs_is_what_the_voucher_says_whatever_the_price_is_now(database: Database) -> None:
    """The list price is 90, the voucher's 50: no discount, no difference to pay."""
    shop = await market.shop(database, price=9000, stock=100)
    held = await made.bound(database, shop)
    order = await made.redeemed(database, held, 2)
    assert (order["goods_total"], order["discount_total"], order["total"]) == (10_000, 0, 10_000)
    await made.all_true(database)


@pytest.mark.parametrize("kind", [VoucherBatchKind.SHOP, VoucherBatchKind.SOLD, VoucherBatchKind.GIVEN])
async def test_what_is_redeemed_is_settled_with_whoever_was_paid(database: Database, kind: VoucherBatchKind) -> None:
    own = kind is not VoucherBatchKind.SHOP
    shop = await (made.own_shop if own else market.shop)(database, price=4500, stock=100)
    held = await made.bound(database, shop, kind=kind)
    order = await made.redeemed(database, held, 2)
    await made.completed(database, held, order["id"])
    sold = AccountKind.CARD_SALES if own else AccountKind.SHOP_VOUCHERS
    assert await made.booked(database, order["id"]) == {AccountKind.VOUCHER_LIABILITY: 10_000, sold: -10_000}
    await made.all_true(database)


async def test_who_pays_for_sending_is_said_and_kept(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=4500, stock=100, freight=800)
    included = await made.bound(database, shop)
    assert (await made.redeemed(database, included))["freight"] == 0
    held = await made.bound(database, shop, freight=VoucherFreight.HOLDER)
    with pytest.raises(orders.PriceChanged) as changed:
        await made.placed(database, held)
    assert changed.value.total == 5800
    trade_id = await made.placed(database, held, total=5800)
    with pytest.raises(WrongState, match="还需微信支付"):
        await made.confirm(database, held, trade_id)
    await orders.pay(database, gateway, held.who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))
    order = await market.order_of(database, trade_id)
    assert (order["state"], order["freight"], order["card_total"]) == (OrderState.AWAITING_SHIPMENT, 800, 5000)
    assert await made.pieces(database, held) == ("ACTIVE", 9, 0)
    await made.all_true(database)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "缺货了", restock=True)
    refunds = [(row["amount"], row["state"]) for row in await market.rows(database, Refund)]
    assert sorted(refunds) == [(800, RefundState.REQUESTED), (5000, RefundState.SUCCEEDED)]
    assert await made.pieces(database, held) == ("ACTIVE", 10, 0)
    await made.all_true(database)


async def test_what_is_called_off_comes_back_in_pieces(database: Database) -> None:
    held = await made.bound(database, units=2)
    order = await made.redeemed(database, held, 2)
    assert await made.pieces(database, held) == ("REDEEMED", 0, 0)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, held.shop.keeper, order["id"], "缺货了", restock=True)
    assert await made.pieces(database, held) == ("ACTIVE", 2, 0)
    assert await made.booked(database, order["id"]) == {}
    assert (await market.stock(database, held.shop.sku))[0] == 100
    await made.all_true(database)


async def test_an_unpaid_redemption_frees_its_pieces(database: Database, gateway: FakeGateway) -> None:
    held = await made.bound(database)
    trade_id = await made.placed(database, held, 4)
    assert await made.pieces(database, held) == ("ACTIVE", 10, 4)
    with pytest.raises(made.Unusable, match="还可提 6 件"):
        await made.placed(database, held, 7)
    await orders.cancel(database, gateway, held.who.viewer, trade_id)
    assert await made.pieces(database, held) == ("ACTIVE", 10, 0)
    (hold,) = await made.holds(database, held)
    assert hold["state"] is VoucherHoldState.RELEASED
    await made.all_true(database)


async def test_pieces_of_a_voucher_that_is_somebody_elses_come_back_as_a_new_one(database: Database) -> None:
    held = await made.bound(database)
    order = await made.redeemed(database, held, 2)
    friend = await market.buyer(database)
    async with database.begin() as uow:
        given = await vouchers.give(uow, held.who.viewer, held.id, "尝尝昭通苹果")
    async with database.begin() as uow:
        assert await vouchers.accept(uow, friend.viewer, given.token) == held.id
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, held.shop.keeper, order["id"], "缺货了", restock=True)
    assert (await made.voucher(database, held.id))["balance"] == 8
    async with database.read() as session:
        (fresh,) = await vouchers.mine(session, held.who.viewer, 1, 10, frozenset({"balance", "state"}))
    assert fresh["balance"] == 2
    await made.all_true(database)


async def test_a_gift_is_taken_once_and_a_link_can_be_withdrawn(database: Database) -> None:
    held = await made.bound(database)
    friend, late = await market.buyer(database), await market.buyer(database)
    async with database.begin() as uow:
        first = await vouchers.give(uow, held.who.viewer, held.id, "")
        second = await vouchers.give(uow, held.who.viewer, held.id, "")
    async with database.begin() as uow:
        with pytest.raises(NotFound):
            await vouchers.accept(uow, friend.viewer, first.token)
        with pytest.raises(WrongState, match="不能领取自己"):
            await vouchers.accept(uow, held.who.viewer, second.token)
    async with database.begin() as uow:
        await vouchers.accept(uow, friend.viewer, second.token)
    async with database.begin() as uow:
        with pytest.raises(WrongState, match="已被领取"):
            await vouchers.accept(uow, late.viewer, second.token)
    with pytest.raises(made.Unusable, match="没有这张"):
        await made.placed(database, held)


async def test_five_wrong_codes_a_day_of_cards_and_vouchers_together(database: Database) -> None:
    held = await made.bound(database)
    who = await market.buyer(database)
    (code,) = await made.codes(database, held.shop.keeper, await made.batch(database, held.shop))
    for _ in range(5):
        with pytest.raises(Invalid) as wrong:
            await vouchers.bind(database, who.viewer, "AAAA-AAAA-AAAA-AAAA")
        assert wrong.value.field == "code"
    with pytest.raises(TooMany):
        await vouchers.bind(database, who.viewer, code)
    clock.advance(timedelta(days=1))
    id = await vouchers.bind(database, who.viewer, f" {code.lower()} ")
    assert (await made.voucher(database, id))["holder_id"] == who.viewer.id


async def test_frozen_and_lost_vouchers_are_not_redeemed(database: Database) -> None:
    held = await made.bound(database)
    async with database.begin() as uow:
        await vouchers.report_lost(uow, held.who.viewer, held.id)
    with pytest.raises(made.Unusable, match="挂失"):
        await made.placed(database, held)
    async with database.begin() as uow:
        await vouchers.freeze(uow, made.PLATFORM, held.id, "冒领投诉")
    async with database.begin() as uow:
        with pytest.raises(WrongState, match="平台冻结"):
            await vouchers.thaw(uow, held.who.viewer, held.id)
    async with database.begin() as uow:
        await vouchers.unfreeze(uow, made.PLATFORM, held.id, "核实无误")
    await made.redeemed(database, held)
    await made.all_true(database)


# ------------------------------------------------------------------------------------------------ L63
async def test_the_end_of_its_time_takes_nothing_away(database: Database) -> None:
    """L63: up to the last moment it is redeemed; then what is left is owed as before, and extended for nothing."""
    held = await made.bound(database)
    clock.advance((await made.voucher(database, held.id))["expires_at"] - clock.now() - timedelta(seconds=1))
    await made.redeemed(database, held, 1)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(made.Unusable, match="可免费延期"):
        await made.placed(database, held)
    async with database.begin() as uow:
        await vouchers.expire(uow, held.id)
        await vouchers.expire(uow, held.id)
    assert await made.pieces(database, held) == ("EXPIRED", 9, 0)
    await made.all_true(database)
    async with database.begin() as uow:
        await vouchers.extend(uow, held.who.viewer, held.id)
    until = (await made.voucher(database, held.id))["expires_at"]
    assert timedelta(days=364) < until - clock.now() <= timedelta(days=365)
    await made.redeemed(database, held, 9)
    assert await made.pieces(database, held) == ("REDEEMED", 0, 0)
    await made.all_true(database)


@pytest.mark.parametrize("kind", [VoucherBatchKind.SHOP, VoucherBatchKind.SOLD])
async def test_what_is_left_is_paid_back_whole_by_whoever_was_paid(database: Database, kind: VoucherBatchKind) -> None:
    own = kind is VoucherBatchKind.SOLD
    shop = await (made.own_shop if own else market.shop)(database, price=4500, stock=100)
    held, console = await made.bound(database, shop, kind=kind), made.issuer(shop, kind)
    await made.redeemed(database, held, 4)
    with pytest.raises(WrongState, match="到期后"):
        async with database.begin() as uow:
            await vouchers.ask_refund(uow, held.who.viewer, held.id, "农业银行 6228 **** 1234 王小明")
    await made.run_out(database, held)
    async with database.begin() as uow:
        await vouchers.ask_refund(uow, held.who.viewer, held.id, "农业银行 6228480000001234 王小明")
    async with database.begin() as uow:
        assert await vouchers.payee(uow, console, held.id) == "农业银行 6228480000001234 王小明"
    stranger = (await market.shop(database)).keeper
    with pytest.raises(NotFound):
        await vouchers.refund(database, stranger, held.id, "2026113000000001")
    await vouchers.refund(database, console, held.id, "2026113000000001")
    assert await made.pieces(database, held) == ("REFUNDED", 0, 0)
    await made.all_true(database)
    with pytest.raises(WrongState):
        await vouchers.refund(database, console, held.id, "2026113000000002")
    other = await made.bound(database, shop, kind=kind)
    await made.run_out(database, other)
    async with database.begin() as uow:
        await vouchers.ask_refund(uow, other.who.viewer, other.id, "农业银行 6228480000001234 王小明")
    with pytest.raises(Conflict):
        await vouchers.refund(database, console, other.id, "2026113000000001")
    async with database.begin() as uow:
        await vouchers.keep(uow, other.who.viewer, other.id)
    assert await made.pieces(database, other) == ("EXPIRED", 10, 0)
    await made.all_true(database)


async def test_a_code_that_nobody_bound_in_time_is_owed_all_the_same(database: Database) -> None:
    shop = await market.shop(database)
    who = await market.buyer(database)
    batch_id = await made.batch(database, shop)
    (code,) = await made.codes(database, shop.keeper, batch_id)
    async with database.begin() as uow:
        await vouchers.stop_batch(uow, shop.keeper, batch_id)
    clock.advance(timedelta(days=101))
    id = await vouchers.bind(database, who.viewer, code)
    async with database.begin() as uow:
        await vouchers.extend(uow, who.viewer, id)
    await made.redeemed(database, made.Held(shop, who, id), 10)
    await made.all_true(database)


async def test_what_comes_back_after_the_end_is_good_for_another_year(database: Database) -> None:
    held = await made.bound(database, units=2)
    order = await made.redeemed(database, held, 2)
    clock.advance(timedelta(days=101))
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, held.shop.keeper, order["id"], "缺货了", restock=True)
    row = await made.voucher(database, held.id)
    assert row["balance"] == 2
    assert timedelta(days=364) < row["expires_at"] - clock.now() <= timedelta(days=365)
    await made.redeemed(database, held, 2)
    await made.all_true(database)
