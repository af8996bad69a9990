"""A payment once acknowledged survives the death of the simulator, and what was under way goes on."""

from pathlib import Path

from integrations.wechatpay import RefundRequest, RefundStatus, WechatFunds, WechatPay
from tests.wechat.builders import NOWHERE, combined, number
from tests.wechat.receiver import Receiver
from tests.wechat.simulator import Simulator


async def test_payments_and_their_notices_outlive_a_kill(tmp_path: Path) -> None:
    simulator = Simulator(state=tmp_path / "wxsim").start()
    try:
        async with Receiver(statuses=[500]) as shop, WechatPay(simulator.pay_config()) as pay:
            order = combined(3980, 19800, notify_url=shop.url)
            prepay_id = await pay.prepay_combined(order)
            await simulator.user_pays(order.combine_out_trade_no)
            sub = order.sub_orders[0]
            request = RefundRequest(sub.sub_mchid, number("R"), 100, sub.total, NOWHERE, out_trade_no=sub.out_trade_no)
            await simulator.refund_policy(30)
            await pay.refund(request)
            before = await pay.query_combined(order.combine_out_trade_no)

            simulator.kill()
            simulator.start()
            assert await pay.query_combined(order.combine_out_trade_no) == before
            assert (await simulator.trade(order.combine_out_trade_no))["prepay_id"] == prepay_id
            await simulator.advance(31)
            assert len({pay.read_notice(*got).id for got in shop.got}) == 1, "the retry comes from the new process"
            assert len(shop.got) == 2
            seen = await pay.query_refund(request.out_refund_no, sub.sub_mchid)
            assert seen is not None
            assert seen.status is RefundStatus.SUCCESS
    finally:
        simulator.stop()


async def test_the_moved_clock_and_late_payers_outlive_a_stop(tmp_path: Path) -> None:
    simulator = Simulator(state=tmp_path / "state.sqlite3").start()
    try:
        async with WechatPay(simulator.pay_config()) as pay:
            order = combined(100)
            await pay.prepay_combined(order)
            await simulator.advance(60)
            await simulator.user_pays(order.combine_out_trade_no, at=600)
            simulator.stop()
            simulator.start()
            await simulator.advance(500)
            state = await pay.query_combined(order.combine_out_trade_no)
            assert state is not None
            assert not state.paid
            await simulator.advance(110)
            state = await pay.query_combined(order.combine_out_trade_no)
            assert state is not None
            assert state.paid
    finally:
        simulator.stop()


async def test_who_may_be_given_a_share_outlives_a_kill(tmp_path: Path) -> None:
    simulator = Simulator(state=tmp_path / "wxsim").start()
    try:
        async with WechatPay(simulator.pay_config()) as pay:
            funds, made = WechatFunds(pay), [combined(3980), combined(2980)]
            for order in made:
                await pay.prepay_combined(order)
                await simulator.user_pays(order.combine_out_trade_no)
            await simulator.advance(61)
            for order in made:
                state = await pay.query_combined(order.combine_out_trade_no)
                assert state is not None
                (sub,) = state.sub_orders
                whose = {"sub_mchid": sub.sub_mchid, "transaction_id": str(sub.transaction_id)}
                shared = await funds.share(**whose, out_order_no=number("S"), amount=100, description="平台服务费")
                assert shared.order_id
                simulator.kill()
                simulator.start()
    finally:
        simulator.stop()
