"""Named scenarios of money going back, against the simulator: doubled clicks, lost answers, two voices."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from domain import aftersales, orders
from domain.base import Database, Refusal, Unavailable, clock
from domain.payments.refunds import APART
from integrations.cashier import WechatCashier, refund_seen
from integrations.wechatpay import WechatPay
from models.aftersales import AfterSaleState
from models.orders import OrderLine, OrderStep
from models.payments import PaymentPart, Refund, RefundState
from tests.factories import aftersales as made
from tests.factories import members
from tests.factories import orders as market
from tests.wechat.builders import NOWHERE, OPENID
from tests.wechat.simulator import Simulator

REFUNDS = "POST /v3/ecommerce/refunds/apply"


@pytest.fixture
def cashier(wechat_pay: WechatPay) -> WechatCashier:
    return WechatCashier(wechat_pay, NOWHERE)


async def received(database: Database, cashier: WechatCashier, wxsim: Simulator) -> made.Bought:
    """An order of three units that came, paid at the simulator."""
    shop = await market.shop(database, price=1000)
    who = await market.with_address(database, await members.member(database, openid=OPENID))
    trade_id = await market.placed(database, who, {shop.sku: 3})
    await orders.pay(database, cashier, who.viewer, trade_id)
    await wxsim.user_pays(await market.attempt_number(database, trade_id), settle=False)
    await orders.confirm_payment(database, cashier, who.viewer, trade_id)
    order = await market.order_of(database, trade_id)
    (line,) = await market.rows(database, OrderLine, order_id=order["id"])
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "ZTO", "78310000000003"))
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, who.viewer, order["id"])
    return made.Bought(shop, who, trade_id, order["id"], line["id"])


async def granted(database: Database, it: made.Bought) -> UUID:
    """A case of one unit that its shop agreed to; answers its refund."""
    before = {refund["id"] for refund in await market.rows(database, Refund)}
    id = await made.applied(database, it, made.page(it, 1))
    await made.do(database, aftersales.agree, it.keeper, id)
    (refund,) = [each for each in await market.rows(database, Refund) if each["id"] not in before]
    refund_id: UUID = refund["id"]
    return refund_id


async def test_refund_double_click(database: Database, cashier: WechatCashier, wxsim: Simulator) -> None:
    it = await received(database, cashier, wxsim)
    id = await made.applied(database, it, made.page(it, 1))
    clicks = (made.do(database, aftersales.agree, it.keeper, id) for _ in range(5))
    answers = await asyncio.gather(*clicks, return_exceptions=True)
    assert len([each for each in answers if isinstance(each, Refusal)]) == 4
    (refund,) = await market.rows(database, Refund)
    await asyncio.gather(*(orders.submit_refund(database, cashier, refund["id"]) for _ in range(3)))
    told = await wxsim.dump()
    assert [each["refund"] for each in _refunds(told, refund["number"])] == [1000]


def _refunds(told: dict[str, object], number: str) -> list[dict[str, object]]:
    found = told["refunds"]
    rows = list(found.values()) if isinstance(found, dict) else list(found)  # type: ignore[call-overload]
    return [each for each in rows if each["out_refund_no"].startswith(number[:-1])]


@pytest.mark.parametrize("kind", ["timeout", "accept_then_timeout"])
async def test_refund_retry_after_lost_response(
    database: Database, cashier: WechatCashier, wxsim: Simulator, kind: str
) -> None:
    it = await received(database, cashier, wxsim)
    refund_id = await granted(database, it)
    # The client tries again by itself, so more than one answer is lost.
    await wxsim.fault(REFUNDS, kind, times=8)
    with pytest.raises(Unavailable):
        await orders.submit_refund(database, cashier, refund_id)
    for _ in range(9):
        try:
            await orders.submit_refund(database, cashier, refund_id)
            break
        except Unavailable:
            continue
    refund = await market.row(database, Refund, refund_id)
    assert refund["state"] in (RefundState.PROCESSING, RefundState.SUCCEEDED)
    assert len(_refunds(await wxsim.dump(), refund["number"])) == 1


async def test_two_equal_partial_refunds_both_succeed(
    database: Database, cashier: WechatCashier, wxsim: Simulator
) -> None:
    it = await received(database, cashier, wxsim)
    first, second = await granted(database, it), await granted(database, it)
    await orders.submit_refund(database, cashier, first)
    # Too soon: WeChat Pay is not even asked.
    await orders.submit_refund(database, cashier, second)
    assert (await market.row(database, Refund, second))["state"] is RefundState.REQUESTED
    clock.advance(APART)
    await wxsim.advance(APART.total_seconds())
    await orders.submit_refund(database, cashier, second)
    for refund_id in (first, second):
        await orders.check_refund(database, cashier, refund_id)
    (part,) = await market.rows(database, PaymentPart)
    assert part["refunded"] == 2000
    number = (await market.row(database, Refund, first))["number"]
    assert [each["refund"] for each in _refunds(await wxsim.dump(), number)] == [1000, 1000]


async def test_refund_and_refund_callback_single_entry(
    database: Database, cashier: WechatCashier, wechat_pay: WechatPay, wxsim: Simulator
) -> None:
    it = await received(database, cashier, wxsim)
    refund_id = await granted(database, it)
    await wxsim.refund_policy(None)
    await orders.submit_refund(database, cashier, refund_id)
    refund = await market.row(database, Refund, refund_id)
    await wxsim.refund_result(refund["number"])
    (part,) = await market.rows(database, PaymentPart)
    state = await wechat_pay.query_refund(refund["number"], part["sub_mchid"])
    assert state is not None
    # The notice, our own question and the notice again, all at once.
    notice = refund_seen(state)
    await asyncio.gather(
        made.do(database, orders.record_refund, notice),
        orders.check_refund(database, cashier, refund_id),
        made.do(database, orders.record_refund, notice),
    )
    for _ in range(2):
        await made.do(database, aftersales.refund_heard, refund_id)
    steps = [step["event"] for step in await market.rows(database, OrderStep, order_id=it.order_id)]
    assert steps.count("REFUND_SUCCEEDED") == 1
    (case,) = await market.rows(database, made.AfterSale)
    assert case["state"] is AfterSaleState.DONE
