"""Rates of commission by shop and category, from a day on, and the rate each line was sold at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# What a shop paid by its column is its rule from today on.
OLD_RATES = """
INSERT INTO commission_rules (id, merchant_id, rate, since, note, created_by)
SELECT gen_random_uuid(), id, commission_rate, (now() AT TIME ZONE 'Asia/Shanghai')::date, '原商户费率', '系统'
FROM merchants WHERE commission_rate > 0
"""


def upgrade() -> None:
    op.create_table(
        "commission_rules",
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("rate", sa.SmallInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rate BETWEEN 0 AND 3000", name=op.f("ck_commission_rules_rate")),
        sa.CheckConstraint("until >= since", name=op.f("ck_commission_rules_until")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_commission_rules_merchant_id")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_commission_rules_category_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission_rules")),
    )
    _unique("uq_commission_rules_since", ["merchant_id", "category_id", "since"], "until IS NULL OR until > since")
    _unique("uq_commission_rules_open", ["merchant_id", "category_id"], "until IS NULL")
    op.add_column("order_lines", sa.Column("commission_rate", sa.SmallInteger(), nullable=True))
    op.add_column("order_lines", sa.Column("commission_rule_id", sa.Uuid(), nullable=True))
    op.execute(
        "ALTER TABLE order_lines ADD CONSTRAINT ck_order_lines_commission_rate"
        " CHECK (commission_rate BETWEEN 0 AND 3000) NOT VALID"
    )
    op.execute("ALTER TABLE order_lines VALIDATE CONSTRAINT ck_order_lines_commission_rate")
    op.execute(OLD_RATES)


def _unique(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name,
        "commission_rules",
        columns,
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text(where),
    )


def downgrade() -> None:
    op.drop_constraint("ck_order_lines_commission_rate", "order_lines", type_="check")
    op.drop_column("order_lines", "commission_rule_id")
    op.drop_column("order_lines", "commission_rate")
    op.drop_table("commission_rules")
