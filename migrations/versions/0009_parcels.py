"""Several parcels for one order, and where they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = ("AWAITING_PAYMENT", "AWAITING_SHIPMENT", "SHIPPED", "RECEIVED", "COMPLETED", "CLOSED")
AFTER = ("AWAITING_PAYMENT", "AWAITING_SHIPMENT", "PARTLY_SHIPPED", "SHIPPED", "RECEIVED", "COMPLETED", "CLOSED")
TRACKS = ("COLLECTED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "SIGNED", "PROBLEM", "RETURNING", "RETURNED")
PAID_BEFORE = "state NOT IN ('AWAITING_SHIPMENT', 'SHIPPED', 'RECEIVED', 'COMPLETED') OR paid_at IS NOT NULL"
PAID_AFTER = (
    "state NOT IN ('AWAITING_SHIPMENT', 'PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED') OR paid_at IS NOT NULL"
)
SHIPPED_BEFORE = "state NOT IN ('SHIPPED', 'RECEIVED', 'COMPLETED') OR shipped_at IS NOT NULL"
SHIPPED_AFTER = "state NOT IN ('PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED') OR shipped_at IS NOT NULL"


def upgrade() -> None:
    _states(AFTER, PAID_AFTER, SHIPPED_AFTER)
    for name in ("signed_at", "complete_at"):
        op.add_column("orders", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_orders_to_complete", "orders", ["complete_at"], postgresql_where=sa.text("state = 'RECEIVED'"))
    op.execute("UPDATE orders SET complete_at = received_at + interval '7 days' WHERE received_at IS NOT NULL")
    _widen_shipments()
    _make_lines()
    _make_traces()
    _make_snapshots()
    _make_invoices()


def downgrade() -> None:
    op.drop_table("order_invoices")
    op.drop_column("order_lines", "snapshot_hash")
    op.drop_column("products", "snapshot_hash")
    op.drop_table("product_snapshots")
    op.drop_table("shipment_traces")
    op.drop_table("shipment_lines")
    for name in ("number", "under_way", "in_trouble"):
        op.drop_index(f"ix_shipments_{name}", table_name="shipments")
    op.drop_constraint(op.f("ck_shipments_signed_has_time"), "shipments")
    for name in ("corrected_at", "told_as", "told_last", "state", "latest_text", "latest_at"):
        op.drop_column("shipments", name)
    for name in ("signed_at", "subscribed_at", "asked_at", "ended_at"):
        op.drop_column("shipments", name)
    op.drop_index("ix_orders_to_complete", table_name="orders")
    for name in ("signed_at", "complete_at"):
        op.drop_column("orders", name)
    op.execute("UPDATE orders SET state = 'SHIPPED' WHERE state = 'PARTLY_SHIPPED'")
    op.execute("UPDATE order_steps SET state = 'SHIPPED' WHERE state = 'PARTLY_SHIPPED'")
    _states(BEFORE, PAID_BEFORE, SHIPPED_BEFORE)


def _states(states: tuple[str, ...], paid: str, shipped: str) -> None:
    named = ", ".join(f"'{state}'" for state in states)
    for table in ("orders", "order_steps"):
        op.drop_constraint(op.f(f"ck_{table}_orderstate"), table)
        op.create_check_constraint(op.f(f"ck_{table}_orderstate"), table, f"state IN ({named})")
    for name, rule in (("after_payment_is_paid", paid), ("after_shipping_is_shipped", shipped)):
        op.drop_constraint(op.f(f"ck_orders_{name}"), "orders")
        op.create_check_constraint(op.f(f"ck_orders_{name}"), "orders", rule)


def _track() -> sa.Column[str]:
    kind = sa.Enum(*TRACKS, name="trackstate", native_enum=False, create_constraint=True, length=32)
    return sa.Column("state", kind, nullable=True)


def _widen_shipments() -> None:
    op.add_column("shipments", sa.Column("told_as", sa.String(64), nullable=True))
    op.add_column("shipments", sa.Column("told_last", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("shipments", _track())
    op.add_column("shipments", sa.Column("latest_text", sa.String(), nullable=True))
    for name in ("corrected_at", "latest_at", "signed_at", "subscribed_at", "asked_at", "ended_at"):
        op.add_column("shipments", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    # Until now an order went in one parcel, so what was told of it was the whole; nobody followed it on its way.
    op.execute(
        "UPDATE shipments SET told_as = carrier || ' ' || tracking_number, told_last = true WHERE upload = 'DONE'"
    )
    op.execute(
        "UPDATE shipments SET ended_at = now() FROM orders WHERE orders.id = shipments.order_id"
        " AND orders.state IN ('RECEIVED', 'COMPLETED', 'CLOSED')"
    )
    op.create_check_constraint(
        op.f("ck_shipments_signed_has_time"), "shipments", "state <> 'SIGNED' OR signed_at IS NOT NULL"
    )
    op.create_index("ix_shipments_number", "shipments", ["tracking_number"])
    op.create_index("ix_shipments_under_way", "shipments", ["asked_at"], postgresql_where=sa.text("ended_at IS NULL"))
    op.create_index(
        "ix_shipments_in_trouble",
        "shipments",
        ["order_id"],
        postgresql_where=sa.text("state IN ('PROBLEM', 'RETURNING', 'RETURNED')"),
    )


def _make_lines() -> None:
    op.create_table(
        "shipment_lines",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_shipment_lines_quantity")),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipments.id"], name=op.f("fk_shipment_lines_shipment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_lines")),
        sa.UniqueConstraint("shipment_id", "order_line_id", name=op.f("uq_shipment_lines_shipment_id_order_line_id")),
    )
    op.create_index("ix_shipment_lines_order_line", "shipment_lines", ["order_line_id"])
    op.execute(
        "INSERT INTO shipment_lines (id, shipment_id, order_line_id, quantity, created_at)"
        " SELECT gen_random_uuid(), s.id, l.id, l.shipped_quantity, s.created_at"
        " FROM shipments s JOIN order_lines l ON l.order_id = s.order_id WHERE l.shipped_quantity > 0"
    )


def _make_traces() -> None:
    op.create_table(
        "shipment_traces",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _track(),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipments.id"], name=op.f("fk_shipment_traces_shipment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_traces")),
        sa.UniqueConstraint("shipment_id", "at", "text", name=op.f("uq_shipment_traces_shipment_id_at_text")),
    )


SNAPSHOT = """
SELECT p.id, jsonb_build_object(
    'title', p.title, 'subtitle', p.subtitle, 'description', p.description, 'storage', p.storage,
    'returnClass', p.return_class, 'shelfLifeDays', p.shelf_life_days, 'origin', r.full_name,
    'harvestFrom', p.harvest_from, 'harvestTo', p.harvest_to,
    'images', (SELECT coalesce(jsonb_agg(i.key ORDER BY i.position), '[]') FROM product_images i WHERE i.product_id = p.id)
) AS body FROM products p JOIN regions r ON r.code = p.origin_code
"""


def _make_snapshots() -> None:
    op.create_table(
        "product_snapshots",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_product_snapshots")),
    )
    op.add_column("products", sa.Column("snapshot_hash", sa.String(64), nullable=True))
    op.create_foreign_key(
        op.f("fk_products_snapshot_hash"), "products", "product_snapshots", ["snapshot_hash"], ["hash"]
    )
    op.add_column("order_lines", sa.Column("snapshot_hash", sa.String(64), nullable=True))
    # What products say today; what they said when older orders were placed nobody wrote down.
    op.execute(
        "INSERT INTO product_snapshots (hash, body) SELECT DISTINCT encode(sha256(convert_to(body::text, 'UTF8')), 'hex'),"
        f" body FROM ({SNAPSHOT}) AS shown"
    )
    op.execute(
        "UPDATE products SET snapshot_hash = encode(sha256(convert_to(body::text, 'UTF8')), 'hex')"
        f" FROM ({SNAPSHOT}) AS shown WHERE shown.id = products.id"
    )


def _make_invoices() -> None:
    def kind(name: str, *values: str) -> sa.Enum:
        return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)

    op.create_table(
        "order_invoices",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind("invoicekind", "NORMAL", "SPECIAL"), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("tax_number", sa.String(20), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", kind("invoicestate", "REQUESTED", "ISSUED", "CANCELLED"), nullable=False),
        sa.Column("number", sa.String(40), nullable=True),
        sa.Column("link", sa.String(300), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_order_invoices_amount")),
        sa.CheckConstraint(
            "kind <> 'SPECIAL' OR tax_number IS NOT NULL", name=op.f("ck_order_invoices_special_has_tax_number")
        ),
        sa.CheckConstraint(
            "(state = 'ISSUED') = (issued_at IS NOT NULL)", name=op.f("ck_order_invoices_issued_has_time")
        ),
        sa.CheckConstraint(
            "state <> 'ISSUED' OR num_nonnulls(number, link) > 0", name=op.f("ck_order_invoices_issued_is_found")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_invoices_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_invoices")),
    )
    open_ones = sa.text("state = 'REQUESTED'")
    op.create_index("uq_order_invoices_open", "order_invoices", ["order_id"], unique=True, postgresql_where=open_ones)
    op.create_index("ix_order_invoices_merchant", "order_invoices", ["merchant_id", "state", "created_at"])
    op.create_index("ix_order_invoices_order", "order_invoices", ["order_id", "created_at"])
