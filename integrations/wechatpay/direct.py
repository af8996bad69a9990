"""Single JSAPI orders paid to the platform's own merchant number, and their refunds (基础支付)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from .client import WechatPay
from .errors import NoticeFault, NoticeRejected, WechatPayError
from .values import DESCRIPTION_BYTES, Notice, RefundState, TradeState, fit, moment, rfc3339, whole

ORDERS = "/v3/pay/transactions"
REFUNDS = "/v3/refund/domestic/refunds"


@dataclass(frozen=True)
class DirectOrder:
    """What the payer pays at once. `total` in fen, at least 1. Repeating it unchanged gives the same prepay_id."""

    out_trade_no: str
    description: str
    total: int
    openid: str
    notify_url: str
    time_expire: datetime | None = None
    payer_client_ip: str | None = None

    def wire(self, appid: str, mchid: str) -> dict[str, Any]:
        body: dict[str, Any] = {
            "appid": appid,
            "mchid": mchid,
            "description": fit(self.description, DESCRIPTION_BYTES),
            "out_trade_no": self.out_trade_no,
            "notify_url": self.notify_url,
            "amount": {"total": self.total, "currency": "CNY"},
            "payer": {"openid": self.openid},
        }
        if self.payer_client_ip:
            body["scene_info"] = {"payer_client_ip": self.payer_client_ip}
        if self.time_expire:
            body["time_expire"] = rfc3339(self.time_expire)
        return body


@dataclass(frozen=True)
class DirectState:
    """A single order as WeChat Pay sees it, from a query or from a notification. `total` is what was asked."""

    appid: str
    mchid: str
    out_trade_no: str
    state: TradeState
    total: int
    currency: str
    openid: str | None
    transaction_id: str | None
    success_time: datetime | None

    @property
    def paid(self) -> bool:
        return self.state.was_paid

    @property
    def closed(self) -> bool:
        return self.state in (TradeState.CLOSED, TradeState.REVOKED)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "DirectState":
        amount = raw["amount"]
        return cls(
            appid=raw["appid"],
            mchid=raw["mchid"],
            out_trade_no=raw["out_trade_no"],
            state=TradeState(raw["trade_state"]),
            total=whole(amount["total"]),
            currency=amount.get("currency") or "CNY",
            openid=(raw.get("payer") or {}).get("openid") or None,
            transaction_id=raw.get("transaction_id") or None,
            success_time=moment(raw.get("success_time")),
        )


@dataclass(frozen=True)
class DirectRefund:
    """A refund of part or all of a single order. `out_refund_no` makes it idempotent: keep it on every retry."""

    out_refund_no: str
    transaction_id: str
    refund: int
    total: int
    notify_url: str
    reason: str = ""

    def wire(self) -> dict[str, Any]:
        body: dict[str, Any] = {"transaction_id": self.transaction_id, "out_refund_no": self.out_refund_no}
        if self.reason:
            body["reason"] = fit(self.reason, 80)
        body["amount"] = {"refund": self.refund, "total": self.total, "currency": "CNY"}
        body["notify_url"] = self.notify_url
        return body


class WechatDirect:
    """Calls beside those of `WechatPay`; each may raise WechatPayError and is idempotent by its number."""

    def __init__(self, pay: WechatPay) -> None:
        self._pay = pay

    async def prepay(self, order: DirectOrder) -> str:
        """Creates the order at WeChat Pay, or finds it again unchanged, and returns its prepay_id (good for 2 h)."""
        config = self._pay.config
        body = order.wire(config.appid, config.mchid)
        return await self._pay.call("POST", f"{ORDERS}/jsapi", body, lambda raw: str(raw["prepay_id"]))

    async def query(self, out_trade_no: str) -> DirectState | None:
        """The order's present state; None when WeChat Pay has no such number (believe it only after a grace period)."""
        path = f"{ORDERS}/out-trade-no/{quote(out_trade_no, safe='')}?mchid={self._pay.config.mchid}"
        return await self._pay.find(path, "ORDER_NOT_EXIST", DirectState.of)

    async def close(self, out_trade_no: str) -> None:
        """Closes an unpaid order, once or again. Raises CONFLICT when it was paid."""
        path = f"{ORDERS}/out-trade-no/{quote(out_trade_no, safe='')}/close"
        try:
            await self._pay.call("POST", path, {"mchid": self._pay.config.mchid}, lambda raw: None)
        except WechatPayError as error:
            if error.code != "ORDER_CLOSED":
                raise

    async def refund(self, request: DirectRefund) -> RefundState:
        """Asks for a refund; mostly PROCESSING at first."""
        return await self._pay.call("POST", REFUNDS, request.wire(), RefundState.of)

    async def query_refund(self, out_refund_no: str) -> RefundState | None:
        """The refund's present state; None when WeChat Pay has no such refund."""
        path = f"{REFUNDS}/{quote(out_refund_no, safe='')}"
        return await self._pay.find(path, "RESOURCE_NOT_EXISTS", RefundState.of)

    async def refund_to_merchant(self, out_refund_no: str, refund_id: str) -> RefundState:
        """An abnormal refund goes to the platform's bank account instead of the payer's."""
        path = f"{REFUNDS}/{quote(refund_id, safe='')}/apply-abnormal-refund"
        body = {"out_refund_no": out_refund_no, "type": "MERCHANT_BANK_CARD"}
        return await self._pay.call("POST", path, body, RefundState.of)


def direct_payment(notice: Notice) -> DirectState | None:
    """The single order a notification says was paid; None for any other event. NoticeRejected when it is malformed."""
    if notice.event_type != "TRANSACTION.SUCCESS" or "combine_out_trade_no" in notice.resource:
        return None
    try:
        return DirectState.of(notice.resource)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoticeRejected(NoticeFault.MALFORMED) from error
