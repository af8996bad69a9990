"""wechatpayv3 as an independent oracle: what it signs the simulator takes, what the simulator signs it believes."""

import asyncio
import json
from typing import Any

import pytest
from wechatpayv3 import WeChatPay as Oracle
from wechatpayv3 import WeChatPayType

from integrations.wechatpay import WechatPay
from tests.wechat.builders import NOWHERE, OPENID, combined, number
from tests.wechat.receiver import Receiver
from tests.wechat.simulator import Simulator


@pytest.fixture
def oracle(wxsim: Simulator, monkeypatch: pytest.MonkeyPatch) -> Oracle:
    monkeypatch.setenv("NO_PROXY", "*")
    keys = wxsim.keys
    made = Oracle(
        wechatpay_type=WeChatPayType.MINIPROG,
        mchid=keys.mchid,
        private_key=keys.merchant_private_pem,
        cert_serial_no=keys.serial_no,
        appid=keys.appid,
        apiv3_key=keys.apiv3_key,
        notify_url=NOWHERE,
        public_key=keys.platform_public_pem,
        public_key_id=keys.public_key_id,
        timeout=(2, 5),
    )
    made._core._gate_way = wxsim.base_url  # it has no argument for this
    return made


async def ask(call: Any, *arguments: Any, **named: Any) -> tuple[int, Any]:
    """Its calls block; it verifies the reply's signature itself and raises when it does not fit."""
    status, text = await asyncio.to_thread(call, *arguments, **named)
    return status, json.loads(text) if text else None


async def test_its_combined_order_is_taken_and_seen_by_our_client(
    wxsim: Simulator, oracle: Oracle, wechat_pay: WechatPay
) -> None:
    order = combined(3980, 19800)
    subs = [sub.wire(wxsim.keys.mchid) for sub in order.sub_orders]
    payer = {"openid": OPENID}
    status, reply = await ask(oracle.combine_pay, order.combine_out_trade_no, subs, combine_payer_info=payer)
    assert (status, reply["prepay_id"][:2]) == (200, "wx")

    ours = await wechat_pay.query_combined(order.combine_out_trade_no)
    status, theirs = await ask(oracle.combine_query, order.combine_out_trade_no)
    assert status == 200
    assert ours is not None
    assert [sub.total for sub in ours.sub_orders] == [s["amount"]["total_amount"] for s in theirs["sub_orders"]]


async def test_our_combined_order_is_closed_by_it(wxsim: Simulator, oracle: Oracle, wechat_pay: WechatPay) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    parts = [
        {"mchid": wxsim.keys.mchid, "out_trade_no": sub.out_trade_no, "sub_mchid": sub.sub_mchid}
        for sub in order.sub_orders
    ]
    status, reply = await ask(oracle.combine_close, order.combine_out_trade_no, parts)
    assert (status, reply) == (204, None), "the empty reply is signed too"
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    assert state.closed


async def test_its_single_order_from_prepay_to_refund(wxsim: Simulator, oracle: Oracle) -> None:
    no, refund_no = number("S"), number("R")
    status, reply = await ask(oracle.pay, "昭通苹果5kg", no, {"total": 3980}, payer={"openid": OPENID})
    assert status == 200
    assert reply["prepay_id"]
    await wxsim.user_pays(no, lose_notice=True)
    status, reply = await ask(oracle.query, out_trade_no=no)
    assert (status, reply["trade_state"], reply["amount"]["payer_total"]) == (200, "SUCCESS", 3980)
    status, by_id = await ask(oracle.query, transaction_id=reply["transaction_id"])
    assert (status, by_id) == (200, reply)

    amount = {"refund": 980, "total": 3980, "currency": "CNY"}
    status, reply = await ask(oracle.refund, refund_no, amount, out_trade_no=no)
    assert (status, reply["status"]) == (200, "PROCESSING")
    await wxsim.advance(4)
    status, reply = await ask(oracle.query_refund, refund_no)
    assert (status, reply["status"], reply["amount"]["refund"]) == (200, "SUCCESS", 980)


async def test_its_single_order_closed(oracle: Oracle) -> None:
    no = number("S")
    await ask(oracle.pay, "昭通苹果5kg", no, {"total": 100}, payer={"openid": OPENID})
    assert await ask(oracle.close, no) == (204, None)
    status, reply = await ask(oracle.query, out_trade_no=no)
    assert (status, reply["trade_state"]) == (200, "CLOSED")


async def test_it_reads_the_notice_our_client_reads(wxsim: Simulator, oracle: Oracle, wechat_pay: WechatPay) -> None:
    async with Receiver() as shop:
        order = combined(3980, 19800, notify_url=shop.url)
        await wechat_pay.prepay_combined(order)
        await wxsim.user_pays(order.combine_out_trade_no)
        ((headers, body),) = shop.got
    theirs = oracle.callback(headers, body)
    ours = wechat_pay.read_notice(headers, body)
    assert theirs["resource"] == ours.resource
    assert (theirs["id"], theirs["event_type"]) == (ours.id, ours.event_type)


async def test_it_signs_request_payment_as_we_do(oracle: Oracle, wechat_pay: WechatPay, wxsim: Simulator) -> None:
    params = wechat_pay.request_payment_params("wx201410272009395522657a690389285100")
    parts = [wxsim.keys.appid, params["timeStamp"], params["nonceStr"], params["package"]]
    assert oracle.sign(parts) == params["paySign"]


async def test_its_refusals_are_signed_and_named(oracle: Oracle) -> None:
    status, reply = await ask(oracle.combine_query, number("C"))
    assert (status, reply["code"]) == (404, "ORDER_NOT_EXIST")


async def test_it_is_refused_with_a_wrong_serial(oracle: Oracle, wxsim: Simulator) -> None:
    oracle._core._cert_serial_no = wxsim.keys.serial_no[::-1]
    status, reply = await ask(oracle.combine_query, number("C"))
    assert (status, reply["code"]) == (401, "SIGN_ERROR")
