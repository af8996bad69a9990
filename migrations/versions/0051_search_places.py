"""Where the shop of a product is, as the PostgreSQL search knows it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

WHOLE = "(latitude IS NULL) = (longitude IS NULL)"


def upgrade() -> None:
    codes = sa.Column("shop_codes", postgresql.ARRAY(sa.String(9)), server_default="{}", nullable=False)
    op.add_column("search_documents", codes)
    op.add_column("search_documents", sa.Column("latitude", sa.Float(), nullable=True))
    op.add_column("search_documents", sa.Column("longitude", sa.Float(), nullable=True))
    op.create_check_constraint("place_whole", "search_documents", WHOLE)


def downgrade() -> None:
    op.drop_constraint("place_whole", "search_documents", type_="check")
    for name in ("longitude", "latitude", "shop_codes"):
        op.drop_column("search_documents", name)
