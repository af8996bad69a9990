"""What made a price, by line and by the party that pays for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = ("CAMPAIGN", "MEMBER", "REDUCTION", "MERCHANT_COUPON", "PLATFORM_COUPON", "POINTS")


def upgrade() -> None:
    op.create_table(
        "order_line_shares",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="sharekind", native_enum=False, length=32), nullable=False),
        sa.Column("party", sa.Enum("PLATFORM", "MERCHANT", name="party", native_enum=False, length=32), nullable=False),
        sa.Column("source", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_order_line_shares_amount")),
        sa.CheckConstraint(
            "kind NOT IN ('REDUCTION', 'MERCHANT_COUPON') OR party = 'MERCHANT'",
            name=op.f("ck_order_line_shares_borne_by_the_shop"),
        ),
        sa.CheckConstraint(
            "kind <> 'POINTS' OR party = 'PLATFORM'", name=op.f("ck_order_line_shares_points_are_the_platforms")
        ),
        sa.CheckConstraint("source IS NOT NULL OR kind = 'POINTS'", name=op.f("ck_order_line_shares_has_source")),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_order_line_shares_sharekind")),
        sa.CheckConstraint("party IN ('PLATFORM', 'MERCHANT')", name=op.f("ck_order_line_shares_party")),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_order_line_shares_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line_shares")),
        sa.UniqueConstraint(
            "line_id",
            "kind",
            "party",
            "source",
            name=op.f("uq_order_line_shares_line_id_kind_party_source"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def downgrade() -> None:
    op.drop_table("order_line_shares")
