"""The same flows with the product's own cashier, over HTTP, against the simulator of WeChat Pay."""

from __future__ import annotations

import pytest

from domain import orders
from domain.base import Database, WrongState, clock
from domain.orders.placing import PAY_WITHIN
from integrations.cashier import WechatCashier
from integrations.wechatpay import WechatPay
from models.orders import OrderState, TradeState
from models.payments import Payment, PaymentState, Refund, RefundState
from tests.factories import members
from tests.factories import orders as market
from tests.factories.orders import Buyer
from tests.wechat.builders import NOWHERE, OPENID
from tests.wechat.simulator import Simulator


@pytest.fixture
def cashier(wechat_pay: WechatPay) -> WechatCashier:
    return WechatCashier(wechat_pay, NOWHERE)


async def buyer(database: Database) -> Buyer:
    """Somebody the simulator knows."""
    return await market.with_address(database, await members.member(database, openid=OPENID))


async def test_a_trade_of_two_shops_is_paid_and_one_order_goes_back(
    database: Database, cashier: WechatCashier, wxsim: Simulator
) -> None:
    near, far, who = await market.shop(database), await market.shop(database), await buyer(database)
    trade_id = await market.placed(database, who, {near.sku: 1, far.sku: 2})
    prepay = await orders.pay(database, cashier, who.viewer, trade_id)
    assert prepay.parameters["signType"] == "RSA"
    assert (await orders.pay(database, cashier, who.viewer, trade_id)).prepay_id == prepay.prepay_id
    await wxsim.user_pays(await market.attempt_number(database, trade_id), settle=False)
    await orders.confirm_payment(database, cashier, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.PAID
    order = next(o for o in await market.orders_of(database, trade_id) if o["merchant_id"] == far.merchant_id)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, far.keeper, order["id"], "果园受灾，无法发货", restock=True)
    (refund,) = await market.rows(database, Refund)
    await orders.submit_refund(database, cashier, refund["id"])
    (refund,) = await market.rows(database, Refund)
    assert refund["state"] in (RefundState.PROCESSING, RefundState.SUCCEEDED)
    assert refund["provider_id"]


async def test_it_is_closed_there_and_then_here(database: Database, cashier: WechatCashier, wxsim: Simulator) -> None:
    shop, who = await market.shop(database), await buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, cashier, who.viewer, trade_id)
    await orders.cancel(database, cashier, who.viewer, trade_id)
    assert (await market.trade(database, trade_id))["state"] is TradeState.CLOSED
    assert (await market.rows(database, Payment))[0]["state"] is PaymentState.CLOSED
    seen = await cashier.query(await market.attempt_number(database, trade_id))
    assert seen.outcome == "CLOSED"


async def test_expiry_finds_what_was_paid(database: Database, cashier: WechatCashier, wxsim: Simulator) -> None:
    shop, who = await market.shop(database), await buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, cashier, who.viewer, trade_id)
    await wxsim.user_pays(await market.attempt_number(database, trade_id), settle=False)
    with pytest.raises(WrongState):
        await orders.cancel(database, cashier, who.viewer, trade_id)
    clock.advance(PAY_WITHIN)
    await orders.expire(database, cashier, trade_id)
    assert (await market.order_of(database, trade_id))["state"] is OrderState.AWAITING_SHIPMENT
