"""Refunds, returns, exchanges, and who decided them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = ("OPEN", "PAID", "CLOSED", "DISPUTED")


def upgrade() -> None:
    _count_refunds()
    _let_money_go_back()


def downgrade() -> None:
    op.drop_index("ix_payments_disputed", table_name="payments")
    op.execute("UPDATE payments SET state = 'DISPUTED' WHERE state = 'SENT_BACK'")
    _payment_states(STATES)
    op.drop_index("ix_refunds_abnormal", table_name="refunds")
    op.drop_column("refunds", "sent_at")
    op.drop_constraint(op.f("ck_payment_parts_refunded"), "payment_parts")
    op.drop_column("payment_parts", "refunded")
    op.drop_column("payment_parts", "paid")


def _count_refunds() -> None:
    op.add_column("payment_parts", sa.Column("paid", sa.BigInteger(), nullable=True))
    op.add_column("payment_parts", sa.Column("refunded", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE payment_parts SET refunded = asked.amount"
        " FROM (SELECT part_id, sum(amount) AS amount FROM refunds GROUP BY part_id) AS asked"
        " WHERE asked.part_id = payment_parts.id"
    )
    op.create_check_constraint(
        op.f("ck_payment_parts_refunded"), "payment_parts", "refunded >= 0 AND refunded <= coalesce(paid, amount)"
    )
    op.add_column("refunds", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_refunds_abnormal", "refunds", ["created_at"], postgresql_where=sa.text("state = 'ABNORMAL'"))


def _let_money_go_back() -> None:
    _payment_states((*STATES, "SENT_BACK"))
    op.create_index("ix_payments_disputed", "payments", ["created_at"], postgresql_where=sa.text("state = 'DISPUTED'"))


def _payment_states(states: tuple[str, ...]) -> None:
    named = ", ".join(f"'{state}'" for state in states)
    op.drop_constraint(op.f("ck_payments_paymentstate"), "payments")
    op.create_check_constraint(op.f("ck_payments_paymentstate"), "payments", f"state IN ({named})")
