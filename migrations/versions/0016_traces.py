"""Lots, chains of events, anchors, and stock out of lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CREATED = (
    """
CREATE FUNCTION trace_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: what was recorded of a lot is never changed', TG_OP, TG_TABLE_NAME);
END $$
""",
    """
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
""",
    "CREATE TRIGGER trace_event_follows BEFORE INSERT ON trace_events FOR EACH ROW EXECUTE FUNCTION trace_event_follows()",
    "CREATE TRIGGER trace_events_unchanged BEFORE UPDATE OR DELETE ON trace_events FOR EACH ROW EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER trace_events_not_truncated BEFORE TRUNCATE ON trace_events FOR EACH STATEMENT EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER trace_anchors_unchanged BEFORE UPDATE OR DELETE ON trace_anchors FOR EACH ROW EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER trace_anchors_not_truncated BEFORE TRUNCATE ON trace_anchors FOR EACH STATEMENT EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER trace_heads_unchanged BEFORE UPDATE OR DELETE ON trace_heads FOR EACH ROW EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER trace_heads_not_truncated BEFORE TRUNCATE ON trace_heads FOR EACH STATEMENT EXECUTE FUNCTION trace_is_unchanged()",
    """
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
""",
    "CREATE TRIGGER lot_stock_allocated_new AFTER INSERT ON lot_stock FOR EACH ROW EXECUTE FUNCTION lot_allocated()",
    "CREATE TRIGGER lot_stock_allocated AFTER UPDATE OF added, unit_grams ON lot_stock FOR EACH ROW EXECUTE FUNCTION lot_allocated()",
    "CREATE TRIGGER lot_stock_not_deleted BEFORE DELETE ON lot_stock FOR EACH ROW EXECUTE FUNCTION trace_is_unchanged()",
    """
CREATE FUNCTION stock_comes_from_a_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM traced_skus WHERE sku_id = NEW.sku_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_comes_from_a_lot',
            MESSAGE = format('stock of SKU %s is only added out of a lot', NEW.sku_id);
    END IF;
    RETURN NEW;
