"""A presale is shipped while WeChat Pay still keeps its payments to be shared out."""

from __future__ import annotations

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

IN_TIME = "greatest(ships_at, balance_until) - starts_at + ship_days * interval '1 day' <= interval '150 days'"


def upgrade() -> None:
    op.create_check_constraint(op.f("ck_presale_offers_in_time"), "presale_offers", IN_TIME)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_presale_offers_in_time"), "presale_offers")
