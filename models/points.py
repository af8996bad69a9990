"""积分: rules, what members have in lots, everything that happened to it, and what orders use and bring.

A point is worth one fen for good: what was promised never loses its worth, and points add up to what the ledger owes.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Fen, Row


class PointsRule(Row):
    """How points are earned and spent from `created_at` on, until a newer version. Rows are added, never changed."""

    __tablename__ = "points_rules"
    __table_args__ = (
        UniqueConstraint("version"),
        CheckConstraint("version > 0", "version"),
        CheckConstraint("per_yuan BETWEEN 1 AND 20", "per_yuan"),
        CheckConstraint("daily_most BETWEEN 1 AND 100000", "daily_most"),
        # At most half of the goods: an order always has something left to pay.
        CheckConstraint("cap_percent BETWEEN 1 AND 50", "cap_percent"),
        CheckConstraint("least_goods BETWEEN 0 AND 1000000", "least_goods"),
        CheckConstraint("length(note) >= 2", "note"),
    )

    version: Mapped[int]
    earning: Mapped[bool]
    spending: Mapped[bool]
    # Points for each yuan of goods that was paid in money and kept; and the most one member earns on a day.
    per_yuan: Mapped[int] = mapped_column(SmallInteger)
    daily_most: Mapped[int]
    # What of an order's goods points may pay at most, and what the goods must come to.
    cap_percent: Mapped[int] = mapped_column(SmallInteger)
    least_goods: Mapped[Fen]
    # Why it was changed.
    note: Mapped[str] = mapped_column(String(200))
    created_by: Mapped[str] = mapped_column(String(60))


class PointsAccount(Base):
    """What a member has, or owes: points that were taken back after they had been spent. Never both."""

    __tablename__ = "points_accounts"
    __table_args__ = (
        CheckConstraint("balance >= 0", "balance"),
        CheckConstraint("debt >= 0 AND (debt = 0 OR balance = 0)", "debt"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    balance: Mapped[int] = mapped_column(default=0, server_default="0")
    debt: Mapped[int] = mapped_column(default=0, server_default="0")
    # How many entries it has: the next one's number is this plus one.
    entries: Mapped[int] = mapped_column(default=0, server_default="0")


class PointsLot(Row):
    """Points that came together and run out together; `left` of them are not spent yet."""

    __tablename__ = "points_lots"
    __table_args__ = (
        CheckConstraint("amount > 0 AND left_over BETWEEN 0 AND amount", "left_over"),
        Index("ix_points_lots_member", "member_id", "expires_at", "id", postgresql_where=text("left_over > 0")),
        Index("ix_points_lots_due", "expires_at", postgresql_where=text("left_over > 0")),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("points_accounts.member_id"))
    amount: Mapped[int]
    left_over: Mapped[int]
    expires_at: Mapped[datetime]


class PointsEntryKind(StrEnum):
    # By an order, by the platform's hand.
    EARNED = "EARNED"
    GRANTED = "GRANTED"
    # By an order that was placed; back since it was never paid, or since goods of it went back.
    SPENT = "SPENT"
    RELEASED = "RELEASED"
    RETURNED = "RETURNED"
    # What an order had brought, after goods of it went back; by the platform's hand; by time.
    TAKEN_BACK = "TAKEN_BACK"
    TAKEN = "TAKEN"
    EXPIRED = "EXPIRED"


class PointsEntry(Row):
    """One thing that happened to a member's points, with what was left after it. Rows are added, never changed."""

    __tablename__ = "points_entries"
    __table_args__ = (
        UniqueConstraint("member_id", "position"),
        # The key of the business: nothing is told twice.
        UniqueConstraint("kind", "ref"),
        CheckConstraint("balance >= 0 AND position > 0", "balance"),
        CheckConstraint("amount <> 0 OR debt <> 0", "changes_something"),
        CheckConstraint(
            "(kind IN ('EARNED', 'GRANTED', 'RELEASED', 'RETURNED')) = (amount >= 0 AND debt <= 0)", "direction"
        ),
        CheckConstraint("debt <= 0 OR kind = 'TAKEN_BACK'", "debt_is_of_what_went_back"),
        CheckConstraint("kind NOT IN ('GRANTED', 'TAKEN') OR actor_kind = 'PLATFORM'", "by_hand"),
        Index("ix_points_entries_day", "created_at", "kind", postgresql_include=["amount"]),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("points_accounts.member_id"))
    position: Mapped[int]
    kind: Mapped[PointsEntryKind]
    ref: Mapped[str] = mapped_column(String(80))
    # What it changes the balance by, and what the member owes; the balance after it.
    amount: Mapped[int]
    debt: Mapped[int] = mapped_column(default=0, server_default="0")
    balance: Mapped[int]
    # No foreign key: orders stand above points in the order of domains.
    order_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(String(120))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]


class PointsUseState(StrEnum):
    HELD = "HELD"
    SPENT = "SPENT"
    RELEASED = "RELEASED"


