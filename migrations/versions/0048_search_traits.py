"""What goods say under attributes one may filter by, as the PostgreSQL search knows it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    traits = sa.Column("traits", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False)
    op.add_column("search_documents", traits)
    op.create_check_constraint("traits", "search_documents", "cardinality(traits) <= 60")


def downgrade() -> None:
    op.drop_constraint("traits", "search_documents", type_="check")
    op.drop_column("search_documents", "traits")
