"""The mall's first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(sa.schema.CreateSequence(sa.Sequence("order_numbers")))
    op.create_table(
        "audit_entries",
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
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("trace_id", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_created_at", "audit_entries", ["created_at"], unique=False)
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "categories",
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("icon", sa.String(length=60), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint(
            "parent_id", "name", name=op.f("uq_categories_parent_id_name"), postgresql_nulls_not_distinct=True
        ),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
    )
    op.create_index(op.f("ix_categories_parent_id"), "categories", ["parent_id"], unique=False)
    op.create_table(
        "members",
        sa.Column("openid", sa.String(length=128), nullable=False),
        sa.Column("unionid", sa.String(length=128), nullable=True),
        sa.Column("nickname", sa.String(length=40), nullable=False),
        sa.Column("avatar_key", sa.String(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(phone_sealed IS NULL) = (phone_index IS NULL)", name=op.f("ck_members_phone_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("openid", name=op.f("uq_members_openid")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_members_phone_index")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "payment_notices",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("event_type", sa.String(length=64), nullable=False),
        sa.Column("resource", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_notices")),
    )
    op.create_index(
        "ix_payment_notices_open",
        "payment_notices",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_table(
        "payments",
        sa.Column("trade_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "PAID",
                "CLOSED",
                "DISPUTED",
                name="paymentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("openid", sa.String(length=128), nullable=False),
        sa.Column("prepay_id", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dispute", sa.String(), nullable=True),
        sa.Column("checks", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'PAID') <= (paid_at IS NOT NULL)", name=op.f("ck_payments_paid_has_time")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("number", name=op.f("uq_payments_number")),
        sa.UniqueConstraint("trade_id", "attempt", name=op.f("uq_payments_trade_id_attempt")),
    )
    op.create_index(op.f("ix_payments_trade_id"), "payments", ["trade_id"], unique=False)
    op.create_index(
        "uq_payments_one_open", "payments", ["trade_id"], unique=True, postgresql_where=sa.text("state = 'OPEN'")
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "PROVINCE",
                "CITY",
                "COUNTY",
                "TOWN",
                name="regionlevel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=9), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{6}([0-9]{3})?$'", name=op.f("ck_regions_code")),
        sa.ForeignKeyConstraint(["parent_code"], ["regions.code"], name=op.f("fk_regions_parent_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )
    op.create_index(op.f("ix_regions_parent_code"), "regions", ["parent_code"], unique=False)
    op.create_table(
        "roles",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("PLATFORM", "MERCHANT", name="staffkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.String(length=60)), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_roles")),
    )
    op.create_table(
        "search_documents",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("category_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=True),
        sa.Column("origin_codes", postgresql.ARRAY(sa.String(length=9)), nullable=False),
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
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("sold_count", sa.Integer(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("harvest_from", sa.SmallInteger(), nullable=True),
        sa.Column("harvest_to", sa.SmallInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_search_documents")),
    )
    op.create_index(
        "ix_search_documents_origins", "search_documents", ["origin_codes"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_search_documents_words",
        "search_documents",
        ["words"],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "search_indexes",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder", sa.Uuid(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rebuilding", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_search_indexes")),
    )
    op.create_table(
        "search_pending",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_search_pending")),
    )
    op.create_table(
        "shipments",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("carrier", sa.String(length=20), nullable=False),
        sa.Column("tracking_number", sa.String(length=40), nullable=False),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "upload",
            sa.Enum(
                "PENDING", "DONE", "FAILED", name="uploadstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("upload_attempts", sa.SmallInteger(), nullable=False),
        sa.Column("upload_note", sa.String(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipments")),
        sa.UniqueConstraint(
            "order_id", "carrier", "tracking_number", name=op.f("uq_shipments_order_id_carrier_tracking_number")
        ),
    )
    op.create_index(op.f("ix_shipments_order_id"), "shipments", ["order_id"], unique=False)
    op.create_index(
        "ix_shipments_upload", "shipments", ["created_at"], unique=False, postgresql_where=sa.text("upload = 'PENDING'")
    )
    op.create_table(
        "addresses",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(length=9), nullable=False),
        sa.Column("region_name", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_addresses_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )
    op.create_index(op.f("ix_addresses_member_id"), "addresses", ["member_id"], unique=False)
    op.create_index(
        "uq_addresses_one_default",
        "addresses",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("is_default AND deleted_at IS NULL"),
    )
    op.create_table(
        "merchants",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "COMPANY",
                "COOPERATIVE",
                "FARMER",
                "INDIVIDUAL",
                name="merchantkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN",
                "SUSPENDED",
                "CLOSED",
                name="merchantstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("intro", sa.String(), nullable=False),
        sa.Column("logo_key", sa.String(), nullable=True),
        sa.Column("region_code", sa.String(length=9), nullable=False),
        sa.Column("licence_number", sa.String(length=40), nullable=True),
        sa.Column("licence_exemption", sa.String(), nullable=True),
        sa.Column("is_platform_owned", sa.Boolean(), nullable=False),
        sa.Column("sub_mchid", sa.String(length=32), nullable=False),
        sa.Column("contact_phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("freight", sa.BigInteger(), nullable=False),
        sa.Column("free_freight_from", sa.BigInteger(), nullable=True),
        sa.Column("sold_count", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "freight >= 0 AND (free_freight_from IS NULL OR free_freight_from > 0)", name=op.f("ck_merchants_freight")
        ),
        sa.CheckConstraint(
            "licence_number IS NOT NULL OR licence_exemption IS NOT NULL",
            name=op.f("ck_merchants_licence_or_exemption"),
        ),
        sa.CheckConstraint("sold_count >= 0", name=op.f("ck_merchants_sold_count")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_merchants_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchants")),
        sa.UniqueConstraint("name", name=op.f("uq_merchants_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_merchants_slug")),
    )
    op.create_table(
        "payment_parts",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("sub_mchid", sa.String(length=32), nullable=False),
        sa.Column("description", sa.String(length=127), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_parts_amount")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_payment_parts_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_parts")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_parts_number")),
        sa.UniqueConstraint("payment_id", "order_id", name=op.f("uq_payment_parts_payment_id_order_id")),
        sa.UniqueConstraint("transaction_id", name=op.f("uq_payment_parts_transaction_id")),
    )
    op.create_index(op.f("ix_payment_parts_order_id"), "payment_parts", ["order_id"], unique=False)
    op.create_table(
        "staff",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("PLATFORM", "MERCHANT", name="staffkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_pending_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("recovery_hashes", postgresql.ARRAY(sa.LargeBinary()), nullable=False),
        sa.Column("failed_attempts", sa.SmallInteger(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'MERCHANT') = (merchant_id IS NOT NULL)", name=op.f("ck_staff_merchant_staff_has_merchant")
        ),
        sa.CheckConstraint("failed_attempts >= 0", name=op.f("ck_staff_failed_attempts")),
        sa.ForeignKeyConstraint(["role"], ["roles.name"], name=op.f("fk_staff_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
    )
    op.create_index(op.f("ix_staff_merchant_id"), "staff", ["merchant_id"], unique=False)
    op.create_table(
        "trades",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "AWAITING_PAYMENT",
                "PAID",
                "CLOSED",
                name="tradestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'PAID') = (paid_at IS NOT NULL)", name=op.f("ck_trades_paid_has_time")),
        sa.CheckConstraint("total > 0", name=op.f("ck_trades_total")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_trades_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trades")),
        sa.UniqueConstraint("member_id", "idempotency_key", name=op.f("uq_trades_member_id_idempotency_key")),
        sa.UniqueConstraint("number", name=op.f("uq_trades_number")),
    )
    op.create_index(op.f("ix_trades_member_id"), "trades", ["member_id"], unique=False)
    op.create_index(
        "ix_trades_unpaid",
        "trades",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'AWAITING_PAYMENT'"),
    )
    op.create_table(
        "brands",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("logo_key", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_brands_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brands")),
        sa.UniqueConstraint("name", name=op.f("uq_brands_name")),
    )
    op.create_table(
        "orders",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("trade_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "AWAITING_PAYMENT",
                "AWAITING_SHIPMENT",
                "SHIPPED",
                "RECEIVED",
                "COMPLETED",
                "CLOSED",
                name="orderstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("goods_total", sa.BigInteger(), nullable=False),
        sa.Column("freight", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=9), nullable=False),
        sa.Column("region_name", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("auto_confirm_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "close_reason",
            sa.Enum(
                "BUYER_CANCELLED",
                "PAYMENT_TIMEOUT",
                "REFUNDED",
                "OUT_OF_STOCK_AFTER_PAYMENT",
                name="closereason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("sale_counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'CLOSED') = (close_reason IS NOT NULL)", name=op.f("ck_orders_closed_has_reason")),
        sa.CheckConstraint("(state = 'CLOSED') = (closed_at IS NOT NULL)", name=op.f("ck_orders_closed_has_time")),
        sa.CheckConstraint(
            "state NOT IN ('AWAITING_SHIPMENT', 'SHIPPED', 'RECEIVED', 'COMPLETED') OR paid_at IS NOT NULL",
            name=op.f("ck_orders_after_payment_is_paid"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('RECEIVED', 'COMPLETED') OR received_at IS NOT NULL",
            name=op.f("ck_orders_received_has_time"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('SHIPPED', 'RECEIVED', 'COMPLETED') OR shipped_at IS NOT NULL",
            name=op.f("ck_orders_after_shipping_is_shipped"),
        ),
        sa.CheckConstraint(
            "goods_total > 0 AND freight >= 0 AND total = goods_total + freight", name=op.f("ck_orders_total")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_orders_member_id")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_orders_merchant_id")),
        sa.ForeignKeyConstraint(["trade_id"], ["trades.id"], name=op.f("fk_orders_trade_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
        sa.UniqueConstraint("trade_id", "merchant_id", name=op.f("uq_orders_trade_id_merchant_id")),
    )
    op.create_index("ix_orders_created", "orders", ["created_at"], unique=False)
    op.create_index("ix_orders_member", "orders", ["member_id", "created_at", "id"], unique=False)
    op.create_index("ix_orders_member_state", "orders", ["member_id", "state", "created_at"], unique=False)
    op.create_index(
        "ix_orders_merchant_paid",
        "orders",
        ["merchant_id", "paid_at"],
        unique=False,
        postgresql_where=sa.text("paid_at IS NOT NULL"),
    )
    op.create_index("ix_orders_merchant_state", "orders", ["merchant_id", "state", "created_at"], unique=False)
    op.create_index(
        "ix_orders_number_prefix", "orders", ["number"], unique=False, postgresql_ops={"number": "varchar_pattern_ops"}
    )
    op.create_index(
        "ix_orders_paid", "orders", ["paid_at"], unique=False, postgresql_where=sa.text("paid_at IS NOT NULL")
    )
    op.create_index(
        "ix_orders_to_confirm",
        "orders",
        ["auto_confirm_at"],
        unique=False,
        postgresql_where=sa.text("state = 'SHIPPED'"),
    )
    op.create_table(
        "pictures",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_pictures_merchant_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pictures")),
    )
    op.create_table(
        "refunds",
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "REQUESTED",
                "PROCESSING",
                "SUCCEEDED",
                "ABNORMAL",
                name="refundstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("provider_id", sa.String(length=64), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(["part_id"], ["payment_parts.id"], name=op.f("fk_refunds_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("number", name=op.f("uq_refunds_number")),
        sa.UniqueConstraint("part_id", "cause", name=op.f("uq_refunds_part_id_cause")),
    )
    op.create_index(op.f("ix_refunds_order_id"), "refunds", ["order_id"], unique=False)
    op.create_table(
        "sign_ins",
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("access_hash", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous_refresh_hash", sa.LargeBinary(), nullable=True),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("access_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(member_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_sign_ins_one_owner")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_sign_ins_member_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_ins_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("access_hash", name=op.f("uq_sign_ins_access_hash")),
        sa.UniqueConstraint("refresh_hash", name=op.f("uq_sign_ins_refresh_hash")),
    )
    op.create_index(op.f("ix_sign_ins_member_id"), "sign_ins", ["member_id"], unique=False)
    op.create_index(op.f("ix_sign_ins_previous_refresh_hash"), "sign_ins", ["previous_refresh_hash"], unique=False)
    op.create_index(op.f("ix_sign_ins_staff_id"), "sign_ins", ["staff_id"], unique=False)
    op.create_table(
        "banners",
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("subtitle", sa.String(length=80), nullable=False),
        sa.Column("image_key", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["image_key"], ["pictures.key"], name=op.f("fk_banners_image_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banners")),
    )
    op.create_table(
        "order_steps",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "AWAITING_PAYMENT",
                "AWAITING_SHIPMENT",
                "SHIPPED",
                "RECEIVED",
                "COMPLETED",
                "CLOSED",
                name="orderstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
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
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_steps_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_steps")),
    )
    op.create_index("ix_order_steps_order", "order_steps", ["order_id", "created_at"], unique=False)
    op.create_table(
        "products",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("brand_id", sa.Uuid(), nullable=True),
        sa.Column("origin_code", sa.String(length=9), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("subtitle", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "IN_REVIEW",
                "ON_SALE",
                "OFF_SALE",
                "FROZEN",
                name="productstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("review_note", sa.String(), nullable=True),
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
        sa.Column(
            "return_class",
            sa.Enum(
                "SEVEN_DAYS",
                "NO_RETURN_BY_LAW",
                "NO_RETURN_IF_CONFIRMED",
                name="returnclass",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("shelf_life_days", sa.Integer(), nullable=True),
        sa.Column("harvest_from", sa.SmallInteger(), nullable=True),
        sa.Column("harvest_to", sa.SmallInteger(), nullable=True),
        sa.Column("min_price", sa.BigInteger(), nullable=False),
        sa.Column("max_price", sa.BigInteger(), nullable=False),
        sa.Column("price_per_500g", sa.BigInteger(), nullable=True),
        sa.Column("sold_count", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state <> 'ON_SALE' OR published_at IS NOT NULL", name=op.f("ck_products_on_sale_is_published")
        ),
        sa.CheckConstraint("(harvest_from IS NULL) = (harvest_to IS NULL)", name=op.f("ck_products_harvest_whole")),
        sa.CheckConstraint(
            "harvest_from BETWEEN 1 AND 12 AND harvest_to BETWEEN 1 AND 12", name=op.f("ck_products_harvest_months")
        ),
        sa.CheckConstraint("min_price >= 0 AND max_price >= min_price", name=op.f("ck_products_prices")),
        sa.CheckConstraint("shelf_life_days > 0", name=op.f("ck_products_shelf_life")),
        sa.CheckConstraint("sold_count >= 0", name=op.f("ck_products_sold_count")),
        sa.ForeignKeyConstraint(["brand_id"], ["brands.id"], name=op.f("fk_products_brand_id")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_products_category_id")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_products_merchant_id")),
        sa.ForeignKeyConstraint(["origin_code"], ["regions.code"], name=op.f("fk_products_origin_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
    )
    op.create_index(op.f("ix_products_brand_id"), "products", ["brand_id"], unique=False)
    op.create_index("ix_products_merchant", "products", ["merchant_id", "created_at"], unique=False)
    op.create_index(
        "ix_products_on_sale_category",
        "products",
        ["category_id", "sold_count"],
        unique=False,
        postgresql_where=sa.text("state = 'ON_SALE'"),
    )
    op.create_index(
        "ix_products_on_sale_origin",
        "products",
        ["origin_code", "sold_count"],
        unique=False,
        postgresql_where=sa.text("state = 'ON_SALE'"),
    )
    op.create_index(
        "ix_products_on_sale_sold",
        "products",
        ["sold_count", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'ON_SALE'"),
    )
    op.create_table(
        "product_images",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("alt", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["pictures.key"], name=op.f("fk_product_images_key")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_images_product_id")),
        sa.PrimaryKeyConstraint("product_id", "position", name=op.f("pk_product_images")),
    )
    op.create_table(
        "skus",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("market_price", sa.BigInteger(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("gross_weight", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("market_price IS NULL OR market_price > price", name=op.f("ck_skus_market_price")),
        sa.CheckConstraint("price > 0", name=op.f("ck_skus_price")),
        sa.CheckConstraint("weight >= 0 AND gross_weight > 0 AND gross_weight >= weight", name=op.f("ck_skus_weights")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_skus_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skus")),
        sa.UniqueConstraint("product_id", "name", name=op.f("uq_skus_product_id_name")),
    )
    op.create_table(
        "cart_lines",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("selected", sa.Boolean(), nullable=False),
        sa.Column("price_seen", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 999", name=op.f("ck_cart_lines_quantity")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_cart_lines_member_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name=op.f("fk_cart_lines_sku_id")),
        sa.PrimaryKeyConstraint("member_id", "sku_id", name=op.f("pk_cart_lines")),
    )
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("sku_name", sa.String(length=60), nullable=False),
        sa.Column("image_key", sa.String(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("gross_weight", sa.Integer(), nullable=False),
        sa.Column(
            "return_class",
            sa.Enum(
                "SEVEN_DAYS",
                "NO_RETURN_BY_LAW",
                "NO_RETURN_IF_CONFIRMED",
                name="returnclass",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("no_return_confirmed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "quantity BETWEEN 1 AND 999 AND unit_price > 0 AND amount = unit_price * quantity",
            name=op.f("ck_order_lines_amount"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_order_lines_product_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name=op.f("fk_order_lines_sku_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
        sa.UniqueConstraint("order_id", "sku_id", name=op.f("uq_order_lines_order_id_sku_id")),
    )
    op.create_index("ix_order_lines_product", "order_lines", ["product_id"], unique=False)
    op.create_table(
        "stock",
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("low_at", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("actual >= held", name=op.f("ck_stock_not_oversold")),
        sa.CheckConstraint("held >= 0", name=op.f("ck_stock_held")),
        sa.CheckConstraint("low_at >= 0", name=op.f("ck_stock_low_at")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name=op.f("fk_stock_sku_id")),
        sa.PrimaryKeyConstraint("sku_id", name=op.f("pk_stock")),
    )
    op.create_table(
        "stock_holds",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("HELD", "USED", "RELEASED", name="holdstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_holds_quantity")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name=op.f("fk_stock_holds_sku_id")),
        sa.PrimaryKeyConstraint("order_id", "sku_id", name=op.f("pk_stock_holds")),
    )
    op.create_index(
        "ix_stock_holds_open", "stock_holds", ["sku_id"], unique=False, postgresql_where=sa.text("state = 'HELD'")
    )
    op.create_table(
        "stock_moves",
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("delta <> 0", name=op.f("ck_stock_moves_delta")),
        sa.ForeignKeyConstraint(["sku_id"], ["skus.id"], name=op.f("fk_stock_moves_sku_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_moves")),
    )
    op.create_index("ix_stock_moves_sku", "stock_moves", ["sku_id", "created_at"], unique=False)
    op.create_index("uq_stock_moves_order", "stock_moves", ["sku_id", "reason", "order_id"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_stock_moves_order", table_name="stock_moves")
    op.drop_index("ix_stock_moves_sku", table_name="stock_moves")
    op.drop_table("stock_moves")
    op.drop_index("ix_stock_holds_open", table_name="stock_holds", postgresql_where=sa.text("state = 'HELD'"))
    op.drop_table("stock_holds")
    op.drop_table("stock")
    op.drop_index("ix_order_lines_product", table_name="order_lines")
    op.drop_table("order_lines")
    op.drop_table("cart_lines")
    op.drop_table("skus")
    op.drop_table("product_images")
    op.drop_index("ix_products_on_sale_sold", table_name="products", postgresql_where=sa.text("state = 'ON_SALE'"))
    op.drop_index("ix_products_on_sale_origin", table_name="products", postgresql_where=sa.text("state = 'ON_SALE'"))
    op.drop_index("ix_products_on_sale_category", table_name="products", postgresql_where=sa.text("state = 'ON_SALE'"))
    op.drop_index("ix_products_merchant", table_name="products")
    op.drop_index(op.f("ix_products_brand_id"), table_name="products")
    op.drop_table("products")
    op.drop_index("ix_order_steps_order", table_name="order_steps")
    op.drop_table("order_steps")
    op.drop_table("banners")
    op.drop_index(op.f("ix_sign_ins_staff_id"), table_name="sign_ins")
    op.drop_index(op.f("ix_sign_ins_previous_refresh_hash"), table_name="sign_ins")
    op.drop_index(op.f("ix_sign_ins_member_id"), table_name="sign_ins")
    op.drop_table("sign_ins")
    op.drop_index(op.f("ix_refunds_order_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_table("pictures")
    op.drop_index("ix_orders_to_confirm", table_name="orders", postgresql_where=sa.text("state = 'SHIPPED'"))
    op.drop_index("ix_orders_paid", table_name="orders", postgresql_where=sa.text("paid_at IS NOT NULL"))
    op.drop_index("ix_orders_number_prefix", table_name="orders", postgresql_ops={"number": "varchar_pattern_ops"})
    op.drop_index("ix_orders_merchant_state", table_name="orders")
    op.drop_index("ix_orders_merchant_paid", table_name="orders", postgresql_where=sa.text("paid_at IS NOT NULL"))
    op.drop_index("ix_orders_member_state", table_name="orders")
    op.drop_index("ix_orders_member", table_name="orders")
    op.drop_index("ix_orders_created", table_name="orders")
    op.drop_table("orders")
    op.drop_table("brands")
    op.drop_index("ix_trades_unpaid", table_name="trades", postgresql_where=sa.text("state = 'AWAITING_PAYMENT'"))
    op.drop_index(op.f("ix_trades_member_id"), table_name="trades")
    op.drop_table("trades")
    op.drop_index(op.f("ix_staff_merchant_id"), table_name="staff")
    op.drop_table("staff")
    op.drop_index(op.f("ix_payment_parts_order_id"), table_name="payment_parts")
    op.drop_table("payment_parts")
    op.drop_table("merchants")
    op.drop_index(
        "uq_addresses_one_default",
        table_name="addresses",
        postgresql_where=sa.text("is_default AND deleted_at IS NULL"),
    )
    op.drop_index(op.f("ix_addresses_member_id"), table_name="addresses")
    op.drop_table("addresses")
    op.drop_index("ix_shipments_upload", table_name="shipments", postgresql_where=sa.text("upload = 'PENDING'"))
    op.drop_index(op.f("ix_shipments_order_id"), table_name="shipments")
    op.drop_table("shipments")
    op.drop_table("search_pending")
    op.drop_table("search_indexes")
    op.drop_index(
        "ix_search_documents_words",
        table_name="search_documents",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.drop_index("ix_search_documents_origins", table_name="search_documents", postgresql_using="gin")
    op.drop_table("search_documents")
    op.drop_table("roles")
    op.drop_index(op.f("ix_regions_parent_code"), table_name="regions")
    op.drop_table("regions")
    op.drop_index("uq_payments_one_open", table_name="payments", postgresql_where=sa.text("state = 'OPEN'"))
    op.drop_index(op.f("ix_payments_trade_id"), table_name="payments")
    op.drop_table("payments")
    op.drop_index(
        "ix_payment_notices_open", table_name="payment_notices", postgresql_where=sa.text("handled_at IS NULL")
    )
    op.drop_table("payment_notices")
    op.drop_table("outbox")
    op.drop_table("members")
    op.drop_index(op.f("ix_categories_parent_id"), table_name="categories")
    op.drop_table("categories")
    op.drop_index("ix_audit_entries_subject", table_name="audit_entries")
    op.drop_index("ix_audit_entries_created_at", table_name="audit_entries")
    op.drop_table("audit_entries")
    op.execute(sa.schema.DropSequence(sa.Sequence("order_numbers")))
