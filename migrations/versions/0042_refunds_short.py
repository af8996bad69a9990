"""A shop is told that its account is short of a refund, and the platform of refunds that did not arrive."""

from __future__ import annotations

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

OF_SHOPS = (
    *("STOCK_LOW", "AFTER_SALE_OPENED", "AFTER_SALE_RETURNED", "REVIEW_POOR", "PAYOUT_FAILED", "PAYOUT_BOUNCED"),
    *("PRODUCT_APPROVED", "PRODUCT_REJECTED", "PRODUCT_FROZEN", "CHANGE_APPLIED", "CHANGE_REJECTED", "LOT_RECALLED"),
)
OF_PLATFORM = ("CASE_ESCALATED", "BILL_DIFFERS", "PAYMENT_DISPUTED", "SETTLEMENT_STUCK", "PIECE_COPIED")
TO_SHOPS, TO_PLATFORM = ("REFUND_SHORT",), ("REFUND_ABNORMAL",)


def _allow(of_shops: tuple[str, ...], of_platform: tuple[str, ...]) -> None:
    for name in ("whose", "noticekind"):
        op.drop_constraint(op.f(f"ck_notices_{name}"), "notices")
    op.create_check_constraint(op.f("ck_notices_noticekind"), "notices", f"kind IN {(*of_shops, *of_platform)}")
    whose = f"(merchant_id IS NULL) = (kind IN {of_platform})"
    op.create_check_constraint(op.f("ck_notices_whose"), "notices", whose)


def upgrade() -> None:
    _allow((*OF_SHOPS, *TO_SHOPS), (*OF_PLATFORM, *TO_PLATFORM))


def downgrade() -> None:
    op.execute(f"DELETE FROM notices WHERE kind IN {(*TO_SHOPS, *TO_PLATFORM)}")
    _allow(OF_SHOPS, OF_PLATFORM)