class PointsUse(Row):
    """What an order has of a lot: held until it is paid, then spent; `returned` of it went back."""

    __tablename__ = "points_uses"
    __table_args__ = (
        UniqueConstraint("order_id", "lot_id"),
        CheckConstraint("amount > 0 AND returned BETWEEN 0 AND amount", "returned"),
        CheckConstraint("returned = 0 OR state = 'SPENT'", "returned_was_spent"),
        Index("ix_points_uses_held", "member_id", postgresql_where=text("state = 'HELD'")),
    )

    order_id: Mapped[UUID]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("points_accounts.member_id"))
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("points_lots.id"))
    amount: Mapped[int]
    returned: Mapped[int] = mapped_column(default=0, server_default="0")
    state: Mapped[PointsUseState] = mapped_column(default=PointsUseState.HELD)


class PointsEarningState(StrEnum):
    # Complete, and claims may still be made.
    WAITING = "WAITING"
    EARNED = "EARNED"
    # Nothing of it was kept that brings a point, or the day had its points already.
    NOTHING = "NOTHING"


class PointsEarning(Base):
    """What a complete order brings its buyer, by the rules of the time it was paid."""

    __tablename__ = "points_earnings"
    __table_args__ = (
        CheckConstraint("(state = 'WAITING') = (decided_at IS NULL)", "decided_has_time"),
        CheckConstraint("(state = 'EARNED') = (points > 0) AND points >= 0", "points"),
        CheckConstraint("taken BETWEEN 0 AND points", "taken"),
        Index("ix_points_earnings_due", "due_at", postgresql_where=text("state = 'WAITING'")),
        Index("ix_points_earnings_member", "member_id", postgresql_where=text("state = 'WAITING'")),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    state: Mapped[PointsEarningState] = mapped_column(default=PointsEarningState.WAITING)
    # The end of the time for claims.
    due_at: Mapped[datetime]
    per_yuan: Mapped[int] = mapped_column(SmallInteger)
    # What was paid for goods and kept: at first as it is expected, then as it was when it was decided.
    basis: Mapped[Fen]
    points: Mapped[int] = mapped_column(default=0, server_default="0")
    # What went back of them since, with goods.
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    decided_at: Mapped[datetime | None]


# ------------------------------------------------------------------------------------------------ kept by the database
UNCHANGED = """
CREATE FUNCTION points_are_told_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: what is told of points is never changed', TG_OP, TG_TABLE_NAME);
END $$
"""
# The running balance cannot leave a point out: each entry goes on from the one before it.
GOES_ON = """
CREATE FUNCTION points_entry_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bigint := 0;
BEGIN
    IF NEW.position > 1 THEN
        SELECT balance INTO before FROM points_entries
            WHERE member_id = NEW.member_id AND position = NEW.position - 1;
    END IF;
    IF before IS NULL OR before + NEW.amount <> NEW.balance THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'points_entry_goes_on',
            MESSAGE = format('entry %s of member %s does not go on from the one before', NEW.position, NEW.member_id);
    END IF;
    RETURN NEW;
END $$
"""
# What a member has is what is left in his lots, whatever was done in one transaction.
IN_LOTS = """
CREATE FUNCTION points_are_in_lots() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    has bigint;
    lots bigint;
BEGIN
    SELECT balance INTO has FROM points_accounts WHERE member_id = NEW.member_id;
    SELECT coalesce(sum(left_over), 0) INTO lots FROM points_lots WHERE member_id = NEW.member_id AND left_over > 0;
    IF has <> lots THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'points_are_in_lots',
            MESSAGE = format('member %s has %s points, and %s in lots', NEW.member_id, has, lots);
    END IF;
    RETURN NULL;
END $$
"""
ENTRY_TRIGGERS = (
    "CREATE TRIGGER points_entries_unchanged BEFORE UPDATE OR DELETE ON points_entries"
    " FOR EACH ROW EXECUTE FUNCTION points_are_told_once()",
    "CREATE TRIGGER points_entries_not_truncated BEFORE TRUNCATE ON points_entries"
    " FOR EACH STATEMENT EXECUTE FUNCTION points_are_told_once()",
    "CREATE TRIGGER points_entries_go_on BEFORE INSERT ON points_entries"
    " FOR EACH ROW EXECUTE FUNCTION points_entry_goes_on()",
    "CREATE CONSTRAINT TRIGGER points_are_in_lots AFTER INSERT ON points_entries"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION points_are_in_lots()",
)
RULE_TRIGGERS = (
    "CREATE TRIGGER points_rules_unchanged BEFORE UPDATE OR DELETE ON points_rules"
    " FOR EACH ROW EXECUTE FUNCTION points_are_told_once()",
)
for _statement in (UNCHANGED, *RULE_TRIGGERS):
    event.listen(PointsRule.__table__, "after_create", DDL(_statement.replace("%", "%%")))  # type: ignore[no-untyped-call]
for _statement in (GOES_ON, IN_LOTS, *ENTRY_TRIGGERS):
    event.listen(PointsEntry.__table__, "after_create", DDL(_statement.replace("%", "%%")))  # type: ignore[no-untyped-call]
