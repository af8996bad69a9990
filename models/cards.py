"""礼品卡: batches of an issuer, the cards themselves, what happened to each, and what unpaid orders hold of them."""

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
from models.base import Fen, Row
from models.bearer import CodeLot, GiftState, lot_rules

# 单用途商业预付卡管理办法: what one card may be worth at most, without and with a name.
MOST_BEARER, MOST_NAMED = 100_000, 500_000
LEGAL_FACE = f"face > 0 AND face <= CASE WHEN named THEN {MOST_NAMED} ELSE {MOST_BEARER} END"
# Three years, counted so that no time zone has a say in it.
LEGAL_TERM = "expires_at IS NULL OR (NOT named AND expires_at >= created_at + interval '26280 hours')"


class CardBatchKind(StrEnum):
    # Bought one by one by buyers who pay with WeChat Pay.
    ONLINE = "ONLINE"
    # Sold at once to somebody who paid by bank transfer; the codes are handed over once.
    SOLD = "SOLD"
    # Given away: the platform bears what they are worth.
    GIVEN = "GIVEN"


class CardBatchState(StrEnum):
    OPEN = "OPEN"
    STOPPED = "STOPPED"


class CardState(StrEnum):
    # Nobody has bound it: whoever knows the code may.
    ISSUED = "ISSUED"
    # Nobody has bound it, and nobody may until it is thawed; or ever again.
    SUSPENDED = "SUSPENDED"
    VOIDED = "VOIDED"
    ACTIVE = "ACTIVE"
    # Reported lost, or held by the platform: nothing is paid with it.
    FROZEN = "FROZEN"
    # Its balance went over to another card.
    REPLACED = "REPLACED"
    # Its balance went back to who had bought it.
    REFUNDED = "REFUNDED"


class CardEventKind(StrEnum):
    ISSUED = "ISSUED"
    BOUND = "BOUND"
    GIVEN = "GIVEN"
    SPENT = "SPENT"
    RETURNED = "RETURNED"
    LOST = "LOST"
    FROZEN = "FROZEN"
    THAWED = "THAWED"
    MOVED_OUT = "MOVED_OUT"
    MOVED_IN = "MOVED_IN"
    EXTENDED = "EXTENDED"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"


class CardHoldState(StrEnum):
    HELD = "HELD"
    SPENT = "SPENT"
    RELEASED = "RELEASED"


class CardPurchaseState(StrEnum):
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    PAID = "PAID"
    CLOSED = "CLOSED"


class CardBatch(Row):
    """Cards of one kind: good at `issuer_id` only (非银行支付机构条例: else it would be a payment business)."""

    __tablename__ = "card_batches"
    __table_args__ = (
        CheckConstraint(LEGAL_FACE, "face"),
        CheckConstraint("price BETWEEN 0 AND face AND (kind = 'GIVEN') = (price = 0)", "price"),
        CheckConstraint("total BETWEEN 1 AND 10000 AND made BETWEEN 0 AND total", "made"),
        CheckConstraint("valid_months IS NULL OR (NOT named AND valid_months BETWEEN 36 AND 120)", "valid_months"),
        CheckConstraint("(kind = 'SOLD') = (buyer_sealed IS NOT NULL)", "sold_to_somebody"),
        CheckConstraint("kind = 'ONLINE' OR NOT named", "named_ones_are_bought_online"),
        CheckConstraint("exported_at IS NULL OR kind <> 'ONLINE'", "exported"),
        Index("ix_card_batches_made", "created_at"),
    )

    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    kind: Mapped[CardBatchKind]
    state: Mapped[CardBatchState] = mapped_column(default=CardBatchState.OPEN)
    name: Mapped[str] = mapped_column(String(40))
    named: Mapped[bool]
    # What a card is worth, and what was paid for it: the rest is a bonus of the platform.
    face: Mapped[Fen]
    price: Mapped[Fen]
    total: Mapped[int]
    made: Mapped[int] = mapped_column(default=0, server_default="0")
    # Null: they never run out.
    valid_months: Mapped[int | None] = mapped_column(SmallInteger)
    buyer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Codes are told once.
    exported_at: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(String(60))


