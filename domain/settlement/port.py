"""What the mall asks of WeChat Pay about money that was paid, in our words; whoever speaks theirs implements it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from models.settlement import CallKind


@dataclass(frozen=True)
class CallAsked:
    """One call; the same each time it is sent. Amount in fen.

    `about` is the number of the sharing order a RETURN undoes, or WeChat Pay's id of the refund a SUBSIDY_RETURN
    belongs to.
    """

    kind: CallKind
    number: str
    sub_mchid: str
    transaction_id: str
    amount: int
    about: str = ""


class CallOutcome(StrEnum):
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    REFUSED = "REFUSED"  # not taken in: the number is free, and may be taken in later
    FAILED = "FAILED"  # for good: the number is used up
    UNKNOWN = "UNKNOWN"  # never reached them, or nobody can be asked


@dataclass(frozen=True)
class CallSeen:
    """`at`: when it ended there, as they tell it."""

    outcome: CallOutcome
    provider_id: str | None = None
    reason: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Balance:
    """Fen a shop can have paid out, and fen that are frozen until they are shared out."""

    available: int
    pending: int


@dataclass(frozen=True)
class WithdrawalAsked:
    """Without a `sub_mchid` it is for a person to transfer."""

    number: str
    sub_mchid: str
    amount: int


class WithdrawalOutcome(StrEnum):
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"  # the money stayed with, or came back to, the shop's account at WeChat Pay
    BOUNCED = "BOUNCED"  # the bank sent it back, possibly after it had succeeded
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class WithdrawalSeen:
    outcome: WithdrawalOutcome
    provider_id: str | None = None
    reason: str | None = None
    at: datetime | None = None


class Clearing(Protocol):
    """Every call may be repeated under its number; Unavailable when no answer came."""

    @property
    def divides(self) -> bool:
        """Whether shops have accounts of their own at WeChat Pay. If not, the platform collects, and pays them out by
        bank transfer."""
        ...

    async def ask(self, asked: CallAsked) -> CallSeen: ...

    async def find(self, asked: CallAsked) -> CallSeen:
        """How a call stands, without asking for anything."""
        ...

    async def balance(self, sub_mchid: str) -> Balance | None:
        """What is in a shop's account; None where it has none, and what the ledger owes it is all there is to know."""
        ...

    async def withdraw(self, asked: WithdrawalAsked) -> WithdrawalSeen: ...

    async def find_withdrawal(self, number: str, sub_mchid: str) -> WithdrawalSeen: ...
