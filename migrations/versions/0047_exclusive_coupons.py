"""Coupons that go with no other coupon for the same goods."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

ALONE = "kind = 'COUPON' OR NOT exclusive"


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("exclusive", sa.Boolean(), server_default="false", nullable=False))
    op.create_check_constraint("only_coupons_are_exclusive", "campaigns", ALONE)


def downgrade() -> None:
    op.drop_constraint("only_coupons_are_exclusive", "campaigns", type_="check")
    op.drop_column("campaigns", "exclusive")
