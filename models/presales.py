"""预售: a shop's promise against a harvest, and who booked which part of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Row


class PresaleKind(StrEnum):
    # All of it is paid when ordering, or a deposit then and the balance when the goods are there.
    FULL = "FULL"
    DEPOSIT = "DEPOSIT"


class DepositKind(StrEnum):
    # 定金: kept by the shop when the buyer gives up, returned twice when the shop fails (Civil Code 586 to 588).
    DINGJIN = "DINGJIN"
    # 订金: part of the price paid early, nothing else.
    DINGJIN_REFUNDABLE = "DINGJIN_REFUNDABLE"


class PresaleState(StrEnum):
    DRAFT = "DRAFT"
    RUNNING = "RUNNING"
    # Takes no more bookings; what was booked stands.
    STOPPED = "STOPPED"
    # The shop has said how much there is, and it was given out by the rule.
    ALLOCATED = "ALLOCATED"


class BookingState(StrEnum):
    # For an order of which nothing is paid yet.
    HELD = "HELD"
    BOOKED = "BOOKED"
    # Not paid in time, or called off before.
    FREED = "FREED"
    # Ended, and all that was paid went back; or the deposit stays with the shop.
    REFUNDED = "REFUNDED"
    FORFEITED = "FORFEITED"


class PresaleOffer(Row):
    """A SKU at `price` before it is harvested. `taken` counts the pieces that living bookings have, of `stock`.

    Its pieces are promises: nothing of it is on the shelf.
    """

    __tablename__ = "presale_offers"
    __table_args__ = (
        CheckConstraint("price > 0 AND price <= list_price", "price"),
        CheckConstraint(
            "(kind = 'DEPOSIT') = (deposit IS NOT NULL) AND (kind = 'DEPOSIT') = (deposit_kind IS NOT NULL)"
            " AND (kind = 'DEPOSIT') = (balance_from IS NOT NULL) AND (kind = 'DEPOSIT') = (balance_until IS NOT NULL)",
            "kind",
        ),
        # Civil Code Art. 586: beyond a fifth of the price it would not be a deposit.
        CheckConstraint("deposit > 0 AND deposit * 100 <= price * 20", "deposit"),
        CheckConstraint("ends_at > starts_at", "ends"),
        CheckConstraint("balance_from >= ends_at AND balance_until > balance_from", "balance_window"),
        CheckConstraint("ships_at >= ends_at AND ship_days BETWEEN 1 AND 60", "ships"),
        CheckConstraint(
            "greatest(ships_at, balance_until) - starts_at + ship_days * interval '1 day' <= interval '150 days'",
            "in_time",
        ),
        CheckConstraint("per_member BETWEEN 1 AND 99", "per_member"),
        CheckConstraint("stock BETWEEN 1 AND 9999999 AND taken BETWEEN 0 AND stock", "taken"),
        CheckConstraint("state NOT IN ('STOPPED') OR stopped_at IS NOT NULL", "stopped_has_time"),
        CheckConstraint(
            "(state = 'ALLOCATED') = (allocated_at IS NOT NULL)"
            " AND (state = 'ALLOCATED') = (harvested IS NOT NULL) AND harvested >= 0",
            "allocated",
        ),
        Index("uq_presale_offers_running", "sku_id", unique=True, postgresql_where=text("state = 'RUNNING'")),
        Index("ix_presale_offers_merchant", "merchant_id", "created_at"),
        Index("ix_presale_offers_product", "product_id", postgresql_where=text("state = 'RUNNING'")),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id"))
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[PresaleKind]
    price: Mapped[Fen]
    # What the SKU cost by itself when the offer was saved.
    list_price: Mapped[Fen]
    # Of one piece.
    deposit: Mapped[Fen | None]
    deposit_kind: Mapped[DepositKind | None]
    stock: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    per_member: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[PresaleState] = mapped_column(default=PresaleState.DRAFT)
    # When it can be booked, and when the balance can be paid.
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    balance_from: Mapped[datetime | None]
    balance_until: Mapped[datetime | None]
    # From when on it is shipped: within so many days after that and after all of it is paid.
    ships_at: Mapped[datetime]
    ship_days: Mapped[int] = mapped_column(SmallInteger)
    stopped_at: Mapped[datetime | None]
    # Pieces there were, by the shop's own word.
    harvested: Mapped[int | None]
    allocated_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class PresaleBooking(Row):
    """What one order has of an offer, what of it is due when, and the rule its buyer agreed to."""

    __tablename__ = "presale_bookings"
    __table_args__ = (
        CheckConstraint("quantity BETWEEN 1 AND 99", "quantity"),
        CheckConstraint(
            "goods > 0 AND deposit >= 0 AND balance >= 0 AND (deposit = 0 OR deposit + balance >= goods)", "sums"
        ),
        CheckConstraint("(deposit_kind IS NULL) = (deposit = 0) AND (deposit = 0) = (balance = 0)", "kind"),
        CheckConstraint("deposit * 100 <= goods * 20", "deposit"),
        # Nobody loses a deposit by a rule that was not shown and agreed to.
        CheckConstraint("deposit_kind IS NULL OR agreed_at IS NOT NULL", "agreed"),
        CheckConstraint("state <> 'FORFEITED' OR deposit_kind = 'DINGJIN'", "forfeited"),
        CheckConstraint("compensation BETWEEN 0 AND deposit", "compensation"),
        CheckConstraint("compensation = 0 OR (state = 'REFUNDED' AND deposit_kind = 'DINGJIN')", "compensated"),
        CheckConstraint("(compensation_paid_at IS NULL) = (compensation_ref IS NULL)", "compensation_paid"),
        CheckConstraint("compensation_paid_at IS NULL OR compensation > 0", "compensation_due"),
        CheckConstraint("state NOT IN ('BOOKED', 'FORFEITED') OR paid_at IS NOT NULL", "booked_is_paid"),
        CheckConstraint("balance_paid_at IS NULL OR paid_at IS NOT NULL", "balance_after_deposit"),
        Index(
            "uq_presale_bookings_unpaid", "offer_id", "member_id", unique=True, postgresql_where=text("state = 'HELD'")
        ),
        Index("ix_presale_bookings_offer", "offer_id", "state", "paid_at", "id"),
        Index("ix_presale_bookings_member", "member_id", "created_at"),
        Index("ix_presale_bookings_unallotted", "offer_id", postgresql_where=text("state = 'BOOKED' AND NOT allotted")),
        Index(
            "ix_presale_bookings_owed",
            "created_at",
            postgresql_where=text("compensation > 0 AND compensation_paid_at IS NULL"),
        ),
    )

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("presale_offers.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    quantity: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[BookingState] = mapped_column(default=BookingState.HELD)
    # Of all pieces. What is left to pay when the goods are there includes the freight; both nothing where all is paid
    # when ordering.
    goods: Mapped[Fen]
    deposit: Mapped[Fen]
    balance: Mapped[Fen]
    deposit_kind: Mapped[DepositKind | None]
    # What was shown, word by word, and when the buyer said yes to it.
    rules: Mapped[str] = mapped_column(String(400))
    agreed_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    balance_paid_at: Mapped[datetime | None]
    # Null until the shop has said how much there is: whether this booking gets its goods.
    allotted: Mapped[bool | None]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # The second half of a deposit that is returned twice, in fen: owed by the shop, paid by the platform's bank.
    compensation: Mapped[Fen] = mapped_column(default=0, server_default="0")
    compensation_paid_at: Mapped[datetime | None]
    compensation_ref: Mapped[str | None] = mapped_column(String(64))
