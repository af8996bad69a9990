"""After-sale cases, what was said in them, and where returned goods go."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Fen, Row


class AfterSaleKind(StrEnum):
    REFUND_ONLY = "REFUND_ONLY"
    RETURN = "RETURN"
    EXCHANGE = "EXCHANGE"
    # 坏果包赔: money for the pieces that came spoiled.
    DAMAGED = "DAMAGED"
    MISSING = "MISSING"


class AfterSaleState(StrEnum):
    APPLIED = "APPLIED"
    # The merchant agreed to take the goods back; they are not under way yet.
    WAIT_RETURN = "WAIT_RETURN"
    RETURN_SHIPPED = "RETURN_SHIPPED"
    # The goods are with the merchant again.
    RECEIVED = "RECEIVED"
    # A replacement is on its way to the buyer.
    REPLACED = "REPLACED"
    REJECTED = "REJECTED"
    # The platform decides.
    ESCALATED = "ESCALATED"
    # Granted; the money is on its way.
    REFUNDING = "REFUNDING"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    # Ended without anything: the goods were not sent, a refusal stood, or the platform said no.
    CLOSED = "CLOSED"


class AfterSaleReason(StrEnum):
    NOT_WANTED = "NOT_WANTED"
    LATE_SHIPPING = "LATE_SHIPPING"
    NO_REASON = "NO_REASON"
    NOT_RECEIVED = "NOT_RECEIVED"
    QUALITY = "QUALITY"
    DAMAGED = "DAMAGED"
    WRONG_GOODS = "WRONG_GOODS"
    NOT_AS_DESCRIBED = "NOT_AS_DESCRIBED"
    MISSING = "MISSING"
    OTHER = "OTHER"


class AfterSaleRefusal(StrEnum):
    """Why a merchant may say no. That goods were opened is no reason (法释〔2022〕8号 Art. 3), so it is not here."""

    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    NOT_OUR_GOODS = "NOT_OUR_GOODS"
    HARMED_BY_BUYER = "HARMED_BY_BUYER"
    RETURN_INCOMPLETE = "RETURN_INCOMPLETE"
    ALREADY_SHIPPED = "ALREADY_SHIPPED"
    SETTLED_OTHERWISE = "SETTLED_OTHERWISE"


class AfterSale(Row):
    """One case about some units of one order line."""

    __tablename__ = "after_sales"
    __table_args__ = (
        # The same page sent twice is one case.
        UniqueConstraint("line_id", "request_key"),
        CheckConstraint("quantity > 0", "quantity"),
        CheckConstraint("worth >= 0 AND amount BETWEEN 0 AND worth AND freight >= 0", "amount"),
        CheckConstraint("dear_units BETWEEN 0 AND quantity", "dear_units"),
        CheckConstraint("(kind = 'DAMAGED') = (pieces_received IS NOT NULL)", "damaged_has_pieces"),
        CheckConstraint(
            "(pieces_received IS NULL) = (pieces_damaged IS NULL) AND pieces_damaged BETWEEN 1 AND pieces_received",
            "pieces",
        ),
        CheckConstraint("(state IN ('DONE', 'CANCELLED', 'CLOSED')) = (finished_at IS NOT NULL)", "ended_has_time"),
        CheckConstraint("(return_carrier IS NULL) = (return_number IS NULL)", "return_parcel"),
        CheckConstraint("(replacement_carrier IS NULL) = (replacement_number IS NULL)", "replacement_parcel"),
        Index("ix_after_sales_member", "member_id", "created_at", "id"),
        Index("ix_after_sales_merchant", "merchant_id", "state", "created_at"),
        Index("ix_after_sales_order", "order_id", "created_at"),
        Index("ix_after_sales_due", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")),
        Index("ix_after_sales_escalated", "created_at", postgresql_where=text("state = 'ESCALATED'")),
    )

    number: Mapped[str] = mapped_column(String(32), unique=True)
    request_key: Mapped[str] = mapped_column(String(64))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_lines.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    kind: Mapped[AfterSaleKind]
    state: Mapped[AfterSaleState] = mapped_column(default=AfterSaleState.APPLIED)
    reason: Mapped[AfterSaleReason]
    refused_for: Mapped[AfterSaleRefusal | None]
    quantity: Mapped[int]
    pieces_damaged: Mapped[int | None] = mapped_column(SmallInteger)
    pieces_received: Mapped[int | None] = mapped_column(SmallInteger)
    # What the units cost the buyer, what of it is asked or granted, and the freight that goes back with it.
    worth: Mapped[Fen]
    amount: Mapped[Fen]
    freight: Mapped[Fen] = mapped_column(default=0)
    # How many of the units carry the one fen more that an amount leaves when it is divided by its units.
    dear_units: Mapped[int]
    # About units that had not been shipped when it was applied for.
    before_shipping: Mapped[bool]
    restocked: Mapped[bool | None]
    # Where the goods go back to, as it was when the merchant agreed.
    return_to_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    return_carrier: Mapped[str | None] = mapped_column(String(20))
    return_number: Mapped[str | None] = mapped_column(String(40))
    replacement_carrier: Mapped[str | None] = mapped_column(String(20))
    replacement_number: Mapped[str | None] = mapped_column(String(40))
    # When the case goes on by itself; nothing happens by itself where there is none.
    deadline_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class LineClaim(Base):
    """How many units of an order line are in cases that stand. The row is the lock and the last word."""

    __tablename__ = "line_claims"
    __table_args__ = (
        CheckConstraint("claimed BETWEEN 0 AND quantity", "claimed"),
        CheckConstraint("uncounted BETWEEN 0 AND quantity", "uncounted"),
    )

    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    quantity: Mapped[int]
    claimed: Mapped[int] = mapped_column(default=0)
    # Refunded units that were taken off the sold counts already.
    uncounted: Mapped[int] = mapped_column(default=0)


class AfterSaleMessage(Row):
    """What was said or done in a case. Rows are added, never changed."""

    __tablename__ = "after_sale_messages"
    __table_args__ = (Index("ix_after_sale_messages_case", "after_sale_id", "created_at"),)

    after_sale_id: Mapped[UUID] = mapped_column(ForeignKey("after_sales.id"))
    state: Mapped[AfterSaleState]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(String(600))


class EvidencePicture(Base):
    """A picture somebody uploaded for a case. Its file lies apart: it is served to the three sides only."""

    __tablename__ = "evidence_pictures"
    __table_args__ = (Index("ix_evidence_pictures_created", "created_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    uploader_id: Mapped[UUID] = mapped_column(primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    byte_size: Mapped[int]
    created_at: Mapped[datetime]


class MessagePicture(Base):
    __tablename__ = "after_sale_pictures"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("after_sale_messages.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]


class ReturnAddress(Base):
    """Where a merchant takes goods back. Without one it can agree to no return (处罚办法 Art. 9)."""

    __tablename__ = "return_addresses"

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    detail_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime]
