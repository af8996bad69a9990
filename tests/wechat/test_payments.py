"""The product's client against the simulator: combined orders from prepay to paid, closed, refunded."""

import asyncio
import dataclasses
from datetime import UTC, datetime

import pytest

from integrations.wechatpay import (
    CombinedState,
    RefundRequest,
    RefundStatus,
    SubOrder,
    SubState,
    TradeState,
    Trouble,
    WechatPay,
    WechatPayError,
)
from tests.wechat.builders import NOWHERE, OPENID, combined, number
from tests.wechat.simulator import Simulator


def refund_of(sub: SubOrder, refund: int, transaction_id: str | None = None) -> RefundRequest:
    return RefundRequest(
        sub_mchid=sub.sub_mchid,
        out_refund_no=number("R"),
        refund=refund,
        total=sub.total,
        notify_url=NOWHERE,
        transaction_id=transaction_id,
        out_trade_no=None if transaction_id else sub.out_trade_no,
        reason="不想要了",
    )


async def paid(wxsim: Simulator, pay: WechatPay, *totals: int) -> tuple[SubOrder, ...]:
    order = combined(*totals)
    await pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, settle=False)
    return order.sub_orders


# -- orders


async def test_prepay_pay_and_query(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(3980, 19800)
    prepay_id = await wechat_pay.prepay_combined(order)
    assert prepay_id.startswith("wx")

    before = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert before is not None
    assert [sub.state for sub in before.sub_orders] == [TradeState.NOTPAY, TradeState.NOTPAY]
    assert (before.paid, before.closed, before.transaction_id) == (False, False, None)
    assert before.sub_orders[0].payer_total is None

    await wxsim.user_pays(order.combine_out_trade_no, settle=False)
    after = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert after is not None
    assert after.paid
    assert after.total == 23780
    assert after.openid == OPENID
    assert [(sub.out_trade_no, sub.total, sub.payer_total, sub.currency) for sub in after.sub_orders] == [
        (sub.out_trade_no, sub.total, sub.total, "CNY") for sub in order.sub_orders
    ]
    numbers = {sub.transaction_id for sub in after.sub_orders} | {after.transaction_id}
    assert len(numbers) == 3, "each part has its own transaction id, the whole another"
    assert after.success_time is not None
    assert abs((after.success_time - datetime.now(UTC)).total_seconds()) < 5


@pytest.mark.parametrize(
    ("states", "paid", "closed"),
    [
        (("SUCCESS", "SUCCESS"), True, False),
        (("SUCCESS", "REFUND"), True, False),
        (("SUCCESS", "NOTPAY"), False, False),
        (("SUCCESS", "CLOSED"), False, False),
        (("CLOSED", "CLOSED"), False, True),
        (("CLOSED", "NOTPAY"), False, False),
        ((), False, False),
    ],
)
def test_a_whole_is_what_all_its_parts_are(states: tuple[str, ...], paid: bool, closed: bool) -> None:
    part = {"mchid": "1", "out_trade_no": "S1", "amount": {"total_amount": 1}}
    whole = {"combine_out_trade_no": "C1", "combine_appid": "wx", "combine_mchid": "1"}
    state = CombinedState.of({**whole, "sub_orders": [{**part, "trade_state": state} for state in states]})
    assert (state.paid, state.closed) == (paid, closed)


@pytest.mark.parametrize("amount", ["1", 1.0, True, None])
def test_an_amount_that_is_not_whole_fen_is_refused(amount: object) -> None:
    part = {"mchid": "1", "out_trade_no": "S1", "trade_state": "SUCCESS", "amount": {"total_amount": amount}}
    with pytest.raises(TypeError, match="whole number of fen"):
        SubState.of(part)


async def test_unknown_numbers_are_none(wechat_pay: WechatPay) -> None:
    assert await wechat_pay.query_combined(number("C")) is None
    assert await wechat_pay.query_refund(number("R"), "1900000109") is None


async def test_same_order_again_is_the_same_prepay(wechat_pay: WechatPay) -> None:
    order = combined()
    assert await wechat_pay.prepay_combined(order) == await wechat_pay.prepay_combined(order)


async def test_changed_or_used_numbers_are_conflicts(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    dearer = dataclasses.replace(order, sub_orders=(dataclasses.replace(order.sub_orders[0], total=101),))
    with pytest.raises(WechatPayError) as changed:
        await wechat_pay.prepay_combined(dearer)
    assert (changed.value.code, changed.value.trouble) == ("INVALID_REQUEST", Trouble.CONFLICT)

    other = dataclasses.replace(combined(100), sub_orders=order.sub_orders)
    with pytest.raises(WechatPayError) as taken:
        await wechat_pay.prepay_combined(other)
    assert (taken.value.code, taken.value.http_status) == ("OUT_TRADE_NO_USED", 403)

    await wxsim.user_pays(order.combine_out_trade_no, settle=False)
    with pytest.raises(WechatPayError) as used:
        await wechat_pay.prepay_combined(order)
    assert used.value.code == "OUT_TRADE_NO_USED"
    assert used.value.request_id


async def test_close_is_repeatable_and_final(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(100, 200)
    await wechat_pay.prepay_combined(order)
    with pytest.raises(WechatPayError) as partial:
        await wechat_pay.close_combined(order.combine_out_trade_no, order.sub_orders[:1])
    assert partial.value.code == "PARAM_ERROR", "every sub-order must be named"

    await wechat_pay.close_combined(order.combine_out_trade_no, order.sub_orders)
    await wechat_pay.close_combined(order.combine_out_trade_no, order.sub_orders)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    assert state.closed
    with pytest.raises(AssertionError, match="订单已关闭"):
        await wxsim.user_pays(order.combine_out_trade_no)


async def test_a_paid_order_cannot_be_closed(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, settle=False)
    with pytest.raises(WechatPayError) as refused:
        await wechat_pay.close_combined(order.combine_out_trade_no, order.sub_orders)
    assert (refused.value.code, refused.value.trouble) == ("OUT_TRADE_NO_USED", Trouble.CONFLICT), "ORDERPAID in v3"


async def test_close_and_pay_at_once_leave_one_truth(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    for _ in range(10):
        order = combined(100)
        await wechat_pay.prepay_combined(order)
        outcomes = await asyncio.gather(
            wxsim.user_pays(order.combine_out_trade_no, settle=False),
            wechat_pay.close_combined(order.combine_out_trade_no, order.sub_orders),
            return_exceptions=True,
        )
        state = await wechat_pay.query_combined(order.combine_out_trade_no)
        assert state is not None
        assert [outcome is None for outcome in outcomes] == [state.paid, state.closed]
        assert state.paid != state.closed


async def test_expired_order_closes_by_itself(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(100, minutes=15)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, at=1000)
    await wxsim.advance(901)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    assert state.closed
    await wxsim.advance(200)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    assert state.closed, "the late payer came too late"


async def test_late_payment_comes_by_the_virtual_clock(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, at=120)
    assert not (await _state(wechat_pay, order.combine_out_trade_no)).paid
    await wxsim.advance(121)
    assert (await _state(wechat_pay, order.combine_out_trade_no)).paid


async def test_long_names_are_cut_at_a_letter(wechat_pay: WechatPay) -> None:
    order = combined(100)
    long = dataclasses.replace(order.sub_orders[0], description="镇雄苹果" * 40)
    assert await wechat_pay.prepay_combined(dataclasses.replace(order, sub_orders=(long,)))
    wire = long.wire("1900000001")["description"]
    assert len(wire.encode()) <= 127
    assert wire == ("镇雄苹果" * 40)[: len(wire)]


# -- refunds


async def test_refund_is_taken_in_then_done(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    first, second = await paid(wxsim, wechat_pay, 3980, 19800)
    request = refund_of(first, 980)
    accepted = await wechat_pay.refund(request)
    assert (accepted.refund, accepted.out_refund_no) == (980, request.out_refund_no)
    seen = await wechat_pay.query_refund(request.out_refund_no, first.sub_mchid)
    assert seen is not None
    assert (seen.status, seen.success_time) == (RefundStatus.PROCESSING, None)

    await wxsim.advance(4)
    seen = await wechat_pay.query_refund(request.out_refund_no, first.sub_mchid)
    assert seen is not None
    assert seen.status is RefundStatus.SUCCESS
    assert seen.success_time is not None
    assert (seen.out_trade_no, seen.refund) == (first.out_trade_no, 980)
    assert await wechat_pay.query_refund(request.out_refund_no, second.sub_mchid) is None, "another shop's refund"


async def test_refund_marks_its_part_only(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(100, 200)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, settle=False)
    await wechat_pay.refund(refund_of(order.sub_orders[1], 200))
    await wxsim.advance(4)
    state = await _state(wechat_pay, order.combine_out_trade_no)
    assert [sub.state for sub in state.sub_orders] == [TradeState.SUCCESS, TradeState.REFUND]
    assert state.paid, "a refunded order was paid"


async def test_same_refund_again_is_the_same_refund(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    (sub,) = await paid(wxsim, wechat_pay, 1000)
    request = refund_of(sub, 400)
    once, twice = await wechat_pay.refund(request), await wechat_pay.refund(request)
    assert once == twice
    with pytest.raises(WechatPayError) as changed:
        await wechat_pay.refund(dataclasses.replace(request, refund=401))
    assert changed.value.code == "INVALID_REQUEST"
    assert len((await wxsim.dump())["refunds"]) == 1


async def test_refund_rules(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    (sub,) = await paid(wxsim, wechat_pay, 1000)

    async def code_of(request: RefundRequest) -> str:
        with pytest.raises(WechatPayError) as refused:
            await wechat_pay.refund(request)
        return refused.value.code

    assert await code_of(refund_of(sub, 1001)) == "INVALID_REQUEST", "more than was paid"
    assert await code_of(dataclasses.replace(refund_of(sub, 1), total=999)) == "INVALID_REQUEST", "another total"
    assert await code_of(dataclasses.replace(refund_of(sub, 1), sub_mchid="1900000999")) == "RESOURCE_NOT_EXISTS"
    await wechat_pay.refund(refund_of(sub, 600))
    assert await code_of(refund_of(sub, 100)) == "FREQUENCY_LIMITED", "a minute apart"
    await wxsim.advance(61)
    assert await code_of(refund_of(sub, 401)) == "INVALID_REQUEST", "the sum is more than was paid"
    await wechat_pay.refund(refund_of(sub, 400))
    await wxsim.advance(366 * 86400)
    assert await code_of(refund_of(sub, 1)) == "INVALID_REQUEST", "after a year"


async def test_unpaid_order_cannot_be_refunded(wechat_pay: WechatPay) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    with pytest.raises(WechatPayError) as refused:
        await wechat_pay.refund(refund_of(order.sub_orders[0], 100))
    assert refused.value.code == "INVALID_REQUEST"


async def test_shop_without_money_is_told_apart(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    (sub,) = await paid(wxsim, wechat_pay, 1000)
    await wxsim.control("balance.set", sub_mchid=sub.sub_mchid, balance=999)
    request = refund_of(sub, 1000)
    with pytest.raises(WechatPayError) as refused:
        await wechat_pay.refund(request)
    assert refused.value.trouble is Trouble.NOT_ENOUGH
    await wxsim.control("balance.set", sub_mchid=sub.sub_mchid, balance=1000)
    assert (await wechat_pay.refund(request)).refund == 1000, "the same number later"


async def test_refund_may_end_otherwise(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    (sub,) = await paid(wxsim, wechat_pay, 1000)
    await wxsim.refund_policy(None)
    request = refund_of(sub, 1000)
    await wechat_pay.refund(request)
    await wxsim.advance(3600)
    await wxsim.refund_result(request.out_refund_no, "ABNORMAL")
    seen = await wechat_pay.query_refund(request.out_refund_no, sub.sub_mchid)
    assert seen is not None
    assert seen.status is RefundStatus.ABNORMAL


async def _state(pay: WechatPay, no: str) -> CombinedState:
    state = await pay.query_combined(no)
    assert state is not None
    return state
