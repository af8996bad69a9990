"""An order's money shared out at WeChat Pay, call by call, and what is paid out to shops."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class SettlementState(StrEnum):
    # WAITING: to be shared out as soon as nothing of it is on its way back. RUNNING: WeChat Pay is being asked, for
    # sharing or for a return. DONE: nothing is frozen any more. STUCK: WeChat Pay refused, a person must look.
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    STUCK = "STUCK"


class Settlement(Row):
    """What one paid part brought, after refunds, and whose it is. `held` includes what the platform adds."""

    __tablename__ = "settlements"
    __table_args__ = (
        CheckConstraint("held = net + commission + fee", "adds_up"),
        CheckConstraint("commission >= 0 AND fee >= 0 AND subsidy >= 0", "shares"),
        CheckConstraint("NOT release OR (held = 0 AND subsidy = 0)", "release_is_empty"),
        # One that counts an order's money, and one more for each other payment it was paid with.
        Index("uq_settlements_order", "order_id", unique=True, postgresql_where=text("NOT release")),
        Index("ix_settlements_order", "order_id"),
        Index("ix_settlements_state", "state", "created_at", postgresql_where=text("state <> 'DONE'")),
        Index("ix_settlements_merchant", "merchant_id", "settled_at", "id"),
    )

    # No foreign keys to orders and merchants: no rule here may depend on their being locked.
    order_id: Mapped[UUID]
    # Only sets free what an earlier payment of the order brought: whose it is, its other settlement says.
    release: Mapped[bool] = mapped_column(default=False, server_default="false")
    order_number: Mapped[str] = mapped_column(String(32))
    merchant_id: Mapped[UUID]
    part_id: Mapped[UUID] = mapped_column(ForeignKey("payment_parts.id"), unique=True)
    part_number: Mapped[str] = mapped_column(String(32))
    sub_mchid: Mapped[str] = mapped_column(String(32))
    transaction_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[SettlementState] = mapped_column(default=SettlementState.WAITING)
    held: Mapped[Fen]
    net: Mapped[Fen]
    commission: Mapped[Fen]
    fee: Mapped[Fen]
    subsidy: Mapped[Fen]
    # When the order came to its end, by which statements count; and when nothing was frozen any more.
    settled_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(200))
    # When one that waits is looked at next.
    next_at: Mapped[datetime]


class CallKind(StrEnum):
    SUBSIDY = "SUBSIDY"
    SPLIT = "SPLIT"
    # Nothing to share: only the end of sharing, so that the money is set free.
    FINISH = "FINISH"
    RETURN = "RETURN"
    SUBSIDY_RETURN = "SUBSIDY_RETURN"


class CallState(StrEnum):
    ASKED = "ASKED"
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class SettlementCall(Row):
    """One thing asked of WeChat Pay. `number` is its key there: however often it is sent, it is one."""

    __tablename__ = "settlement_calls"
    __table_args__ = (
        CheckConstraint("(kind = 'FINISH') = (amount = 0) AND amount >= 0", "amount"),
        CheckConstraint("(kind IN ('RETURN', 'SUBSIDY_RETURN')) = (refund_id IS NOT NULL)", "refund"),
        CheckConstraint("(state IN ('SUCCEEDED', 'FAILED')) = (finished_at IS NOT NULL)", "finished"),
        # An order is subsidised once and shared out once; a refund is fetched back for once.
        Index(
            "uq_settlement_calls_once",
            "settlement_id",
            text("(CASE WHEN kind = 'FINISH' THEN 'SPLIT' ELSE kind END)"),
            text("coalesce(refund_id, settlement_id)"),
            unique=True,
            postgresql_where=text("state <> 'FAILED'"),
        ),
        # One after the other.
        Index(
            "uq_settlement_calls_one_open",
            "settlement_id",
            unique=True,
            postgresql_where=text("state IN ('ASKED', 'PROCESSING')"),
        ),
        Index("ix_settlement_calls_due", "next_at", postgresql_where=text("state IN ('ASKED', 'PROCESSING')")),
    )

    settlement_id: Mapped[UUID] = mapped_column(ForeignKey("settlements.id"))
    kind: Mapped[CallKind]
    state: Mapped[CallState] = mapped_column(default=CallState.ASKED)
    number: Mapped[str] = mapped_column(String(64), unique=True)
    amount: Mapped[Fen]
    refund_id: Mapped[UUID | None] = mapped_column(ForeignKey("refunds.id"))
    provider_id: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(200))
    # How often WeChat Pay was asked, and when it will be again.
    tries: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    next_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class PayoutState(StrEnum):
    ASKED = "ASKED"
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    # The shop's bank sent it back after all.
    BOUNCED = "BOUNCED"


class Payout(Row):
    """A shop's money on its way to its bank account. `number` is its key at WeChat Pay, and never another one."""

    __tablename__ = "payouts"
    __table_args__ = (
        UniqueConstraint("merchant_id", "key"),
        CheckConstraint("amount > 0", "amount"),
        CheckConstraint("(state IN ('ASKED', 'PROCESSING')) = (finished_at IS NULL)", "finished"),
        Index(
            "uq_payouts_one_open",
            "merchant_id",
            unique=True,
            postgresql_where=text("state IN ('ASKED', 'PROCESSING')"),
        ),
        Index("ix_payouts_due", "next_at", postgresql_where=text("state IN ('ASKED', 'PROCESSING')")),
        # Arrived, and asked about a while longer: banks send money back days later.
        Index("ix_payouts_watched", "next_at", postgresql_where=text("state = 'SUCCEEDED' AND sub_mchid <> ''")),
        Index("ix_payouts_merchant", "merchant_id", "created_at", "id"),
        Index("ix_payouts_created", "created_at", "id"),
        # One transfer of the bank pays one payout.
        Index("uq_payouts_transfer", "provider_id", unique=True, postgresql_where=text("sub_mchid = ''")),
    )

    merchant_id: Mapped[UUID]
    # The shop's account at WeChat Pay; empty: the platform transfers it from its own bank account.
    sub_mchid: Mapped[str] = mapped_column(String(32))
    number: Mapped[str] = mapped_column(String(32), unique=True)
    # What makes a repeated request one payout: of the page that asked, or of the cycle's day.
    key: Mapped[str] = mapped_column(String(64))
    amount: Mapped[Fen]
    state: Mapped[PayoutState] = mapped_column(default=PayoutState.ASKED)
    # Null: by itself, by the shop's cycle.
    asked_by: Mapped[str | None] = mapped_column(String(60))
    # WeChat Pay's number of it, or the bank's number of the transfer.
    provider_id: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(200))
    tries: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    next_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class PayoutEvery(StrEnum):
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    # Only when the shop asks for it.
    NEVER = "NEVER"


class PayoutPlan(Base):
    """When a shop is paid out by itself. A shop without one has the plan of `domain.settlement.plans`."""

    __tablename__ = "payout_plans"
    __table_args__ = (CheckConstraint("least BETWEEN 100 AND 100000000", "least"),)

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    every: Mapped[PayoutEvery]
    # Less than so many fen stays where it is until the next time.
    least: Mapped[Fen]
    next_at: Mapped[datetime]
