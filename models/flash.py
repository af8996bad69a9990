"""秒杀: sessions, the offers of shops in them, and which order holds how much of an offer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, String, func, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class FlashState(StrEnum):
    # The shop asks; nobody else sees it.
    APPLIED = "APPLIED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    # Its pieces have left the normal stock.
    PUBLISHED = "PUBLISHED"
    # What nobody holds is back in the normal stock.
    ENDED = "ENDED"


class FlashHoldState(StrEnum):
    HELD = "HELD"
    SOLD = "SOLD"
    FREED = "FREED"


class FlashSession(Row):
    """场次: a slot of time. There is one at a time, so that goods have one flash price at any moment."""

    __tablename__ = "flash_sessions"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'", "ends"),
        CheckConstraint("pay_minutes BETWEEN 1 AND 15", "pay_minutes"),
        ExcludeConstraint((func.tstzrange(text("starts_at"), text("ends_at")), "&&"), name="ex_flash_sessions_time"),
        Index("ix_flash_sessions_ends", "ends_at"),
    )

    name: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # So long an order of the session may stay unpaid.
    pay_minutes: Mapped[int] = mapped_column(SmallInteger, default=5, server_default="5")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class FlashOffer(Row):
    """A SKU at `price` in one session. Of `total` pieces, orders hold or bought `taken`; `returned` went back."""

    __tablename__ = "flash_offers"
    __table_args__ = (
        CheckConstraint("price > 0 AND price < list_price", "below_list_price"),
        CheckConstraint("total BETWEEN 1 AND 99999", "total"),
        # The last word on overselling.
        CheckConstraint("taken >= 0 AND returned >= 0 AND taken + returned <= total", "not_oversold"),
        CheckConstraint("per_member BETWEEN 1 AND 99 AND per_member <= total", "per_member"),
        CheckConstraint("state IN ('PUBLISHED', 'ENDED') OR taken = 0", "taken_when_published"),
        # Nothing of an ended offer is nobody's, and nothing returns before the end.
        CheckConstraint("state <> 'ENDED' OR taken + returned = total", "ended_is_settled"),
        CheckConstraint("state = 'ENDED' OR returned = 0", "returned_at_the_end"),
        CheckConstraint("(state = 'ENDED') = (ended_at IS NOT NULL)", "ended_has_time"),
        CheckConstraint("(state = 'DECLINED') = (reason IS NOT NULL)", "declined_has_reason"),
        # What limits of members point at.
        Unique("id", "per_member", name="uq_flash_offers_limit"),
        Index(
            "uq_flash_offers_sku",
            "session_id",
            "sku_id",
            unique=True,
            postgresql_where=text("state IN ('APPLIED', 'PUBLISHED', 'ENDED')"),
        ),
        Index("ix_flash_offers_merchant", "merchant_id", "created_at"),
        Index("ix_flash_offers_product", "product_id", postgresql_where=text("state = 'PUBLISHED'")),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("flash_sessions.id"))
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id"))
    price: Mapped[Fen]
    # What the SKU cost by itself when the offer was last looked at: on application, then on publishing.
    list_price: Mapped[Fen]
    total: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    returned: Mapped[int] = mapped_column(default=0, server_default="0")
    per_member: Mapped[int] = mapped_column(SmallInteger)

    state: Mapped[FlashState] = mapped_column(default=FlashState.APPLIED)
    # Why the platform declined.
    reason: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class FlashBuyer(Base):
    """How many pieces of an offer a member holds or bought. `most` is the offer's limit, which the key proves."""

    __tablename__ = "flash_buyers"
    __table_args__ = (
        CheckConstraint("pieces BETWEEN 0 AND most", "limit"),
        ForeignKeyConstraint(
            ["offer_id", "most"], ["flash_offers.id", "flash_offers.per_member"], name="fk_flash_buyers_limit"
        ),
    )

    offer_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    most: Mapped[int] = mapped_column(SmallInteger)
    pieces: Mapped[int] = mapped_column(SmallInteger)


class FlashHold(Row):
    """What one order has of an offer."""

    __tablename__ = "flash_holds"
    __table_args__ = (
        CheckConstraint("quantity BETWEEN 1 AND 99", "quantity"),
        # One unpaid order of a member in an offer, from however many devices.
        Index("uq_flash_holds_unpaid", "offer_id", "member_id", unique=True, postgresql_where=text("state = 'HELD'")),
        Index("ix_flash_holds_offer", "offer_id", "state"),
    )

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("flash_offers.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    quantity: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[FlashHoldState] = mapped_column(default=FlashHoldState.HELD)
    settled_at: Mapped[datetime | None]
