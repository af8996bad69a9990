"""An order costs a fen at least: WeChat Pay takes no payment of nothing."""

from __future__ import annotations

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

# An order of nothing from before, if there is one, stays what it is; then this is asked of new ones only.
VALIDATED = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM orders WHERE total = 0) THEN
        ALTER TABLE orders VALIDATE CONSTRAINT ck_orders_costs_something;
    END IF;
END $$
"""


def upgrade() -> None:
    op.create_check_constraint("costs_something", "orders", "total > 0", postgresql_not_valid=True)
    op.execute(VALIDATED)


def downgrade() -> None:
    op.drop_constraint("costs_something", "orders", type_="check")
