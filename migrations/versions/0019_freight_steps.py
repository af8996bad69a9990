"""How an order's freight came about, kept with the order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("orders", sa.Column("freight_steps", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("orders", "freight_steps")
