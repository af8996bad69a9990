"""Payouts that arrived are asked about a while longer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_payouts_watched",
        "payouts",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state = 'SUCCEEDED' AND sub_mchid <> ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_payouts_watched", table_name="payouts")