END $$
""",
    "CREATE TRIGGER stock_comes_from_a_lot BEFORE INSERT ON stock_moves FOR EACH ROW WHEN (NEW.delta > 0 AND NEW.order_id IS NULL AND NEW.lot_id IS NULL) EXECUTE FUNCTION stock_comes_from_a_lot()",
)


def upgrade() -> None:
    op.execute("CREATE SEQUENCE lot_numbers")
    op.create_table(
        "trace_anchors",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("prev_root", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.SmallInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("heads >= 0", name=op.f("ck_trace_anchors_heads")),
        sa.CheckConstraint(
            "octet_length(root) = 32 AND octet_length(prev_root) = 32", name=op.f("ck_trace_anchors_roots")
        ),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_trace_anchors")),
        sa.UniqueConstraint("prev_root", name=op.f("uq_trace_anchors_prev_root")),
    )
    op.create_table(
        "trace_heads",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["day"], ["trace_anchors.day"], name=op.f("fk_trace_heads_day")),
        sa.PrimaryKeyConstraint("day", "lot_id", name=op.f("pk_trace_heads")),
    )
    op.create_index("ix_trace_heads_lot", "trace_heads", ["lot_id", "position"], unique=False)
    op.create_table(
        "lots",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("product_name", sa.String(length=80), nullable=False),
        sa.Column("origin_code", sa.String(length=9), nullable=False),
        sa.Column("plot", sa.String(length=60), nullable=False),
        sa.Column("latitude", sa.Integer(), nullable=True),
        sa.Column("longitude", sa.Integer(), nullable=True),
        sa.Column("producer", sa.String(length=60), nullable=False),
        sa.Column(
            "storage",
            sa.Enum(
                "AMBIENT",
                "CHILLED",
                "FROZEN",
                name="storageclass",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("harvested_on", sa.Date(), nullable=True),
        sa.Column("harvested_grams", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("shrink_grams", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("grade", sa.String(length=40), server_default="", nullable=False),
        sa.Column("best_before", sa.Date(), nullable=True),
        sa.Column("allocated_grams", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "CLOSED",
                "HELD",
                "RECALLED",
                name="lotstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column(
            "held_by",
            sa.Enum(
                "MEMBER",
                "MERCHANT",
                "PLATFORM",
                "SYSTEM",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'HELD') = (held_by IS NOT NULL)", name=op.f("ck_lots_held_by_somebody")),
        sa.CheckConstraint("(harvested_on IS NULL) = (harvested_grams = 0)", name=op.f("ck_lots_harvested_has_day")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_lots_coordinates_whole")),
        sa.CheckConstraint(
            "allocated_grams BETWEEN 0 AND harvested_grams - shrink_grams", name=op.f("ck_lots_mass_balance")
        ),
        sa.CheckConstraint("best_before >= harvested_on", name=op.f("ck_lots_best_before")),
        sa.CheckConstraint(
            "harvested_grams >= 0 AND shrink_grams BETWEEN 0 AND harvested_grams", name=op.f("ck_lots_harvest")
        ),
        sa.CheckConstraint("latitude BETWEEN 3000000 AND 54000000", name=op.f("ck_lots_latitude")),
        sa.CheckConstraint("longitude BETWEEN 73000000 AND 136000000", name=op.f("ck_lots_longitude")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_lots_merchant_id")),
        sa.ForeignKeyConstraint(["origin_code"], ["regions.code"], name=op.f("fk_lots_origin_code")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_lots_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
        sa.UniqueConstraint("id", "product_id", name=op.f("uq_lots_id_product_id")),
        sa.UniqueConstraint("number", name=op.f("uq_lots_number")),
    )
    op.create_index("ix_lots_merchant", "lots", ["merchant_id", "created_at"], unique=False)
    op.create_index("ix_lots_product", "lots", ["product_id", "harvested_on"], unique=False)
    op.create_table(
        "trace_events",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "PLANTED",
                "FERTILISED",
                "SPRAYED",
                "HARVESTED",
                "INSPECTED",
                "CERTIFIED",
                "PACKED",
                "STORED",
                "SHIPPED",
                "HELD",
                "RELEASED",
                "RECALLED",
                name="tracekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("latitude", sa.Integer(), nullable=True),
        sa.Column("longitude", sa.Integer(), nullable=True),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "MEMBER",
                "MERCHANT",
                "PLATFORM",
                "SYSTEM",
                name="actorkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("photos", postgresql.ARRAY(sa.String(length=64)), nullable=False),
        sa.Column("documents", postgresql.ARRAY(sa.String(length=64)), nullable=False),
        sa.Column("corrects", sa.SmallInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.SmallInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_trace_events_coordinates_whole")),
        sa.CheckConstraint("corrects < position", name=op.f("ck_trace_events_corrects")),
        sa.CheckConstraint(
            "octet_length(prev_hash) = 32 AND octet_length(hash) = 32", name=op.f("ck_trace_events_hashes")
        ),
        sa.CheckConstraint("octet_length(signature) = 64", name=op.f("ck_trace_events_signature")),
        sa.CheckConstraint("position BETWEEN 1 AND 1000", name=op.f("ck_trace_events_position")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_trace_events_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace_events")),
        sa.UniqueConstraint("lot_id", "hash", name=op.f("uq_trace_events_lot_id_hash")),
        sa.UniqueConstraint("lot_id", "position", name=op.f("uq_trace_events_lot_id_position")),
        sa.UniqueConstraint("lot_id", "prev_hash", name=op.f("uq_trace_events_lot_id_prev_hash")),
    )
    op.create_table(
        "traced_skus",
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_traced_skus_product_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name=op.f("fk_traced_skus_sku_id")),
        sa.PrimaryKeyConstraint("sku_id", name=op.f("pk_traced_skus")),
    )
    op.create_index(op.f("ix_traced_skus_product_id"), "traced_skus", ["product_id"], unique=False)
    op.create_table(
        "lot_stock",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("unit_grams", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("blocked", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("blocked BETWEEN 0 AND added - lost - shipped", name=op.f("ck_lot_stock_blocked")),
        sa.CheckConstraint(
            "lost >= 0 AND shipped >= 0 AND added >= lost + shipped", name=op.f("ck_lot_stock_not_more_than_added")
        ),
        sa.CheckConstraint("unit_grams > 0", name=op.f("ck_lot_stock_unit_grams")),
        sa.ForeignKeyConstraint(
            ["lot_id", "product_id"], ["lots.id", "lots.product_id"], name=op.f("fk_lot_stock_lot_id_product_id")
        ),
        sa.ForeignKeyConstraint(["sku_id"], ["traced_skus.sku_id"], name=op.f("fk_lot_stock_sku_id")),
        sa.PrimaryKeyConstraint("lot_id", "sku_id", name=op.f("pk_lot_stock")),
    )
    op.create_index("ix_lot_stock_sku", "lot_stock", ["sku_id"], unique=False)
    op.create_table(
        "parcel_lots",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("units > 0 AND returned BETWEEN 0 AND units", name=op.f("ck_parcel_lots_units")),
        sa.ForeignKeyConstraint(
            ["lot_id", "sku_id"], ["lot_stock.lot_id", "lot_stock.sku_id"], name=op.f("fk_parcel_lots_lot_id_sku_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_lots")),
        sa.UniqueConstraint(
            "shipment_id", "order_line_id", "lot_id", name=op.f("uq_parcel_lots_shipment_id_order_line_id_lot_id")
        ),
    )
    op.create_index("ix_parcel_lots_line", "parcel_lots", ["order_line_id"], unique=False)
    op.create_index("ix_parcel_lots_lot", "parcel_lots", ["lot_id", "order_id"], unique=False)
    op.create_index("ix_parcel_lots_order", "parcel_lots", ["order_id"], unique=False)
    op.add_column("stock_moves", sa.Column("lot_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_stock_moves_lot_id"), "stock_moves", "lots", ["lot_id"], ["id"])
    op.create_table(
        "recalls",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("RUNNING", "DONE", name="recallstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("started_by", sa.String(length=60), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'DONE') = (finished_at IS NOT NULL)", name=op.f("ck_recalls_done_has_time")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_recalls_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalls")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_recalls_lot_id")),
    )
    op.create_index(
        "ix_recalls_running", "recalls", ["created_at"], unique=False, postgresql_where=sa.text("state = 'RUNNING'")
    )
    op.create_table(
        "recalled_orders",
        sa.Column("recall_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "WAITING", "DONE", "FAILED", name="recalledstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("refunded", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("error", sa.String(length=200), server_default="", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'DONE') = (done_at IS NOT NULL)", name=op.f("ck_recalled_orders_done_has_time")),
        sa.CheckConstraint("refunded >= 0", name=op.f("ck_recalled_orders_refunded")),
        sa.CheckConstraint("units > 0", name=op.f("ck_recalled_orders_units")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_recalled_orders_member_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_recalled_orders_order_id")),
        sa.ForeignKeyConstraint(["recall_id"], ["recalls.id"], name=op.f("fk_recalled_orders_recall_id")),
        sa.PrimaryKeyConstraint("recall_id", "order_id", name=op.f("pk_recalled_orders")),
    )
    op.create_index("ix_recalled_orders_member", "recalled_orders", ["member_id"], unique=False)
    op.create_index(
        "ix_recalled_orders_waiting",
        "recalled_orders",
        ["recall_id"],
        unique=False,
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    for statement in CREATED:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER stock_comes_from_a_lot ON stock_moves")
    op.drop_constraint(op.f("fk_stock_moves_lot_id"), "stock_moves")
    op.drop_column("stock_moves", "lot_id")
    for table in (
        "recalled_orders",
        "recalls",
        "parcel_lots",
        "lot_stock",
        "traced_skus",
        "trace_events",
        "lots",
        "trace_heads",
        "trace_anchors",
    ):
        op.drop_table(table)
    for function in ("trace_is_unchanged", "trace_event_follows", "lot_allocated", "stock_comes_from_a_lot"):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP SEQUENCE lot_numbers")
