"""Parcels and what WeChat has been told of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Row


class UploadState(StrEnum):
    PENDING = "PENDING"
    DONE = "DONE"
    FAILED = "FAILED"


class Shipment(Row):
    """A parcel of an order. The upload to WeChat is part of it: the merchant's money stays frozen until it is done."""

    __tablename__ = "shipments"
    __table_args__ = (
        UniqueConstraint("order_id", "carrier", "tracking_number"),
        Index("ix_shipments_upload", "created_at", postgresql_where=text("upload = 'PENDING'")),
    )

    # No foreign key: orders stand above delivery in the order of domains.
    order_id: Mapped[UUID] = mapped_column(index=True)
    carrier: Mapped[str] = mapped_column(String(20))
    tracking_number: Mapped[str] = mapped_column(String(40))
    shipped_at: Mapped[datetime]
    upload: Mapped[UploadState] = mapped_column(default=UploadState.PENDING)
    upload_attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    upload_note: Mapped[str | None]
    uploaded_at: Mapped[datetime | None]
