"""The platform is told of settlements that need a person, and of codes that look copied."""

from __future__ import annotations

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

OF_SHOPS = (
    *("STOCK_LOW", "AFTER_SALE_OPENED", "AFTER_SALE_RETURNED", "REVIEW_POOR", "PAYOUT_FAILED", "PAYOUT_BOUNCED"),
    *("PRODUCT_APPROVED", "PRODUCT_REJECTED", "PRODUCT_FROZEN", "CHANGE_APPLIED", "CHANGE_REJECTED", "LOT_RECALLED"),
)
BEFORE = ("CASE_ESCALATED", "BILL_DIFFERS", "PAYMENT_DISPUTED")
MORE = ("SETTLEMENT_STUCK", "PIECE_COPIED")


def _allow(*of_platform: str) -> None:
    for name in ("whose", "noticekind"):
        op.drop_constraint(op.f(f"ck_notices_{name}"), "notices")
    op.create_check_constraint(op.f("ck_notices_noticekind"), "notices", f"kind IN {(*OF_SHOPS, *of_platform)}")
    whose = f"(merchant_id IS NULL) = (kind IN {of_platform})"
    op.create_check_constraint(op.f("ck_notices_whose"), "notices", whose)


def upgrade() -> None:
    _allow(*BEFORE, *MORE)


def downgrade() -> None:
    op.execute(f"DELETE FROM notices WHERE kind IN {MORE}")
    _allow(*BEFORE)
