"""提货券: batches of a shop, the vouchers themselves, what happened to each, and what orders have of them.

A voucher is a claim to so many pieces of named goods. It is counted in pieces; each is worth what its batch says.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    DDL,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy import event as events
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Fen, Row
from models.bearer import CodeLot, GiftState, lot_rules

MOST_MADE, MOST_UNITS, MOST_VALUE = 10_000, 99, 1_000_000
# Nothing is sold that runs out at once; what is left after that is extended or paid back all the same.
LEAST_DAYS = 30


class VoucherBatchKind(StrEnum):
    # Of the platform's own shop, paid by bank transfer.
    SOLD = "SOLD"
    # Of the platform's own shop: the platform bears what they are worth.
    GIVEN = "GIVEN"
    # Of any other shop, which was paid itself, or gives them away: the mall never has their money.
    SHOP = "SHOP"


class VoucherBatchState(StrEnum):
    OPEN = "OPEN"
    STOPPED = "STOPPED"


class VoucherFreight(StrEnum):
    """Who pays for sending."""

    INCLUDED = "INCLUDED"
    HOLDER = "HOLDER"


class VoucherState(StrEnum):
    # Nobody has bound it: whoever knows the code may.
    ISSUED = "ISSUED"
    # Nobody has bound it, and nobody may until it is thawed; or ever again.
    SUSPENDED = "SUSPENDED"
    VOIDED = "VOIDED"
    ACTIVE = "ACTIVE"
    # Reported lost, or held by the platform: nothing is redeemed.
    FROZEN = "FROZEN"
    # Its time is over with something left, which is extended or paid back.
    EXPIRED = "EXPIRED"
    # Its holder wants the money for what is left.
    REFUNDING = "REFUNDING"
    REFUNDED = "REFUNDED"
    # Nothing is left of it.
    REDEEMED = "REDEEMED"


class VoucherEventKind(StrEnum):
    ISSUED = "ISSUED"
    BOUND = "BOUND"
    GIVEN = "GIVEN"
    REDEEMED = "REDEEMED"
    RETURNED = "RETURNED"
    LOST = "LOST"
    FROZEN = "FROZEN"
    THAWED = "THAWED"
    EXPIRED = "EXPIRED"
    EXTENDED = "EXTENDED"
    REFUND_ASKED = "REFUND_ASKED"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"


class VoucherHoldState(StrEnum):
    HELD = "HELD"
    SPENT = "SPENT"
    RELEASED = "RELEASED"


class VoucherBatch(Row):
    """Vouchers of one shop for the same goods at the same worth."""

    __tablename__ = "voucher_batches"
    __table_args__ = (
        CheckConstraint(f"value BETWEEN 1 AND {MOST_VALUE}", "value"),
        CheckConstraint(f"units BETWEEN 1 AND {MOST_UNITS}", "units"),
        CheckConstraint(f"total BETWEEN 1 AND {MOST_MADE} AND made BETWEEN 0 AND total", "made"),
        CheckConstraint(f"valid_until >= valid_from + interval '{LEAST_DAYS * 24} hours'", "term"),
        CheckConstraint("(kind = 'SOLD') = (buyer_sealed IS NOT NULL)", "sold_to_somebody"),
        Index("ix_voucher_batches_made", "created_at"),
        Index("ix_voucher_batches_shop", "merchant_id", "created_at"),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    kind: Mapped[VoucherBatchKind]
    state: Mapped[VoucherBatchState] = mapped_column(default=VoucherBatchState.OPEN)
    name: Mapped[str] = mapped_column(String(40))
    # What the shop adds to the rules, for whoever holds one.
    note: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # Pieces of one voucher, and what each is worth: what was paid for it, and what is paid back.
    units: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[Fen]
    freight: Mapped[VoucherFreight]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    total: Mapped[int]
    made: Mapped[int] = mapped_column(default=0, server_default="0")
    buyer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_by: Mapped[str] = mapped_column(String(60))


class VoucherSku(Base):
    """What a batch is good for: one of these, as its holder likes."""

    __tablename__ = "voucher_skus"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("voucher_batches.id"), primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id"), primary_key=True)


class VoucherLot(CodeLot):
    """Vouchers of a batch that a person handed out at once."""

    __tablename__ = "voucher_lots"
    __table_args__ = lot_rules("voucher_lots")

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("voucher_batches.id"))


class Voucher(Row):
    """One voucher. Its code is kept as a keyed hash and the last four letters only."""

    __tablename__ = "vouchers"
    __table_args__ = (
        CheckConstraint(f"units BETWEEN 1 AND {MOST_UNITS} AND value > 0", "worth"),
        CheckConstraint("held >= 0 AND held <= balance AND balance <= units", "balance"),
        CheckConstraint("(state = 'ACTIVE') <= (holder_id IS NOT NULL AND balance > 0)", "active_has_holder"),
        CheckConstraint("state NOT IN ('ISSUED', 'SUSPENDED', 'VOIDED') OR holder_id IS NULL", "issued_has_none"),
        CheckConstraint("state NOT IN ('REDEEMED', 'REFUNDED', 'VOIDED') OR balance = 0", "ended_is_empty"),
        CheckConstraint("state NOT IN ('EXPIRED', 'REFUNDING') OR held = 0", "expired_holds_nothing"),
        CheckConstraint("state NOT IN ('EXPIRED', 'REFUNDING') OR balance > 0", "expired_has_something"),
        UniqueConstraint("digest"),
        # One transfer pays for one voucher.
        UniqueConstraint("refund_reference"),
        CheckConstraint("(state = 'REFUNDED') = (refund_reference IS NOT NULL)", "refunded_by_a_transfer"),
        Index("ix_vouchers_holder", "holder_id", "created_at"),
        Index("ix_vouchers_batch", "batch_id", "id"),
        Index("ix_vouchers_lot", "lot_id", postgresql_where=text("lot_id IS NOT NULL")),
        Index("ix_vouchers_due", "expires_at", postgresql_where=text("state = 'ACTIVE'")),
        Index("ix_vouchers_refunding", "merchant_id", "id", postgresql_where=text("state = 'REFUNDING'")),
    )

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("voucher_batches.id"))
    # Of those that a person handed out.
    lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("voucher_lots.id"))
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    state: Mapped[VoucherState]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    last4: Mapped[str] = mapped_column(String(4))
    units: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[Fen]
    # Pieces not redeemed yet; `held` of them wait for unpaid orders.
    balance: Mapped[int] = mapped_column(SmallInteger)
    held: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    expires_at: Mapped[datetime]
    bound_at: Mapped[datetime | None]
    frozen_for: Mapped[str] = mapped_column(String(80), default="", server_default="")
    # Where the money for what is left shall go, and the transfer that brought it there.
    payee_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    refund_reference: Mapped[str | None] = mapped_column(String(64))
    # How many events it has: the next one's number is this plus one.
    events: Mapped[int] = mapped_column(default=0, server_default="0")


class VoucherEvent(Row):
    """What happened to a voucher, with what was left after it. Rows are added, never changed."""

    __tablename__ = "voucher_events"
    __table_args__ = (
        UniqueConstraint("voucher_id", "position"),
        # The key of the business: nothing is told twice.
        UniqueConstraint("voucher_id", "kind", "ref"),
        CheckConstraint("balance >= 0 AND position > 0", "balance"),
    )

    voucher_id: Mapped[UUID] = mapped_column(ForeignKey("vouchers.id"))
    position: Mapped[int]
    kind: Mapped[VoucherEventKind]
    ref: Mapped[str] = mapped_column(String(80))
    # Pieces.
    amount: Mapped[int] = mapped_column(SmallInteger)
    balance: Mapped[int] = mapped_column(SmallInteger)
    # No foreign key: orders stand above vouchers in the order of domains.
    order_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(String(120))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]


class VoucherHold(Row):
    """What an order has of its one voucher: held until it is paid, then spent; `returned` of it went back."""

    __tablename__ = "voucher_holds"
    __table_args__ = (
        UniqueConstraint("order_id"),
        CheckConstraint("units > 0 AND value > 0 AND returned BETWEEN 0 AND units", "units"),
        CheckConstraint("returned = 0 OR state = 'SPENT'", "returned_was_spent"),
        Index("ix_voucher_holds_voucher", "voucher_id"),
    )

    order_id: Mapped[UUID]
    trade_id: Mapped[UUID]
    voucher_id: Mapped[UUID] = mapped_column(ForeignKey("vouchers.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    units: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[Fen]
    returned: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    state: Mapped[VoucherHoldState] = mapped_column(default=VoucherHoldState.HELD)


class VoucherGift(Row):
    """A voucher on its way to a friend: whoever has the link first gets it, once."""

    __tablename__ = "voucher_gifts"
    __table_args__ = (
        CheckConstraint("(state = 'ACCEPTED') = (accepted_by IS NOT NULL)", "accepted"),
        UniqueConstraint("digest"),
        Index("uq_voucher_gifts_open", "voucher_id", unique=True, postgresql_where=text("state = 'OPEN'")),
    )

    voucher_id: Mapped[UUID] = mapped_column(ForeignKey("vouchers.id"))
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    words: Mapped[str] = mapped_column(String(60))
    state: Mapped[GiftState] = mapped_column(default=GiftState.OPEN)
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    expires_at: Mapped[datetime]


# ------------------------------------------------------------------------------------------------ kept by the database
UNCHANGED = """
CREATE FUNCTION voucher_event_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'what happened to a voucher is never changed';
END $$
"""
# The running balance cannot leave a piece out: each event goes on from the one before it.
GOES_ON = """
CREATE FUNCTION voucher_event_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bigint := 0;
BEGIN
    IF NEW.position > 1 THEN
        SELECT balance INTO before FROM voucher_events
            WHERE voucher_id = NEW.voucher_id AND position = NEW.position - 1;
    END IF;
    IF before IS NULL OR before + NEW.amount <> NEW.balance THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_event_goes_on',
            MESSAGE = format('event %s of voucher %s does not go on from the one before', NEW.position, NEW.voucher_id);
    END IF;
    RETURN NEW;
