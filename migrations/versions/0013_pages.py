"""Invoices: for a person or a firm, and refused for a reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATES = ("REQUESTED", "ISSUED", "REFUSED", "CANCELLED")
RULES = {
    "firm_has_tax_number": "(holder = 'FIRM') = (tax_number IS NOT NULL)",
    "special_is_for_firms": "kind <> 'SPECIAL' OR holder = 'FIRM'",
    "refused_has_reason": "(state = 'REFUSED') = (refused_because IS NOT NULL)",
}


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    holder = sa.Column("holder", _words("invoiceholder", "PERSON", "FIRM"), nullable=False, server_default="PERSON")
    op.add_column("order_invoices", holder)
    op.execute("UPDATE order_invoices SET holder = 'FIRM' WHERE tax_number IS NOT NULL")
    op.alter_column("order_invoices", "holder", server_default=None)
    because = _words("invoicerefusal", "TITLE_WRONG", "NO_SPECIAL", "ISSUED_ALREADY")
    op.add_column("order_invoices", sa.Column("refused_because", because, nullable=True))
    op.add_column("order_invoices", sa.Column("refused_note", sa.String(100), nullable=True))
    _states(STATES)
    op.drop_constraint(op.f("ck_order_invoices_special_has_tax_number"), "order_invoices")
    for name, rule in RULES.items():
        op.create_check_constraint(op.f(f"ck_order_invoices_{name}"), "order_invoices", rule)
    op.create_index("ix_order_invoices_member", "order_invoices", ["member_id", "created_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_order_invoices_member", table_name="order_invoices")
    for name in RULES:
        op.drop_constraint(op.f(f"ck_order_invoices_{name}"), "order_invoices")
    op.execute("UPDATE order_invoices SET state = 'CANCELLED' WHERE state = 'REFUSED'")
    _states(tuple(state for state in STATES if state != "REFUSED"))
    for name in ("holder", "refused_because", "refused_note"):
        op.drop_column("order_invoices", name)
    rule = "kind <> 'SPECIAL' OR tax_number IS NOT NULL"
    op.create_check_constraint(op.f("ck_order_invoices_special_has_tax_number"), "order_invoices", rule)


def _states(states: tuple[str, ...]) -> None:
    named = ", ".join(f"'{state}'" for state in states)
    op.drop_constraint(op.f("ck_order_invoices_invoicestate"), "order_invoices")
    op.create_check_constraint(op.f("ck_order_invoices_invoicestate"), "order_invoices", f"state IN ({named})")
