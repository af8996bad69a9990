"""An order's money at the simulator: added to, shared out, fetched back, and every fen of it accounted for."""

from __future__ import annotations

import pytest

from domain import settlement
from domain.base import Unavailable
from models.payments import Refund, RefundState
from models.pricing import Party
from models.settlement import SettlementCall, SettlementState
from tests.factories import orders as market
from tests.settlement.world import World


async def test_the_commission_is_shared_out_and_the_rest_set_free(world: World) -> None:
    shop = await world.shop(price=5000, freight=600)
    order_id = await world.over(shop)
    assert await world.account(shop) == (0, 10600 - 64)
    await world.work()
    assert await world.calls(order_id) == [("SPLIT", "SUCCEEDED", 500)]
    row = await world.settlement(order_id)
    assert (row["state"], row["held"], row["net"], row["commission"], row["fee"]) == ("DONE", 10600, 10036, 500, 64)
    assert await world.account(shop) == (10036, 0)
    assert await world.owed(shop) == 10036
    assert await world.differences() == []


async def test_without_a_commission_the_money_is_set_free_all_the_same(world: World) -> None:
    shop = await world.shop(rate=0)
    order_id = await world.shared(shop, 1)
    assert await world.calls(order_id) == [("FINISH", "SUCCEEDED", 0)]
    assert await world.account(shop) == (4970, 0)


