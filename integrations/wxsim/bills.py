"""The trade bill of a day: asked for signed, then fetched by its address; yuan amounts, each value after a backtick.

Ready at ten the next morning by the virtual clock. Its hash is of the text, whether it is sent packed or not.
"""

import gzip
import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .funds import fee
from .records import Refund, Sub, Trade
from .wire import Call, PayError, authenticate, pay_route, signed_response
from .world import SHANGHAI, World

READY = time(10)
OLDEST = timedelta(days=92)
TYPES = ("ALL", "SUCCESS", "REFUND")
COLUMNS = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"


def ask(world: World, call: Call) -> tuple[int, Any]:
    day, kind = bill_day(world, call.query.get("bill_date", "")), call.query.get("bill_type", "ALL")
    if kind not in TYPES or call.query.get("tar_type", "GZIP") != "GZIP":
        raise PayError(400, "PARAM_ERROR", "bill_type或tar_type有误")
    text = bill(world, day, kind, call.query.get("sub_mchid"))
    if text is None:
        raise PayError(400, "NO_STATEMENT_EXIST", "账单文件不存在")
    token = "-".join((day.isoformat().replace("-", ""), kind, call.query.get("sub_mchid", "")))
    packed = "&tartype=gzip" if "tar_type" in call.query else ""
    url = f"https://api.mch.weixin.qq.com/v3/billdownload/file?token={token}{packed}"
    return 200, {"hash_type": "SHA1", "hash_value": hashlib.sha1(text).hexdigest(), "download_url": url}


def bill_day(world: World, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise PayError(400, "PARAM_ERROR", "bill_date格式应为YYYY-MM-DD") from error
    now = world.clock.now().astimezone(SHANGHAI)
    if not now.date() - OLDEST <= day < now.date():
        raise PayError(400, "INVALID_REQUEST", "账单日期须在三个月内，且早于当天")
    if datetime.combine(day + timedelta(days=1), READY, SHANGHAI) > now:
        raise PayError(400, "NO_STATEMENT_EXIST", "账单尚未生成，请于10点后下载")
    return day


async def download(request: Request) -> Response:
    """The file is asked for signed as everything, but comes unsigned: its hash was in a signed reply."""
    world: World = request.app.state.world
    try:
        authenticate(world, request, b"")
        parts = request.query_params.get("token", "").split("-")
        text = None
        if len(parts) == 3 and len(parts[0]) == 8 and parts[0].isdigit():
            text = bill(world, date.fromisoformat(parts[0]), parts[1], parts[2] or None)
        if text is None:
            raise PayError(404, "RESOURCE_NOT_EXISTS", "账单文件不存在或已过期")
    except (PayError, ValueError) as error:
        refusal = error if isinstance(error, PayError) else PayError(400, "PARAM_ERROR", "token有误")
        return signed_response(world, refusal.status, refusal.body)
    packed = request.query_params.get("tartype") == "gzip"
    return Response(gzip.compress(text) if packed else text, media_type="application/octet-stream")


def bill(world: World, day: date, kind: str, sub_mchid: str | None) -> bytes | None:
    """The text of a day's bill; None when nothing happened."""
    paid = [each for each in _paid(world, day, sub_mchid)] if kind in ("ALL", "SUCCESS") else []
    back = [each for each in _returned(world, day, sub_mchid)] if kind in ("ALL", "REFUND") else []
    if not paid and not back:
        return None
    rows = [_paid_row(world, trade, sub) for trade, sub in paid]
    rows += [_refund_row(world, trade, sub, refund) for trade, sub, refund in back]
    came, returned = sum(sub.total for _, sub in paid), sum(refund.refund for _, _, refund in back)
    fees = sum(fee(sub.total) for _, sub in paid) - sum(refund.fee_back for _, _, refund in back)
    total = [str(len(rows)), yuan(came), yuan(returned), yuan(0), yuan(fees), yuan(came), yuan(returned)]
    lines = [COLUMNS, *(_line(row) for _, row in sorted(rows)), SUMMARY, _line(total)]
    return ("﻿" + "\r\n".join(lines) + "\r\n").encode()


def _paid(world: World, day: date, sub_mchid: str | None) -> Iterator[tuple[Trade, Sub]]:
    for trade in world.trades.all():
        if trade.paid_at and trade.paid_at.astimezone(SHANGHAI).date() == day:
            yield from ((trade, sub) for sub in trade.subs if sub_mchid in (None, sub.sub_mchid))


def _returned(world: World, day: date, sub_mchid: str | None) -> Iterator[tuple[Trade, Sub, Refund]]:
    for refund in world.refunds.all():
        if refund.success_at and refund.success_at.astimezone(SHANGHAI).date() == day:
            found = world.sub_by_transaction(refund.transaction_id)
            if found and sub_mchid in (None, refund.sub_mchid):
                yield (*found, refund)


def _paid_row(world: World, trade: Trade, sub: Sub) -> tuple[datetime, list[str]]:
    assert trade.paid_at is not None
    total = yuan(sub.total)
    money = [total, yuan(0), "0", "0", yuan(0), yuan(0), "", "", sub.description, sub.attach]
    tail = [yuan(fee(sub.total)), "0.60%", total, yuan(0), ""]
    return trade.paid_at, [*_head(world, trade.paid_at, trade, sub, "SUCCESS"), *money, *tail]


def _refund_row(world: World, trade: Trade, sub: Sub, refund: Refund) -> tuple[datetime, list[str]]:
    assert refund.success_at is not None
    back = yuan(refund.refund)
    numbers = [refund.refund_id, refund.out_refund_no, back, yuan(0), "ORIGINAL", "SUCCESS"]
    money = [yuan(0), yuan(0), *numbers, sub.description, sub.attach]
    tail = [yuan(-refund.fee_back), "0.60%", yuan(0), back, ""]
    return refund.success_at, [*_head(world, refund.success_at, trade, sub, "REFUND"), *money, *tail]


def _head(world: World, at: datetime, trade: Trade, sub: Sub, state: str) -> list[str]:
    when = at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    numbers = [sub.transaction_id, sub.out_trade_no, trade.openid]
    return [when, world.keys.appid, world.keys.mchid, sub.sub_mchid, "", *numbers, "JSAPI", state, "OTHERS", "CNY"]


def yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _line(values: list[str]) -> str:
    return ",".join(f"`{value}" for value in values)


ROUTES: list[Route] = [
    pay_route("/v3/bill/tradebill", "GET", ask),
    Route("/v3/billdownload/file", download, methods=["GET"]),
]
