"""拼团: a shop's offer to groups, the groups that buyers open, and who has which seat in them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Fen, Row


class ActivityState(StrEnum):
    DRAFT = "DRAFT"
    RUNNING = "RUNNING"
    STOPPED = "STOPPED"


class GroupState(StrEnum):
    FORMING = "FORMING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"
    # Its members went over to another group, all of them.
    MERGED = "MERGED"


class SeatState(StrEnum):
    # For an order that is not paid yet.
    HELD = "HELD"
    PAID = "PAID"
    # Cancelled or not paid in time.
    FREED = "FREED"
    # Paid, and the money goes back: the group did not come together, or there was no seat any more.
    REFUNDED = "REFUNDED"


class GroupActivity(Row):
    """A SKU at `price` for groups of `size`. `taken` counts the pieces that living seats have, of `stock`."""

    __tablename__ = "group_activities"
    __table_args__ = (
        CheckConstraint("price > 0 AND price < list_price", "below_list_price"),
        CheckConstraint("size BETWEEN 2 AND 50", "size"),
        CheckConstraint("ttl_minutes BETWEEN 10 AND 4320", "ttl"),
        CheckConstraint("per_member BETWEEN 1 AND 99", "per_member"),
        CheckConstraint("stock BETWEEN 1 AND 9999999 AND taken BETWEEN 0 AND stock", "taken"),
        CheckConstraint("ends_at > starts_at", "ends"),
        CheckConstraint("(state = 'STOPPED') = (stopped_at IS NOT NULL)", "stopped_has_time"),
        # Two prices for groups of the same goods at once could not be explained.
        Index("uq_group_activities_running", "sku_id", unique=True, postgresql_where=text("state = 'RUNNING'")),
        Index("ix_group_activities_merchant", "merchant_id", "created_at"),
        Index("ix_group_activities_product", "product_id", postgresql_where=text("state = 'RUNNING'")),
    )

    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id"))
    name: Mapped[str] = mapped_column(String(40))
    price: Mapped[Fen]
    # What the SKU cost by itself when the activity was saved.
    list_price: Mapped[Fen]
    size: Mapped[int] = mapped_column(SmallInteger)
    ttl_minutes: Mapped[int]
    # Pieces a member may have in all living seats of the activity.
    per_member: Mapped[int] = mapped_column(SmallInteger)
    stock: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    state: Mapped[ActivityState] = mapped_column(default=ActivityState.DRAFT)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Group(Row):
    """Buyers who want the price together. It begins with the leader's payment, and has no member who is not a buyer."""

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint("0 <= seats_paid AND seats_paid <= seats_held AND seats_held <= size", "seats"),
        CheckConstraint("(state = 'SUCCESS') = (seats_paid = size)", "success_is_full"),
        CheckConstraint("(state = 'MERGED') = (merged_into_id IS NOT NULL)", "merged_has_target"),
        CheckConstraint("state <> 'MERGED' OR seats_held = 0", "merged_is_empty"),
        CheckConstraint("(state = 'FORMING') = (ended_at IS NULL)", "ended_has_time"),
        CheckConstraint("merged_into_id <> id", "merged_elsewhere"),
        Index("ix_groups_forming", "activity_id", "expires_at", postgresql_where=text("state = 'FORMING'")),
        Index("ix_groups_expiring", "expires_at", postgresql_where=text("state = 'FORMING'")),
        Index("ix_groups_activity", "activity_id", "created_at"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("group_activities.id"))
    leader_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    size: Mapped[int] = mapped_column(SmallInteger)
    # Seats somebody has, paid or not; and those that are paid.
    seats_held: Mapped[int] = mapped_column(SmallInteger)
    seats_paid: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[GroupState] = mapped_column(default=GroupState.FORMING)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("groups.id"))


class GroupSeat(Row):
    """The place of one order in a group; without a group while the order that will open one is not paid."""

    __tablename__ = "group_seats"
    __table_args__ = (
        CheckConstraint("state <> 'PAID' OR group_id IS NOT NULL", "paid_has_group"),
        CheckConstraint("quantity BETWEEN 1 AND 99", "quantity"),
        # One living seat of a member in a group, one unpaid order of a member in an activity.
        Index(
            "uq_group_seats_living",
            "group_id",
            "member_id",
            unique=True,
            postgresql_where=text("state IN ('HELD', 'PAID')"),
        ),
        Index(
            "uq_group_seats_unpaid", "activity_id", "member_id", unique=True, postgresql_where=text("state = 'HELD'")
        ),
        Index("ix_group_seats_group", "group_id", "created_at"),
        Index("ix_group_seats_member", "member_id", "created_at"),
        Index("ix_group_seats_activity", "activity_id", "state"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("group_activities.id"))
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("groups.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), unique=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    quantity: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[SeatState] = mapped_column(default=SeatState.HELD)
    # What the buyer agreed to when ordering: that the group may be merged with another before it ends; and that money
    # which comes too late for this group buys a seat in another.
    may_merge: Mapped[bool]
    may_move: Mapped[bool]
    # Of the group the seat was in before the merger: told to the member.
    moved_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("groups.id"))
    paid_at: Mapped[datetime | None]
