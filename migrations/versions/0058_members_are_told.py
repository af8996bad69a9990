"""Members have an inbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

OF_SHOPS = (
    *("STOCK_LOW", "AFTER_SALE_OPENED", "AFTER_SALE_RETURNED", "REVIEW_POOR", "PAYOUT_FAILED"),
    *("PAYOUT_BOUNCED", "PRODUCT_APPROVED", "PRODUCT_REJECTED", "PRODUCT_FROZEN", "CHANGE_APPLIED"),
    *("CHANGE_REJECTED", "LOT_RECALLED", "REFUND_SHORT", "PICKUP_DUE", "CAMPAIGN_ACCEPTED"),
    *("CAMPAIGN_DECLINED", "CAMPAIGN_REMOVED"),
)
OF_PLATFORM = (
    *("CASE_ESCALATED", "BILL_DIFFERS", "PAYMENT_DISPUTED"),
    *("SETTLEMENT_STUCK", "PIECE_COPIED", "REFUND_ABNORMAL"),
)
OF_MEMBERS = (
    *("ORDER_SHIPPED", "PICKUP_READY", "PICKUP_ENDING", "CASE_ANSWERED", "REFUND_ARRIVED"),
    *("GROUP_SUCCEEDED", "GROUP_FAILED", "BALANCE_OPEN", "BALANCE_ENDING", "COUPONS_ENDING"),
    *("POINTS_ENDING", "GOODS_RECALLED", "REVIEW_REPLIED"),
)


def upgrade() -> None:
    op.add_column("notices", sa.Column("member_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_notices_member_id"), "notices", "members", ["member_id"], ["id"])
    _words((*OF_SHOPS, *OF_PLATFORM, *OF_MEMBERS))
    _whose((*OF_PLATFORM, *OF_MEMBERS))
    op.create_check_constraint(
        op.f("ck_notices_of_a_member"), "notices", f"(member_id IS NOT NULL) = (kind IN {OF_MEMBERS})"
    )
    _once(["merchant_id", "source"], ["merchant_id", "member_id", "source"])
    op.create_index(
        "ix_notices_member",
        "notices",
        ["member_id", "created_at"],
        postgresql_where=sa.text("member_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_notices_member", "notices")
    op.execute("DELETE FROM notices WHERE member_id IS NOT NULL")
    _once(["merchant_id", "member_id", "source"], ["merchant_id", "source"])
    op.drop_constraint(op.f("ck_notices_of_a_member"), "notices")
    _whose(OF_PLATFORM)
    _words((*OF_SHOPS, *OF_PLATFORM))
    op.drop_column("notices", "member_id")


def _words(words: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_notices_noticekind"), "notices")
    op.create_check_constraint(op.f("ck_notices_noticekind"), "notices", f"kind IN {words}")


def _whose(of_no_shop: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_notices_whose"), "notices")
    op.create_check_constraint(op.f("ck_notices_whose"), "notices", f"(merchant_id IS NULL) = (kind IN {of_no_shop})")


def _once(before: list[str], after: list[str]) -> None:
    op.drop_constraint(op.f("uq_notices_" + "_".join(before)), "notices")
    op.create_unique_constraint(
        op.f("uq_notices_" + "_".join(after)), "notices", after, postgresql_nulls_not_distinct=True
    )
