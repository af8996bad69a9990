"""Shops are told what the platform answered to their applications."""

from __future__ import annotations

from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

NOTICES = (
    *("STOCK_LOW", "AFTER_SALE_OPENED", "AFTER_SALE_RETURNED", "REVIEW_POOR", "PAYOUT_FAILED", "PAYOUT_BOUNCED"),
    *("PRODUCT_APPROVED", "PRODUCT_REJECTED", "PRODUCT_FROZEN", "CHANGE_APPLIED", "CHANGE_REJECTED", "LOT_RECALLED"),
    *("REFUND_SHORT", "PICKUP_DUE", "CASE_ESCALATED", "BILL_DIFFERS", "PAYMENT_DISPUTED", "SETTLEMENT_STUCK"),
    *("PIECE_COPIED", "REFUND_ABNORMAL"),
)
ANSWERS = ("CAMPAIGN_ACCEPTED", "CAMPAIGN_DECLINED", "CAMPAIGN_REMOVED")


def upgrade() -> None:
    _words((*NOTICES[:14], *ANSWERS, *NOTICES[14:]))


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE kind IN ('CAMPAIGN_ACCEPTED', 'CAMPAIGN_DECLINED', 'CAMPAIGN_REMOVED')")
    _words(NOTICES)


def _words(words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f("ck_notices_noticekind"), "notices")
    op.create_check_constraint(op.f("ck_notices_noticekind"), "notices", f"kind IN ({listed})")
