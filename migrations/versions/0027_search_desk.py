"""What the platform decides about searches, and what was asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COUNTS = "shown >= 0 AND empty BETWEEN 0 AND shown AND clicked >= 0 AND positions >= 0"


def _row(name: str) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),  # type: ignore[list-item]
    )


def upgrade() -> None:
    op.create_table(
        "search_synonyms",
        sa.Column("words", postgresql.ARRAY(sa.Text()), nullable=False),
        *_row("search_synonyms"),
        sa.CheckConstraint("cardinality(words) BETWEEN 2 AND 12", name=op.f("ck_search_synonyms_words")),
    )
    op.create_table(
        "search_picks",
        sa.Column("query", sa.String(length=60), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        *_row("search_picks"),
        sa.CheckConstraint("place BETWEEN 0 AND 10", name=op.f("ck_search_picks_place")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_search_picks_product_id")),
    )
    op.create_index("uq_search_picks_product", "search_picks", ["query", "product_id"], unique=True)
    pinned = sa.text("place > 0")
    op.create_index("uq_search_picks_place", "search_picks", ["query", "place"], unique=True, postgresql_where=pinned)
    op.create_table(
        "search_counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("ranking", sa.String(length=1), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("empty", sa.Integer(), nullable=False),
        sa.Column("clicked", sa.Integer(), nullable=False),
        sa.Column("positions", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(COUNTS, name=op.f("ck_search_counts_counts")),
        sa.PrimaryKeyConstraint("day", "words", "ranking", name=op.f("pk_search_counts")),
    )
    op.create_index("ix_search_counts_words", "search_counts", ["words"])


def downgrade() -> None:
    op.drop_table("search_counts")
    op.drop_table("search_picks")
    op.drop_table("search_synonyms")
