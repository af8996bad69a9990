"""What the mall asks of WeChat Pay and hears from it, in our words; whoever speaks theirs implements it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from models.payments import PayWay


@dataclass(frozen=True)
class PartAsked:
    """One merchant's share of a payment. Amount in fen; without a `sub_mchid` it is paid to the platform."""

    number: str
    sub_mchid: str
    description: str
    amount: int
    # The most that the platform will add to it.
    subsidy: int = 0
    # Whether it is to be shared out later; where it is not, it is its receiver's at once.
    shared: bool = True


@dataclass(frozen=True)
class PaymentAsked:
    """One payment of several merchants' orders."""

    number: str
    openid: str
    expires_at: datetime
    parts: tuple[PartAsked, ...]
    client_address: str = "127.0.0.1"


@dataclass(frozen=True)
class Prepay:
    """What the buyer's phone needs to pay; `parameters` are those of wx.requestPayment."""

    trade_id: UUID
    prepay_id: str
    parameters: Mapping[str, str]
    expires_at: datetime


class Outcome(StrEnum):
    """What WeChat Pay says of an attempt."""

    UNPAID = "UNPAID"
    PAID = "PAID"
    CLOSED = "CLOSED"
    UNKNOWN = "UNKNOWN"  # never reached them


@dataclass(frozen=True)
class PartPaid:
    number: str
    transaction_id: str
    amount: int


@dataclass(frozen=True)
class PaymentSeen:
    """An attempt as WeChat Pay tells of it. Amounts in fen."""

    number: str
    outcome: Outcome
    openid: str | None = None
    paid_at: datetime | None = None
    parts: tuple[PartPaid, ...] = ()
    # What came in one sum instead of parts.
    whole: PartPaid | None = None


@dataclass(frozen=True)
class RefundAsked:
    """`total`: all that came under the transaction. Without a `sub_mchid` the platform's own account gives it back."""

    number: str
    sub_mchid: str
    transaction_id: str
    amount: int
    total: int
    reason: str


class RefundOutcome(StrEnum):
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    ABNORMAL = "ABNORMAL"
    CLOSED = "CLOSED"  # ended without the money having moved; the number is used up
    # They will not take it: the payment is too old, or its payer has no account any more. They know no such number.
    REFUSED = "REFUSED"
    # The shop's account there has not enough now: to be sent again under the same number.
    SHORT = "SHORT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class RefundSeen:
    """`reason`: their words, where they refused or wait for money. `at`: when it succeeded there, as they tell it."""

    number: str
    outcome: RefundOutcome
    provider_id: str | None = None
    reason: str = ""
    at: datetime | None = None


class Gateway(Protocol):
    """What the mall asks of WeChat Pay. Every call may be repeated; Unavailable when no answer came."""

    @property
    def way(self) -> PayWay:
        """How new payments are asked for. Refunds go the way their payment came, whatever this is."""
        ...

    async def prepay(self, asked: PaymentAsked) -> str:
        """The prepay id; the same number and content give the same one."""
        ...

    def client_parameters(self, prepay_id: str) -> dict[str, str]:
        """The signed parameters of wx.requestPayment."""
        ...

    async def query(self, number: str) -> PaymentSeen: ...

    async def close(self, asked: PaymentAsked) -> None:
        """Nobody can pay it any more; silently done when it was closed. WrongState when it has been paid."""
        ...

    async def refund(self, asked: RefundAsked) -> RefundSeen: ...

    async def query_refund(self, number: str, sub_mchid: str) -> RefundSeen: ...

    async def refund_to_merchant(self, number: str, provider_id: str, sub_mchid: str) -> RefundSeen:
        """An abnormal refund goes to the merchant's own bank account, who pays the buyer by other means."""
        ...
