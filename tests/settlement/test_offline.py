"""At the simulator: a payment that WeChat Pay is too old for to pay back."""

from __future__ import annotations

from domain import orders
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
