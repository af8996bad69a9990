"""Lines know what is paid for them, and how many are shipped, called off and given back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTED = ("shipped_quantity", "withdrawn_quantity", "refunded_quantity")
CHECKS = {
    "payable": "payable BETWEEN 0 AND amount",
    "moved": "shipped_quantity >= 0 AND withdrawn_quantity >= 0",
    "not_more_than_bought": "shipped_quantity + withdrawn_quantity <= quantity",
    "refunded_quantity": "refunded_quantity BETWEEN 0 AND quantity",
    "refunded_amount": "refunded_amount BETWEEN 0 AND payable",
}


def upgrade() -> None:
    op.add_column("order_lines", sa.Column("payable", sa.BigInteger(), nullable=True))
    for name in COUNTED:
        op.add_column("order_lines", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("order_lines", sa.Column("refunded_amount", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE order_lines SET payable = amount")
    # Until now an order went in one parcel, and money went back for whole orders only.
    op.execute(
        "UPDATE order_lines SET shipped_quantity = quantity FROM orders"
        " WHERE orders.id = order_lines.order_id AND orders.shipped_at IS NOT NULL"
    )
    op.execute(
        "UPDATE order_lines SET withdrawn_quantity = quantity, refunded_quantity = quantity, refunded_amount = payable"
        " FROM orders WHERE orders.id = order_lines.order_id AND orders.close_reason = 'REFUNDED'"
    )
    op.alter_column("order_lines", "payable", nullable=False)
    for name, rule in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_order_lines_{name}"), "order_lines", rule)


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_order_lines_{name}"), "order_lines")
    for name in ("payable", *COUNTED, "refunded_amount"):
        op.drop_column("order_lines", name)
