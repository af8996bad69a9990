"""What was taken off a line's price, by cause and by the party that bears it."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Row


class ShareKind(StrEnum):
    """In the order in which prices are made."""

    CAMPAIGN = "CAMPAIGN"
    MEMBER = "MEMBER"
    REDUCTION = "REDUCTION"
    MERCHANT_COUPON = "MERCHANT_COUPON"
    PLATFORM_COUPON = "PLATFORM_COUPON"
    POINTS = "POINTS"


class Party(StrEnum):
    """Who bears a discount: the shop gets that much less, or the platform makes it up to the shop."""

    PLATFORM = "PLATFORM"
    MERCHANT = "MERCHANT"


class OrderLineShare(Row):
    """Part of the difference between a line's amount and what is paid for it. Rows are added, never changed."""

    __tablename__ = "order_line_shares"
    __table_args__ = (
        UniqueConstraint("line_id", "kind", "party", "source", postgresql_nulls_not_distinct=True),
        CheckConstraint("amount > 0", "amount"),
        CheckConstraint("kind NOT IN ('REDUCTION', 'MERCHANT_COUPON') OR party = 'MERCHANT'", "borne_by_the_shop"),
        CheckConstraint("kind <> 'POINTS' OR party = 'PLATFORM'", "points_are_the_platforms"),
        CheckConstraint("source IS NOT NULL OR kind = 'POINTS'", "has_source"),
    )

    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_lines.id"))
    kind: Mapped[ShareKind]
    party: Mapped[Party]
    # The campaign, tier, reduction or coupon it comes from, and what that was called when the order was placed.
    source: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(60))
    amount: Mapped[Fen]


# ------------------------------------------------------------------------------------------------ kept by the database
# A line without discount never reaches the function: the trigger's condition is looked at when the row is written.
ACCOUNTED = """
CREATE FUNCTION line_discount_is_accounted_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    discount bigint;
    shared bigint;
BEGIN
    SELECT l.amount - l.payable INTO discount FROM order_lines l WHERE l.id = line;
    SELECT coalesce(sum(s.amount), 0) INTO shared FROM order_line_shares s WHERE s.line_id = line;
    IF shared <> discount THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'line_discount_is_accounted_for',
            MESSAGE = format('%s fen were taken off line %s, of which %s have a cause', discount, line, shared);
    END IF;
    RETURN NULL;
END $$
"""
OF_LINES = """
CREATE CONSTRAINT TRIGGER line_discount_is_accounted_for AFTER INSERT ON order_lines
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.payable <> NEW.amount)
EXECUTE FUNCTION line_discount_is_accounted_for('id')
"""
OF_SHARES = """
CREATE CONSTRAINT TRIGGER line_discount_is_accounted_for AFTER INSERT OR UPDATE ON order_line_shares
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION line_discount_is_accounted_for('line_id')
"""

for _statement in (ACCOUNTED, OF_LINES, OF_SHARES):
    _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    event.listen(OrderLineShare.__table__, "after_create", _made)
