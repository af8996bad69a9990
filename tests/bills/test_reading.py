"""The form of WeChat Pay's trade bill, as the simulator writes it and the client reads it."""

from __future__ import annotations

import gzip
from datetime import timedelta

import httpx
import pytest

from domain.base import clock
from integrations.wechatpay import BadBill, RefundRequest, UntrustedReply, WechatPay, WechatPayError, read_trade_bill
from integrations.wxsim.bills import COLUMNS, SUMMARY
from tests.wechat.builders import NOWHERE, combined
from tests.wechat.simulator import Simulator

PAID = (
    "`2026-11-22 12:00:00,`wx1,`1900000001,`1900000110,`,`4200001,`S1P1,`oA,`JSAPI,`SUCCESS,`OTHERS,`CNY,"
    "`39.80,`0.00,`0,`0,`0.00,`0.00,`,`,`昭通苹果5kg,一箱,`S1,`0.24,`0.60%,`39.80,`0.00,`"
)
BACK = (
    "`2026-11-22 13:00:00,`wx1,`1900000001,`1900000110,`,`4200001,`S1P1,`oA,`JSAPI,`REFUND,`OTHERS,`CNY,"
    "`0.00,`0.00,`5030,`S1P1R1,`9.99,`0.00,`ORIGINAL,`SUCCESS,`昭通苹果5kg,一箱,`S1,`-0.06,`0.60%,`0.00,`9.99,`"
)
SUMS = "`2,`39.80,`9.99,`0.00,`0.18,`39.80,`9.99"


def text(*rows: str, sums: str = SUMS) -> str:
    return "\r\n".join(["﻿" + COLUMNS, *rows, SUMMARY, sums, ""])


def test_lines_are_read_to_the_fen_though_names_hold_commas() -> None:
    paid, back = read_trade_bill(text(PAID, BACK), "h").lines
    assert (paid.refund, paid.number, paid.transaction_id, paid.amount, paid.fee) == (
        False,
        "S1P1",
        "4200001",
        3980,
        24,
    )
    assert (back.refund, back.number, back.transaction_id, back.amount, back.fee) == (True, "S1P1R1", "5030", 999, -6)
    assert (paid.state, back.state, paid.sub_mchid) == ("SUCCESS", "SUCCESS", "1900000110")
    assert paid.at.isoformat() == "2026-11-22T12:00:00+08:00"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        text(PAID),
        text(PAID, BACK, sums="`2,`39.81,`9.99,`0.00,`0.18,`39.81,`9.99"),
        text(PAID, BACK, sums="`2,`39.80"),
        text(PAID.replace("`39.80,`0.00,`0,", "`39.805,`0.00,`0,"), BACK),
        text(PAID.replace("39.80", "NaN"), BACK),
        text(PAID.replace("`CNY", "`USD"), BACK),
        text(PAID.replace("2026-11-22", "gestern"), BACK),
        text(PAID.lstrip("`"), BACK),
        text(PAID, BACK).replace(SUMMARY, "x"),
    ],
)
def test_a_bill_of_another_form_is_not_used(bad: str) -> None:
    with pytest.raises(BadBill):
        read_trade_bill(bad, "h")


async def paid_part(wechat_pay: WechatPay, wxsim: Simulator) -> tuple[str, str]:
    """Two parts paid and half of the first refunded; the numbers of the first part and its refund."""
    order = combined(3980, 19800)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no)
    sub = order.sub_orders[0]
    request = RefundRequest(
        sub_mchid=sub.sub_mchid,
        out_refund_no=f"{sub.out_trade_no}R1",
        refund=1000,
        total=3980,
        notify_url=NOWHERE,
        out_trade_no=sub.out_trade_no,
        reason="果品破损",
    )
    await wechat_pay.refund(request)
    await wxsim.refund_result(request.out_refund_no)
    return sub.out_trade_no, request.out_refund_no


async def test_the_client_reads_what_the_simulator_writes(wechat_pay: WechatPay, wxsim: Simulator) -> None:
    number, refund = await paid_part(wechat_pay, wxsim)
    today = clock.today()
    with pytest.raises(WechatPayError, match="INVALID_REQUEST"):
        await wechat_pay.trade_bill(today)
    await wxsim.advance(2 * 86400)
    found = await wechat_pay.trade_bill(today)
    assert found is not None
    lines = {line.number: line for line in found.lines}
    assert len(lines) == 3
    assert (lines[number].amount, lines[number].fee, lines[number].refund) == (3980, 24, False)
    assert (lines[refund].amount, lines[refund].fee, lines[refund].refund) == (1000, -6, True)
    assert await wechat_pay.trade_bill(today - timedelta(days=1)) is None


async def test_a_file_with_another_hash_is_not_used(
    wechat_pay: WechatPay, wxsim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await paid_part(wechat_pay, wxsim)
    await wxsim.advance(2 * 86400)
    send = wechat_pay._http.send

    async def changed(method: str, path: str, **options: object) -> httpx.Response:
        reply: httpx.Response = await send(method, path, **options)  # type: ignore[arg-type]
        if "billdownload" not in path:
            return reply
        body = gzip.compress(gzip.decompress(reply.content).replace(b"39.80", b"39.81"))
        return httpx.Response(200, content=body)

    monkeypatch.setattr(wechat_pay._http, "send", changed)
    with pytest.raises(UntrustedReply):
        await wechat_pay.trade_bill(clock.today())
