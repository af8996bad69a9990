"""Recalls of lots, and every order that got something of one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class RecallState(StrEnum):
    RUNNING = "RUNNING"
    DONE = "DONE"


class Recall(Row):
    """The recall of one lot: it has one, however often it is asked for."""

    __tablename__ = "recalls"
    __table_args__ = (
        CheckConstraint("(state = 'DONE') = (finished_at IS NOT NULL)", "done_has_time"),
        Index("ix_recalls_running", "created_at", postgresql_where=text("state = 'RUNNING'")),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lots.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[RecallState] = mapped_column(default=RecallState.RUNNING)
    started_by: Mapped[str] = mapped_column(String(60))
    finished_at: Mapped[datetime | None]


class RecalledState(StrEnum):
    WAITING = "WAITING"
    # Told, and asked WeChat Pay for the money of what the buyer still had.
    DONE = "DONE"
    # Tried too often: a person must look.
    FAILED = "FAILED"


class RecalledOrder(Base):
    """The notice to one buyer: units of the lot that were sent with an order, and what became of their money."""

    __tablename__ = "recalled_orders"
    __table_args__ = (
        CheckConstraint("units > 0", "units"),
        CheckConstraint("refunded >= 0", "refunded"),
        CheckConstraint("(state = 'DONE') = (done_at IS NOT NULL)", "done_has_time"),
        Index("ix_recalled_orders_waiting", "recall_id", postgresql_where=text("state = 'WAITING'")),
        Index("ix_recalled_orders_member", "member_id"),
    )

    recall_id: Mapped[UUID] = mapped_column(ForeignKey("recalls.id"), primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    units: Mapped[int]
    state: Mapped[RecalledState] = mapped_column(default=RecalledState.WAITING)
    refunded: Mapped[Fen] = mapped_column(default=0, server_default="0")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    error: Mapped[str] = mapped_column(String(200), default="", server_default="")
    done_at: Mapped[datetime | None]
