"""Two rankings of the search compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "search_experiments",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("weights", postgresql.JSONB(), nullable=False),
        sa.Column("share", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("stopped_at", moment, nullable=True),
        sa.Column("adopted_at", moment, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("share BETWEEN 1 AND 50", name="share"),
        sa.CheckConstraint("ends_at > started_at", name="ends_later"),
        sa.CheckConstraint("stopped_at >= started_at", name="stopped_later"),
        sa.CheckConstraint("adopted_at IS NULL OR stopped_at IS NOT NULL", name="adopted_is_over"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "uq_search_experiments_open",
        "search_experiments",
        [sa.text("(stopped_at IS NULL)")],
        unique=True,
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_table(
        "search_experiment_days",
        sa.Column("experiment_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("arm", sa.String(1), nullable=False),
        *[sa.Column(name, sa.Integer(), nullable=False) for name in ("shown", "empty", "followed", "opened")],
        sa.Column("positions", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("arm IN ('A', 'B')", name="arm"),
        sa.CheckConstraint("shown >= 0 AND empty BETWEEN 0 AND shown", name="shown"),
        sa.CheckConstraint("followed BETWEEN 0 AND opened AND positions >= opened", name="opened"),
        sa.ForeignKeyConstraint(["experiment_id"], ["search_experiments.id"]),
        sa.PrimaryKeyConstraint("experiment_id", "day", "arm"),
    )


def downgrade() -> None:
    op.drop_table("search_experiment_days")
    op.drop_table("search_experiments")
