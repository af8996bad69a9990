"""Refunds: sent once however often, heard of in any order, goods back on the shelf once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain import orders
from domain.base import Database, NotFound, Unavailable, WrongState
from domain.payments import RefundOutcome, RefundSeen
from models.inventory import StockMove
from models.orders import CloseReason, OrderState, OrderStep
from models.payments import PayWay, Refund, RefundState
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.orders.gateway import FakeGateway


@pytest.fixture(params=[PayWay.COMBINED, PayWay.DIRECT])
def gateway(request: pytest.FixtureRequest) -> FakeGateway:
    """All of this holds in both ways of being paid."""
    return FakeGateway(way=request.param)


async def called_off(database: Database, gateway: FakeGateway, shop: Shop, *, restock: bool = True) -> UUID:
    """A paid order its shop called off; answers the order."""
    order = await market.order_of(
        database, await market.paid(database, gateway, await market.buyer(database), {shop.sku: 2})
    )
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order["id"], "果园受灾，无法发货", restock=restock)
    return order["id"]


async def refund_of(database: Database) -> dict[str, Any]:
    (refund,) = await market.rows(database, Refund)
    return refund


async def record(database: Database, seen: RefundSeen) -> None:
    async with database.begin() as uow:
        await orders.record_refund(uow, seen)


async def test_a_refund_runs_from_request_to_the_buyers_account(database: Database, gateway: FakeGateway) -> None:
    order_id = await called_off(database, gateway, await market.shop(database))
    refund = await refund_of(database)
    assert (refund["state"], refund["amount"]) == (RefundState.REQUESTED, 7980)
    await orders.submit_refund(database, gateway, refund["id"])
    assert (await refund_of(database))["state"] is RefundState.PROCESSING
    gateway.finish_refund(refund["number"])
    await orders.check_refund(database, gateway, refund["id"])
    done = await refund_of(database)
    assert (done["state"], done["finished_at"] is None) == (RefundState.SUCCEEDED, False)
    assert done["provider_id"].startswith("5030")
    texts = [step["text"] for step in await market.rows(database, OrderStep, order_id=order_id)]
    assert texts[-2:] == ["退款已受理，款项将原路退回", "退款已到账"]


async def test_refund_retry_after_lost_response(database: Database, gateway: FakeGateway) -> None:
    await called_off(database, gateway, await market.shop(database))
    refund = await refund_of(database)

    async def lose_the_answer() -> None:
        gateway.lose = 1

    gateway.meanwhile["refund"] = lose_the_answer
    with pytest.raises(Unavailable):
        await orders.submit_refund(database, gateway, refund["id"])
    await orders.submit_refund(database, gateway, refund["id"])
    assert list(gateway.refunded) == [refund["number"]]
    assert gateway.calls.count("refund") == 1
    assert (await refund_of(database))["state"] is RefundState.PROCESSING


async def test_refund_and_refund_callback_single_entry(database: Database, gateway: FakeGateway) -> None:
    order_id = await called_off(database, gateway, await market.shop(database))
    refund = await refund_of(database)

    async def notice_is_faster() -> None:
        await record(database, RefundSeen(refund["number"], RefundOutcome.SUCCEEDED, "503001"))

    gateway.meanwhile["refund"] = notice_is_faster
    await orders.submit_refund(database, gateway, refund["id"])
    await record(database, RefundSeen(refund["number"], RefundOutcome.SUCCEEDED, "503001"))
    assert (await refund_of(database))["state"] is RefundState.SUCCEEDED
    events = [step["event"] for step in await market.rows(database, OrderStep, order_id=order_id)]
    assert events.count("REFUND_SUCCEEDED") == 1
    assert "REFUND_PROCESSING" not in events


async def test_an_abnormal_refund_may_still_succeed(database: Database, gateway: FakeGateway) -> None:
    await called_off(database, gateway, await market.shop(database))
    number = (await refund_of(database))["number"]
    for outcome, state in (
        (RefundOutcome.ABNORMAL, RefundState.ABNORMAL),
        (RefundOutcome.PROCESSING, RefundState.ABNORMAL),
        (RefundOutcome.SUCCEEDED, RefundState.SUCCEEDED),
        (RefundOutcome.ABNORMAL, RefundState.SUCCEEDED),
    ):
        await record(database, RefundSeen(number, outcome))
        assert (await refund_of(database))["state"] is state


async def test_a_refund_that_is_not_ours_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        await record(database, RefundSeen("nobody's", RefundOutcome.SUCCEEDED))


async def test_refund_double_click(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    order_id = await called_off(database, gateway, shop)
    async with database.begin() as uow:
        with pytest.raises(WrongState):
            await orders.refund_unshipped(uow, shop.keeper, order_id, "再点一次", restock=True)
    assert len(await market.rows(database, Refund)) == 1


async def test_cancel_plus_refund_restock_once(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    order_id = await called_off(database, gateway, shop)
    assert await market.stock(database, shop.sku) == (100, 0)
    refund = await refund_of(database)
    await orders.submit_refund(database, gateway, refund["id"])
    await record(database, gateway.finish_refund(refund["number"]))
    assert await market.stock(database, shop.sku) == (100, 0)
    assert [move["delta"] for move in await market.rows(database, StockMove)] == [-2, 2]
    order = (await market.rows(database, market.Order, id=order_id))[0]
    assert (order["state"], order["close_reason"]) == (OrderState.CLOSED, CloseReason.REFUNDED)


async def test_perishable_goods_do_not_return_to_the_shelf(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    await called_off(database, gateway, shop, restock=False)
    assert await market.stock(database, shop.sku) == (98, 0)


async def test_only_its_shop_or_the_platform_calls_an_order_off(database: Database, gateway: FakeGateway) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    order = await market.order_of(
        database, await market.paid(database, gateway, await market.buyer(database), {shop.sku: 1})
    )
    async with database.begin() as uow:
        with pytest.raises(NotFound):
            await orders.refund_unshipped(uow, other.keeper, order["id"], "不是我的", restock=True)
        await orders.refund_unshipped(uow, merchants.operator(), order["id"], "平台取消", restock=True)
    assert (await refund_of(database))["cause"] == "unshipped"
