"""老带新: programmes, who invites, who was invited and what came of it; channels of posters and who came by them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class ProgrammeState(StrEnum):
    """Whether a running one has begun or is over is told by the clock."""

    DRAFT = "DRAFT"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"


class ReferralProgramme(Row):
    """What inviting brings, and under which rules. What was published is a promise: it can be stopped, not changed.

    Rewards are coupons of campaigns of the platform, whose budget, number and limits hold as they do for everybody.
    """

    __tablename__ = "referral_programmes"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", "ends_after_start"),
        CheckConstraint("bind_days BETWEEN 1 AND 30", "bind_days"),
        CheckConstraint("order_days BETWEEN 1 AND 90", "order_days"),
        # An order of which nothing was kept brings nothing, whatever else is decided.
        CheckConstraint("least_kept > 0", "least_kept"),
        CheckConstraint("per_inviter BETWEEN 1 AND 20", "per_inviter"),
        CheckConstraint("per_month BETWEEN 1 AND per_inviter", "per_month"),
        CheckConstraint("total BETWEEN 1 AND 1000000", "total"),
        CheckConstraint("rewarded BETWEEN 0 AND total", "never_more_than_there_are"),
        CheckConstraint("held_from BETWEEN 2 AND 100", "held_from"),
        # 明码标价规定 18: the rules are written down before anybody can take part.
        CheckConstraint("state = 'DRAFT' OR length(rules) >= 4", "rules_are_said"),
        CheckConstraint("(state = 'DRAFT') = (published_at IS NULL)", "published_has_time"),
        CheckConstraint("(state = 'STOPPED') = (stopped_at IS NOT NULL)", "stopped_has_time"),
        CheckConstraint("state <> 'STOPPED' OR length(stop_reason) >= 2", "stopped_has_reason"),
        # Two at once could not be explained.
        Index("uq_referral_programmes_running", "state", unique=True, postgresql_where=text("state = 'RUNNING'")),
    )

    name: Mapped[str] = mapped_column(String(40))
    rules: Mapped[str] = mapped_column(String(500))
    state: Mapped[ProgrammeState] = mapped_column(default=ProgrammeState.DRAFT)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    inviter_campaign_id: Mapped[UUID] = mapped_column(ForeignKey("coupon_offers.campaign_id"))
    invitee_campaign_id: Mapped[UUID] = mapped_column(ForeignKey("coupon_offers.campaign_id"))
    # Days after registering in which one may be invited, and after that in which the first order must be paid.
    bind_days: Mapped[int] = mapped_column(SmallInteger)
    order_days: Mapped[int] = mapped_column(SmallInteger)
    # What must be paid for goods of the first order and not go back.
    least_kept: Mapped[Fen]
    # Rewards for one inviter in all and in a month, and for all together.
    per_inviter: Mapped[int] = mapped_column(SmallInteger)
    per_month: Mapped[int] = mapped_column(SmallInteger)
    total: Mapped[int]
    rewarded: Mapped[int] = mapped_column(default=0, server_default="0")
    # So many invited by one member in a day: a person looks before anything is given.
    held_from: Mapped[int] = mapped_column(SmallInteger)
    published_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_by: Mapped[str] = mapped_column(String(60))


class Inviter(Base):
    """A member who has asked for a code of his own."""

    __tablename__ = "inviters"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    # Blind index of the device the code was asked for with.
    device_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    picture_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class InviterDay(Base):
    """How many devices said that they came by a member's code, on a day of Shanghai's."""

    __tablename__ = "inviter_days"
    __table_args__ = (CheckConstraint("came > 0", "came"),)

    inviter_id: Mapped[UUID] = mapped_column(ForeignKey("inviters.member_id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    came: Mapped[int]


class ReferralState(StrEnum):
    BOUND = "BOUND"
    # The first order is complete, and something about it must be looked at by a person.
    HELD = "HELD"
    REWARDED = "REWARDED"
    REFUSED = "REFUSED"
    # There was nothing left to give to either.
    MISSED = "MISSED"
    # No order in time.
    LAPSED = "LAPSED"
    # The order went back after the reward was given.
    TAKEN_BACK = "TAKEN_BACK"


class Suspicion(StrEnum):
    """Why a person looks first."""

    SAME_PHONE = "SAME_PHONE"
    SAME_ADDRESS = "SAME_ADDRESS"
    SAME_DEVICE = "SAME_DEVICE"
    SAME_PAYER = "SAME_PAYER"
    SHARED_PHONE = "SHARED_PHONE"
    SHARED_ADDRESS = "SHARED_ADDRESS"
    SHARED_DEVICE = "SHARED_DEVICE"
    MANY_IN_A_DAY = "MANY_IN_A_DAY"


class Missed(StrEnum):
    """Why one side got nothing."""

    INVITER_LIMIT = "INVITER_LIMIT"
    MONTH_LIMIT = "MONTH_LIMIT"
    PROGRAMME_LIMIT = "PROGRAMME_LIMIT"
    COUPONS_GONE = "COUPONS_GONE"
    COUPONS_OVER = "COUPONS_OVER"
    COUPON_LIMIT = "COUPON_LIMIT"
    BLOCKED = "BLOCKED"


def _missed(name: str) -> Enum:
    """One type for each of the two columns: the constraint is named after the type."""
    return Enum(Missed, name=name, native_enum=False, create_constraint=True, length=32)


GIVEN = "(inviter_coupon_id IS NOT NULL OR invitee_coupon_id IS NOT NULL)"


class Referral(Row):
    """Who invited whom. A member is invited once in his life, and by whom never changes; there is no second level."""

    __tablename__ = "referrals"
    __table_args__ = (
        CheckConstraint("inviter_id <> invitee_id", "not_oneself"),
        CheckConstraint("(state IN ('BOUND', 'LAPSED')) = (order_id IS NULL)", "decided_by_an_order"),
        CheckConstraint("(order_id IS NULL) = (kept IS NULL)", "order_has_kept"),
        CheckConstraint(f"(state IN ('REWARDED', 'TAKEN_BACK')) = {GIVEN}", "rewarded_is_given"),
        CheckConstraint("(inviter_coupon_id IS NOT NULL) = (nth IS NOT NULL) AND (nth IS NULL OR nth > 0)", "nth"),
        CheckConstraint("inviter_coupon_id IS NULL OR inviter_missed IS NULL", "inviter_has_or_misses"),
        CheckConstraint("invitee_coupon_id IS NULL OR invitee_missed IS NULL", "invitee_has_or_misses"),
        CheckConstraint("state <> 'HELD' OR cardinality(suspicions) > 0", "held_for_a_reason"),
        CheckConstraint("state NOT IN ('REFUSED', 'TAKEN_BACK') OR length(reason) >= 2", "refused_with_a_reason"),
        CheckConstraint("(state IN ('BOUND', 'HELD')) = (ended_at IS NULL)", "ended_has_time"),
        # The inviter's first, second … of this programme: two rewards at once cannot both be the last one.
        UniqueConstraint("programme_id", "inviter_id", "nth"),
        Index("ix_referrals_inviter", "inviter_id", "created_at"),
        Index("ix_referrals_held", "created_at", postgresql_where=text("state = 'HELD'")),
        Index("ix_referrals_due", "due_at", postgresql_where=text("state = 'BOUND'")),
        Index("ix_referrals_programme", "programme_id", "created_at"),
        Index("ix_referrals_device", "device_index", postgresql_where=text("device_index IS NOT NULL")),
        Index("ix_referrals_phone", "phone_index", postgresql_where=text("phone_index IS NOT NULL")),
        Index("ix_referrals_address", "address_index", postgresql_where=text("address_index IS NOT NULL")),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("referral_programmes.id"))
    inviter_id: Mapped[UUID] = mapped_column(ForeignKey("inviters.member_id"))
    invitee_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), unique=True)
    state: Mapped[ReferralState] = mapped_column(default=ReferralState.BOUND)
    # Until when the first order must be paid.
    due_at: Mapped[datetime]
    # Blind indexes: of the invited one's device, and of phone and place the first order went to.
    device_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The order that decided, and what of its goods was paid and kept then.
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), unique=True)
    kept: Mapped[Fen | None]
    suspicions: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list, server_default="{}")
    nth: Mapped[int | None] = mapped_column(SmallInteger)
    inviter_coupon_id: Mapped[UUID | None] = mapped_column(ForeignKey("coupons.id"), unique=True)
    invitee_coupon_id: Mapped[UUID | None] = mapped_column(ForeignKey("coupons.id"), unique=True)
    inviter_missed: Mapped[Missed | None] = mapped_column(_missed("inviter_missed_word"))
    invitee_missed: Mapped[Missed | None] = mapped_column(_missed("invitee_missed_word"))
    rewarded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # What the desk, or the mall, said; the inviter reads it.
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    decided_by: Mapped[str | None] = mapped_column(String(60))


class Channel(Row):
    """One place where posters hang, with a scene code of its own."""

    __tablename__ = "channels"
    __table_args__ = (CheckConstraint("length(name) >= 2", "name"),)

    name: Mapped[str] = mapped_column(String(40), unique=True)
    note: Mapped[str] = mapped_column(String(200), default="", server_default="")
    code: Mapped[str] = mapped_column(String(12), unique=True)
    picture_key: Mapped[str | None] = mapped_column(String(64))
    # From then on nobody is counted as having come by it.
    closed_at: Mapped[datetime | None]
    created_by: Mapped[str] = mapped_column(String(60))


class ChannelDay(Base):
    """How many devices said that they came by a channel, on a day of Shanghai's."""

    __tablename__ = "channel_days"
    __table_args__ = (CheckConstraint("came > 0", "came"),)

    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    came: Mapped[int]


class ChannelMember(Base):
    """The channel by which a member first came; it never changes."""

    __tablename__ = "channel_members"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), index=True)
    created_at: Mapped[datetime]