END $$
"""
# The platform holds no money for goods of others: SOLD and GIVEN are its own shops', SHOP is all others'.
ISSUER = """
CREATE FUNCTION voucher_issuer_has_the_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.kind = 'SHOP') = (SELECT is_platform_owned FROM merchants WHERE id = NEW.merchant_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_issuer_has_the_money',
            MESSAGE = 'whoever has to deliver is paid for the voucher';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER voucher_events_unchanged BEFORE UPDATE OR DELETE ON voucher_events"
    " FOR EACH ROW EXECUTE FUNCTION voucher_event_is_unchanged()",
    "CREATE TRIGGER voucher_events_go_on BEFORE INSERT ON voucher_events"
    " FOR EACH ROW EXECUTE FUNCTION voucher_event_goes_on()",
)
ISSUER_TRIGGER = (
    "CREATE TRIGGER voucher_issuer_has_the_money BEFORE INSERT ON voucher_batches"
    " FOR EACH ROW EXECUTE FUNCTION voucher_issuer_has_the_money()"
)
for _statement in (UNCHANGED, GOES_ON, *TRIGGERS):
    _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    events.listen(VoucherEvent.__table__, "after_create", _made)
for _statement in (ISSUER, ISSUER_TRIGGER):
    _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    events.listen(VoucherBatch.__table__, "after_create", _made)
