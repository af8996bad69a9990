"""What is there, what is held for unpaid orders, and every movement."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, event, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row
from models.traces import FROM_LOT, FROM_LOT_TRIGGER


class Stock(Base):
    """`actual` is on the shelf, `held` is promised to orders not yet shipped out of it; both in sale units."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("held >= 0", "held"),
        # The last word on overselling.
        CheckConstraint("actual >= held", "not_oversold"),
        CheckConstraint("low_at >= 0", "low_at"),
    )

    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id"), primary_key=True)
    actual: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    low_at: Mapped[int] = mapped_column(default=10)
    version: Mapped[int] = mapped_column(default=1)


class HoldState(StrEnum):
    HELD = "HELD"
    USED = "USED"
    RELEASED = "RELEASED"


class StockHold(Base):
    """Stock promised to one order; HELD until paid (USED) or given back (RELEASED)."""

    __tablename__ = "stock_holds"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity"),
        Index("ix_stock_holds_open", "sku_id", postgresql_where=text("state = 'HELD'")),
    )

    order_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id"), primary_key=True)
    quantity: Mapped[int]
    state: Mapped[HoldState] = mapped_column(default=HoldState.HELD)
    changed_at: Mapped[datetime]


class AdjustReason(StrEnum):
    """Why a shop changes its stock by hand; OTHER says it in words."""

    COUNT = "COUNT"
    LOSS = "LOSS"
    PURCHASE = "PURCHASE"
    RETURN = "RETURN"
    OTHER = "OTHER"


class StockMove(Row):
    """One movement of `actual`: rows are added, never changed; their sum is the stock."""

    __tablename__ = "stock_moves"
    __table_args__ = (
        CheckConstraint("delta <> 0", "delta"),
        Index("ix_stock_moves_sku", "sku_id", "created_at"),
        # One order moves one SKU once for one reason, whatever is repeated.
        Index("uq_stock_moves_order", "sku_id", "reason", "order_id", unique=True),
    )

    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id"))
    delta: Mapped[int]
    reason: Mapped[str] = mapped_column(String(60))
    order_id: Mapped[UUID | None]
    actor: Mapped[str | None] = mapped_column(String(60))
    # The lot the goods come out of, or were taken off for.
    lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("lots.id"))


UNCHANGED = """
CREATE FUNCTION stock_move_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'a movement of stock is never changed';
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER stock_moves_unchanged BEFORE UPDATE OR DELETE ON stock_moves"
    " FOR EACH ROW EXECUTE FUNCTION stock_move_is_unchanged()",
    "CREATE TRIGGER stock_moves_not_truncated BEFORE TRUNCATE ON stock_moves"
    " FOR EACH STATEMENT EXECUTE FUNCTION stock_move_is_unchanged()",
)
for _statement in (UNCHANGED, *TRIGGERS, FROM_LOT, FROM_LOT_TRIGGER):
    _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    event.listen(StockMove.__table__, "after_create", _made)
