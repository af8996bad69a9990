"""Double entry in fen, and the rate of the platform's commission.

What happened before is posted by `python -m server ledger`: by the rules in force, in steps that can be stopped and
taken up again, also while an older release still writes payments.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ACCOUNT_KINDS = (
    "WECHAT_RECEIVABLE",
    "BUYER_CLEARING",
    "SUSPENSE",
    "MERCHANT_PAYABLE",
    "PLATFORM_REVENUE",
    "FEE_EXPENSE",
    "COUPON_EXPENSE",
    "POINTS_LIABILITY",
    "GIFTCARD_LIABILITY",
    "COURIER_PAYABLE",
    "LEADER_PAYABLE",
    "DEPOSIT",
)
TRANSACTION_KINDS = (
    "PAYMENT",
    "REFUND",
    "DISPUTE",
    "DISPUTE_ACCEPTED",
    "DISPUTE_RETURNED",
    "SETTLEMENT",
    "SETTLEMENT_RETURN",
    "PAYOUT",
    "FEE",
)
COMPLETE = """
CREATE FUNCTION ledger_transaction_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entries bigint;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(e.amount), 0) INTO entries, total
        FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id WHERE e.transaction_id = NEW.id;
    IF entries <> NEW.size OR total <> 0 THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_adds_up',
            MESSAGE = format('transaction %s has %s of %s entries that add up to %s',
                             NEW.id, entries, NEW.size, total);
    END IF;
    RETURN NULL;
END $$
"""
COMPLETE_TRIGGER = """
CREATE CONSTRAINT TRIGGER ledger_transaction_adds_up AFTER INSERT ON ledger_transactions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_adds_up()
"""
UNCHANGED = """
CREATE FUNCTION ledger_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: what the ledger says is never changed', TG_OP, TG_TABLE_NAME);
END $$
"""
TABLES = ("ledger_accounts", "ledger_transactions", "ledger_entries")


def upgrade() -> None:
    _accounts()
    _transactions()
    _entries()
    for statement in (COMPLETE, COMPLETE_TRIGGER, UNCHANGED, *_triggers()):
        op.execute(statement)
    _rates()


def _triggers() -> list[str]:
    function = "EXECUTE FUNCTION ledger_is_unchanged()"
    row = "CREATE TRIGGER {0}_unchanged BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW " + function
    whole = "CREATE TRIGGER {0}_not_truncated BEFORE TRUNCATE ON {0} FOR EACH STATEMENT " + function
    return [each.format(table) for table in TABLES for each in (row, whole)]


def _kind(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _accounts() -> None:
    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _kind("accountkind", ACCOUNT_KINDS), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('MERCHANT_PAYABLE', 'COURIER_PAYABLE', 'LEADER_PAYABLE', 'DEPOSIT')) = (owner_id IS NOT NULL)",
            name=op.f("ck_ledger_accounts_owner"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_accounts")),
        sa.UniqueConstraint(
            "kind", "owner_id", name=op.f("uq_ledger_accounts_kind_owner_id"), postgresql_nulls_not_distinct=True
        ),
    )


def _transactions() -> None:
    op.create_table(
        "ledger_transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _kind("transactionkind", TRANSACTION_KINDS), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("memo", sa.String(length=120), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("trade_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("size BETWEEN 2 AND 100", name=op.f("ck_ledger_transactions_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transactions")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_ledger_transactions_kind_ref")),
        sa.UniqueConstraint("id", "size", "at", name=op.f("uq_ledger_transactions_id_size_at")),
    )
    op.create_index(
        "ix_ledger_transactions_order",
        "ledger_transactions",
        ["order_id"],
        unique=False,
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )


def _entries() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND size", name=op.f("ck_ledger_entries_position")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_entries_amount")),
        sa.ForeignKeyConstraint(
            ["transaction_id", "size", "at"],
            ["ledger_transactions.id", "ledger_transactions.size", "ledger_transactions.at"],
            name=op.f("fk_ledger_entries_transaction_id_size_at"),
        ),
        sa.PrimaryKeyConstraint("transaction_id", "position", name=op.f("pk_ledger_entries")),
    )
    op.create_index(
        "ix_ledger_entries_account",
        "ledger_entries",
        ["account_id", "at", "transaction_id", "position"],
        unique=False,
        postgresql_include=["amount"],
    )


def _rates() -> None:
    op.add_column("merchants", sa.Column("commission_rate", sa.SmallInteger(), nullable=False, server_default="0"))
    op.create_check_constraint(op.f("ck_merchants_commission_rate"), "merchants", "commission_rate BETWEEN 0 AND 3000")
    op.create_table(
        "commissions",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("rate", sa.SmallInteger(), nullable=False),
        sa.Column("basis", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate BETWEEN 0 AND 3000", name=op.f("ck_commissions_rate")),
        sa.CheckConstraint("amount BETWEEN 0 AND basis", name=op.f("ck_commissions_amount")),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_commissions")),
    )
    op.create_index(op.f("ix_commissions_order_id"), "commissions", ["order_id"], unique=False)


def downgrade() -> None:
    op.drop_table("commissions")
    op.drop_constraint(op.f("ck_merchants_commission_rate"), "merchants")
    op.drop_column("merchants", "commission_rate")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION ledger_transaction_adds_up")
    op.execute("DROP FUNCTION ledger_is_unchanged")
