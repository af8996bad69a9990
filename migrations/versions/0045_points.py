"""积分: rules, accounts, lots, entries, what orders use and bring; and what they are in the books."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ACCOUNTS = (
    *("WECHAT_RECEIVABLE", "PLATFORM_BANK", "BUYER_CLEARING", "SUSPENSE", "MERCHANT_PAYABLE", "PLATFORM_REVENUE"),
    *("FEE_EXPENSE", "COUPON_EXPENSE", "POINTS_LIABILITY", "GIFTCARD_LIABILITY", "VOUCHER_LIABILITY", "CARD_SALES"),
    *("SHOP_VOUCHERS", "COURIER_PAYABLE", "LEADER_PAYABLE", "DEPOSIT", "BUYER_COMPENSATION"),
)
FACTS = (
    *("PAYMENT", "REFUND", "DISPUTE", "DISPUTE_ACCEPTED", "DISPUTE_RETURNED", "SETTLEMENT", "SETTLEMENT_RETURN"),
    *("PAYOUT", "PAYOUT_RETURNED", "FEE", "CARD_ISSUED", "CARD_REFUND", "VOUCHER_ISSUED", "VOUCHER_REFUND"),
    *("COMPENSATION", "COMPENSATION_PAID"),
)
# Table, name of the enum, its words before and after.
WORDS = (
    ("ledger_accounts", "accountkind", ACCOUNTS, (*ACCOUNTS[:9], "POINTS_EXPENSE", *ACCOUNTS[9:])),
    ("ledger_transactions", "transactionkind", FACTS, (*FACTS[:14], "POINTS_GRANTED", "POINTS_ENDED", *FACTS[14:])),
)
UNCHANGED = """
CREATE FUNCTION points_are_told_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: what is told of points is never changed', TG_OP, TG_TABLE_NAME);
END $$
"""
GOES_ON = """
CREATE FUNCTION points_entry_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bigint := 0;
BEGIN
    IF NEW.position > 1 THEN
        SELECT balance INTO before FROM points_entries
            WHERE member_id = NEW.member_id AND position = NEW.position - 1;
    END IF;
    IF before IS NULL OR before + NEW.amount <> NEW.balance THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'points_entry_goes_on',
            MESSAGE = format('entry %s of member %s does not go on from the one before', NEW.position, NEW.member_id);
    END IF;
    RETURN NEW;
END $$
"""
IN_LOTS = """
CREATE FUNCTION points_are_in_lots() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    has bigint;
    lots bigint;
BEGIN
    SELECT balance INTO has FROM points_accounts WHERE member_id = NEW.member_id;
    SELECT coalesce(sum(left_over), 0) INTO lots FROM points_lots WHERE member_id = NEW.member_id AND left_over > 0;
    IF has <> lots THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'points_are_in_lots',
            MESSAGE = format('member %s has %s points, and %s in lots', NEW.member_id, has, lots);
    END IF;
    RETURN NULL;
