"""What the platform takes of sales: rates by shop and category, each from a day on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row


class CommissionRule(Row):
    """A rate in basis points for a shop, a category with all below it, both, or, with neither, for everything."""

    __tablename__ = "commission_rules"
    __table_args__ = (
        # WeChat Pay shares out 30 % at most.
        CheckConstraint("rate BETWEEN 0 AND 3000", "rate"),
        CheckConstraint("until >= since", "until"),
        # One rate for the same goods from the same day on; one that was withdrawn before it began stands in no way.
        Index(
            "uq_commission_rules_since",
            "merchant_id",
            "category_id",
            "since",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("until IS NULL OR until > since"),
        ),
        # And one at a time: what has no end yet.
        Index(
            "uq_commission_rules_open",
            "merchant_id",
            "category_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("until IS NULL"),
        ),
    )

    merchant_id: Mapped[UUID | None] = mapped_column(ForeignKey("merchants.id"))
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"))
    rate: Mapped[int] = mapped_column(SmallInteger)
    # Days in Shanghai: the first on which it holds, and the first on which it does not any more.
    since: Mapped[date]
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(200))
    created_by: Mapped[str] = mapped_column(String(60))
