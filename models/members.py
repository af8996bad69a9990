"""Buyers and their devices and addresses; staff of the platform and of merchants with their roles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row


class Member(Row):
    """A buyer, known by the openid of this mini-program. Phones are encrypted and found by a blind index."""

    __tablename__ = "members"
    __table_args__ = (CheckConstraint("(phone_sealed IS NULL) = (phone_index IS NULL)", "phone_whole"),)

    openid: Mapped[str] = mapped_column(String(128), unique=True)
    unionid: Mapped[str | None] = mapped_column(String(128))
    nickname: Mapped[str] = mapped_column(String(40))
    avatar_key: Mapped[str | None]
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    blocked_at: Mapped[datetime | None]


class SignIn(Row):
    """One signed-in device of a member or of staff. Only hashes of its tokens are kept."""

    __tablename__ = "sign_ins"
    __table_args__ = (CheckConstraint("(member_id IS NULL) <> (staff_id IS NULL)", "one_owner"),)

    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), index=True)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), index=True)
    device: Mapped[str] = mapped_column(String(80))
    access_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    refresh_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    # The token before the last rotation: seen again, it was stolen, and the device is signed out.
    previous_refresh_hash: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    rotated_at: Mapped[datetime | None]
    access_expires_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Address(Row):
    __tablename__ = "addresses"
    __table_args__ = (
        Index(
            "uq_addresses_one_default",
            "member_id",
            unique=True,
            postgresql_where=text("is_default AND deleted_at IS NULL"),
        ),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    region_code: Mapped[str] = mapped_column(String(9))
    region_name: Mapped[str]
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    detail_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    is_default: Mapped[bool] = mapped_column(default=False)
    deleted_at: Mapped[datetime | None]


class StaffKind(StrEnum):
    PLATFORM = "PLATFORM"
    MERCHANT = "MERCHANT"


class Role(Base):
    """A named set of permissions; kept between tests and releases as reference data."""

    __tablename__ = "roles"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[StaffKind]
    title: Mapped[str]
    permissions: Mapped[list[str]] = mapped_column(ARRAY(String(60)))


class Staff(Row):
    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("(kind = 'MERCHANT') = (merchant_id IS NOT NULL)", "merchant_staff_has_merchant"),
        CheckConstraint("failed_attempts >= 0", "failed_attempts"),
    )

    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[StaffKind]
    # No foreign key on purpose: merchants stand above members in the order of domains.
    merchant_id: Mapped[UUID | None] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(ForeignKey("roles.name"))
    password_hash: Mapped[str]
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # A secret offered but not yet confirmed by a first code.
    totp_pending_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The last time step that was accepted: a code is good once.
    totp_last_step: Mapped[int | None]
    recovery_hashes: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary), default=list)
    # Of the release before: tries are counted in SignInTry now, and the next release drops these two.
    failed_attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    locked_until: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    active: Mapped[bool] = mapped_column(default=True)


class SignInTry(Base):
    """Wrong tries of one login, whether or not there is such an account; the login is a blind index."""

    __tablename__ = "sign_in_tries"
    __table_args__ = (CheckConstraint("failures >= 0", "failures"),)

    login_index: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int] = mapped_column(SmallInteger)
    locked_until: Mapped[datetime | None]
    tried_at: Mapped[datetime] = mapped_column(index=True)
