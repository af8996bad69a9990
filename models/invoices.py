"""Invoices that buyers ask for and shops issue; ours is the request and where the invoice is found."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Row


class InvoiceKind(StrEnum):
    # 普票, 专票
    NORMAL = "NORMAL"
    SPECIAL = "SPECIAL"


class InvoiceHolder(StrEnum):
    # 个人, 单位
    PERSON = "PERSON"
    FIRM = "FIRM"


class InvoiceState(StrEnum):
    REQUESTED = "REQUESTED"
    ISSUED = "ISSUED"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"


class InvoiceRefusal(StrEnum):
    """Why a shop cannot issue what was asked for. That it does not want to is none (发票管理办法 Art. 18)."""

    TITLE_WRONG = "TITLE_WRONG"
    NO_SPECIAL = "NO_SPECIAL"
    ISSUED_ALREADY = "ISSUED_ALREADY"


class OrderInvoice(Row):
    """One request for an invoice. Kept five years (发票管理办法 Art. 28)."""

    __tablename__ = "order_invoices"
    __table_args__ = (
        CheckConstraint("amount > 0", "amount"),
        CheckConstraint("(holder = 'FIRM') = (tax_number IS NOT NULL)", "firm_has_tax_number"),
        CheckConstraint("kind <> 'SPECIAL' OR holder = 'FIRM'", "special_is_for_firms"),
        CheckConstraint("(state = 'ISSUED') = (issued_at IS NOT NULL)", "issued_has_time"),
        CheckConstraint("state <> 'ISSUED' OR num_nonnulls(number, link) > 0", "issued_is_found"),
        CheckConstraint("(state = 'REFUSED') = (refused_because IS NOT NULL)", "refused_has_reason"),
        Index("uq_order_invoices_open", "order_id", unique=True, postgresql_where=text("state = 'REQUESTED'")),
        Index("ix_order_invoices_merchant", "merchant_id", "state", "created_at"),
        Index("ix_order_invoices_order", "order_id", "created_at"),
        Index("ix_order_invoices_member", "member_id", "created_at"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    member_id: Mapped[UUID]
    merchant_id: Mapped[UUID]
    kind: Mapped[InvoiceKind]
    holder: Mapped[InvoiceHolder]
    title: Mapped[str] = mapped_column(String(100))
    tax_number: Mapped[str | None] = mapped_column(String(20))
    email_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # What was paid less what went back: as it was asked for, then as it was issued.
    amount: Mapped[Fen]
    state: Mapped[InvoiceState] = mapped_column(default=InvoiceState.REQUESTED)
    number: Mapped[str | None] = mapped_column(String(40))
    link: Mapped[str | None] = mapped_column(String(300))
    issued_at: Mapped[datetime | None]
    refused_because: Mapped[InvoiceRefusal | None]
    refused_note: Mapped[str | None] = mapped_column(String(100))
