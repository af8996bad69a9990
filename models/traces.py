"""Lots of goods, what happened to them, and daily anchors of all that was recorded.

What was recorded of a lot is a chain: each event holds the hash of the one before, the first one that of the lot's own
facts. Rows are written once; the database itself refuses to change or remove them.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Sequence,
    SmallInteger,
    String,
    UniqueConstraint,
    event,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.audit import ActorKind
from models.base import Base, Row
from models.catalog import StorageClass

# Feeds the readable numbers of lots.
lot_numbers = Sequence("lot_numbers", metadata=Base.metadata)


class LotState(StrEnum):
    OPEN = "OPEN"
    # Nothing more is recorded or put on the shelf; what is there is sold.
    CLOSED = "CLOSED"
    # Nothing of it is sold or shipped until somebody has looked.
    HELD = "HELD"
    RECALLED = "RECALLED"


class Lot(Row):
    """Goods of one product that were grown and harvested together."""

    __tablename__ = "lots"
    __table_args__ = (
        # What stock refers to, so that no SKU of another product can be filled from it.
        UniqueConstraint("id", "product_id"),
        CheckConstraint("harvested_grams >= 0 AND shrink_grams BETWEEN 0 AND harvested_grams", "harvest"),
        CheckConstraint("(harvested_on IS NULL) = (harvested_grams = 0)", "harvested_has_day"),
        CheckConstraint("best_before >= harvested_on", "best_before"),
        # The last word on selling more than was harvested.
        CheckConstraint("allocated_grams BETWEEN 0 AND harvested_grams - shrink_grams", "mass_balance"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", "coordinates_whole"),
        CheckConstraint("latitude BETWEEN 3000000 AND 54000000", "latitude"),
        CheckConstraint("longitude BETWEEN 73000000 AND 136000000", "longitude"),
        CheckConstraint("(state = 'HELD') = (held_by IS NOT NULL)", "held_by_somebody"),
        Index("ix_lots_merchant", "merchant_id", "created_at"),
        Index("ix_lots_product", "product_id", "harvested_on"),
    )

    number: Mapped[str] = mapped_column(String(32), unique=True)
    merchant_id: Mapped[UUID] = mapped_column(ForeignKey("merchants.id"))
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"))
    # What the goods were called then; part of the lot's facts, as are the next five.
    product_name: Mapped[str] = mapped_column(String(80))
    origin_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    plot: Mapped[str] = mapped_column(String(60))
    # Millionths of a degree (GCJ-02): whole numbers are hashed the same everywhere.
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    producer: Mapped[str] = mapped_column(String(60))
    storage: Mapped[StorageClass]
    # Told by the harvest's event, and checked against it.
    harvested_on: Mapped[date | None]
    harvested_grams: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    shrink_grams: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    grade: Mapped[str] = mapped_column(String(40), default="", server_default="")
    best_before: Mapped[date | None]
    # What was put on the shelf, kept by the database itself (lot_stock).
    allocated_grams: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    state: Mapped[LotState] = mapped_column(default=LotState.OPEN)
    state_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    held_by: Mapped[ActorKind | None]


class TraceKind(StrEnum):
    PLANTED = "PLANTED"
    FERTILISED = "FERTILISED"
    SPRAYED = "SPRAYED"
    HARVESTED = "HARVESTED"
    INSPECTED = "INSPECTED"
    # 承诺达标合格证
    CERTIFIED = "CERTIFIED"
    PACKED = "PACKED"
    STORED = "STORED"
    SHIPPED = "SHIPPED"
    HELD = "HELD"
    RELEASED = "RELEASED"
    RECALLED = "RECALLED"


class TraceEvent(Row):
    """One thing that happened to a lot. `corrects` names an earlier event of the same kind that it puts right."""

    __tablename__ = "trace_events"
    __table_args__ = (
        UniqueConstraint("lot_id", "position"),
        # No two events follow the same one.
        UniqueConstraint("lot_id", "prev_hash"),
        UniqueConstraint("lot_id", "hash"),
        CheckConstraint("position BETWEEN 1 AND 1000", "position"),
        CheckConstraint("corrects < position", "corrects"),
        CheckConstraint("octet_length(prev_hash) = 32 AND octet_length(hash) = 32", "hashes"),
        CheckConstraint("octet_length(signature) = 64", "signature"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", "coordinates_whole"),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lots.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[TraceKind]
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(80))
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    # Who recorded it; `actor` is the name of the shop or 平台, never a person's.
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]
    actor: Mapped[str] = mapped_column(String(60))
    # Texts by name, of those the kind knows.
    facts: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(200))
    # Stored pictures: of what was done, and of papers.
    photos: Mapped[list[str]] = mapped_column(ARRAY(String(64)))
    documents: Mapped[list[str]] = mapped_column(ARRAY(String(64)))
    corrects: Mapped[int | None] = mapped_column(SmallInteger)
    recorded_at: Mapped[datetime]
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[int] = mapped_column(SmallInteger)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class TraceAnchor(Base):
    """What all chains had come to on a day: its root holds the heads below and the root of the anchor before."""

    __tablename__ = "trace_anchors"
    __table_args__ = (
        CheckConstraint("octet_length(root) = 32 AND octet_length(prev_root) = 32", "roots"),
        CheckConstraint("heads >= 0", "heads"),
        UniqueConstraint("prev_root"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    heads: Mapped[int]
    prev_root: Mapped[bytes] = mapped_column(LargeBinary)
    root: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[int] = mapped_column(SmallInteger)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class TraceHead(Base):
    """The last event of a lot when the day's anchor was made; only of lots that had gone on since the one before."""

    __tablename__ = "trace_heads"
    __table_args__ = (Index("ix_trace_heads_lot", "lot_id", "position"),)

    day: Mapped[date] = mapped_column(ForeignKey("trace_anchors.day"), primary_key=True)
    # No foreign key: that a lot was removed is to be found, not prevented here.
    lot_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


