"""Firms outside that read the public schema with a key of their own."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row


class PartnerState(StrEnum):
    ACTIVE = "ACTIVE"
    STOPPED = "STOPPED"


class Partner(Row):
    """A firm and its budget: points a second that flow back, and how many may be saved up."""

    __tablename__ = "partners"
    __table_args__ = (
        CheckConstraint("points_per_second BETWEEN 1 AND 10000", "points_per_second"),
        CheckConstraint("burst BETWEEN points_per_second AND 100000", "burst"),
    )

    name: Mapped[str] = mapped_column(String(60), unique=True)
    contact: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(default="")
    points_per_second: Mapped[int]
    burst: Mapped[int]
    state: Mapped[PartnerState] = mapped_column(default=PartnerState.ACTIVE)
    version: Mapped[int] = mapped_column(default=1)


class PartnerKey(Base):
    """A secret given to a partner. Only its SHA-256 and its last four characters are kept."""

    __tablename__ = "partner_keys"
    __table_args__ = (
        # Two places, so that a partner can change from one key to the next without a gap; a third finds no place.
        CheckConstraint("place IN (1, 2)", "place"),
        Index("uq_partner_keys_place", "partner_id", "place", unique=True, postgresql_where=text("revoked_at IS NULL")),
        CheckConstraint("octet_length(secret_hash) = 32", "secret_hash"),
        CheckConstraint("length(last_four) = 4", "last_four"),
        CheckConstraint("expires_at > created_at", "expires_at"),
        CheckConstraint("revoked_at >= created_at", "revoked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("partners.id"), index=True)
    place: Mapped[int] = mapped_column(SmallInteger)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    last_four: Mapped[str] = mapped_column(String(4))
    label: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    # Kept to the minute: a reader must not become a writer with every request.
    last_used_at: Mapped[datetime | None]