class CardLot(CodeLot):
    """Cards of a batch that a person handed out at once."""

    __tablename__ = "card_lots"
    __table_args__ = lot_rules("card_lots")

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("card_batches.id"))


class Card(Row):
    """One card. Its code is kept as a keyed hash and the last four letters only."""

    __tablename__ = "cards"
    __table_args__ = (
        CheckConstraint(LEGAL_FACE, "face"),
        CheckConstraint("paid BETWEEN 0 AND face", "paid"),
        CheckConstraint("held >= 0 AND held <= balance AND balance <= face", "balance"),
        CheckConstraint("(state = 'ACTIVE') <= (holder_id IS NOT NULL)", "active_has_holder"),
        CheckConstraint("state NOT IN ('ISSUED', 'SUSPENDED', 'VOIDED') OR holder_id IS NULL", "issued_has_none"),
        CheckConstraint(
            "state NOT IN ('REPLACED', 'REFUNDED', 'VOIDED') OR (balance = 0 AND held = 0)", "ended_is_empty"
        ),
        CheckConstraint(
            "(named AND state <> 'ISSUED') <= (name_sealed IS NOT NULL AND ref_sealed IS NOT NULL)", "named"
        ),
        CheckConstraint(LEGAL_TERM, "term"),
        UniqueConstraint("digest"),
        # A card makes way for one other.
        UniqueConstraint("replaces_id"),
        Index("ix_cards_holder", "holder_id", "created_at"),
        Index("ix_cards_batch", "batch_id", "id"),
        Index("ix_cards_lot", "lot_id", postgresql_where=text("lot_id IS NOT NULL")),
        Index("ix_cards_purchase", "purchase_id", postgresql_where=text("purchase_id IS NOT NULL")),
    )

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("card_batches.id"))
    # Of those that a person handed out.
    lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("card_lots.id"))
    issuer_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    named: Mapped[bool]
    state: Mapped[CardState]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    last4: Mapped[str] = mapped_column(String(4))
    face: Mapped[Fen]
    paid: Mapped[Fen]
    # Of `balance`, `held` waits for unpaid orders.
    balance: Mapped[Fen]
    held: Mapped[Fen] = mapped_column(default=0, server_default="0")
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    # Whose a named card is: name and number of an identity paper.
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ref_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None]
    purchase_id: Mapped[UUID | None] = mapped_column(ForeignKey("card_purchases.id"))
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("cards.id"))
    bound_at: Mapped[datetime | None]
    frozen_for: Mapped[str] = mapped_column(String(80), default="", server_default="")
    # How many events it has: the next one's number is this plus one.
    events: Mapped[int] = mapped_column(default=0, server_default="0")


class CardEvent(Row):
    """What happened to a card, with its balance after it. Rows are added, never changed."""

    __tablename__ = "card_events"
    __table_args__ = (
        UniqueConstraint("card_id", "position"),
        # The key of the business: nothing is told twice.
        UniqueConstraint("card_id", "kind", "ref"),
        CheckConstraint("balance >= 0 AND position > 0", "balance"),
    )

    card_id: Mapped[UUID] = mapped_column(ForeignKey("cards.id"))
    position: Mapped[int]
    kind: Mapped[CardEventKind]
    ref: Mapped[str] = mapped_column(String(80))
    amount: Mapped[Fen]
    balance: Mapped[Fen]
    # No foreign key: orders stand above cards in the order of domains.
    order_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(String(120))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]


