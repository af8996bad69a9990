"""What a 满减 took off is found by what it is, for its results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_order_line_shares_reduction",
        "order_line_shares",
        ["source"],
        postgresql_where=sa.text("kind = 'REDUCTION'"),
    )


def downgrade() -> None:
    op.drop_index("ix_order_line_shares_reduction", table_name="order_line_shares")
