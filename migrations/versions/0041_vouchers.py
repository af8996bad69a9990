"""提货券: batches, vouchers and what happened to them, gifts, and what orders have of them; wrong codes of all kinds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

ACCOUNTS = (
    *("WECHAT_RECEIVABLE", "PLATFORM_BANK", "BUYER_CLEARING", "SUSPENSE", "MERCHANT_PAYABLE", "PLATFORM_REVENUE"),
    *("FEE_EXPENSE", "COUPON_EXPENSE", "POINTS_LIABILITY", "GIFTCARD_LIABILITY", "CARD_SALES", "COURIER_PAYABLE"),
    *("LEADER_PAYABLE", "DEPOSIT", "BUYER_COMPENSATION"),
)
FACTS = (
    *("PAYMENT", "REFUND", "DISPUTE", "DISPUTE_ACCEPTED", "DISPUTE_RETURNED", "SETTLEMENT", "SETTLEMENT_RETURN"),
    *("PAYOUT", "PAYOUT_RETURNED", "FEE", "CARD_ISSUED", "CARD_REFUND", "COMPENSATION", "COMPENSATION_PAID"),
)
WAYS = ("COMBINED", "DIRECT", "CARD")
OWNED = ("MERCHANT_PAYABLE", "COURIER_PAYABLE", "LEADER_PAYABLE", "DEPOSIT")
# Table, column, name of the enum, its words before and after.
WORDS = (
    (
        *("ledger_accounts", "kind", "accountkind", ACCOUNTS),
        (*ACCOUNTS[:10], "VOUCHER_LIABILITY", "CARD_SALES", "SHOP_VOUCHERS", *ACCOUNTS[11:]),
    ),
    (
        *("ledger_transactions", "kind", "transactionkind", FACTS),
        (*FACTS[:12], "VOUCHER_ISSUED", "VOUCHER_REFUND", *FACTS[12:]),
    ),
    ("payments", "way", "payway", WAYS, (*WAYS, "VOUCHER")),
)
GIFT_STATE = "ALTER TABLE card_gifts RENAME CONSTRAINT"
BEFORE, NOW = "ck_card_gifts_cardgiftstate", "ck_card_gifts_giftstate"
UNCHANGED = """
CREATE FUNCTION voucher_event_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'what happened to a voucher is never changed';
END $$
"""
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
    "CREATE TRIGGER voucher_issuer_has_the_money BEFORE INSERT ON voucher_batches"
    " FOR EACH ROW EXECUTE FUNCTION voucher_issuer_has_the_money()",
)
FUNCTIONS = ("voucher_event_is_unchanged", "voucher_event_goes_on", "voucher_issuer_has_the_money")


def upgrade() -> None:
    for table, column, enum, _, after in WORDS:
        _say(table, column, enum, after)
    _owned(("MERCHANT_PAYABLE", "SHOP_VOUCHERS", *OWNED[1:]))
    op.drop_constraint(op.f("ck_payments_cards_pay_at_once"), "payments")
    at_once = "way NOT IN ('CARD', 'VOUCHER') OR stage = 1"
    op.create_check_constraint(op.f("ck_payments_prepaid_at_once"), "payments", at_once)
    _move_tries("card_tries", "code_tries")
    op.execute(f"{GIFT_STATE} {BEFORE} TO {NOW}")
    for make in (_make_batches, _make_skus, _make_vouchers, _make_events, _make_holds, _make_gifts):
        make()
    for statement in (UNCHANGED, GOES_ON, ISSUER, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    names = ("voucher_gifts", "voucher_holds", "voucher_events", "vouchers", "voucher_skus", "voucher_batches")
    for table in names:
        op.drop_table(table)
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute(f"{GIFT_STATE} {NOW} TO {BEFORE}")
    _move_tries("code_tries", "card_tries")
    op.drop_constraint(op.f("ck_payments_prepaid_at_once"), "payments")
    op.create_check_constraint(op.f("ck_payments_cards_pay_at_once"), "payments", "way <> 'CARD' OR stage = 1")
    _owned(OWNED)
    for table, column, enum, before, _ in WORDS:
        _say(table, column, enum, before)


def _move_tries(before: str, now: str) -> None:
    """To a table of another name, with all that is called after it."""
    op.create_table(
        now,
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wrong", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("wrong > 0", name=op.f(f"ck_{now}_wrong")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f(f"fk_{now}_member_id")),
        sa.PrimaryKeyConstraint("member_id", "day", name=op.f(f"pk_{now}")),
    )
    op.execute(f"INSERT INTO {now} (member_id, day, wrong) SELECT member_id, day, wrong FROM {before}")
    op.drop_table(before)


def _say(table: str, column: str, enum: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f(f"ck_{table}_{enum}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{enum}"), table, f"{column} IN ({listed})")


def _owned(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_ledger_accounts_owner"), "ledger_accounts")
    rule = f"(kind IN ({listed})) = (owner_id IS NOT NULL)"
    op.create_check_constraint(op.f("ck_ledger_accounts_owner"), "ledger_accounts", rule)


def _make_batches() -> None:
    op.create_table(
        "voucher_batches",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "SOLD", "GIVEN", "SHOP", name="voucherbatchkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("OPEN", "STOPPED", name="voucherbatchstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("units", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column(
            "freight",
            sa.Enum("INCLUDED", "HOLDER", name="voucherfreight", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), server_default="0", nullable=False),
        sa.Column("buyer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'SOLD') = (buyer_sealed IS NOT NULL)", name=op.f("ck_voucher_batches_sold_to_somebody")
        ),
        sa.CheckConstraint("valid_until >= valid_from + interval '720 hours'", name=op.f("ck_voucher_batches_term")),
        sa.CheckConstraint(
            "total BETWEEN 1 AND 10000 AND made BETWEEN 0 AND total", name=op.f("ck_voucher_batches_made")
        ),
        sa.CheckConstraint("units BETWEEN 1 AND 99", name=op.f("ck_voucher_batches_units")),
        sa.CheckConstraint("value BETWEEN 1 AND 1000000", name=op.f("ck_voucher_batches_value")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_voucher_batches_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_batches")),
    )
    op.create_index("ix_voucher_batches_made", "voucher_batches", ["created_at"], unique=False)
    op.create_index("ix_voucher_batches_shop", "voucher_batches", ["merchant_id", "created_at"], unique=False)
    # ### end Alembic commands ###


def _make_skus() -> None:
    op.create_table(
        "voucher_skus",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["voucher_batches.id"], name=op.f("fk_voucher_skus_batch_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name=op.f("fk_voucher_skus_sku_id")),
        sa.PrimaryKeyConstraint("batch_id", "sku_id", name=op.f("pk_voucher_skus")),
    )
    # ### end Alembic commands ###


def _make_vouchers() -> None:
    op.create_table(
        "vouchers",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ISSUED",
                "ACTIVE",
                "FROZEN",
                "EXPIRED",
                "REFUNDING",
                "REFUNDED",
                "REDEEMED",
                name="voucherstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("last4", sa.String(length=4), nullable=False),
        sa.Column("units", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.SmallInteger(), nullable=False),
        sa.Column("held", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_for", sa.String(length=80), server_default="", nullable=False),
        sa.Column("payee_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("refund_reference", sa.String(length=64), nullable=True),
        sa.Column("events", sa.Integer(), server_default="0", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state = 'ACTIVE') <= (holder_id IS NOT NULL AND balance > 0)", name=op.f("ck_vouchers_active_has_holder")
        ),
        sa.CheckConstraint("(state = 'ISSUED') <= (holder_id IS NULL)", name=op.f("ck_vouchers_issued_has_none")),
        sa.CheckConstraint(
            "(state = 'REFUNDED') = (refund_reference IS NOT NULL)", name=op.f("ck_vouchers_refunded_by_a_transfer")
        ),
        sa.CheckConstraint(
            "state NOT IN ('EXPIRED', 'REFUNDING') OR balance > 0", name=op.f("ck_vouchers_expired_has_something")
        ),
        sa.CheckConstraint(
            "state NOT IN ('EXPIRED', 'REFUNDING') OR held = 0", name=op.f("ck_vouchers_expired_holds_nothing")
        ),
        sa.CheckConstraint(
            "state NOT IN ('REDEEMED', 'REFUNDED') OR balance = 0", name=op.f("ck_vouchers_ended_is_empty")
        ),
        sa.CheckConstraint("held >= 0 AND held <= balance AND balance <= units", name=op.f("ck_vouchers_balance")),
        sa.CheckConstraint("units BETWEEN 1 AND 99 AND value > 0", name=op.f("ck_vouchers_worth")),
        sa.ForeignKeyConstraint(["batch_id"], ["voucher_batches.id"], name=op.f("fk_vouchers_batch_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["members.id"], name=op.f("fk_vouchers_holder_id")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_vouchers_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("digest", name=op.f("uq_vouchers_digest")),
        sa.UniqueConstraint("refund_reference", name=op.f("uq_vouchers_refund_reference")),
    )
    op.create_index("ix_vouchers_batch", "vouchers", ["batch_id", "id"], unique=False)
    op.create_index(
        "ix_vouchers_due", "vouchers", ["expires_at"], unique=False, postgresql_where=sa.text("state = 'ACTIVE'")
    )
    op.create_index("ix_vouchers_holder", "vouchers", ["holder_id", "created_at"], unique=False)
    op.create_index(
        "ix_vouchers_refunding",
        "vouchers",
        ["merchant_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'REFUNDING'"),
    )
    # ### end Alembic commands ###


def _make_events() -> None:
    op.create_table(
        "voucher_events",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ISSUED",
                "BOUND",
                "GIVEN",
                "REDEEMED",
                "RETURNED",
                "LOST",
                "FROZEN",
                "THAWED",
                "EXPIRED",
                "EXTENDED",
                "REFUND_ASKED",
                "REFUNDED",
                name="vouchereventkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.SmallInteger(), nullable=False),
        sa.Column("balance", sa.SmallInteger(), nullable=False),
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
        sa.CheckConstraint("balance >= 0 AND position > 0", name=op.f("ck_voucher_events_balance")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_events_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_events")),
        sa.UniqueConstraint("voucher_id", "kind", "ref", name=op.f("uq_voucher_events_voucher_id_kind_ref")),
        sa.UniqueConstraint("voucher_id", "position", name=op.f("uq_voucher_events_voucher_id_position")),
    )
    # ### end Alembic commands ###


def _make_holds() -> None:
    op.create_table(
        "voucher_holds",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("trade_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("units", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "HELD",
                "SPENT",
                "RELEASED",
                name="voucherholdstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("returned = 0 OR state = 'SPENT'", name=op.f("ck_voucher_holds_returned_was_spent")),
        sa.CheckConstraint(
            "units > 0 AND value > 0 AND returned BETWEEN 0 AND units", name=op.f("ck_voucher_holds_units")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_voucher_holds_member_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_holds_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_holds")),
        sa.UniqueConstraint("order_id", name=op.f("uq_voucher_holds_order_id")),
    )
    op.create_index("ix_voucher_holds_voucher", "voucher_holds", ["voucher_id"], unique=False)
    # ### end Alembic commands ###


def _make_gifts() -> None:
    op.create_table(
        "voucher_gifts",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN", "ACCEPTED", "WITHDRAWN", name="giftstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'ACCEPTED') = (accepted_by IS NOT NULL)", name=op.f("ck_voucher_gifts_accepted")),
        sa.ForeignKeyConstraint(["accepted_by"], ["members.id"], name=op.f("fk_voucher_gifts_accepted_by")),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name=op.f("fk_voucher_gifts_giver_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_gifts_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_gifts")),
        sa.UniqueConstraint("digest", name=op.f("uq_voucher_gifts_digest")),
    )
    op.create_index(
        "uq_voucher_gifts_open",
        "voucher_gifts",
        ["voucher_id"],
        unique=True,
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    # ### end Alembic commands ###
