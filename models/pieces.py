"""Codes of single pieces, and what is kept of those who look one up.

A code itself is nowhere: a row holds what a code gives under the platform's key. Who looked is kept under a key of that
one piece, so that nobody can be followed from piece to piece, and only for as long as the law's purpose lasts.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row, new_id
from models.traces import UNCHANGED, after_create, unchanged_triggers


class PieceBatch(Row):
    """Codes that were made together, for pieces of one lot."""

    __tablename__ = "piece_batches"
    __table_args__ = (
        UniqueConstraint("lot_id", "request_key"),
        CheckConstraint("pieces BETWEEN 1 AND 20000", "pieces"),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lots.id"))
    pieces: Mapped[int]
    made_by: Mapped[str] = mapped_column(String(60))
    # Asked for twice, made once.
    request_key: Mapped[str] = mapped_column(String(64))


class Piece(Base):
    """One piece; `digest` is what its printed code gives."""

    __tablename__ = "pieces"
    __table_args__ = (
        UniqueConstraint("batch_id", "serial"),
        CheckConstraint("serial BETWEEN 1 AND 20000", "serial"),
        CheckConstraint("octet_length(digest) = 16", "digest"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("piece_batches.id"))
    serial: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)


class PieceScan(Base):
    """Somebody looked a piece up; one device within ten minutes is one scan. Removed after ninety days."""

    __tablename__ = "piece_scans"
    __table_args__ = (
        UniqueConstraint("piece_id", "device", "slot"),
        CheckConstraint("octet_length(device) = 16 AND octet_length(address) = 16", "hashes"),
        CheckConstraint("region_code ~ '^[0-9]{6}$'", "county_at_most"),
        Index("ix_piece_scans_at", "at"),
        Index("ix_piece_scans_addresses", "at", postgresql_where=text("address IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    piece_id: Mapped[UUID] = mapped_column(ForeignKey("pieces.id"))
    at: Mapped[datetime]
    # Which ten minutes since 1970.
    slot: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[bytes] = mapped_column(LargeBinary)
    # Null after a week.
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The county, when who looked told it.
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))


class PieceTotal(Base):
    """How often a piece was looked up, and when and where first; names nobody, and stays."""

    __tablename__ = "piece_totals"
    __table_args__ = (
        CheckConstraint("scans >= 1 AND last_at >= first_at", "scans"),
        CheckConstraint("weighed BETWEEN 0 AND scans", "weighed"),
        # Fewer looks are no alarm whatever they say.
        Index("ix_piece_totals_to_weigh", "last_at", postgresql_where=text("weighed < scans AND scans >= 4")),
    )

    piece_id: Mapped[UUID] = mapped_column(ForeignKey("pieces.id"), primary_key=True)
    scans: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    first_region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    # How many looks there were when it was last looked whether they can be of one piece.
    weighed: Mapped[int] = mapped_column(default=0, server_default="0")


class PieceAlarmState(StrEnum):
    OPEN = "OPEN"
    # A person found that the code was copied: its page warns for good.
    CONFIRMED = "CONFIRMED"
    DISMISSED = "DISMISSED"


class PieceAlarm(Row):
    """A piece was looked up as one piece can hardly be. A person decides, and says why."""

    __tablename__ = "piece_alarms"
    __table_args__ = (
        CheckConstraint("score >= 1", "score"),
        CheckConstraint("(state = 'OPEN') = (decided_at IS NULL)", "decided_has_time"),
        CheckConstraint("state = 'OPEN' OR (decided_by IS NOT NULL AND length(note) >= 2)", "decided_by_somebody"),
        # One at a time, and none beside what is known.
        Index("uq_piece_alarms_standing", "piece_id", unique=True, postgresql_where=text("state <> 'DISMISSED'")),
        Index("ix_piece_alarms_desk", "state", "created_at"),
        Index("ix_piece_alarms_lot", "lot_id", "created_at"),
    )

    piece_id: Mapped[UUID] = mapped_column(ForeignKey("pieces.id"), index=True)
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lots.id"))
    score: Mapped[int] = mapped_column(SmallInteger)
    # Points by rule, as they were when it was raised.
    points: Mapped[dict[str, Any]]
    scans: Mapped[int]
    state: Mapped[PieceAlarmState] = mapped_column(default=PieceAlarmState.OPEN)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(200), default="", server_default="")


# ------------------------------------------------------------------------------------------------ kept by the database
# What may still happen to a scan: its county is told a little later, its address is forgotten, its time is over.
KEPT = """
CREATE FUNCTION piece_scan_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '90 days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.piece_id, NEW.at, NEW.slot, NEW.device)
        = (OLD.id, OLD.piece_id, OLD.at, OLD.slot, OLD.device)
    THEN
        IF NEW.address IS NULL AND NEW.region_code IS NOT DISTINCT FROM OLD.region_code
            AND OLD.at < now() - interval '7 days'
        THEN
            RETURN NEW;
        END IF;
        IF OLD.region_code IS NULL AND NEW.address IS NOT DISTINCT FROM OLD.address
            AND OLD.at > now() - interval '1 hour'
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: a scan is kept as it was until its time is over', TG_OP, TG_TABLE_NAME);
END $$
"""
KEPT_TRIGGERS = (
    "CREATE TRIGGER piece_scans_kept BEFORE UPDATE OR DELETE ON piece_scans"
    " FOR EACH ROW EXECUTE FUNCTION piece_scan_is_kept()",
    "CREATE TRIGGER piece_scans_not_truncated BEFORE TRUNCATE ON piece_scans"
    " FOR EACH STATEMENT EXECUTE FUNCTION piece_scan_is_kept()",
)

after_create(PieceBatch, UNCHANGED, *unchanged_triggers("piece_batches"))
after_create(Piece, UNCHANGED, *unchanged_triggers("pieces"))
after_create(PieceScan, KEPT, *KEPT_TRIGGERS)
