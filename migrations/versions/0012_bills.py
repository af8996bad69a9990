"""Daily bills of WeChat Pay, compared line by line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SUBJECTS = ("PAYMENT", "REFUND")
FAULTS = ("MISSING_HERE", "MISSING_THERE", "AMOUNT_DIFFERS", "STATE_DIFFERS")


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "bills",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", _words("billkind", "TRADE"), nullable=False),
        sa.Column("hash", sa.String(length=40), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("fees", sa.BigInteger(), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bills")),
        sa.UniqueConstraint("day", "kind", name=op.f("uq_bills_day_kind")),
    )
    op.create_table(
        "bill_lines",
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", _words("billsubject", *SUBJECTS), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("transaction_id", sa.String(length=64), nullable=False),
        sa.Column("sub_mchid", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bills.id"], name=op.f("fk_bill_lines_bill_id")),
        sa.PrimaryKeyConstraint("bill_id", "position", name=op.f("pk_bill_lines")),
    )
    op.create_index("ix_bill_lines_number", "bill_lines", ["subject", "number"], unique=False)
    op.create_table(
        "bill_differences",
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("fault", _words("billfault", *FAULTS), nullable=False),
        sa.Column("subject", _words("billsubject", *SUBJECTS), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("ours", sa.BigInteger(), nullable=True),
        sa.Column("theirs", sa.BigInteger(), nullable=True),
        sa.Column("our_state", sa.String(length=32), nullable=True),
        sa.Column("their_state", sa.String(length=32), nullable=True),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("explained_by", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(explained_at IS NULL) = (note IS NULL)", name=op.f("ck_bill_differences_explained_has_note")
        ),
        sa.CheckConstraint(
            "(explained_at IS NULL) = (explained_by IS NULL)", name=op.f("ck_bill_differences_explained_has_person")
        ),
        sa.ForeignKeyConstraint(["bill_id"], ["bills.id"], name=op.f("fk_bill_differences_bill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_differences")),
        sa.UniqueConstraint(
            "bill_id", "subject", "number", "fault", name=op.f("uq_bill_differences_bill_id_subject_number_fault")
        ),
    )
    op.create_index(
        "ix_bill_differences_open",
        "bill_differences",
        ["bill_id"],
        unique=False,
        postgresql_where=sa.text("explained_at IS NULL"),
    )


def downgrade() -> None:
    for table in ("bill_differences", "bill_lines", "bills"):
        op.drop_table(table)
