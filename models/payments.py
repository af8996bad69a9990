"""Attempts to pay a trade, the notices WeChat Pay sent, and refunds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class PaymentState(StrEnum):
    # OPEN: the buyer may pay it. PAID, CLOSED: WeChat Pay said so. DISPUTED: paid, but not what was asked.
    # SENT_BACK: a person decided that disputed money goes back.
    OPEN = "OPEN"
    PAID = "PAID"
    CLOSED = "CLOSED"
    DISPUTED = "DISPUTED"
    SENT_BACK = "SENT_BACK"


class PayWay(StrEnum):
    # COMBINED: a combined order, each part paid to its shop's own number. DIRECT: one order paid to the platform's.
    # CARD, VOUCHER: out of what was paid for before; WeChat Pay never hears of it.
    COMBINED = "COMBINED"
    DIRECT = "DIRECT"
    CARD = "CARD"
    VOUCHER = "VOUCHER"


PREPAID = (PayWay.CARD, PayWay.VOUCHER)


class Payment(Row):
    """One attempt to pay a trade: one order at WeChat Pay, with one part per merchant order."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("trade_id", "attempt"),
        CheckConstraint("amount > 0", "amount"),
        CheckConstraint("(state = 'PAID') <= (paid_at IS NOT NULL)", "paid_has_time"),
        CheckConstraint("transaction_id IS NULL OR way = 'DIRECT'", "transaction"),
        CheckConstraint("stage BETWEEN 1 AND 2", "stage"),
        CheckConstraint("way NOT IN ('CARD', 'VOUCHER') OR stage = 1", "prepaid_at_once"),
        # Two tabs, one payable attempt.
        Index("uq_payments_one_open", "trade_id", unique=True, postgresql_where=text("state = 'OPEN'")),
        Index("ix_payments_disputed", "created_at", postgresql_where=text("state = 'DISPUTED'")),
    )

    # No foreign keys to trades and orders: they stand above payments in the order of domains.
    trade_id: Mapped[UUID] = mapped_column(index=True)
    attempt: Mapped[int] = mapped_column(SmallInteger)
    # 1: what is due when ordering. 2: the balance of a presale. Each is paid once.
    stage: Mapped[int] = mapped_column(SmallInteger, default=1, server_default="1")
    number: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.OPEN)
    # How it was asked for, whatever new ones are asked for by now.
    way: Mapped[PayWay] = mapped_column(default=PayWay.COMBINED, server_default=PayWay.COMBINED.value)
    # Of one that was paid directly; all its parts have the same.
    transaction_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    amount: Mapped[Fen]
    openid: Mapped[str] = mapped_column(String(128))
    prepay_id: Mapped[str | None]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    dispute: Mapped[str | None]
    # How often, and when next, the reconciling job asks WeChat Pay.
    checks: Mapped[int] = mapped_column(SmallInteger, default=0)


class PaymentPart(Row):
    __tablename__ = "payment_parts"
    __table_args__ = (
        UniqueConstraint("payment_id", "order_id"),
        CheckConstraint("amount > 0", "amount"),
        # The last word on giving back more than came.
        CheckConstraint("refunded >= 0 AND refunded <= coalesce(paid, amount)", "refunded"),
        # A part of a combined order has a transaction of its own; those paid directly share their payment's, and no
        # order is paid twice by it.
        UniqueConstraint("transaction_id", "order_id"),
        Index(
            "uq_payment_parts_own_transaction", "transaction_id", unique=True, postgresql_where=text("sub_mchid <> ''")
        ),
    )

    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"))
    order_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    # Whose account it goes to; empty where all of it is paid to the platform's.
    sub_mchid: Mapped[str] = mapped_column(String(32))
    description: Mapped[str] = mapped_column(String(127))
    amount: Mapped[Fen]
    transaction_id: Mapped[str | None] = mapped_column(String(32))
    # What came where it was not what was asked for; null: `amount` came, or nothing yet.
    paid: Mapped[Fen | None]
    # The sum of all refunds that were asked for, however they stand.
    refunded: Mapped[Fen] = mapped_column(default=0, server_default="0")
    # The most that the platform adds to it, announced when it was opened.
    subsidy: Mapped[Fen] = mapped_column(default=0, server_default="0")
    # Since when it is being shared out, or is: from here on a refund first fetches back what others got.
    shared_at: Mapped[datetime | None]


class PaymentNotice(Base):
    """The inbox: every verified notice once, whatever WeChat Pay repeats."""

    __tablename__ = "payment_notices"
    __table_args__ = (Index("ix_payment_notices_open", "received_at", postgresql_where=text("handled_at IS NULL")),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    event_type: Mapped[str] = mapped_column(String(64))
    resource: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class RefundState(StrEnum):
    REQUESTED = "REQUESTED"
    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"
    ABNORMAL = "ABNORMAL"


class Refund(Row):
    """Money on its way back for one part of a payment. `number` is the idempotency key at WeChat Pay."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount > 0", "amount"),
        # The key of the action, not of the amount: two equal partial refunds are two refunds.
        UniqueConstraint("part_id", "cause"),
        # One transfer pays one refund, and a refund that is paid so has arrived.
        UniqueConstraint("offline_reference"),
        CheckConstraint("offline_reference IS NULL OR state = 'SUCCEEDED'", "offline_is_done"),
        # Not sent off yet, of which no job must have been lost.
        Index("ix_refunds_requested", "created_at", postgresql_where=text("state = 'REQUESTED'")),
        Index("ix_refunds_abnormal", "created_at", postgresql_where=text("state = 'ABNORMAL'")),
    )

    part_id: Mapped[UUID] = mapped_column(ForeignKey("payment_parts.id"))
    order_id: Mapped[UUID] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(String(64), unique=True)
    cause: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Fen]
    state: Mapped[RefundState] = mapped_column(default=RefundState.REQUESTED)
    provider_id: Mapped[str | None] = mapped_column(String(64))
    finished_at: Mapped[datetime | None]
    # When it was last sent off: WeChat Pay wants a minute between two refunds of one part.
    sent_at: Mapped[datetime | None]
    # Why it is ABNORMAL, or why it still waits to be taken in: what WeChat Pay said.
    trouble: Mapped[str | None] = mapped_column(String(200))
    # Number of the transfer by which the platform paid the buyer instead of WeChat Pay.
    offline_reference: Mapped[str | None] = mapped_column(String(64))
    # Since when nothing has to be fetched back for it any more; only of parts that are shared out.
    fetched_at: Mapped[datetime | None]
