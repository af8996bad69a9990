"""What is kept of codes that whoever knows them may bind: gift cards and vouchers."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from models.base import Base, Row

# Codes made in one transaction.
MOST_AT_ONCE = 1_000


class GiftState(StrEnum):
    """How a link stands that gives something away."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    WITHDRAWN = "WITHDRAWN"


class CodeTry(Base):
    """How often a member typed a code that is none, on one day."""

    __tablename__ = "code_tries"
    __table_args__ = (CheckConstraint("wrong > 0", "wrong"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    wrong: Mapped[int] = mapped_column(SmallInteger)


class CodeLot(Row):
    """Codes that a person had made at once. For a day they are told again, to whoever asks with the same key."""

    __abstract__ = True

    many: Mapped[int] = mapped_column(SmallInteger)
    issued_by_id: Mapped[UUID | None]
    issued_by: Mapped[str] = mapped_column(String(60))
    # Made by the page once per intention: a lost answer makes no other lot.
    idempotency_key: Mapped[str] = mapped_column(String(64))
    codes_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    codes_until: Mapped[datetime]


def lot_rules(table: str) -> tuple[SchemaItem, ...]:
    """What holds for lots of every kind."""
    return (
        UniqueConstraint("issued_by_id", "idempotency_key", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"many BETWEEN 1 AND {MOST_AT_ONCE}", "many"),
        Index(f"ix_{table}_batch", "batch_id", "id"),
        Index(f"ix_{table}_sealed", "codes_until", postgresql_where=text("codes_sealed IS NOT NULL")),
    )
