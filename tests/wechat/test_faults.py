"""What the client does when the far side is slow, silent, broken, lying, or did the work and never said so."""

import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest

from integrations.http import Manners, OutboundClient
from integrations.wechatpay import RefundRequest, Trouble, UntrustedReply, WechatPay, WechatPayError
from integrations.wxsim.config import load_keys
from tests.wechat.builders import NOWHERE, combined, number
from tests.wechat.simulator import HASTY, Simulator, free_port

PREPAY = "POST /v3/combine-transactions/jsapi"
QUERY = "GET /v3/combine-transactions/out-trade-no/*"
APPLY = "POST /v3/ecommerce/refunds/apply"


@pytest.mark.parametrize("kind", ["accept_then_timeout", "accept_then_reset"])
async def test_prepay_done_but_unsaid_leaves_one_payable_order(
    wxsim: Simulator, wechat_pay: WechatPay, kind: str
) -> None:
    order = combined()
    await wxsim.fault(PREPAY, kind)
    prepay_id = await wechat_pay.prepay_combined(order)
    dump = await wxsim.dump()
    assert [trade["prepay_id"] for trade in dump["trades"]] == [prepay_id]
    assert dump["calls"][PREPAY] == 2
    bodies = [entry["body"] for entry in dump["received"] if f"{entry['method']} {entry['path']}" == PREPAY]
    assert bodies[0] == bodies[1], "the same numbers on each try"


@pytest.mark.parametrize("kind", ["accept_then_timeout", "accept_then_reset"])
async def test_refund_done_but_unsaid_is_one_refund(wxsim: Simulator, wechat_pay: WechatPay, kind: str) -> None:
    order = combined(1000)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, settle=False)
    sub = order.sub_orders[0]
    await wxsim.fault(APPLY, kind)
    request = RefundRequest(sub.sub_mchid, number("R"), 1000, 1000, NOWHERE, out_trade_no=sub.out_trade_no)
    accepted = await wechat_pay.refund(request)
    refunds = (await wxsim.dump())["refunds"]
    assert [refund["refund_id"] for refund in refunds] == [accepted.refund_id]


