"""Pages of shops, places and brands as the searches know them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_pages",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("spellings", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("confirmed <= mark", name=op.f("ck_search_pages_confirmed")),
        sa.PrimaryKeyConstraint("kind", "target", name=op.f("pk_search_pages")),
    )
    fastupdate = {"fastupdate": "off"}
    op.create_index(
        "ix_search_pages_words", "search_pages", ["words"], postgresql_using="gin", postgresql_with=fastupdate
    )
    op.create_index("ix_search_pages_spellings", "search_pages", ["spellings"], postgresql_using="gin")
    pending = sa.text("mark > confirmed")
    op.create_index("ix_search_pages_pending", "search_pages", ["attempts", "since"], postgresql_where=pending)


def downgrade() -> None:
    op.drop_table("search_pages")
