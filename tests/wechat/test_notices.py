"""Notifications over real HTTP: genuine ones are read, all others refused, and a lost answer is tried again."""

import json
from datetime import datetime

import pytest

from integrations.wechatpay import NoticeFault, NoticeRejected, RefundRequest, RefundStatus, WechatPay
from tests.wechat.builders import OPENID, combined, number
from tests.wechat.receiver import Receiver
from tests.wechat.simulator import Simulator

# Seconds between tries after a bad answer, as WeChat Pay publishes them.
SCHEDULE = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600]


async def pay_for(wxsim: Simulator, pay: WechatPay, url: str, *totals: int) -> str:
    order = combined(*totals, notify_url=url)
    await pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no)
    return order.combine_out_trade_no


def fault_of(pay: WechatPay, headers: dict[str, str], body: bytes) -> NoticeFault:
    with pytest.raises(NoticeRejected) as refused:
        pay.read_notice(headers, body)
    return refused.value.fault


async def test_payment_notice_tells_the_whole_combined_order(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver() as shop:
        no = await pay_for(wxsim, wechat_pay, shop.url, 3980, 19800)
        ((headers, body),) = shop.got
    notice = wechat_pay.read_notice(headers, body)
    assert notice.event_type == "TRANSACTION.SUCCESS"
    assert notice.refund is None
    assert notice.payment == await wechat_pay.query_combined(no)
    assert notice.payment is not None
    assert (notice.payment.paid, notice.payment.total, notice.payment.openid) == (True, 23780, OPENID)


async def test_refund_notice(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver() as shop:
        order = combined(1000, notify_url=shop.url)
        await wechat_pay.prepay_combined(order)
        await wxsim.user_pays(order.combine_out_trade_no)
        sub = order.sub_orders[0]
        request = RefundRequest(sub.sub_mchid, number("R"), 300, 1000, shop.url, out_trade_no=sub.out_trade_no)
        await wechat_pay.refund(request)
        await wxsim.advance(4)
        notice = wechat_pay.read_notice(*shop.got[-1])
    assert notice.event_type == "REFUND.SUCCESS"
    assert notice.payment is None
    assert notice.refund is not None
    assert (notice.refund.status, notice.refund.refund) == (RefundStatus.SUCCESS, 300)
    assert (notice.refund.out_refund_no, notice.refund.sub_mchid) == (request.out_refund_no, sub.sub_mchid)


async def test_retry_schedule_of_a_whole_day(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver(statuses=[500] * 16) as shop:
        no = await pay_for(wxsim, wechat_pay, shop.url, 100)
        for at, wait in enumerate(SCHEDULE):
            assert len(shop.got) == at + 1
            await wxsim.advance(wait - 10)  # the margin is what this test itself may take
            assert len(shop.got) == at + 1, "not early"
            await wxsim.advance(10)
        assert len(shop.got) == 16
        await wxsim.advance(7 * 86400)
        assert len(shop.got) == 16, "then never again"
        notices = [wechat_pay.read_notice(headers, body) for headers, body in shop.got]
    assert len({notice.id for notice in notices}) == 1, "a retry keeps its id"
    assert len({headers["wechatpay-nonce"] for headers, _ in shop.got}) == 16
    (notice,) = (await wxsim.dump())["notices"]
    assert (notice["state"], notice["about"]) == ("EXHAUSTED", no)


async def test_a_day_of_outage_in_one_step(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver(statuses=[503] * 12) as shop:
        await pay_for(wxsim, wechat_pay, shop.url, 100)
        await wxsim.advance(86400)
        assert len(shop.got) == 13
    (notice,) = (await wxsim.dump())["notices"]
    assert notice["state"] == "DELIVERED"
    assert [answer["status"] for answer in notice["answers"]] == [503] * 12 + [204]


async def test_200_ends_it_and_400_does_not(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver(statuses=[400, 200]) as shop:
        await pay_for(wxsim, wechat_pay, shop.url, 100)
        await wxsim.advance(16)
        await wxsim.advance(3600)
        assert len(shop.got) == 2


async def test_dropped_and_lost_notices_never_come(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver() as shop:
        await wxsim.notify_policy(drop=True)
        dropped = await pay_for(wxsim, wechat_pay, shop.url, 100)
        await wxsim.notify_policy()
        order = combined(100, notify_url=shop.url)
        await wechat_pay.prepay_combined(order)
        await wxsim.user_pays(order.combine_out_trade_no, lose_notice=True)
        await wxsim.advance(86400)
        assert shop.got == []
    for no in (dropped, order.combine_out_trade_no):
        state = await wechat_pay.query_combined(no)
        assert state is not None
        assert state.paid, "only asking tells"


async def test_duplicates_are_the_same_notice(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver() as shop:
        await wxsim.notify_policy(duplicate=2)
        await pay_for(wxsim, wechat_pay, shop.url, 100)
        assert len({wechat_pay.read_notice(*got).id for got in shop.got}) == 1
        assert len(shop.got) == 3


async def test_reordered_notices_come_newest_first(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver() as shop:
        await wxsim.notify_policy(reorder=True)
        numbers = [await pay_for(wxsim, wechat_pay, shop.url, 100) for _ in range(3)]
        assert shop.got == []
        await wxsim.notify_policy()
        came = [wechat_pay.read_notice(*got).resource["combine_out_trade_no"] for got in shop.got]
    assert came == numbers[::-1]


async def test_delayed_notice(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    async with Receiver() as shop:
        await wxsim.notify_policy(delay=30)
        await pay_for(wxsim, wechat_pay, shop.url, 100)
        assert shop.got == []
        await wxsim.advance(31)
        assert len(shop.got) == 1


async def test_probe_strange_key_and_stale_are_refused_then_the_true_one_is_read(
    wxsim: Simulator, wechat_pay: WechatPay
) -> None:
    async with Receiver(statuses=[401, 401, 401, 401]) as shop:
        await wxsim.notify_policy(signtest=True)
        await pay_for(wxsim, wechat_pay, shop.url, 100)
        await wxsim.notify_policy(wrong_serial=True)
        await wxsim.advance(16)
        await wxsim.notify_policy(stale_timestamp=True)
        await wxsim.advance(16)
        await wxsim.notify_policy()
        await wxsim.advance(31)
        probe, true, strange, stale, last = shop.got
    assert fault_of(wechat_pay, *probe) is NoticeFault.SIGNATURE
    assert fault_of(wechat_pay, *strange) is NoticeFault.SERIAL
    assert fault_of(wechat_pay, *stale) is NoticeFault.STALE
    assert wechat_pay.read_notice(*true).id == wechat_pay.read_notice(*last).id
    (notice,) = (await wxsim.dump())["notices"]
    assert [answer["status"] for answer in notice["probes"]] == [401]


async def test_unknown_serial_makes_no_outbound_call(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    headers, body = await wxsim.build_notice({"x": 1}, strange=True)
    before = (await wxsim.dump())["calls"]
    assert fault_of(wechat_pay, headers, body) is NoticeFault.SERIAL
    assert (await wxsim.dump())["calls"] == before


async def test_unknown_event_is_readable(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    headers, body = await wxsim.build_notice({"complaint_id": "1"}, event_type="COMPLAINT.CREATE")
    notice = wechat_pay.read_notice(headers, body)
    assert (notice.payment, notice.refund, notice.resource) == (None, None, {"complaint_id": "1"})


@pytest.mark.parametrize("resource", [{"combine_out_trade_no": "C1"}, {"combine_out_trade_no": "C1", "sub_orders": 3}])
async def test_genuine_but_malformed_payment_is_refused(
    wxsim: Simulator, wechat_pay: WechatPay, resource: dict[str, object]
) -> None:
    notice = wechat_pay.read_notice(*await wxsim.build_notice(resource))
    with pytest.raises(NoticeRejected) as refused:
        _ = notice.payment
    assert refused.value.fault is NoticeFault.MALFORMED


async def test_signed_body_that_is_no_notification_is_refused(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    """Even with our own signature over it: a reply of theirs replayed to us is not a notification."""
    order = combined()
    await wechat_pay.prepay_combined(order)
    reply = await wechat_pay._http.send(
        "GET",
        f"/v3/combine-transactions/out-trade-no/{order.combine_out_trade_no}",
        seal=wechat_pay._seal,
        idempotent=True,
    )
    assert reply.status_code == 200
    assert fault_of(wechat_pay, dict(reply.headers), reply.content) is NoticeFault.MALFORMED


async def test_notice_body_is_what_the_pages_promise(wxsim: Simulator) -> None:
    _, body = await wxsim.build_notice({"a": 1}, id="fixed-id")
    envelope = json.loads(body)
    assert set(envelope) == {"id", "create_time", "resource_type", "event_type", "summary", "resource"}
    assert envelope["resource_type"] == "encrypt-resource"
    assert set(envelope["resource"]) == {"original_type", "algorithm", "ciphertext", "associated_data", "nonce"}
    assert len(envelope["resource"]["nonce"]) == 12
    assert datetime.fromisoformat(envelope["create_time"]).utcoffset() is not None
