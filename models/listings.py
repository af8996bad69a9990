"""Changes of published products that wait for review, and drafts that are written bit by bit."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row


class ChangeState(StrEnum):
    PENDING = "PENDING"
    APPLIED = "APPLIED"
    WITHDRAWN = "WITHDRAWN"
    REJECTED = "REJECTED"


class ProductChange(Row):
    """What a shop wants to change of a product that was published: each field with what it said and shall say.

    The product stays as it is until the platform approves; then all of it is written at once, or nothing.
    """

    __tablename__ = "product_changes"
    __table_args__ = (
        CheckConstraint("(state = 'PENDING') = (decided_at IS NULL)", "decided"),
        CheckConstraint("state <> 'REJECTED' OR note <> ''", "rejection_says_why"),
        CheckConstraint("jsonb_array_length(edits) > 0", "changes_something"),
        # One at a time, or the second would be made of what the first has not said yet.
        Index("uq_product_changes_pending", "product_id", unique=True, postgresql_where=text("state = 'PENDING'")),
        Index("ix_product_changes_product", "product_id", "created_at"),
        Index("ix_product_changes_waiting", "created_at", postgresql_where=text("state = 'PENDING'")),
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.PENDING)
    # The product's version it was made from.
    version: Mapped[int]
    # [{"field", "before", "after"}]
    edits: Mapped[list[Any]] = mapped_column(JSONB)
    asked_by: Mapped[str] = mapped_column(String(60))
    decided_by: Mapped[str | None] = mapped_column(String(60))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(200), default="")


class ListingDraft(Row):
    """What somebody has typed of a product so far, right or wrong; kept so that a lost network loses nothing."""

    __tablename__ = "listing_drafts"
    __table_args__ = (
        CheckConstraint("octet_length(body) BETWEEN 2 AND 65536", "body"),
        Index("ix_listing_drafts_merchant", "merchant_id", "updated_at"),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    # The client's form as JSON; the server keeps it and does not read it.
    body: Mapped[str]
    title: Mapped[str] = mapped_column(String(60), default="")
    updated_at: Mapped[datetime]
    # Counts the savings: an older one that arrives late changes nothing.
    revision: Mapped[int] = mapped_column(default=1)
