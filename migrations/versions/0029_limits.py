"""How many of a SKU one member may buy, and what one member may keep from others without paying."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("skus", sa.Column("limit_each", sa.SmallInteger(), nullable=True))
    op.add_column("skus", sa.Column("limit_days", sa.SmallInteger(), nullable=True))
    op.create_check_constraint(op.f("ck_skus_limit_each"), "skus", "limit_each BETWEEN 1 AND 999")
    days = "limit_days BETWEEN 1 AND 365 AND limit_each IS NOT NULL OR limit_days IS NULL"
    op.create_check_constraint(op.f("ck_skus_limit_days"), "skus", days)
    op.create_table(
        "order_limits",
        sa.Column("single", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("most_unpaid", sa.SmallInteger(), nullable=False),
        sa.Column("most_pieces", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_order_limits_single")),
        sa.CheckConstraint("most_unpaid BETWEEN 1 AND 50", name=op.f("ck_order_limits_most_unpaid")),
        sa.CheckConstraint("most_pieces BETWEEN 1 AND 999", name=op.f("ck_order_limits_most_pieces")),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_order_limits")),
    )


def downgrade() -> None:
    op.drop_table("order_limits")
    for name in ("limit_each", "limit_days"):
        op.drop_constraint(op.f(f"ck_skus_{name}"), "skus")
        op.drop_column("skus", name)
