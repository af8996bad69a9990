"""Gift cards: batches, cards and what happened to them, purchases, gifts, and what orders hold of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ACCOUNTS = (
    *("WECHAT_RECEIVABLE", "PLATFORM_BANK", "BUYER_CLEARING", "SUSPENSE", "MERCHANT_PAYABLE", "PLATFORM_REVENUE"),
    *("FEE_EXPENSE", "COUPON_EXPENSE", "POINTS_LIABILITY", "GIFTCARD_LIABILITY", "COURIER_PAYABLE", "LEADER_PAYABLE"),
    "DEPOSIT",
)
FACTS = (
    *("PAYMENT", "REFUND", "DISPUTE", "DISPUTE_ACCEPTED", "DISPUTE_RETURNED", "SETTLEMENT", "SETTLEMENT_RETURN"),
    *("PAYOUT", "PAYOUT_RETURNED", "FEE"),
)
WAYS = ("COMBINED", "DIRECT")
# Table, column, name of the enum, its words before and after.
WORDS = (
    ("ledger_accounts", "kind", "accountkind", ACCOUNTS, (*ACCOUNTS[:10], "CARD_SALES", *ACCOUNTS[10:])),
    ("ledger_transactions", "kind", "transactionkind", FACTS, (*FACTS, "CARD_ISSUED", "CARD_REFUND")),
    ("payments", "way", "payway", WAYS, (*WAYS, "CARD")),
)
UNCHANGED = """
CREATE FUNCTION card_event_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'what happened to a card is never changed';
END $$
"""
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
    "CREATE TRIGGER card_issuer_is_the_platforms BEFORE INSERT ON card_batches"
    " FOR EACH ROW EXECUTE FUNCTION card_issuer_is_the_platforms()",
)


def upgrade() -> None:
    for table, column, enum, _, after in WORDS:
        _say(table, column, enum, after)
    paid = sa.Column("card_total", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("orders", paid)
    op.create_check_constraint(op.f("ck_orders_card_total"), "orders", "card_total BETWEEN 0 AND total")
    for make in (_batches, _purchases, _cards, _index_cards, _events, _holds, _gifts, _tries):
        make()
    for statement in (UNCHANGED, GOES_ON, OWN_SHOP, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    for table in ("card_tries", "card_gifts", "card_holds", "card_events", "cards", "card_purchases", "card_batches"):
        op.drop_table(table)
    for function in ("card_event_is_unchanged", "card_event_goes_on", "card_issuer_is_the_platforms"):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_column("orders", "card_total")
    for table, column, enum, before, _ in WORDS:
        _say(table, column, enum, before)


def _say(table: str, column: str, enum: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f(f"ck_{table}_{enum}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{enum}"), table, f"{column} IN ({listed})")


def _batches() -> None:
    op.create_table(
        "card_batches",
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ONLINE", "SOLD", "GIVEN", name="cardbatchkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("OPEN", "STOPPED", name="cardbatchstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("face", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), server_default="0", nullable=False),
        sa.Column("valid_months", sa.SmallInteger(), nullable=True),
        sa.Column("buyer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'SOLD') = (buyer_sealed IS NOT NULL)", name=op.f("ck_card_batches_sold_to_somebody")
        ),
        sa.CheckConstraint("exported_at IS NULL OR kind <> 'ONLINE'", name=op.f("ck_card_batches_exported")),
        sa.CheckConstraint("kind = 'ONLINE' OR NOT named", name=op.f("ck_card_batches_named_ones_are_bought_online")),
        sa.CheckConstraint(
            "price BETWEEN 0 AND face AND (kind = 'GIVEN') = (price = 0)", name=op.f("ck_card_batches_price")
        ),
        sa.CheckConstraint(
            "face > 0 AND face <= CASE WHEN named THEN 500000 ELSE 100000 END", name=op.f("ck_card_batches_face")
        ),
        sa.CheckConstraint("total BETWEEN 1 AND 10000 AND made BETWEEN 0 AND total", name=op.f("ck_card_batches_made")),
        sa.CheckConstraint(
            "valid_months IS NULL OR (NOT named AND valid_months BETWEEN 36 AND 120)",
            name=op.f("ck_card_batches_valid_months"),
        ),
        sa.ForeignKeyConstraint(["issuer_id"], ["merchants.id"], name=op.f("fk_card_batches_issuer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_batches")),
    )
    op.create_index("ix_card_batches_made", "card_batches", ["created_at"], unique=False)


def _purchases() -> None:
    op.create_table(
        "card_purchases",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "AWAITING_PAYMENT",
                "PAID",
                "CLOSED",
                name="cardpurchasestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ref_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'PAID') = (paid_at IS NOT NULL)", name=op.f("ck_card_purchases_paid_has_time")),
        sa.CheckConstraint("(name_sealed IS NULL) = (ref_sealed IS NULL)", name=op.f("ck_card_purchases_whole_name")),
        sa.CheckConstraint("quantity BETWEEN 1 AND 20 AND amount > 0", name=op.f("ck_card_purchases_amount")),
        sa.ForeignKeyConstraint(["batch_id"], ["card_batches.id"], name=op.f("fk_card_purchases_batch_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_card_purchases_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_purchases")),
        sa.UniqueConstraint("member_id", "idempotency_key", name=op.f("uq_card_purchases_member_id_idempotency_key")),
        sa.UniqueConstraint("number", name=op.f("uq_card_purchases_number")),
    )
    op.create_index("ix_card_purchases_member", "card_purchases", ["member_id", "created_at"], unique=False)
    op.create_index(
        "ix_card_purchases_unpaid",
        "card_purchases",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'AWAITING_PAYMENT'"),
    )


def _cards() -> None:
    op.create_table(
        "cards",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ISSUED",
                "ACTIVE",
                "FROZEN",
                "REPLACED",
                "REFUNDED",
                name="cardstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("last4", sa.String(length=4), nullable=False),
        sa.Column("face", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ref_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purchase_id", sa.Uuid(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_for", sa.String(length=80), server_default="", nullable=False),
        sa.Column("events", sa.Integer(), server_default="0", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(named AND state <> 'ISSUED') <= (name_sealed IS NOT NULL AND ref_sealed IS NOT NULL)",
            name=op.f("ck_cards_named"),
        ),
        sa.CheckConstraint("(state = 'ACTIVE') <= (holder_id IS NOT NULL)", name=op.f("ck_cards_active_has_holder")),
        sa.CheckConstraint("(state = 'ISSUED') <= (holder_id IS NULL)", name=op.f("ck_cards_issued_has_none")),
        sa.CheckConstraint(
            "expires_at IS NULL OR (NOT named AND expires_at >= created_at + interval '26280 hours')",
            name=op.f("ck_cards_term"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('REPLACED', 'REFUNDED') OR (balance = 0 AND held = 0)", name=op.f("ck_cards_ended_is_empty")
        ),
        sa.CheckConstraint(
            "face > 0 AND face <= CASE WHEN named THEN 500000 ELSE 100000 END", name=op.f("ck_cards_face")
        ),
        sa.CheckConstraint("held >= 0 AND held <= balance AND balance <= face", name=op.f("ck_cards_balance")),
        sa.CheckConstraint("paid BETWEEN 0 AND face", name=op.f("ck_cards_paid")),
        sa.ForeignKeyConstraint(["batch_id"], ["card_batches.id"], name=op.f("fk_cards_batch_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["members.id"], name=op.f("fk_cards_holder_id")),
        sa.ForeignKeyConstraint(["issuer_id"], ["merchants.id"], name=op.f("fk_cards_issuer_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["card_purchases.id"], name=op.f("fk_cards_purchase_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["cards.id"], name=op.f("fk_cards_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("digest", name=op.f("uq_cards_digest")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_cards_replaces_id")),
    )


def _index_cards() -> None:
    op.create_index("ix_cards_batch", "cards", ["batch_id", "id"], unique=False)
    op.create_index("ix_cards_holder", "cards", ["holder_id", "created_at"], unique=False)
    op.create_index(
        "ix_cards_purchase", "cards", ["purchase_id"], unique=False, postgresql_where=sa.text("purchase_id IS NOT NULL")
    )


def _events() -> None:
    op.create_table(
        "card_events",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ISSUED",
                "BOUND",
                "GIVEN",
                "SPENT",
                "RETURNED",
                "LOST",
                "FROZEN",
                "THAWED",
                "MOVED_OUT",
                "MOVED_IN",
                "EXTENDED",
                "REFUNDED",
                name="cardeventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "MEMBER",
                "MERCHANT",
                "PLATFORM",
                "SYSTEM",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("balance >= 0 AND position > 0", name=op.f("ck_card_events_balance")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_card_events_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_events")),
        sa.UniqueConstraint("card_id", "kind", "ref", name=op.f("uq_card_events_card_id_kind_ref")),
        sa.UniqueConstraint("card_id", "position", name=op.f("uq_card_events_card_id_position")),
    )


def _holds() -> None:
    op.create_table(
        "card_holds",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("trade_id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "HELD", "SPENT", "RELEASED", name="cardholdstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("returned = 0 OR state = 'SPENT'", name=op.f("ck_card_holds_returned_was_spent")),
        sa.CheckConstraint("amount > 0 AND returned >= 0 AND returned <= amount", name=op.f("ck_card_holds_amount")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_card_holds_card_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_card_holds_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_holds")),
        sa.UniqueConstraint("order_id", "card_id", name=op.f("uq_card_holds_order_id_card_id")),
    )
    op.create_index(
        "ix_card_holds_card", "card_holds", ["card_id"], unique=False, postgresql_where=sa.text("state = 'HELD'")
    )
    op.create_index("ix_card_holds_trade", "card_holds", ["trade_id"], unique=False)


def _gifts() -> None:
    op.create_table(
        "card_gifts",
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "ACCEPTED",
                "WITHDRAWN",
                name="cardgiftstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'ACCEPTED') = (accepted_by IS NOT NULL)", name=op.f("ck_card_gifts_accepted")),
        sa.ForeignKeyConstraint(["accepted_by"], ["members.id"], name=op.f("fk_card_gifts_accepted_by")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_card_gifts_card_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name=op.f("fk_card_gifts_giver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_gifts")),
        sa.UniqueConstraint("digest", name=op.f("uq_card_gifts_digest")),
    )
    op.create_index(
        "uq_card_gifts_open", "card_gifts", ["card_id"], unique=True, postgresql_where=sa.text("state = 'OPEN'")
    )


def _tries() -> None:
    op.create_table(
        "card_tries",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wrong", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("wrong > 0", name=op.f("ck_card_tries_wrong")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_card_tries_member_id")),
        sa.PrimaryKeyConstraint("member_id", "day", name=op.f("pk_card_tries")),
    )
