"""WeChat's subscribe messages: what members allowed us to send, and what became of each."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row


class MessageKind(StrEnum):
    """One template at WeChat each; a member allows one message of it at a time."""

    SHIPPED = "SHIPPED"
    PICKUP = "PICKUP"
    REFUND = "REFUND"
    AFTER_SALE = "AFTER_SALE"
    GROUP = "GROUP"
    BALANCE = "BALANCE"
    COUPON = "COUPON"


class MessageState(StrEnum):
    """WAITING and SENDING are passing; SENT may become REFUSED when WeChat tells later that it did not arrive."""

    NO_QUOTA = "NO_QUOTA"
    WAITING = "WAITING"
    SENDING = "SENDING"
    SENT = "SENT"
    REFUSED = "REFUSED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"
    DROPPED = "DROPPED"


class MessageQuota(Base):
    """How many messages of a kind a member allowed, and how many of them are spent."""

    __tablename__ = "message_quotas"
    __table_args__ = (CheckConstraint("used BETWEEN 0 AND granted", "never_negative"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    kind: Mapped[MessageKind] = mapped_column(primary_key=True)
    granted: Mapped[int]
    used: Mapped[int]
    # When it was last found empty, by our clock: what was taken before comes back no more.
    emptied_at: Mapped[datetime | None]
    # When the member last switched the kind off, by WeChat's clock: an older acceptance counts no more.
    switched_off_at: Mapped[datetime | None]


class MessageAnswer(Base):
    """What WeChat told us of a member's answer, so that told twice it counts once."""

    __tablename__ = "message_answers"
    __table_args__ = (Index("ix_message_answers_created", "created_at"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    kind: Mapped[MessageKind] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(String(40), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(primary_key=True)
    accepted: Mapped[bool]
    created_at: Mapped[datetime]


class Message(Row):
    """A notice's way to WeChat, decided when the notice was written; it goes with the notice."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("tries BETWEEN 0 AND 9", "tries"),
        CheckConstraint("(state = 'SENDING') <= (asked_at IS NOT NULL)", "sending_has_time"),
        Index("ix_messages_member", "member_id", "kind"),
        Index("ix_messages_created", "created_at", "kind", "state"),
        Index("ix_messages_asked", "asked_at", postgresql_where=text("state = 'SENDING'")),
        Index("ix_messages_msgid", "msgid", postgresql_where=text("msgid IS NOT NULL")),
    )

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id", ondelete="CASCADE"), unique=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[MessageKind]
    state: Mapped[MessageState]
    tries: Mapped[int] = mapped_column(default=0)
    # When WeChat was last asked.
    asked_at: Mapped[datetime | None]
    # WeChat's number of it; and WeChat's code and words, or ours, of what went wrong.
    msgid: Mapped[str | None] = mapped_column(String(40))
    errcode: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(200))
    ended_at: Mapped[datetime | None]
