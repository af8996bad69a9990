"""Goods that travel cold pay for it in some months only. Templates of before keep asking it the whole year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

MONTHS = "cold_from BETWEEN 1 AND 12 AND cold_to BETWEEN 1 AND 12"


def upgrade() -> None:
    for name, before, usual in (("cold_from", "1", "4"), ("cold_to", "12", "10")):
        op.add_column("freight_templates", sa.Column(name, sa.SmallInteger(), server_default=before, nullable=False))
        op.alter_column("freight_templates", name, server_default=usual)
    op.create_check_constraint(op.f("ck_freight_templates_cold_months"), "freight_templates", MONTHS)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_freight_templates_cold_months"), "freight_templates")
    op.drop_column("freight_templates", "cold_to")
    op.drop_column("freight_templates", "cold_from")
