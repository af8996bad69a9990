"""Orders as the merchant sees them: combined (收付通) and single JSAPI. Create, query, close."""

import re
import secrets
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints
from starlette.routing import Route

from .records import Sub, Trade, trade_key
from .wire import Body, Call, PayError, pay_route
from .world import SHANGHAI, World, rfc3339

DESCRIPTION_BYTES = 127


def notify_url(value: str) -> str:
    """https without query, as WeChat demands; plain http only to this machine, where tests and demos live."""
    parts = urlsplit(value)
    if parts.query or parts.fragment or not parts.hostname:
        raise ValueError("不允许携带查询串")
    if parts.scheme != "https" and not (parts.scheme == "http" and _here(parts.hostname)):
        raise ValueError("必须为https")
    return value


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def short_enough(value: str) -> str:
    """The pages say 127 and not of what: bytes is the stricter reading."""
    if len(value.encode()) > DESCRIPTION_BYTES:
        raise ValueError(f"不能超过{DESCRIPTION_BYTES}字节")
    return value


def offset_time(value: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
        raise ValueError("必须为RFC3339格式")
    datetime.fromisoformat(value)
    return value


Text = Annotated[str, StringConstraints(min_length=1)]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_\-|*]{6,32}$")]
Merchant = Annotated[str, StringConstraints(pattern=r"^[0-9]{8,32}$")]
Url = Annotated[str, StringConstraints(max_length=255), AfterValidator(notify_url)]
Description = Annotated[Text, AfterValidator(short_enough)]
Attach = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Moment = Annotated[str, AfterValidator(offset_time)]
Fen = Annotated[int, Field(ge=1, le=10_000_000_000)]


class Settle(Body):
    profit_sharing: bool = False
    subsidy_amount: int = Field(default=0, ge=0)


class SubAmount(Body):
    total_amount: Fen
    currency: Literal["CNY"]


class SubBody(Body):
    mchid: Merchant
    sub_mchid: Merchant
    out_trade_no: Number
    description: Description
    attach: Attach
    amount: SubAmount
    goods_tag: str | None = None
    detail: str | None = None
    sub_appid: str | None = None
    settle_info: Settle = Settle()


class Scene(Body):
    payer_client_ip: Text
    device_id: str | None = None


class Payer(Body):
    openid: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{6,128}$")]


class CombinedBody(Body):
    combine_appid: str
    combine_mchid: str
    combine_out_trade_no: Number
    sub_orders: Annotated[list[SubBody], Field(min_length=1, max_length=50)]
    combine_payer_info: Payer
    notify_url: Url
    scene_info: Scene | None = None
    time_start: Moment | None = None
    time_expire: Moment | None = None
    limit_pay: list[Literal["no_balance", "no_debit", "balance_only"]] | None = None


class SingleAmount(Body):
    total: Fen
    currency: Literal["CNY"] = "CNY"


class SingleBody(Body):
    appid: str
    mchid: str
    description: Description
    out_trade_no: Number
    notify_url: Url
    amount: SingleAmount
    payer: Payer
    time_expire: Moment | None = None
    attach: Annotated[str, StringConstraints(max_length=128)] = ""
    goods_tag: str | None = None
    support_fapiao: bool = False
    settle_info: Settle = Settle()
    limit_pay: list[str] | None = None
    detail: dict[str, Any] | None = None
    scene_info: dict[str, Any] | None = None


class ClosePart(Body):
    mchid: str
    out_trade_no: str
    sub_mchid: str | None = None
    sub_appid: str | None = None


class CombinedClose(Body):
    combine_appid: str
    sub_orders: list[ClosePart]


class SingleClose(Body):
    mchid: str


# -- create


