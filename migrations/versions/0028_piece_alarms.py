"""Alarms for pieces whose looks cannot be of one piece."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("piece_totals", sa.Column("weighed", sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint(op.f("ck_piece_totals_weighed"), "piece_totals", "weighed BETWEEN 0 AND scans")
    op.create_index(
        "ix_piece_totals_to_weigh",
        "piece_totals",
        ["last_at"],
        unique=False,
        postgresql_where=sa.text("weighed < scans AND scans >= 4"),
    )
    op.create_table(
        "piece_alarms",
        sa.Column("piece_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("points", postgresql.JSONB(), nullable=False),
        sa.Column("scans", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "CONFIRMED",
                "DISMISSED",
                name="piecealarmstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'OPEN') = (decided_at IS NULL)", name=op.f("ck_piece_alarms_decided_has_time")),
        sa.CheckConstraint(
            "state = 'OPEN' OR (decided_by IS NOT NULL AND length(note) >= 2)",
            name=op.f("ck_piece_alarms_decided_by_somebody"),
        ),
        sa.CheckConstraint("score >= 1", name=op.f("ck_piece_alarms_score")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_piece_alarms_lot_id")),
        sa.ForeignKeyConstraint(["piece_id"], ["pieces.id"], name=op.f("fk_piece_alarms_piece_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_alarms")),
    )
    op.create_index(op.f("ix_piece_alarms_piece_id"), "piece_alarms", ["piece_id"], unique=False)
    op.create_index("ix_piece_alarms_desk", "piece_alarms", ["state", "created_at"], unique=False)
    op.create_index("ix_piece_alarms_lot", "piece_alarms", ["lot_id", "created_at"], unique=False)
    op.create_index(
        "uq_piece_alarms_standing",
        "piece_alarms",
        ["piece_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'DISMISSED'"),
    )


def downgrade() -> None:
    op.drop_table("piece_alarms")
    op.drop_index("ix_piece_totals_to_weigh", "piece_totals")
    op.drop_constraint(op.f("ck_piece_totals_weighed"), "piece_totals")
    op.drop_column("piece_totals", "weighed")