END $$
"""
ENTRY_TRIGGERS = (
    "CREATE TRIGGER points_entries_unchanged BEFORE UPDATE OR DELETE ON points_entries"
    " FOR EACH ROW EXECUTE FUNCTION points_are_told_once()",
    "CREATE TRIGGER points_entries_not_truncated BEFORE TRUNCATE ON points_entries"
    " FOR EACH STATEMENT EXECUTE FUNCTION points_are_told_once()",
    "CREATE TRIGGER points_entries_go_on BEFORE INSERT ON points_entries"
    " FOR EACH ROW EXECUTE FUNCTION points_entry_goes_on()",
    "CREATE CONSTRAINT TRIGGER points_are_in_lots AFTER INSERT ON points_entries"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION points_are_in_lots()",
)
RULE_TRIGGERS = (
    "CREATE TRIGGER points_rules_unchanged BEFORE UPDATE OR DELETE ON points_rules"
    " FOR EACH ROW EXECUTE FUNCTION points_are_told_once()",
)
TABLES = ("points_uses", "points_earnings", "points_lots", "points_entries", "points_accounts", "points_rules")
FUNCTIONS = ("points_are_told_once", "points_entry_goes_on", "points_are_in_lots")


def upgrade() -> None:
    for table, enum, _, after in WORDS:
        _say(table, enum, after)
    op.add_column("orders", sa.Column("points_total", sa.BigInteger(), server_default="0", nullable=False))
    rule = "points_total BETWEEN 0 AND discount_total"
    op.create_check_constraint(op.f("ck_orders_points_total"), "orders", rule)
    for make in (_make_rules, _make_accounts, _make_entries, _make_lots, _make_earnings, _make_uses):
        make()
    for statement in (UNCHANGED, GOES_ON, IN_LOTS, *ENTRY_TRIGGERS, *RULE_TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_constraint(op.f("ck_orders_points_total"), "orders")
    op.drop_column("orders", "points_total")
    for table, enum, before, _ in WORDS:
        _say(table, enum, before)


def _say(table: str, enum: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f(f"ck_{table}_{enum}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{enum}"), table, f"kind IN ({listed})")


def _make_rules() -> None:
    op.create_table(
        "points_rules",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("earning", sa.Boolean(), nullable=False),
        sa.Column("spending", sa.Boolean(), nullable=False),
        sa.Column("per_yuan", sa.SmallInteger(), nullable=False),
        sa.Column("daily_most", sa.Integer(), nullable=False),
        sa.Column("cap_percent", sa.SmallInteger(), nullable=False),
        sa.Column("least_goods", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("cap_percent BETWEEN 1 AND 50", name=op.f("ck_points_rules_cap_percent")),
        sa.CheckConstraint("daily_most BETWEEN 1 AND 100000", name=op.f("ck_points_rules_daily_most")),
        sa.CheckConstraint("least_goods BETWEEN 0 AND 1000000", name=op.f("ck_points_rules_least_goods")),
        sa.CheckConstraint("length(note) >= 2", name=op.f("ck_points_rules_note")),
        sa.CheckConstraint("per_yuan BETWEEN 1 AND 20", name=op.f("ck_points_rules_per_yuan")),
        sa.CheckConstraint("version > 0", name=op.f("ck_points_rules_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_rules")),
        sa.UniqueConstraint("version", name=op.f("uq_points_rules_version")),
    )


def _make_accounts() -> None:
    op.create_table(
        "points_accounts",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("balance", sa.Integer(), server_default="0", nullable=False),
        sa.Column("debt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("entries", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_points_accounts_balance")),
        sa.CheckConstraint("debt >= 0 AND (debt = 0 OR balance = 0)", name=op.f("ck_points_accounts_debt")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_points_accounts_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_points_accounts")),
    )


def _make_entries() -> None:
    op.create_table(
        "points_entries",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "EARNED",
                "GRANTED",
                "SPENT",
                "RELEASED",
                "RETURNED",
                "TAKEN_BACK",
                "TAKEN",
                "EXPIRED",
                name="pointsentrykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("debt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
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
        sa.CheckConstraint(
            "(kind IN ('EARNED', 'GRANTED', 'RELEASED', 'RETURNED')) = (amount >= 0 AND debt <= 0)",
            name=op.f("ck_points_entries_direction"),
        ),
        sa.CheckConstraint(
            "debt <= 0 OR kind = 'TAKEN_BACK'", name=op.f("ck_points_entries_debt_is_of_what_went_back")
        ),
        sa.CheckConstraint(
            "kind NOT IN ('GRANTED', 'TAKEN') OR actor_kind = 'PLATFORM'", name=op.f("ck_points_entries_by_hand")
        ),
        sa.CheckConstraint("amount <> 0 OR debt <> 0", name=op.f("ck_points_entries_changes_something")),
        sa.CheckConstraint("balance >= 0 AND position > 0", name=op.f("ck_points_entries_balance")),
        sa.ForeignKeyConstraint(["member_id"], ["points_accounts.member_id"], name=op.f("fk_points_entries_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entries")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_points_entries_kind_ref")),
        sa.UniqueConstraint("member_id", "position", name=op.f("uq_points_entries_member_id_position")),
    )
    op.create_index(
        "ix_points_entries_day", "points_entries", ["created_at", "kind"], unique=False, postgresql_include=["amount"]
    )


def _make_lots() -> None:
    op.create_table(
        "points_lots",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("left_over", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount > 0 AND left_over BETWEEN 0 AND amount", name=op.f("ck_points_lots_left_over")),
        sa.ForeignKeyConstraint(["member_id"], ["points_accounts.member_id"], name=op.f("fk_points_lots_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_lots")),
    )
    op.create_index(
        "ix_points_lots_due", "points_lots", ["expires_at"], unique=False, postgresql_where=sa.text("left_over > 0")
    )
    op.create_index(
        "ix_points_lots_member",
        "points_lots",
        ["member_id", "expires_at", "id"],
        unique=False,
        postgresql_where=sa.text("left_over > 0"),
    )


def _make_earnings() -> None:
    op.create_table(
        "points_earnings",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING",
                "EARNED",
                "NOTHING",
                name="pointsearningstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("per_yuan", sa.SmallInteger(), nullable=False),
        sa.Column("basis", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.Integer(), server_default="0", nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'EARNED') = (points > 0) AND points >= 0", name=op.f("ck_points_earnings_points")),
        sa.CheckConstraint(
            "(state = 'WAITING') = (decided_at IS NULL)", name=op.f("ck_points_earnings_decided_has_time")
        ),
        sa.CheckConstraint("taken BETWEEN 0 AND points", name=op.f("ck_points_earnings_taken")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_points_earnings_member_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_points_earnings_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_points_earnings")),
    )
    op.create_index(
        "ix_points_earnings_due",
        "points_earnings",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_index(
        "ix_points_earnings_member",
        "points_earnings",
        ["member_id"],
        unique=False,
        postgresql_where=sa.text("state = 'WAITING'"),
    )


def _make_uses() -> None:
    op.create_table(
        "points_uses",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "HELD", "SPENT", "RELEASED", name="pointsusestate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("returned = 0 OR state = 'SPENT'", name=op.f("ck_points_uses_returned_was_spent")),
        sa.CheckConstraint("amount > 0 AND returned BETWEEN 0 AND amount", name=op.f("ck_points_uses_returned")),
        sa.ForeignKeyConstraint(["lot_id"], ["points_lots.id"], name=op.f("fk_points_uses_lot_id")),
        sa.ForeignKeyConstraint(["member_id"], ["points_accounts.member_id"], name=op.f("fk_points_uses_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_uses")),
        sa.UniqueConstraint("order_id", "lot_id", name=op.f("uq_points_uses_order_id_lot_id")),
    )
    op.create_index(
        "ix_points_uses_held", "points_uses", ["member_id"], unique=False, postgresql_where=sa.text("state = 'HELD'")
    )
