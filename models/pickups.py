"""到店自提: the counters at which shops hand goods over, and what is known of each order that waits at one."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Row


class PickupState(StrEnum):
    WAITING = "WAITING"
    PICKED_UP = "PICKED_UP"
    # Called off, by anybody, or nobody came in time.
    ENDED = "ENDED"


class PickupPoint(Row):
    """A counter of a shop, in Zhaotong. A closed one takes no new orders; those that wait there are handed over."""

    __tablename__ = "pickup_points"
    __table_args__ = (
        CheckConstraint("region_code LIKE '5306%'", "in_zhaotong"),
        # What an order and its point have in common is kept by foreign keys: the shop.
        UniqueConstraint("id", "merchant_id"),
        Index("ix_pickup_points_shop", "merchant_id", "created_at"),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    name: Mapped[str] = mapped_column(String(30))
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    region_name: Mapped[str]
    detail: Mapped[str] = mapped_column(String(100))
    # In words, as a sign on the door has them.
    hours: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(20))
    closed_at: Mapped[datetime | None]


class OrderPickup(Row):
    """What a paid order waits for at a point. Its code is sealed for its buyer while it waits, and is found by a keyed
    hash also after that, so that a code that comes twice is told apart from one that never was.
    """

    __tablename__ = "order_pickups"
    __table_args__ = (
        UniqueConstraint("order_id"),
        UniqueConstraint("merchant_id", "digest"),
        ForeignKeyConstraint(["point_id", "merchant_id"], ["pickup_points.id", "pickup_points.merchant_id"]),
        CheckConstraint("(state = 'WAITING') = (code_sealed IS NOT NULL)", "code_while_waiting"),
        CheckConstraint("(state = 'PICKED_UP') = (picked_up_at IS NOT NULL)", "picked_up_has_time"),
        CheckConstraint("(picked_up_at IS NULL) = (handed_over_by IS NULL)", "handed_over_by_somebody"),
        Index("ix_order_pickups_due", "deadline", postgresql_where=text("state = 'WAITING'")),
        Index("ix_order_pickups_shop", "merchant_id", "deadline", postgresql_where=text("state = 'WAITING'")),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"))
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    point_id: Mapped[UUID]
    state: Mapped[PickupState] = mapped_column(default=PickupState.WAITING)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    code_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The first moment that is too late.
    deadline: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    picked_up_at: Mapped[datetime | None]
    handed_over_by: Mapped[str | None] = mapped_column(String(60))


class PickupTry(Base):
    """How often a shop's staff typed a code that is none of its orders', on one day."""

    __tablename__ = "pickup_tries"
    __table_args__ = (CheckConstraint("wrong > 0", "wrong"),)

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    wrong: Mapped[int] = mapped_column(SmallInteger)
