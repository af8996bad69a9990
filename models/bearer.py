"""What is kept of codes that whoever knows them may bind: gift cards and vouchers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


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
