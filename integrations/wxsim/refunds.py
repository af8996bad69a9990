"""Refunds: taken in as PROCESSING, finished a little later, with a notification. E-commerce and ordinary form."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints
from starlette.routing import Route

from . import funds
from .notices import announce
from .orders import Fen, Url
from .records import Refund, Sub, Trade
from .wire import Body, Call, PayError, pay_route
from .world import World, rfc3339

MOST_PER_ORDER = 50
SPACING = timedelta(seconds=60)
WINDOW = timedelta(days=365)
RefundNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_\-|*@]{1,64}$")]
Reason = Annotated[str, StringConstraints(max_length=80)]


class From(Body):
    account: str
    amount: int


class RefundAmount(Body):
    refund: Fen
    total: Fen
    currency: Literal["CNY"] = "CNY"
    from_: list[From] | None = Field(default=None, alias="from")


class EcommerceRefund(Body):
    sub_mchid: str
    sp_appid: str
    out_refund_no: RefundNumber
    amount: RefundAmount
    transaction_id: str | None = None
    out_trade_no: str | None = None
    combine_transaction_id: str | None = None
    sub_appid: str | None = None
    reason: Reason = ""
    notify_url: Url | None = None
    refund_account: Literal["REFUND_SOURCE_SUB_MERCHANT", "REFUND_SOURCE_PARTNER_ADVANCE"] | None = None
    funds_account: Literal["AVAILABLE", "UNSETTLED"] | None = None


class DomesticRefund(Body):
    out_refund_no: RefundNumber
    amount: RefundAmount
    transaction_id: str | None = None
    out_trade_no: str | None = None
    reason: Reason = ""
    notify_url: Url | None = None
    funds_account: Literal["AVAILABLE", "UNSETTLED"] | None = None
    goods_detail: list[dict[str, Any]] | None = None


def apply_ecommerce(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(EcommerceRefund)
    if body.sp_appid != world.keys.appid:
        raise PayError(400, "APPID_MCHID_NOT_MATCH", "sp_appid与商户号不匹配")
    refund = _apply(world, call, body, body.sub_mchid)
    return 200, {
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "create_time": rfc3339(refund.created_at),
        "amount": _amount(refund),
        "refund_account": "REFUND_SOURCE_SUB_MERCHANT",
    }


def apply_domestic(world: World, call: Call) -> tuple[int, Any]:
    return 200, _describe(_apply(world, call, call.read(DomesticRefund), ""))


def query_ecommerce(world: World, call: Call) -> tuple[int, Any]:
    refund = _known(world, call, ecommerce=True)
    if call.query.get("sub_mchid") != refund.sub_mchid:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
    return 200, _describe(refund)


def query_domestic(world: World, call: Call) -> tuple[int, Any]:
    return 200, _describe(_known(world, call, ecommerce=False))


class AbnormalRefund(Body):
    sub_mchid: str
    out_refund_no: RefundNumber
    type: Literal["USER_BANK_CARD", "MERCHANT_BANK_CARD"]
    bank_type: str | None = None
    bank_account: str | None = None
    real_name: str | None = None


class DomesticAbnormalRefund(Body):
    out_refund_no: RefundNumber
    type: Literal["USER_BANK_CARD", "MERCHANT_BANK_CARD"]
    bank_type: str | None = None
    bank_account: str | None = None
    real_name: str | None = None


def apply_abnormal(world: World, call: Call) -> tuple[int, Any]:
    """An abnormal refund goes on, to a bank card; it finishes as any other."""
    body = call.read(AbnormalRefund)
    return _apply_abnormal(world, call, body.out_refund_no, body.sub_mchid)


def apply_domestic_abnormal(world: World, call: Call) -> tuple[int, Any]:
    return _apply_abnormal(world, call, call.read(DomesticAbnormalRefund).out_refund_no, "")


def _apply_abnormal(world: World, call: Call, number: str, sub_mchid: str) -> tuple[int, Any]:
    refund = world.refunds.get(number)
    if refund is None or refund.refund_id != call.path["id"] or refund.sub_mchid != sub_mchid:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
    if refund.status != "ABNORMAL":
        raise PayError(400, "INVALID_REQUEST", "退款单不是异常状态，不能发起异常退款")
    seconds = world.refund_seconds
    refund.status = "PROCESSING"
    refund.due_at = None if seconds is None else world.clock.now() + timedelta(seconds=seconds)
    world.wake.set()
    return 200, _describe(world.refunds.put(refund))


def _apply(world: World, call: Call, body: EcommerceRefund | DomesticRefund, sub_mchid: str) -> Refund:
    if known := world.refunds.get(body.out_refund_no):
        if known.fingerprint != call.fingerprint:
            raise PayError(400, "INVALID_REQUEST", "退款请求重入时，参数与首次请求时不一致")
        return known
    trade, sub = _payment(world, body, sub_mchid)
    _check(world, trade, sub, body.amount)
    _check_cap(world, sub, body.amount.refund)
    now, seconds = world.clock.now(), world.refund_seconds
    refund = Refund(
        refund_id=world.number("5030", 29),
        out_refund_no=body.out_refund_no,
        fingerprint=call.fingerprint,
        ecommerce=isinstance(body, EcommerceRefund),
        trade_key=trade.key,
        transaction_id=sub.transaction_id,
        out_trade_no=sub.out_trade_no,
        sub_mchid=sub.sub_mchid,
        refund=body.amount.refund,
        total=sub.total,
        reason=body.reason,
        notify_url=body.notify_url or "",
        created_at=now,
        due_at=None if seconds is None else now + timedelta(seconds=seconds),
    )
    funds.give_back(world, sub, refund, funds.returned_of(world, sub))
    world.put_trade(trade)
    world.wake.set()
    return world.refunds.put(refund)


def _payment(world: World, body: EcommerceRefund | DomesticRefund, sub_mchid: str) -> tuple[Trade, Sub]:
    if bool(body.transaction_id) == bool(body.out_trade_no):
        raise PayError(400, "PARAM_ERROR", "transaction_id和out_trade_no必须二选一")
    if body.transaction_id:
        found = world.sub_by_transaction(body.transaction_id)
    else:
        found = world.sub_by_number(world.keys.mchid, body.out_trade_no or "")
    if found is None or found[1].sub_mchid != sub_mchid:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "订单不存在")
    return found


def _check(world: World, trade: Trade, sub: Sub, amount: RefundAmount) -> None:
    now = world.clock.now()
    if trade.paid_at is None:
        raise PayError(400, "INVALID_REQUEST", "订单未支付，不能退款")
    if now - trade.paid_at > WINDOW:
        raise PayError(400, "INVALID_REQUEST", "订单已超过可退款的最大期限")
    if amount.total != sub.total:
        raise PayError(400, "INVALID_REQUEST", "订单金额与之前请求不一致")
    earlier = [refund for refund in world.refunds.all() if refund.transaction_id == sub.transaction_id]
    if len(earlier) >= MOST_PER_ORDER:
        raise PayError(400, "INVALID_REQUEST", "订单退款次数超限")
    if any(now - refund.created_at < SPACING for refund in earlier):
        raise PayError(429, "FREQUENCY_LIMITED", "同一笔订单的多次退款需间隔1分钟")
    if sum(refund.refund for refund in earlier if refund.status != "CLOSED") + amount.refund > sub.total:
        raise PayError(400, "INVALID_REQUEST", "申请退款金额大于订单可退金额")


def _check_cap(world: World, sub: Sub, refund: int) -> None:
    """A limit that a test has set, whatever the accounts hold."""
    shop = world.shops.get(sub.sub_mchid)
    if shop is None or shop.balance is None:
        return
    if shop.balance < refund:
        raise PayError(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起")
    shop.balance -= refund
    world.shops.put(shop)


def _known(world: World, call: Call, *, ecommerce: bool) -> Refund:
    refund = world.refunds.get(call.path["no"])
    if refund is None or refund.ecommerce != ecommerce:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
    return refund


def _amount(refund: Refund) -> dict[str, Any]:
    return {"refund": refund.refund, "payer_refund": refund.refund, "discount_refund": 0, "currency": "CNY"}


def _describe(refund: Refund) -> dict[str, Any]:
    body: dict[str, Any] = {
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "transaction_id": refund.transaction_id,
        "out_trade_no": refund.out_trade_no,
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": rfc3339(refund.created_at),
        "status": refund.status,
        "funds_account": "UNSETTLED",
        "amount": _amount(refund),
    }
    if not refund.ecommerce:
        body["amount"] |= {"total": refund.total, "payer_total": refund.total}
    if refund.success_at:
        body["success_time"] = rfc3339(refund.success_at)
    return body


def known(world: World, trade: Trade, sub: Sub, number: str, refund_id: str, amount: int, at: datetime) -> None:
    """A refund of before our time; of a part that is about to be known."""
    refund = Refund(
        refund_id=refund_id,
        out_refund_no=number,
        fingerprint="",
        ecommerce=bool(sub.sub_mchid),
        trade_key=trade.key,
        transaction_id=sub.transaction_id,
        out_trade_no=sub.out_trade_no,
        sub_mchid=sub.sub_mchid,
        refund=amount,
        total=sub.total,
        reason="",
        notify_url="",
        created_at=at,
        due_at=None,
        status="SUCCESS",
        success_at=at,
    )
    funds.give_back(world, sub, refund, sub.refunded, at=at)
    sub.refunded += amount
    world.refunds.put(refund)


# -- ends


def finish(world: World, refund: Refund, status: str) -> Refund:
    """Brings a PROCESSING refund to SUCCESS, ABNORMAL or CLOSED, and says so to its notify_url."""
    if refund.status not in ("PROCESSING", "ABNORMAL"):
        raise ValueError(f"refund {refund.out_refund_no} already ended as {refund.status}")
    refund.status, refund.due_at = status, None
    with world.store.batch():
        if status == "SUCCESS":
            refund.success_at = world.clock.now()
            _give_back(world, refund)
        elif status == "CLOSED":
            funds.keep_after_all(world, refund)
        world.refunds.put(refund)
        if refund.notify_url:
            summary = {"SUCCESS": "退款成功", "ABNORMAL": "退款异常", "CLOSED": "退款关闭"}[status]
            content = _notice_content(world, refund)
            announce(world, refund.out_refund_no, f"REFUND.{status}", "refund", summary, content, refund.notify_url)
    return refund


def finish_due(world: World) -> None:
    now = world.clock.now()
    for refund in world.refunds.waiting():
        if refund.due_at and refund.due_at <= now:
            finish(world, refund, "SUCCESS")


def _give_back(world: World, refund: Refund) -> None:
    trade = world.trades.get(refund.trade_key)
    if trade is None:
        return
    for sub in trade.subs:
        if sub.transaction_id == refund.transaction_id:
            sub.refunded += refund.refund
    world.put_trade(trade)


def _notice_content(world: World, refund: Refund) -> dict[str, Any]:
    if refund.ecommerce:
        who = {"sp_mchid": world.keys.mchid, "sub_mchid": refund.sub_mchid}
    else:
        who = {"mchid": world.keys.mchid}
    body: dict[str, Any] = {
        **who,
        "transaction_id": refund.transaction_id,
        "out_trade_no": refund.out_trade_no,
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "refund_status": refund.status,
        "user_received_account": "支付用户零钱",
        "amount": {
            "total": refund.total,
            "refund": refund.refund,
            "payer_total": refund.total,
            "payer_refund": refund.refund,
        },
    }
    if refund.success_at:
        body["success_time"] = rfc3339(refund.success_at)
    return body


ROUTES: list[Route] = [
    pay_route("/v3/ecommerce/refunds/apply", "POST", apply_ecommerce),
    pay_route("/v3/ecommerce/refunds/out-refund-no/{no}", "GET", query_ecommerce),
    pay_route("/v3/ecommerce/refunds/{id}/apply-abnormal-refund", "POST", apply_abnormal),
    pay_route("/v3/refund/domestic/refunds", "POST", apply_domestic),
    pay_route("/v3/refund/domestic/refunds/{no}", "GET", query_domestic),
    pay_route("/v3/refund/domestic/refunds/{id}/apply-abnormal-refund", "POST", apply_domestic_abnormal),
]