# ------------------------------------------------------------------------------------------------ mass balance
class TracedSku(Base):
    """From `since` on, stock of this SKU only comes out of lots."""

    __tablename__ = "traced_skus"
    __table_args__ = (ForeignKeyConstraint(["sku_id"], ["skus.id"]),)

    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), index=True)
    since: Mapped[datetime]


class LotStock(Base):
    """Units of a SKU that were filled from a lot. On the shelf of it: `added` − `lost` − `shipped`.

    `blocked` of these were taken out of the shop's stock because the lot is held.
    """

    __tablename__ = "lot_stock"
    __table_args__ = (
        ForeignKeyConstraint(["lot_id", "product_id"], ["lots.id", "lots.product_id"]),
        CheckConstraint("unit_grams > 0", "unit_grams"),
        CheckConstraint("lost >= 0 AND shipped >= 0 AND added >= lost + shipped", "not_more_than_added"),
        CheckConstraint("blocked BETWEEN 0 AND added - lost - shipped", "blocked"),
        Index("ix_lot_stock_sku", "sku_id"),
    )

    lot_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("traced_skus.sku_id"), primary_key=True)
    product_id: Mapped[UUID]
    # What one unit takes out of the lot; fixed when the first one does.
    unit_grams: Mapped[int]
    added: Mapped[int]
    lost: Mapped[int] = mapped_column(default=0, server_default="0")
    shipped: Mapped[int] = mapped_column(default=0, server_default="0")
    blocked: Mapped[int] = mapped_column(default=0, server_default="0")


class ParcelLot(Row):
    """Units of a lot that are in a parcel. `returned`: of these, came back and are on the shelf again."""

    __tablename__ = "parcel_lots"
    __table_args__ = (
        UniqueConstraint("shipment_id", "order_line_id", "lot_id"),
        CheckConstraint("units > 0 AND returned BETWEEN 0 AND units", "units"),
        # Forward and back: the orders of a lot, the lots of an order or a line.
        Index("ix_parcel_lots_lot", "lot_id", "order_id"),
        Index("ix_parcel_lots_order", "order_id"),
        Index("ix_parcel_lots_line", "order_line_id"),
        ForeignKeyConstraint(["lot_id", "sku_id"], ["lot_stock.lot_id", "lot_stock.sku_id"]),
    )

    # No foreign keys: parcels and orders stand above lots in the order of domains.
    shipment_id: Mapped[UUID]
    order_id: Mapped[UUID]
    order_line_id: Mapped[UUID]
    lot_id: Mapped[UUID]
    sku_id: Mapped[UUID]
    units: Mapped[int]
    returned: Mapped[int] = mapped_column(default=0, server_default="0")


