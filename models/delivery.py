"""Parcels, what is in them, where they are, and what WeChat has been told of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row


class UploadState(StrEnum):
    PENDING = "PENDING"
    DONE = "DONE"
    FAILED = "FAILED"


class TrackState(StrEnum):
    """Where a parcel is, whichever tracker says so."""

    COLLECTED = "COLLECTED"
    IN_TRANSIT = "IN_TRANSIT"
    OUT_FOR_DELIVERY = "OUT_FOR_DELIVERY"
    SIGNED = "SIGNED"
    PROBLEM = "PROBLEM"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"


class Shipment(Row):
    """A parcel of an order. The upload to WeChat is part of it: the merchant's money stays frozen until it is done."""

    __tablename__ = "shipments"
    __table_args__ = (
        UniqueConstraint("order_id", "carrier", "tracking_number"),
        CheckConstraint("state <> 'SIGNED' OR signed_at IS NOT NULL", "signed_has_time"),
        Index("ix_shipments_upload", "created_at", postgresql_where=text("upload = 'PENDING'")),
        # Pushes name a parcel by its number alone.
        Index("ix_shipments_number", "tracking_number"),
        Index("ix_shipments_under_way", "asked_at", postgresql_where=text("ended_at IS NULL")),
        Index(
            "ix_shipments_in_trouble",
            "order_id",
            postgresql_where=text("state IN ('PROBLEM', 'RETURNING', 'RETURNED')"),
        ),
    )

    # No foreign key: orders stand above delivery in the order of domains.
    order_id: Mapped[UUID] = mapped_column(index=True)
    carrier: Mapped[str] = mapped_column(String(20))
    tracking_number: Mapped[str] = mapped_column(String(40))
    shipped_at: Mapped[datetime]
    # When a number WeChat had been told was put right: it takes that once per order.
    corrected_at: Mapped[datetime | None]
    upload: Mapped[UploadState] = mapped_column(default=UploadState.PENDING)
    upload_attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    upload_note: Mapped[str | None]
    uploaded_at: Mapped[datetime | None]
    # The carrier and number WeChat knows the parcel by, and whether it was told then that no more parcels follow.
    told_as: Mapped[str | None] = mapped_column(String(64))
    told_last: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Null until the carrier has said anything.
    state: Mapped[TrackState | None]
    latest_text: Mapped[str | None]
    latest_at: Mapped[datetime | None]
    # Delivery in the sense of the law (E-Commerce Law Art. 51): the recipient signed.
    signed_at: Mapped[datetime | None]
    # When the tracker was asked to push, when it was last heard of, and when nothing more is to be expected of it.
    subscribed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ShipmentLine(Row):
    """How much of an order's line is in a parcel."""

    __tablename__ = "shipment_lines"
    __table_args__ = (
        UniqueConstraint("shipment_id", "order_line_id"),
        CheckConstraint("quantity > 0", "quantity"),
        Index("ix_shipment_lines_order_line", "order_line_id"),
    )

    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("shipments.id"))
    # No foreign key, as above.
    order_line_id: Mapped[UUID]
    quantity: Mapped[int]


class ShipmentTrace(Row):
    """One thing a carrier said of a parcel. The same thing said again is the same row."""

    __tablename__ = "shipment_traces"
    __table_args__ = (UniqueConstraint("shipment_id", "at", "text"),)

    shipment_id: Mapped[UUID] = mapped_column(ForeignKey("shipments.id"))
    at: Mapped[datetime]
    state: Mapped[TrackState | None]
    text: Mapped[str] = mapped_column(String(500))
    place: Mapped[str] = mapped_column(String(80), default="")
