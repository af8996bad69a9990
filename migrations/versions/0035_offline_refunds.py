"""Refunds that WeChat Pay does not take say why, and may be paid by the platform's bank."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refunds", sa.Column("trouble", sa.String(length=200), nullable=True))
    op.add_column("refunds", sa.Column("offline_reference", sa.String(length=64), nullable=True))
    op.create_unique_constraint(op.f("uq_refunds_offline_reference"), "refunds", ["offline_reference"])
    done = "offline_reference IS NULL OR state = 'SUCCEEDED'"
    op.create_check_constraint(op.f("ck_refunds_offline_is_done"), "refunds", done)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_refunds_offline_is_done"), "refunds")
    op.drop_constraint(op.f("uq_refunds_offline_reference"), "refunds")
    op.drop_column("refunds", "offline_reference")
    op.drop_column("refunds", "trouble")
