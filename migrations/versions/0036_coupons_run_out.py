"""Whether an order ever used a coupon is found when it runs out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    coupons = sa.text("kind IN ('MERCHANT_COUPON', 'PLATFORM_COUPON')")
    op.create_index("ix_order_line_shares_coupon", "order_line_shares", ["source"], postgresql_where=coupons)


def downgrade() -> None:
    op.drop_index("ix_order_line_shares_coupon", table_name="order_line_shares")
