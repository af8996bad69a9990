"""Adopted rankings are given up for the built-in one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("search_experiments", sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_search_experiments_given_up_was_adopted"),
        "search_experiments",
        "given_up_at IS NULL OR (adopted_at IS NOT NULL AND given_up_at >= adopted_at)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_search_experiments_given_up_was_adopted"), "search_experiments", type_="check")
    op.drop_column("search_experiments", "given_up_at")
