"""The log of an order is kept by order: one index entry less for each line of it (ADR 13)."""

from __future__ import annotations

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("pk_order_steps"), "order_steps", type_="primary")
    op.create_primary_key(op.f("pk_order_steps"), "order_steps", ["order_id", "id"])
    op.drop_index("ix_order_steps_order", table_name="order_steps")


def downgrade() -> None:
    op.create_index("ix_order_steps_order", "order_steps", ["order_id", "created_at"])
    op.drop_constraint(op.f("pk_order_steps"), "order_steps", type_="primary")
    op.create_primary_key(op.f("pk_order_steps"), "order_steps", ["id"])