# ------------------------------------------------------------------------------------------------ kept by the database
UNCHANGED = """
CREATE OR REPLACE FUNCTION trace_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: what was recorded of a lot is never changed', TG_OP, TG_TABLE_NAME);
END $$
"""
FOLLOWS = """
CREATE FUNCTION trace_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position > 1 AND NOT EXISTS (
        SELECT FROM trace_events WHERE lot_id = NEW.lot_id AND position = NEW.position - 1 AND hash = NEW.prev_hash
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'trace_event_follows',
            MESSAGE = format('event %s of lot %s does not follow the one before', NEW.position, NEW.lot_id);
    END IF;
    RETURN NEW;
END $$
"""
FOLLOWS_TRIGGER = (
    "CREATE TRIGGER trace_event_follows BEFORE INSERT ON trace_events"
    " FOR EACH ROW EXECUTE FUNCTION trace_event_follows()"
)
ALLOCATED = """
CREATE FUNCTION lot_allocated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    grams bigint := NEW.added::bigint * NEW.unit_grams;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.unit_grams <> OLD.unit_grams THEN
            RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'the grams of a unit are never changed';
        END IF;
        grams := grams - OLD.added::bigint * OLD.unit_grams;
    END IF;
    UPDATE lots SET allocated_grams = allocated_grams + grams WHERE id = NEW.lot_id;
    RETURN NULL;
END $$
"""
ALLOCATED_TRIGGERS = (
    "CREATE TRIGGER lot_stock_allocated_new AFTER INSERT ON lot_stock FOR EACH ROW EXECUTE FUNCTION lot_allocated()",
    "CREATE TRIGGER lot_stock_allocated AFTER UPDATE OF added, unit_grams ON lot_stock"
    " FOR EACH ROW EXECUTE FUNCTION lot_allocated()",
    "CREATE TRIGGER lot_stock_not_deleted BEFORE DELETE ON lot_stock"
    " FOR EACH ROW EXECUTE FUNCTION trace_is_unchanged()",
)
FROM_LOT = """
CREATE FUNCTION stock_comes_from_a_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM traced_skus WHERE sku_id = NEW.sku_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_comes_from_a_lot',
            MESSAGE = format('stock of SKU %s is only added out of a lot', NEW.sku_id);
    END IF;
    RETURN NEW;
END $$
"""
# What comes back of an order had its lot before; everything else must name one.
FROM_LOT_TRIGGER = (
    "CREATE TRIGGER stock_comes_from_a_lot BEFORE INSERT ON stock_moves FOR EACH ROW"
    " WHEN (NEW.delta > 0 AND NEW.order_id IS NULL AND NEW.lot_id IS NULL)"
    " EXECUTE FUNCTION stock_comes_from_a_lot()"
)


def unchanged_triggers(table: str) -> tuple[str, str]:
    function = "EXECUTE FUNCTION trace_is_unchanged()"
    return (
        f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {function}",
        f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {function}",
    )


def after_create(model: type[Base], *statements: str) -> None:
    for statement in statements:
        event.listen(model.__table__, "after_create", DDL(statement.replace("%", "%%")))  # type: ignore[no-untyped-call]


# Whichever of these tables comes first brings the function along.
after_create(TraceEvent, UNCHANGED, FOLLOWS, FOLLOWS_TRIGGER, *unchanged_triggers("trace_events"))
after_create(TraceAnchor, UNCHANGED, *unchanged_triggers("trace_anchors"))
after_create(TraceHead, UNCHANGED, *unchanged_triggers("trace_heads"))
after_create(LotStock, UNCHANGED, ALLOCATED, *ALLOCATED_TRIGGERS)