class CardHold(Row):
    """What a card pays of an order: held until the order is paid, then spent; `returned` of it went back."""

    __tablename__ = "card_holds"
    __table_args__ = (
        UniqueConstraint("order_id", "card_id"),
        CheckConstraint("amount > 0 AND returned >= 0 AND returned <= amount", "amount"),
        CheckConstraint("returned = 0 OR state = 'SPENT'", "returned_was_spent"),
        Index("ix_card_holds_card", "card_id", postgresql_where=text("state = 'HELD'")),
        Index("ix_card_holds_trade", "trade_id"),
    )

    order_id: Mapped[UUID]
    trade_id: Mapped[UUID]
    card_id: Mapped[UUID] = mapped_column(ForeignKey("cards.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    amount: Mapped[Fen]
    returned: Mapped[Fen] = mapped_column(default=0, server_default="0")
    state: Mapped[CardHoldState] = mapped_column(default=CardHoldState.HELD)


class CardPurchase(Row):
    """A member buys cards with WeChat Pay; they are made when the money is heard of, however late."""

    __tablename__ = "card_purchases"
    __table_args__ = (
        UniqueConstraint("member_id", "idempotency_key"),
        CheckConstraint("quantity BETWEEN 1 AND 20 AND amount > 0", "amount"),
        CheckConstraint("(state = 'PAID') = (paid_at IS NOT NULL)", "paid_has_time"),
        CheckConstraint("(name_sealed IS NULL) = (ref_sealed IS NULL)", "whole_name"),
        Index("ix_card_purchases_member", "member_id", "created_at"),
        Index("ix_card_purchases_unpaid", "expires_at", postgresql_where=text("state = 'AWAITING_PAYMENT'")),
    )

    number: Mapped[str] = mapped_column(String(32), unique=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("card_batches.id"))
    state: Mapped[CardPurchaseState] = mapped_column(default=CardPurchaseState.AWAITING_PAYMENT)
    quantity: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[Fen]
    idempotency_key: Mapped[str] = mapped_column(String(64))
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ref_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]


class CardGift(Row):
    """A card on its way to a friend: whoever has the link first gets it, once."""

    __tablename__ = "card_gifts"
    __table_args__ = (
        CheckConstraint("(state = 'ACCEPTED') = (accepted_by IS NOT NULL)", "accepted"),
        UniqueConstraint("digest"),
        Index("uq_card_gifts_open", "card_id", unique=True, postgresql_where=text("state = 'OPEN'")),
    )

    card_id: Mapped[UUID] = mapped_column(ForeignKey("cards.id"))
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    words: Mapped[str] = mapped_column(String(60))
    state: Mapped[GiftState] = mapped_column(default=GiftState.OPEN)
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    expires_at: Mapped[datetime]


# ------------------------------------------------------------------------------------------------ kept by the database
UNCHANGED = """
CREATE FUNCTION card_event_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'what happened to a card is never changed';
END $$
"""
# The running balance cannot leave a fen out: each event goes on from the one before it.
GOES_ON = """
CREATE FUNCTION card_event_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bigint := 0;
BEGIN
    IF NEW.position > 1 THEN
        SELECT balance INTO before FROM card_events WHERE card_id = NEW.card_id AND position = NEW.position - 1;
    END IF;
    IF before IS NULL OR before + NEW.amount <> NEW.balance THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'card_event_goes_on',
            MESSAGE = format('event %s of card %s does not go on from the one before', NEW.position, NEW.card_id);
    END IF;
    RETURN NEW;
END $$
"""
# Only the platform's own shops may issue.
OWN_SHOP = """
CREATE FUNCTION card_issuer_is_the_platforms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM merchants WHERE id = NEW.issuer_id AND is_platform_owned) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'card_issuer_is_the_platforms',
            MESSAGE = 'cards are issued for shops of the platform itself only';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER card_events_unchanged BEFORE UPDATE OR DELETE ON card_events"
    " FOR EACH ROW EXECUTE FUNCTION card_event_is_unchanged()",
    "CREATE TRIGGER card_events_go_on BEFORE INSERT ON card_events FOR EACH ROW EXECUTE FUNCTION card_event_goes_on()",
)
ISSUER_TRIGGER = (
    "CREATE TRIGGER card_issuer_is_the_platforms BEFORE INSERT ON card_batches"
    " FOR EACH ROW EXECUTE FUNCTION card_issuer_is_the_platforms()"
)
for _statement in (UNCHANGED, GOES_ON, *TRIGGERS):
    _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    events.listen(CardEvent.__table__, "after_create", _made)
for _statement in (OWN_SHOP, ISSUER_TRIGGER):
    _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    events.listen(CardBatch.__table__, "after_create", _made)
