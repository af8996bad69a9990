"""What shops and the platform are told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KINDS = (
    *("STOCK_LOW", "AFTER_SALE_OPENED", "AFTER_SALE_RETURNED", "REVIEW_POOR", "PAYOUT_FAILED", "PAYOUT_BOUNCED"),
    *("PRODUCT_APPROVED", "PRODUCT_REJECTED", "PRODUCT_FROZEN", "CHANGE_APPLIED", "CHANGE_REJECTED", "LOT_RECALLED"),
    *("CASE_ESCALATED", "BILL_DIFFERS", "PAYMENT_DISPUTED"),
)
WHOSE = "(merchant_id IS NULL) = (kind IN ('CASE_ESCALATED', 'BILL_DIFFERS', 'PAYMENT_DISPUTED'))"


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="noticekind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "notices",
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("kind", kind, nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(WHOSE, name=op.f("ck_notices_whose")),
        sa.CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name=op.f("ck_notices_read_by_somebody")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_notices_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "merchant_id", "source", name=op.f("uq_notices_merchant_id_source"), postgresql_nulls_not_distinct=True
        ),
    )
    op.create_index("ix_notices_inbox", "notices", ["merchant_id", "created_at", "id"])
    unread = sa.text("read_at IS NULL")
    op.create_index("ix_notices_unread", "notices", ["merchant_id", "kind"], postgresql_where=unread)
    op.create_index("ix_notices_created", "notices", ["created_at"])


def downgrade() -> None:
    op.drop_table("notices")