async def test_the_platforms_coupon_is_paid_before_sharing_out(world: World) -> None:
    """Three at 50 yuan; of 20 yuan off the platform bears 15."""
    shop = await world.shop()
    off = {"PLATFORM_COUPON": (Party.PLATFORM, 1500), "MERCHANT_COUPON": (Party.MERCHANT, 500)}
    order_id = await world.shared(shop, 3, **off)
    assert await world.calls(order_id) == [("SUBSIDY", "SUCCEEDED", 1500), ("SPLIT", "SUCCEEDED", 650)]
    assert await world.account(shop) == (13000 - 78 + 1500 - 650, 0)
    assert await world.owed(shop) == 13772
    # One of three goes back: its commission first, then the money, then its share of the coupon.
    refund_id = await world.ask_back(order_id, 4333, 1)
    await world.work()
    kinds = [kind for kind, _, _ in await world.calls(order_id)]
    assert kinds == ["SUBSIDY", "SPLIT", "RETURN", "SUBSIDY_RETURN"]
    assert (await market.row(world.database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    assert await world.account(shop) == (await world.owed(shop), 0)
    assert await world.differences() == []


async def test_a_refund_after_sharing_out_waits_for_the_return(world: World) -> None:
    shop = await world.shop()
    order_id = await world.shared(shop)
    await world.wxsim.control("funds.policy", seconds=None)
    refund_id = await world.ask_back(order_id, 10000, 2)
    for _ in range(3):
        await world.work_once()
    assert (await market.row(world.database, Refund, refund_id))["sent_at"] is None
    (back,) = [row for row in await market.rows(world.database, SettlementCall) if row["kind"] == "RETURN"]
    assert (back["state"], back["amount"]) == ("PROCESSING", 500)
    await world.wxsim.control("funds.result", no=back["number"], status="SUCCESS")
    await world.work()
    assert (await market.row(world.database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    assert await world.account(shop) == (0, 0)
    assert await world.owed(shop) == 0
    assert await world.differences() == []


async def test_a_return_for_want_of_money_is_the_same_number_again(world: World) -> None:
    shop = await world.shop()
    order_id = await world.shared(shop)
    await world.wxsim.control("funds.set", mchid=world.wxsim.keys.mchid, available=100)
    refund_id = await world.ask_back(order_id, 10000, 2)
    await world.work(4)
    assert (await world.calls(order_id))[1:] == [("RETURN", "PROCESSING", 500)]
    await world.wxsim.control("funds.set", mchid=world.wxsim.keys.mchid, available=500)
    await world.work()
    assert (await world.calls(order_id))[1:] == [("RETURN", "SUCCEEDED", 500)]
    assert (await market.row(world.database, Refund, refund_id))["state"] is RefundState.SUCCEEDED


async def test_a_return_given_up_is_asked_for_under_another_number(world: World) -> None:
    shop = await world.shop()
    order_id = await world.shared(shop)
    await world.wxsim.control("funds.set", mchid=world.wxsim.keys.mchid, available=100)
    await world.ask_back(order_id, 10000, 2)
    await world.work(3)
    await world.pass_time(days=1, minutes=10)
    await world.wxsim.control("funds.set", mchid=world.wxsim.keys.mchid, available=100)
    await world.work(3)
    assert (await world.calls(order_id))[1:] == [("RETURN", "FAILED", 500), ("RETURN", "PROCESSING", 500)]
    await world.wxsim.control("funds.set", mchid=world.wxsim.keys.mchid, available=5000)
    await world.work()
    assert (await world.settlement(order_id))["state"] is SettlementState.DONE
    assert await world.differences() == []


@pytest.mark.parametrize(
    "path",
    ["subsidies/create", "profitsharing/orders", "profitsharing/returnorders", "subsidies/return", "refunds/apply"],
)
async def test_a_lost_answer_makes_nothing_twice(world: World, path: str) -> None:
    shop = await world.shop()
    order_id = await world.over(shop, 3, PLATFORM_COUPON=(Party.PLATFORM, 1500))
    await world.wxsim.fault(f"POST /v3/ecommerce/{path}", "accept_then_timeout", times=1)
    await world.work()
    await world.ask_back(order_id, 4500, 1)
    await world.work(12)
    kinds = [(kind, state) for kind, state, _ in await world.calls(order_id)]
    assert kinds == [(kind, "SUCCEEDED") for kind in ("SUBSIDY", "SPLIT", "RETURN", "SUBSIDY_RETURN")]
    assert await world.account(shop) == (await world.owed(shop), 0)
    dump = await world.wxsim.dump()
    assert (len(dump["splits"]), len(dump["returns"]), len(dump["subsidies"]), len(dump["refunds"])) == (1, 1, 2, 1)


async def test_a_refund_on_its_way_is_waited_for(world: World) -> None:
    """The refund was asked for first: nothing is shared out before it has arrived."""
    shop = await world.shop()
    order_id = await world.bought(shop)
    refund_id = await world.ask_back(order_id, 3000)
    await world.end(order_id)
    row = await world.settlement(order_id)
    await settlement.begin(world.database, row["id"])
    assert (await world.settlement(order_id))["state"] is SettlementState.WAITING
    await world.work()
    assert (await market.row(world.database, Refund, refund_id))["state"] is RefundState.SUCCEEDED
    assert await world.calls(order_id) == [("SPLIT", "SUCCEEDED", 350)]
    assert await world.account(shop) == (await world.owed(shop), 0)


async def test_a_refund_asked_for_while_sharing_out_waits(world: World) -> None:
    shop = await world.shop()
    order_id = await world.over(shop)
    await world.wxsim.control("funds.policy", seconds=None)
    await settlement.begin(world.database, (await world.settlement(order_id))["id"])
    refund_id = await world.ask_back(order_id, 4000)
    await world.work(3)
    assert (await market.row(world.database, Refund, refund_id))["sent_at"] is None
    await world.wxsim.control("funds.policy", seconds=1)
    (split,) = await market.rows(world.database, SettlementCall)
    await world.wxsim.control("funds.result", no=split["number"], status="SUCCESS")
    await world.work()
    assert await world.calls(order_id) == [("SPLIT", "SUCCEEDED", 500), ("RETURN", "SUCCEEDED", 200)]
    assert await world.account(shop) == (await world.owed(shop), 0)
    assert await world.differences() == []


async def test_what_was_refused_waits_for_a_person(world: World) -> None:
    shop = await world.shop()
    order_id = await world.over(shop)
    await world.wxsim.control("funds.policy", seconds=None)
    await world.work(2)
    (split,) = await market.rows(world.database, SettlementCall)
    await world.wxsim.control("funds.result", no=split["number"], status="CLOSED", reason="ACCOUNT_ABNORMAL")
    await world.work(2)
    row = await world.settlement(order_id)
    assert (row["state"], row["trouble"]) == (SettlementState.STUCK, "SPLIT ACCOUNT_ABNORMAL")


async def test_no_answer_is_no_end(world: World) -> None:
    shop = await world.shop()
    order_id = await world.over(shop)
    await settlement.begin(world.database, (await world.settlement(order_id))["id"])
    (split,) = await market.rows(world.database, SettlementCall)
    await world.wxsim.fault("GET /v3/ecommerce/profitsharing/orders", "http500", times=10)
    with pytest.raises(Unavailable):
        await settlement.call(world.database, world.clearing, split["id"])
    assert (await world.calls(order_id)) == [("SPLIT", "ASKED", 500)]
