"""The nouns of WeChat Pay as typed values. Money is fen, time is aware UTC. Names follow WeChat's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from .errors import NoticeFault, NoticeRejected

T = TypeVar("T")
SHANGHAI = ZoneInfo("Asia/Shanghai")
DESCRIPTION_BYTES = 127


class TradeState(StrEnum):
    SUCCESS = "SUCCESS"
    REFUND = "REFUND"  # it was paid, and something was given back since
    NOTPAY = "NOTPAY"
    CLOSED = "CLOSED"
    PAYERROR = "PAYERROR"
    USERPAYING = "USERPAYING"
    REVOKED = "REVOKED"

    @property
    def was_paid(self) -> bool:
        return self in (TradeState.SUCCESS, TradeState.REFUND)


class RefundStatus(StrEnum):
    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    ABNORMAL = "ABNORMAL"
    CLOSED = "CLOSED"


@dataclass(frozen=True)
class SubOrder:
    """One part of a combined order, paid to one sub-merchant. `total` in fen, at least 1."""

    sub_mchid: str
    out_trade_no: str
    description: str
    total: int
    attach: str = ""
    # The most that the platform will add to it: what is not announced now can never be paid.
    subsidy: int = 0
    # Not marked now means it can never be split later; then it is the sub-merchant's at once.
    shared: bool = True

    def wire(self, mchid: str) -> dict[str, Any]:
        return {
            "mchid": mchid,
            "sub_mchid": self.sub_mchid,
            "out_trade_no": self.out_trade_no,
            "description": fit(self.description, DESCRIPTION_BYTES),
            "attach": self.attach or self.out_trade_no,
            "amount": {"total_amount": self.total, "currency": "CNY"},
            "settle_info": {"profit_sharing": self.shared} | ({"subsidy_amount": self.subsidy} if self.subsidy else {}),
        }


@dataclass(frozen=True)
class CombinedOrder:
    """What the payer pays at once: 1–50 sub-orders, all or nothing. Repeating it unchanged gives the same prepay_id."""

    combine_out_trade_no: str
    sub_orders: tuple[SubOrder, ...]
    openid: str
    notify_url: str
    time_expire: datetime | None = None
    payer_client_ip: str | None = None

    def wire(self, appid: str, mchid: str) -> dict[str, Any]:
        body: dict[str, Any] = {
            "combine_appid": appid,
            "combine_mchid": mchid,
            "combine_out_trade_no": self.combine_out_trade_no,
            "sub_orders": [sub.wire(mchid) for sub in self.sub_orders],
            "combine_payer_info": {"openid": self.openid},
            "notify_url": self.notify_url,
        }
        if self.payer_client_ip:
            body["scene_info"] = {"payer_client_ip": self.payer_client_ip}
        if self.time_expire:
            body["time_expire"] = rfc3339(self.time_expire)
        return body


@dataclass(frozen=True)
class SubState:
    """A sub-order as WeChat Pay sees it. `total` is what was asked, `payer_total` what was given (None: unpaid)."""

    mchid: str
    sub_mchid: str
    out_trade_no: str
    state: TradeState
    total: int
    currency: str
    payer_total: int | None
    transaction_id: str | None
    success_time: datetime | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "SubState":
        amount = raw["amount"]
        return cls(
            mchid=raw["mchid"],
            sub_mchid=raw.get("sub_mchid") or "",
            out_trade_no=raw["out_trade_no"],
            state=TradeState(raw["trade_state"]),
            total=whole(amount["total_amount"]),
            currency=amount.get("currency") or "CNY",
            payer_total=None if amount.get("payer_amount") is None else whole(amount["payer_amount"]),
            transaction_id=raw.get("transaction_id") or None,
            success_time=moment(raw.get("success_time")),
        )


@dataclass(frozen=True)
class CombinedState:
    """A combined order as WeChat Pay sees it, from a query or from a notification."""

    combine_out_trade_no: str
    appid: str
    mchid: str
    openid: str | None
    transaction_id: str | None
    sub_orders: tuple[SubState, ...]

    @property
    def paid(self) -> bool:
        """All-or-nothing by contract, so every part must say it was paid."""
        return bool(self.sub_orders) and all(sub.state.was_paid for sub in self.sub_orders)

    @property
    def closed(self) -> bool:
        closing = (TradeState.CLOSED, TradeState.REVOKED)
        return bool(self.sub_orders) and all(sub.state in closing for sub in self.sub_orders)

    @property
    def total(self) -> int:
        """Fen over all sub-orders."""
        return sum(sub.total for sub in self.sub_orders)

    @property
    def success_time(self) -> datetime | None:
        return max((sub.success_time for sub in self.sub_orders if sub.success_time), default=None)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "CombinedState":
        payer = raw.get("combine_payer_info") or {}
        return cls(
            combine_out_trade_no=raw["combine_out_trade_no"],
            appid=raw["combine_appid"],
            mchid=raw["combine_mchid"],
            openid=payer.get("openid") or None,
            transaction_id=raw.get("combine_transaction_id") or None,
            sub_orders=tuple(SubState.of(sub) for sub in raw["sub_orders"]),
        )


@dataclass(frozen=True)
class RefundRequest:
    """A refund of part or all of one sub-order. `out_refund_no` makes it idempotent: keep it on every retry.

    Name the payment by `transaction_id` or by `out_trade_no`. `total` is the sub-order's original amount, in fen.
    """

    sub_mchid: str
    out_refund_no: str
    refund: int
    total: int
    notify_url: str
    transaction_id: str | None = None
    out_trade_no: str | None = None
    reason: str = ""

    def wire(self, appid: str) -> dict[str, Any]:
        body: dict[str, Any] = {"sub_mchid": self.sub_mchid, "sp_appid": appid, "out_refund_no": self.out_refund_no}
        if self.transaction_id:
            body["transaction_id"] = self.transaction_id
        else:
            body["out_trade_no"] = self.out_trade_no
        if self.reason:
            body["reason"] = fit(self.reason, 80)
        body["amount"] = {"refund": self.refund, "total": self.total, "currency": "CNY"}
        body["notify_url"] = self.notify_url
        return body


@dataclass(frozen=True)
class RefundAccepted:
    """The refund was taken in. That is not yet money moved: query it or wait for the notification."""

    refund_id: str
    out_refund_no: str
    refund: int
    payer_refund: int
    create_time: datetime | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "RefundAccepted":
        amount = raw["amount"]
        return cls(
            refund_id=raw["refund_id"],
            out_refund_no=raw["out_refund_no"],
            refund=whole(amount["refund"]),
            payer_refund=whole(amount["payer_refund"]),
            create_time=moment(raw.get("create_time")),
        )


@dataclass(frozen=True)
class RefundState:
    """A refund as WeChat Pay sees it, from a query (`status`) or a notification (`refund_status`)."""

    refund_id: str
    out_refund_no: str
    transaction_id: str
    out_trade_no: str
    sub_mchid: str | None  # a notification names it, the query reply does not
    status: RefundStatus
    refund: int
    payer_refund: int
    success_time: datetime | None
    user_received_account: str | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "RefundState":
        amount = raw["amount"]
        return cls(
            refund_id=raw["refund_id"],
            out_refund_no=raw["out_refund_no"],
            transaction_id=raw["transaction_id"],
            out_trade_no=raw["out_trade_no"],
            sub_mchid=raw.get("sub_mchid") or None,
            status=RefundStatus(raw.get("refund_status") or raw["status"]),
            refund=whole(amount["refund"]),
            payer_refund=whole(amount["payer_refund"]),
            success_time=moment(raw.get("success_time")),
            user_received_account=raw.get("user_received_account") or None,
        )


@dataclass(frozen=True)
class Notice:
    """A verified, decrypted notification. `id` is the dedupe key: a retry keeps it."""

    id: str
    event_type: str
    create_time: datetime | None
    summary: str
    original_type: str
    resource: Mapping[str, Any] = field(repr=False)

    @property
    def payment(self) -> CombinedState | None:
        """The combined order that was paid; None for any other event, a single order included."""
        if self.event_type != "TRANSACTION.SUCCESS" or "combine_out_trade_no" not in self.resource:
            return None
        return self._read(CombinedState.of)

    @property
    def refund(self) -> RefundState | None:
        """The refund that reached an end (REFUND.SUCCESS, .ABNORMAL, .CLOSED); None for any other event."""
        return self._read(RefundState.of) if self.event_type.startswith("REFUND.") else None

    def _read(self, of: Callable[[Mapping[str, Any]], T]) -> T:
        try:
            return of(self.resource)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NoticeRejected(NoticeFault.MALFORMED) from error


def whole(value: Any) -> int:
    """An amount in fen; refuses a float, a string or a boolean, which would hide a unit mistake."""
    if type(value) is not int:
        raise TypeError(f"not a whole number of fen: {value!r}")
    return value


def fit(text: str, limit: int) -> str:
    """Cuts to `limit` UTF-8 bytes at a character boundary: the pages do not say whether they count bytes or letters."""
    return text.encode()[:limit].decode(errors="ignore")


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def moment(text: str | None) -> datetime | None:
    """Reads an RFC 3339 time into UTC; None when absent, ValueError when it names no offset."""
    if not text:
        return None
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        raise ValueError(f"a time without an offset: {text}")
    return parsed.astimezone(UTC)
