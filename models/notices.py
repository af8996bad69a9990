"""What a shop, the platform or a member is told, and whether it was read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row


class NoticeKind(StrEnum):
    """What it is about: for shops, then for the platform, then for members."""

    STOCK_LOW = "STOCK_LOW"
    AFTER_SALE_OPENED = "AFTER_SALE_OPENED"
    AFTER_SALE_RETURNED = "AFTER_SALE_RETURNED"
    REVIEW_POOR = "REVIEW_POOR"
    PAYOUT_FAILED = "PAYOUT_FAILED"
    PAYOUT_BOUNCED = "PAYOUT_BOUNCED"
    PRODUCT_APPROVED = "PRODUCT_APPROVED"
    PRODUCT_REJECTED = "PRODUCT_REJECTED"
    PRODUCT_FROZEN = "PRODUCT_FROZEN"
    CHANGE_APPLIED = "CHANGE_APPLIED"
    CHANGE_REJECTED = "CHANGE_REJECTED"
    LOT_RECALLED = "LOT_RECALLED"
    REFUND_SHORT = "REFUND_SHORT"
    PICKUP_DUE = "PICKUP_DUE"
    CAMPAIGN_ACCEPTED = "CAMPAIGN_ACCEPTED"
    CAMPAIGN_DECLINED = "CAMPAIGN_DECLINED"
    CAMPAIGN_REMOVED = "CAMPAIGN_REMOVED"
    CASE_ESCALATED = "CASE_ESCALATED"
    BILL_DIFFERS = "BILL_DIFFERS"
    PAYMENT_DISPUTED = "PAYMENT_DISPUTED"
    SETTLEMENT_STUCK = "SETTLEMENT_STUCK"
    PIECE_COPIED = "PIECE_COPIED"
    REFUND_ABNORMAL = "REFUND_ABNORMAL"
    ORDER_SHIPPED = "ORDER_SHIPPED"
    PICKUP_READY = "PICKUP_READY"
    PICKUP_ENDING = "PICKUP_ENDING"
    CASE_ANSWERED = "CASE_ANSWERED"
    REFUND_ARRIVED = "REFUND_ARRIVED"
    GROUP_SUCCEEDED = "GROUP_SUCCEEDED"
    GROUP_FAILED = "GROUP_FAILED"
    BALANCE_OPEN = "BALANCE_OPEN"
    BALANCE_ENDING = "BALANCE_ENDING"
    COUPONS_ENDING = "COUPONS_ENDING"
    POINTS_ENDING = "POINTS_ENDING"
    GOODS_RECALLED = "GOODS_RECALLED"
    REVIEW_REPLIED = "REVIEW_REPLIED"


#: What the platform is told, and what members are; the others are for shops.
OF_PLATFORM = (
    *("CASE_ESCALATED", "BILL_DIFFERS", "PAYMENT_DISPUTED", "SETTLEMENT_STUCK", "PIECE_COPIED"),
    "REFUND_ABNORMAL",
)
OF_MEMBERS = (
    *("ORDER_SHIPPED", "PICKUP_READY", "PICKUP_ENDING", "CASE_ANSWERED", "REFUND_ARRIVED", "GROUP_SUCCEEDED"),
    *("GROUP_FAILED", "BALANCE_OPEN", "BALANCE_ENDING", "COUPONS_ENDING", "POINTS_ENDING", "GOODS_RECALLED"),
    "REVIEW_REPLIED",
)


class Notice(Row):
    """One notice in the inbox of a shop, of a member or, without either, of the platform.

    Read by one of them, it is read.
    """

    __tablename__ = "notices"
    __table_args__ = (
        # The same thing heard of twice is one notice.
        UniqueConstraint("merchant_id", "member_id", "source", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"(merchant_id IS NULL) = (kind IN {(*OF_PLATFORM, *OF_MEMBERS)})", "whose"),
        CheckConstraint(f"(member_id IS NOT NULL) = (kind IN {OF_MEMBERS})", "of_a_member"),
        CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", "read_by_somebody"),
        Index("ix_notices_inbox", "merchant_id", "created_at", "id"),
        Index("ix_notices_unread", "merchant_id", "kind", postgresql_where=text("read_at IS NULL")),
        Index("ix_notices_member", "member_id", "created_at", postgresql_where=text("member_id IS NOT NULL")),
        Index("ix_notices_created", "created_at"),
    )

    merchant_id: Mapped[UUID | None] = mapped_column(ForeignKey("merchants.id"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[NoticeKind]
    # What happened, as it is named once: `case:<id>:APPLIED`.
    source: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(300))
    # What it is about: a SKU, a case, a review, a payout, a product, a change, a lot, a bill, an order,
    # a group or an alarm; nothing for what is told of many things at once.
    subject_id: Mapped[UUID | None]
    read_at: Mapped[datetime | None]
    read_by: Mapped[str | None] = mapped_column(String(60))