async def test_close_done_but_unsaid_is_closed(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    await wxsim.fault("POST */close", "accept_then_reset")
    await wechat_pay.close_combined(order.combine_out_trade_no, order.sub_orders)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    assert state.closed


@pytest.mark.parametrize("kind", ["http500", "http429", "reset", "timeout"])
async def test_passing_faults_are_outlived(wxsim: Simulator, kind: str) -> None:
    await wxsim.fault(PREPAY, kind, times=2)
    async with WechatPay(wxsim.pay_config(HASTY)) as hasty:
        assert await hasty.prepay_combined(combined())
    assert await wxsim.calls(PREPAY) == 3


@pytest.mark.parametrize(
    ("kind", "code", "trouble", "status"),
    [
        ("http500", "SYSTEM_ERROR", Trouble.UNKNOWN_OUTCOME, 500),
        ("http429", "FREQUENCY_LIMITED", Trouble.TOO_FAST, 429),
        ("reset", "UNREACHABLE", Trouble.UNKNOWN_OUTCOME, None),
        ("error:503:SYSTEMERROR", "SYSTEM_ERROR", Trouble.UNKNOWN_OUTCOME, 503),
    ],
)
async def test_lasting_faults_end_after_three_tries(
    wxsim: Simulator, wechat_pay: WechatPay, kind: str, code: str, trouble: Trouble, status: int | None
) -> None:
    await wxsim.fault(PREPAY, kind, times=-1)
    with pytest.raises(WechatPayError) as failed:
        await wechat_pay.prepay_combined(combined())
    assert (failed.value.code, failed.value.trouble, failed.value.http_status) == (code, trouble, status)
    assert await wxsim.calls(PREPAY) == 3


@pytest.mark.parametrize(
    ("kind", "code", "trouble"),
    [
        ("error:403:NOT_ENOUGH", "NOT_ENOUGH", Trouble.NOT_ENOUGH),
        ("error:403:NOTENOUGH", "NOT_ENOUGH", Trouble.NOT_ENOUGH),
        ("error:403:RULE_LIMIT", "RULE_LIMIT", Trouble.REFUSED),
        ("error:403:USER_ACCOUNT_ABNORMAL", "USER_ACCOUNT_ABNORMAL", Trouble.REFUSED),
        ("error:401:SIGN_ERROR", "SIGN_ERROR", Trouble.CONFIGURATION),
        ("error:404:SOMETHING_NEW", "SOMETHING_NEW", Trouble.ABSENT),
        ("error:418:SOMETHING_NEW", "SOMETHING_NEW", Trouble.REFUSED),
    ],
)
async def test_refusals_are_classed_and_not_repeated(
    wxsim: Simulator, wechat_pay: WechatPay, kind: str, code: str, trouble: Trouble
) -> None:
    await wxsim.fault(PREPAY, kind, times=-1)
    with pytest.raises(WechatPayError) as refused:
        await wechat_pay.prepay_combined(combined())
    assert (refused.value.code, refused.value.trouble) == (code, trouble)
    assert await wxsim.calls(PREPAY) == 1


@pytest.mark.parametrize("kind", ["bad_signature", "no_signature"])
async def test_an_untrusted_reply_is_not_used(wxsim: Simulator, wechat_pay: WechatPay, kind: str) -> None:
    order = combined()
    await wechat_pay.prepay_combined(order)
    await wxsim.fault(QUERY, kind)
    with pytest.raises(UntrustedReply) as untrusted:
        await wechat_pay.query_combined(order.combine_out_trade_no)
    assert untrusted.value.trouble is Trouble.UNKNOWN_OUTCOME
    assert await wechat_pay.query_combined(order.combine_out_trade_no) is not None


async def test_a_refusal_with_a_bad_signature_is_not_believed(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    await wxsim.fault(QUERY, "bad_signature")
    with pytest.raises(UntrustedReply):
        await wechat_pay.query_combined(number("C"))


async def test_a_reply_from_another_time_is_not_used(wxsim: Simulator) -> None:
    order = combined()
    async with WechatPay(wxsim.pay_config()) as today:
        await today.prepay_combined(order)
    await wxsim.advance(301, wire=True)
    later = datetime.now(UTC) + timedelta(seconds=301)
    async with WechatPay(wxsim.pay_config(), now=lambda: later) as moved:
        assert await moved.query_combined(order.combine_out_trade_no) is not None
    async with WechatPay(wxsim.pay_config()) as today:
        with pytest.raises(UntrustedReply, match="stale"):
            await today.query_combined(order.combine_out_trade_no)


async def test_patience_is_bounded(wxsim: Simulator) -> None:
    await wxsim.fault(QUERY, "timeout", times=-1)
    config = wxsim.pay_config(Manners(read_timeout=0.2, pause=0.01))
    began = time.monotonic()
    async with WechatPay(config) as client:
        with pytest.raises(WechatPayError):
            await client.query_combined(number("C"))
    assert 0.6 <= time.monotonic() - began < 60


async def test_slow_but_in_time_is_fine(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    await wxsim.fault(PREPAY, "slow:0.3s")
    assert await wechat_pay.prepay_combined(combined())
    assert await wxsim.calls(PREPAY) == 1


async def test_backup_host_takes_over(wxsim: Simulator) -> None:
    config = wxsim.pay_config()
    dead = f"http://127.0.0.1:{free_port()}"
    changed = type(config)(**{**vars(config), "base_url": dead, "backup_base_url": config.base_url})
    async with WechatPay(changed) as client:
        assert await client.prepay_combined(combined())


async def test_nobody_there_is_said_so() -> None:
    keys = load_keys()
    nobody = Simulator(port=free_port())
    async with WechatPay(nobody.pay_config()) as client:
        with pytest.raises(WechatPayError) as failed:
            await client.query_combined(number("C"))
    assert (failed.value.code, failed.value.http_status) == ("UNREACHABLE", None)
    assert keys.apiv3_key not in str(failed.value)


@pytest.mark.parametrize("bases", [("https://a.example",), ("http://a.example", "https://b.example")])
def test_certificates_are_checked_wherever_there_may_be_one(bases: tuple[str, ...]) -> None:
    context = OutboundClient(*bases)._http._transport._pool._ssl_context  # type: ignore[attr-defined]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_secrets_are_not_in_the_repr() -> None:
    shown = repr(Simulator(port=1).pay_config())
    assert "PRIVATE KEY" not in shown
    assert load_keys().apiv3_key not in shown
