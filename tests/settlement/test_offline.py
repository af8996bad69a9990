"""At the simulator: refunds that WeChat Pay does not pay, of an old payment and of a shop without money."""

from __future__ import annotations

from domain import orders, settlement
from models.payments import Refund, RefundState
from tests.factories import merchants
from tests.factories import orders as market
from tests.settlement.world import World


async def test_a_payment_older_than_a_year_is_paid_back_by_bank(world: World) -> None:
    shop = await world.shop(rate=0)
    order_id = await world.bought(shop)
    await world.pass_time(days=366)
    refund_id = await world.ask_back(order_id, 700)
    await world.work_once()
    assert (await market.row(world.database, Refund, refund_id))["state"] is RefundState.REQUESTED
    await world.pass_time(minutes=70)
    await world.work_once()
    row = await market.row(world.database, Refund, refund_id)
    assert row["state"] is RefundState.ABNORMAL
    assert row["trouble"] == "REFUSED INVALID_REQUEST 订单已超过可退款的最大期限"
    note = "已与买家核对卡号"
    given = (world.database, world.cashier, merchants.operator(), refund_id, "ABC2026113000000001", note)
    await orders.refund_offline(*given)
    assert (await market.row(world.database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    assert await world.differences() == []


async def test_a_shop_that_was_paid_out_pays_back_once_it_has_earned_again(world: World) -> None:
    shop = await world.shop()
    first = await world.shared(shop)
    await settlement.request_payout(world.database, world.clearing, shop.keeper, None, "a-page-opened")
    await world.work()
    refund_id = await world.ask_back(first, 5000, 1)
    await world.work(rounds=4)
    row = await market.row(world.database, Refund, refund_id)
    said = "SHORT NOT_ENOUGH 基本账户余额不足，请充值后重新发起"
    assert (row["state"], row["trouble"]) == (RefundState.REQUESTED, said)
    await world.shared(shop)
    await world.work()
    row = await market.row(world.database, Refund, refund_id)
    assert (row["state"], row["trouble"]) == (RefundState.SUCCEEDED, None)
    assert await world.differences() == []
