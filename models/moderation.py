"""What strangers wrote, on its way to be shown: checks, reports of readers, and appeals against what was taken away."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Row


class CheckSubject(StrEnum):
    """Whose words are checked; the subject's id is that of the row that holds them."""

    REVIEW_WORDS = "REVIEW_WORDS"
    POST = "POST"
    COMMENT = "COMMENT"


class CheckState(StrEnum):
    PENDING = "PENDING"
    PASSED = "PASSED"
    REJECTED = "REJECTED"
    # A person of the platform decides.
    MANUAL = "MANUAL"


class Verdict(StrEnum):
    PASS = "PASS"
    REVIEW = "REVIEW"
    RISKY = "RISKY"


class ContentCheck(Row):
    """One text with its pictures, asked about once. What is not passed is shown to nobody but its author."""

    __tablename__ = "content_checks"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "version"),
        CheckConstraint("(state = 'PENDING') = (next_at IS NOT NULL)", "pending_has_time"),
        CheckConstraint("(state IN ('PASSED', 'REJECTED')) = (decided_at IS NOT NULL)", "decided_has_time"),
        Index("ix_content_checks_due", "next_at", postgresql_where=text("state = 'PENDING'")),
        Index("ix_content_checks_desk", "created_at", "id", postgresql_where=text("state = 'MANUAL'")),
    )

    subject: Mapped[CheckSubject]
    subject_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(default=1)
    author_kind: Mapped[ActorKind]
    author_id: Mapped[UUID | None]
    text: Mapped[str] = mapped_column(String(2500))
    state: Mapped[CheckState] = mapped_column(default=CheckState.PENDING)
    # What WeChat said of the text; null until it has.
    verdict: Mapped[Verdict | None]
    # WeChat's number for what is wrong, and our sentence for it.
    label: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    # Words of our own list that a person must look at.
    words: Mapped[str] = mapped_column(String(200), default="")
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    # When it is asked about again, if nobody has answered by then.
    next_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]


class CheckedPicture(Base):
    """A picture of a check; `trace_id` is the name under which WeChat's answer comes."""

    __tablename__ = "checked_pictures"

    check_id: Mapped[UUID] = mapped_column(ForeignKey("content_checks.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    trace_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime | None]


class PictureVerdict(Base):
    """What WeChat pushed about a picture. It may come before we have written down that we asked."""

    __tablename__ = "picture_verdicts"

    trace_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    verdict: Mapped[Verdict]
    label: Mapped[int]
    created_at: Mapped[datetime]


class PostedPicture(Base):
    """A picture somebody uploaded to show it to others. Served by signed addresses, so that it can be taken away."""

    __tablename__ = "posted_pictures"
    __table_args__ = (Index("ix_posted_pictures_created", "created_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    uploader_id: Mapped[UUID] = mapped_column(primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    byte_size: Mapped[int]
    created_at: Mapped[datetime]


class MarkSubject(StrEnum):
    REVIEW = "REVIEW"
    POST = "POST"
    COMMENT = "COMMENT"


class ReportReason(StrEnum):
    ILLEGAL = "ILLEGAL"
    FALSE = "FALSE"
    ABUSE = "ABUSE"
    PRIVACY = "PRIVACY"
    ADVERTISING = "ADVERTISING"
    INFRINGEMENT = "INFRINGEMENT"
    OTHER = "OTHER"


class ContentReport(Row):
    """Somebody says that something should not be shown; one of each person about each thing."""

    __tablename__ = "content_reports"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "reporter_id"),
        Index("ix_content_reports_open", "created_at", "id", postgresql_where=text("handled_at IS NULL")),
    )

    subject: Mapped[MarkSubject]
    subject_id: Mapped[UUID]
    reporter_kind: Mapped[ActorKind]
    reporter_id: Mapped[UUID]
    reason: Mapped[ReportReason]
    note: Mapped[str] = mapped_column(String(200))
    handled_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(200), default="")


class AppealState(StrEnum):
    OPEN = "OPEN"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


class ContentAppeal(Row):
    """An author says that something of his was taken away wrongly."""

    __tablename__ = "content_appeals"
    __table_args__ = (
        CheckConstraint("(state = 'OPEN') = (decided_at IS NULL)", "decided_has_time"),
        Index("uq_content_appeals_open", "subject", "subject_id", unique=True, postgresql_where=text("state = 'OPEN'")),
        Index("ix_content_appeals_desk", "created_at", "id", postgresql_where=text("state = 'OPEN'")),
        Index("ix_content_appeals_subject", "subject", "subject_id", "created_at"),
    )

    subject: Mapped[MarkSubject]
    subject_id: Mapped[UUID]
    author_id: Mapped[UUID]
    text: Mapped[str] = mapped_column(String(500))
    state: Mapped[AppealState] = mapped_column(default=AppealState.OPEN)
    answer: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None]