def create_combined(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(CombinedBody)
    _ours(world, body.combine_appid, body.combine_mchid)
    subs = [_sub(part) for part in body.sub_orders]
    if any(sub.mchid != world.keys.mchid for sub in subs):
        raise PayError(400, "APPID_MCHID_NOT_MATCH", "子单商户号与合单商户号不一致")
    if len({sub.out_trade_no for sub in subs}) < len(subs):
        raise PayError(400, "PARAM_ERROR", "子单商户订单号重复")
    return _create(world, call, Trade(**_common(world, call, body, subs), combined=True))


def create_single(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(SingleBody)
    _ours(world, body.appid, body.mchid)
    sub = Sub(
        mchid=body.mchid,
        sub_mchid="",
        out_trade_no=body.out_trade_no,
        description=body.description,
        attach=body.attach,
        total=body.amount.total,
        profit_sharing=body.settle_info.profit_sharing,
    )
    return _create(world, call, Trade(**_common(world, call, body, [sub]), combined=False))


def _common(world: World, call: Call, body: CombinedBody | SingleBody, subs: list[Sub]) -> dict[str, Any]:
    now = world.clock.now()
    if isinstance(body, CombinedBody):
        no, payer = body.combine_out_trade_no, body.combine_payer_info
    else:
        no, payer = body.out_trade_no, body.payer
    return {
        "no": no,
        "appid": world.keys.appid,
        "mchid": world.keys.mchid,
        "openid": payer.openid,
        "prepay_id": "wx" + now.astimezone(SHANGHAI).strftime("%d%H%M%S") + secrets.token_hex(13),
        "notify_url": body.notify_url,
        "fingerprint": call.fingerprint,
        "created_at": now,
        "expires_at": datetime.fromisoformat(body.time_expire) if body.time_expire else None,
        "subs": subs,
    }


def _create(world: World, call: Call, trade: Trade) -> tuple[int, Any]:
    if known := world.trades.get(trade.key):
        return _again(world, known, call)
    if taken := [sub for sub in trade.subs if world.sub_by_number(sub.mchid, sub.out_trade_no)]:
        raise PayError(403, "OUT_TRADE_NO_USED", f"商户订单号重复 {taken[0].out_trade_no}")
    if trade.expires_at and trade.expires_at <= world.clock.now():
        raise PayError(400, "PARAM_ERROR", "交易结束时间早于当前时间", {"field": "/time_expire", "location": "body"})
    return 200, {"prepay_id": world.put_trade(trade).prepay_id}


def _again(world: World, known: Trade, call: Call) -> tuple[int, Any]:
    """The same number once more: the same order while unpaid and unchanged, otherwise a refusal."""
    if state_of(world, known) != "NOTPAY":
        raise PayError(403, "OUT_TRADE_NO_USED", "商户订单号重复")
    if known.fingerprint != call.fingerprint:
        raise PayError(400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致")
    return 200, {"prepay_id": known.prepay_id}


def _sub(part: SubBody) -> Sub:
    return Sub(
        mchid=part.mchid,
        sub_mchid=part.sub_mchid,
        out_trade_no=part.out_trade_no,
        description=part.description,
        attach=part.attach,
        total=part.amount.total_amount,
        profit_sharing=part.settle_info.profit_sharing,
        subsidy_most=part.settle_info.subsidy_amount,
    )


def _ours(world: World, appid: str, mchid: str) -> None:
    if appid != world.keys.appid or mchid != world.keys.mchid:
        raise PayError(400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配")


# -- state


def state_of(world: World, trade: Trade) -> str:
    """NOTPAY, SUCCESS or CLOSED; an order past its time_expire is closed without being told."""
    if trade.paid_at:
        return "SUCCESS"
    expired = trade.expires_at is not None and trade.expires_at <= world.clock.now()
    return "CLOSED" if trade.closed or expired else "NOTPAY"


def sub_state(world: World, trade: Trade, sub: Sub) -> str:
    return "REFUND" if sub.refunded else state_of(world, trade)


def describe_combined(world: World, trade: Trade) -> dict[str, Any]:
    """The reply to a query, and the content of the notification."""
    body: dict[str, Any] = {
        "combine_appid": trade.appid,
        "combine_mchid": trade.mchid,
        "combine_out_trade_no": trade.no,
        "combine_payer_info": {"openid": trade.openid},
        "sub_orders": [_describe_sub(world, trade, sub) for sub in trade.subs],
    }
    if trade.transaction_id:
        body["combine_transaction_id"] = trade.transaction_id
    return body


def _describe_sub(world: World, trade: Trade, sub: Sub) -> dict[str, Any]:
    amount: dict[str, Any] = {"total_amount": sub.total, "currency": "CNY"}
    part: dict[str, Any] = {
        "mchid": sub.mchid,
        "sub_mchid": sub.sub_mchid,
        "out_trade_no": sub.out_trade_no,
        "trade_type": "JSAPI",
        "trade_state": sub_state(world, trade, sub),
        "attach": sub.attach,
        "amount": amount,
    }
    if trade.paid_at:
        amount |= {"payer_amount": sub.total, "payer_currency": "CNY"}
        part |= {
            "transaction_id": sub.transaction_id,
            "bank_type": "OTHERS",
            "success_time": rfc3339(trade.paid_at),
        }
    return part


def describe_single(world: World, trade: Trade) -> dict[str, Any]:
    sub, state = trade.subs[0], sub_state(world, trade, trade.subs[0])
    body: dict[str, Any] = {
        "appid": trade.appid,
        "mchid": trade.mchid,
        "out_trade_no": trade.no,
        "trade_state": state,
        "trade_state_desc": {"SUCCESS": "支付成功", "NOTPAY": "未支付", "CLOSED": "已关闭", "REFUND": "转入退款"}[
            state
        ],
        "payer": {"openid": trade.openid},
        "amount": {"total": sub.total, "currency": "CNY"},
    }
    if trade.paid_at:
        body["amount"] |= {"payer_total": sub.total, "payer_currency": "CNY"}
        body |= {
            "transaction_id": sub.transaction_id,
            "trade_type": "JSAPI",
            "bank_type": "OTHERS",
            "attach": sub.attach,
            "success_time": rfc3339(trade.paid_at),
        }
    return body


# -- query and close


def query_combined(world: World, call: Call) -> tuple[int, Any]:
    return 200, describe_combined(world, _known(world, True, call.path["no"]))


def query_single(world: World, call: Call) -> tuple[int, Any]:
    _asked_by(world, call.query.get("mchid"))
    return 200, describe_single(world, _known(world, False, call.path["no"]))


def query_single_by_id(world: World, call: Call) -> tuple[int, Any]:
    _asked_by(world, call.query.get("mchid"))
    found = world.sub_by_transaction(call.path["id"])
    if found is None or found[0].combined:
        raise PayError(404, "ORDER_NOT_EXIST", "订单不存在")
    return 200, describe_single(world, found[0])


def close_combined(world: World, call: Call) -> tuple[int, Any]:
    body, trade = call.read(CombinedClose), _known(world, True, call.path["no"])
    named = sorted((part.mchid, part.sub_mchid or "", part.out_trade_no) for part in body.sub_orders)
    if body.combine_appid != trade.appid or named != sorted((s.mchid, s.sub_mchid, s.out_trade_no) for s in trade.subs):
        raise PayError(400, "PARAM_ERROR", "关单子单信息与下单时不一致")
    return _close(world, trade)


def close_single(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(SingleClose)
    _asked_by(world, body.mchid)
    return _close(world, _known(world, False, call.path["no"]))


def _close(world: World, trade: Trade) -> tuple[int, Any]:
    """Codes with the older spelling, which the pages still show, so that the client must know both."""
    if trade.paid_at:
        raise PayError(400, "ORDERPAID", "订单已支付")
    if trade.closed:
        raise PayError(400, "ORDERCLOSED", "订单已关闭")
    trade.closed, trade.pay_at = True, None
    world.put_trade(trade)
    return 204, None


def _known(world: World, combined: bool, no: str) -> Trade:
    trade = world.trades.get(trade_key(combined, no))
    if trade is None:
        raise PayError(404, "ORDER_NOT_EXIST", "订单不存在")
    return trade


def _asked_by(world: World, mchid: str | None) -> None:
    if mchid != world.keys.mchid:
        raise PayError(400, "PARAM_ERROR", "商户号有误", {"field": "mchid"})


ROUTES: list[Route] = [
    pay_route("/v3/combine-transactions/jsapi", "POST", create_combined),
    pay_route("/v3/combine-transactions/out-trade-no/{no}", "GET", query_combined),
    pay_route("/v3/combine-transactions/out-trade-no/{no}/close", "POST", close_combined),
    pay_route("/v3/pay/transactions/jsapi", "POST", create_single),
    pay_route("/v3/pay/transactions/out-trade-no/{no}", "GET", query_single),
    pay_route("/v3/pay/transactions/id/{id}", "GET", query_single_by_id),
    pay_route("/v3/pay/transactions/out-trade-no/{no}/close", "POST", close_single),
]
