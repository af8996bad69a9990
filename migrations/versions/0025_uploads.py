"""Files on their way from those who send them to where they are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("kind", _among("uploadkind", "PRODUCT", "EVIDENCE", "POSTED", "CLIP"), nullable=False),
        sa.Column("owner_kind", _among("actorkind", "MEMBER", "MERCHANT", "PLATFORM", "SYSTEM"), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("content_type", sa.String(length=40), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("state", _among("uploadstate", "WAITING", "STORED", "REFUSED"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(length=200), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("byte_size > 0", name=op.f("ck_uploads_size")),
        sa.CheckConstraint("(state = 'STORED') = (key IS NOT NULL)", name=op.f("ck_uploads_stored_has_key")),
        sa.CheckConstraint(
            "(state = 'STORED') = (width IS NOT NULL AND height IS NOT NULL)", name=op.f("ck_uploads_stored_has_size")
        ),
        sa.CheckConstraint("(state = 'REFUSED') = (told IS NOT NULL)", name=op.f("ck_uploads_refused_says_why")),
        sa.CheckConstraint("owner_kind IN ('MEMBER', 'MERCHANT', 'PLATFORM')", name=op.f("ck_uploads_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index("ix_uploads_created", "uploads", ["created_at"])
    op.create_index("ix_uploads_owner", "uploads", ["owner_id", "created_at"])


def _among(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def downgrade() -> None:
    op.drop_table("uploads")
