"""Sharing orders' money out, and paying shops out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OLD_FACTS = (
    "PAYMENT",
    "REFUND",
    "DISPUTE",
    "DISPUTE_ACCEPTED",
    "DISPUTE_RETURNED",
    "SETTLEMENT",
    "SETTLEMENT_RETURN",
    "PAYOUT",
)
SUBJECTS = ("PAYMENT", "REFUND")
MORE_SUBJECTS = ("FEE", "SPLIT", "RETURN", "SUBSIDY", "SUBSIDY_RETURN", "PAYOUT", "OTHER")
# Words of a column: table, column, the type's name, before, after.
WORDS = (
    ("ledger_transactions", "kind", "transactionkind", (*OLD_FACTS, "FEE"), (*OLD_FACTS, "PAYOUT_RETURNED", "FEE")),
    ("bills", "kind", "billkind", ("TRADE",), ("TRADE", "FUNDS")),
    ("bill_lines", "subject", "billsubject", SUBJECTS, (*SUBJECTS, *MORE_SUBJECTS)),
    ("bill_differences", "subject", "billsubject", SUBJECTS, (*SUBJECTS, *MORE_SUBJECTS)),
)


def _say(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    """Checked for new rows at once, for old ones without keeping anybody from writing."""
    constraint = f"ck_{table}_{name}"
    listed = ", ".join(f"'{word}'" for word in words)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN ({listed})) NOT VALID")
    op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {constraint}")


def upgrade() -> None:
    for table, column, name, _, after in WORDS:
        _say(table, column, name, after)
    _add_columns()
    _create_payouts()
    _create_settlements()


def _add_columns() -> None:
    op.add_column("payment_parts", sa.Column("subsidy", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("payment_parts", sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("refunds", sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_refunds_requested", "refunds", ["created_at"], unique=False, postgresql_where=sa.text("state = 'REQUESTED'")
    )


def _create_payouts() -> None:
    op.create_table(
        "payouts",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("sub_mchid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ASKED",
                "PROCESSING",
                "SUCCEEDED",
                "FAILED",
                "BOUNCED",
                name="payoutstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_by", sa.String(length=60), nullable=True),
        sa.Column("provider_id", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state IN ('ASKED', 'PROCESSING')) = (finished_at IS NULL)", name=op.f("ck_payouts_finished")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payouts_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("merchant_id", "key", name=op.f("uq_payouts_merchant_id_key")),
        sa.UniqueConstraint("number", name=op.f("uq_payouts_number")),
    )
    op.create_index("ix_payouts_created", "payouts", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_payouts_due",
        "payouts",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('ASKED', 'PROCESSING')"),
    )
    op.create_index("ix_payouts_merchant", "payouts", ["merchant_id", "created_at", "id"], unique=False)
    op.create_index(
        "uq_payouts_one_open",
        "payouts",
        ["merchant_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('ASKED', 'PROCESSING')"),
    )
    op.create_table(
        "payout_plans",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "every",
            sa.Enum(
                "DAY",
                "WEEK",
                "MONTH",
                "NEVER",
                name="payoutevery",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("least BETWEEN 100 AND 100000000", name=op.f("ck_payout_plans_least")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_payout_plans_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_payout_plans")),
    )


def _create_settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=32), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("part_number", sa.String(length=32), nullable=False),
        sa.Column("sub_mchid", sa.String(length=32), nullable=False),
        sa.Column("transaction_id", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING",
                "RUNNING",
                "DONE",
                "STUCK",
                name="settlementstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("commission", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("subsidy", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(length=200), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("commission >= 0 AND fee >= 0 AND subsidy >= 0", name=op.f("ck_settlements_shares")),
        sa.CheckConstraint("held = net + commission + fee", name=op.f("ck_settlements_adds_up")),
        sa.ForeignKeyConstraint(["part_id"], ["payment_parts.id"], name=op.f("fk_settlements_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
        sa.UniqueConstraint("order_id", name=op.f("uq_settlements_order_id")),
        sa.UniqueConstraint("part_id", name=op.f("uq_settlements_part_id")),
    )
    op.create_index("ix_settlements_merchant", "settlements", ["merchant_id", "settled_at", "id"], unique=False)
    op.create_index(
        "ix_settlements_state",
        "settlements",
        ["state", "created_at"],
        unique=False,
        postgresql_where=sa.text("state <> 'DONE'"),
    )
    op.create_table(
        "settlement_calls",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "SUBSIDY",
                "SPLIT",
                "FINISH",
                "RETURN",
                "SUBSIDY_RETURN",
                name="callkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "ASKED",
                "PROCESSING",
                "SUCCEEDED",
                "FAILED",
                name="callstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(kind = 'FINISH') = (amount = 0) AND amount >= 0", name=op.f("ck_settlement_calls_amount")),
        sa.CheckConstraint(
            "(kind IN ('RETURN', 'SUBSIDY_RETURN')) = (refund_id IS NOT NULL)", name=op.f("ck_settlement_calls_refund")
        ),
        sa.CheckConstraint(
            "(state IN ('SUCCEEDED', 'FAILED')) = (finished_at IS NOT NULL)", name=op.f("ck_settlement_calls_finished")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_settlement_calls_refund_id")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlements.id"], name=op.f("fk_settlement_calls_settlement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_calls")),
        sa.UniqueConstraint("number", name=op.f("uq_settlement_calls_number")),
    )
    op.create_index(
        "ix_settlement_calls_due",
        "settlement_calls",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('ASKED', 'PROCESSING')"),
    )
    op.create_index(
        "uq_settlement_calls_once",
        "settlement_calls",
        [
            "settlement_id",
            sa.literal_column("(CASE WHEN kind = 'FINISH' THEN 'SPLIT' ELSE kind END)"),
            sa.literal_column("coalesce(refund_id, settlement_id)"),
        ],
        unique=True,
        postgresql_where=sa.text("state <> 'FAILED'"),
    )
    op.create_index(
        "uq_settlement_calls_one_open",
        "settlement_calls",
        ["settlement_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('ASKED', 'PROCESSING')"),
    )


def downgrade() -> None:
    for table in ("settlement_calls", "settlements", "payout_plans", "payouts"):
        op.drop_table(table)
    op.drop_index("ix_refunds_requested", table_name="refunds")
    op.drop_column("refunds", "fetched_at")
    for column in ("shared_at", "subsidy"):
        op.drop_column("payment_parts", column)
    for table, column, name, before, _ in WORDS:
        _say(table, column, name, before)
