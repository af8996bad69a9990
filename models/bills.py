"""WeChat Pay's daily bills, line by line, and where they and our books differ."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class BillKind(StrEnum):
    TRADE = "TRADE"
    # What came to and left each shop's account.
    FUNDS = "FUNDS"


class Bill(Row):
    """One day's bill. Without `hash`: WeChat Pay says that nothing happened that day."""

    __tablename__ = "bills"
    __table_args__ = (UniqueConstraint("day", "kind"),)

    day: Mapped[date]
    kind: Mapped[BillKind]
    hash: Mapped[str | None] = mapped_column(String(40))
    lines: Mapped[int]
    # Sums in fen; refunds above zero, fees less those given back.
    paid: Mapped[Fen]
    refunded: Mapped[Fen]
    fees: Mapped[Fen]
    # When it was fetched and compared last.
    compared_at: Mapped[datetime]


class BillSubject(StrEnum):
    PAYMENT = "PAYMENT"
    REFUND = "REFUND"
    FEE = "FEE"
    SPLIT = "SPLIT"
    RETURN = "RETURN"
    SUBSIDY = "SUBSIDY"
    SUBSIDY_RETURN = "SUBSIDY_RETURN"
    PAYOUT = "PAYOUT"
    OTHER = "OTHER"


class BillLine(Base):
    __tablename__ = "bill_lines"
    __table_args__ = (Index("ix_bill_lines_number", "subject", "number"),)

    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bills.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[BillSubject]
    # Ours: of the part, or of the refund. `transaction_id`: theirs.
    number: Mapped[str] = mapped_column(String(64))
    transaction_id: Mapped[str] = mapped_column(String(64))
    sub_mchid: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(32))
    amount: Mapped[Fen]
    fee: Mapped[Fen]
    at: Mapped[datetime]


class BillFault(StrEnum):
    MISSING_HERE = "MISSING_HERE"
    MISSING_THERE = "MISSING_THERE"
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"
    STATE_DIFFERS = "STATE_DIFFERS"


class BillDifference(Row):
    """Stays until a person has explained it, or until a later comparison finds that it is none any more."""

    __tablename__ = "bill_differences"
    __table_args__ = (
        UniqueConstraint("bill_id", "subject", "number", "fault"),
        CheckConstraint("(explained_at IS NULL) = (note IS NULL)", "explained_has_note"),
        CheckConstraint("(explained_at IS NULL) = (explained_by IS NULL)", "explained_has_person"),
        Index("ix_bill_differences_open", "bill_id", postgresql_where=text("explained_at IS NULL")),
    )

    bill_id: Mapped[UUID] = mapped_column(ForeignKey("bills.id"))
    fault: Mapped[BillFault]
    subject: Mapped[BillSubject]
    number: Mapped[str] = mapped_column(String(64))
    order_id: Mapped[UUID | None]
    # In fen, and in words of either side; null where there is nothing on that side.
    ours: Mapped[Fen | None]
    theirs: Mapped[Fen | None]
    our_state: Mapped[str | None] = mapped_column(String(32))
    their_state: Mapped[str | None] = mapped_column(String(32))
    explained_at: Mapped[datetime | None]
    explained_by: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(200))
