"""到店自提: counters of shops, orders that are picked up there instead of sent, and wrong codes by shop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

REASONS = (
    *("BUYER_CANCELLED", "PAYMENT_TIMEOUT", "REFUNDED", "OUT_OF_STOCK_AFTER_PAYMENT", "GROUP_FAILED"),
    *("PRESALE_GIVEN_UP", "BALANCE_MISSED", "PRESALE_FAILED"),
)
NOTICES = (
    *("STOCK_LOW", "AFTER_SALE_OPENED", "AFTER_SALE_RETURNED", "REVIEW_POOR", "PAYOUT_FAILED", "PAYOUT_BOUNCED"),
    *("PRODUCT_APPROVED", "PRODUCT_REJECTED", "PRODUCT_FROZEN", "CHANGE_APPLIED", "CHANGE_REJECTED", "LOT_RECALLED"),
    *("REFUND_SHORT", "CASE_ESCALATED", "BILL_DIFFERS", "PAYMENT_DISPUTED", "SETTLEMENT_STUCK", "PIECE_COPIED"),
    "REFUND_ABNORMAL",
)
ADDRESS = ("region_code", "region_name", "name_sealed", "phone_sealed", "detail_sealed")
WHERE = (
    "num_nonnulls(region_code, region_name, name_sealed, phone_sealed, detail_sealed)"
    " = CASE WHEN pickup_point_id IS NULL THEN 5 ELSE 0 END"
)
NOT_SENT = "pickup_point_id IS NULL OR (freight = 0 AND state NOT IN ('PARTLY_SHIPPED', 'SHIPPED'))"


def upgrade() -> None:
    _words("orders", "closereason", "close_reason", (*REASONS, "PICKUP_MISSED"))
    _words("notices", "noticekind", "kind", (*NOTICES[:13], "PICKUP_DUE", *NOTICES[13:]))
    _make_points()
    for column in ADDRESS:
        op.alter_column("orders", column, nullable=True)
    op.add_column("orders", sa.Column("pickup_point_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_orders_pickup_point_id_merchant_id"),
        *("orders", "pickup_points", ["pickup_point_id", "merchant_id"], ["id", "merchant_id"]),
    )
    op.create_check_constraint(op.f("ck_orders_address_or_point"), "orders", WHERE)
    op.create_check_constraint(op.f("ck_orders_picked_up_is_not_sent"), "orders", NOT_SENT)
    _make_pickups()
    _make_tries()


def downgrade() -> None:
    """Orders that are picked up have no address to go back to: while there are any, this refuses."""
    op.drop_table("pickup_tries")
    op.drop_table("order_pickups")
    op.drop_constraint(op.f("ck_orders_picked_up_is_not_sent"), "orders")
    op.drop_constraint(op.f("ck_orders_address_or_point"), "orders")
    op.drop_constraint(op.f("fk_orders_pickup_point_id_merchant_id"), "orders")
    op.drop_column("orders", "pickup_point_id")
    for column in ADDRESS:
        op.alter_column("orders", column, nullable=False)
    op.drop_table("pickup_points")
    op.execute("DELETE FROM notices WHERE kind = 'PICKUP_DUE'")
    _words("notices", "noticekind", "kind", NOTICES)
    _words("orders", "closereason", "close_reason", REASONS)


def _words(table: str, enum: str, column: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    op.drop_constraint(op.f(f"ck_{table}_{enum}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{enum}"), table, f"{column} IN ({listed})")


def _make_points() -> None:
    op.create_table(
        "pickup_points",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("region_code", sa.String(length=9), nullable=False),
        sa.Column("region_name", sa.String(), nullable=False),
        sa.Column("detail", sa.String(length=100), nullable=False),
        sa.Column("hours", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("region_code LIKE '5306%'", name=op.f("ck_pickup_points_in_zhaotong")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_pickup_points_merchant_id")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_pickup_points_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_points")),
        sa.UniqueConstraint("id", "merchant_id", name=op.f("uq_pickup_points_id_merchant_id")),
    )
    op.create_index("ix_pickup_points_shop", "pickup_points", ["merchant_id", "created_at"], unique=False)


def _make_pickups() -> None:
    op.create_table(
        "order_pickups",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *("WAITING", "PICKED_UP", "ENDED"),
                name="pickupstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("picked_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_by", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state = 'WAITING') = (code_sealed IS NOT NULL)", name=op.f("ck_order_pickups_code_while_waiting")
        ),
        sa.CheckConstraint(
            "(state = 'PICKED_UP') = (picked_up_at IS NOT NULL)", name=op.f("ck_order_pickups_picked_up_has_time")
        ),
        sa.CheckConstraint(
            "(picked_up_at IS NULL) = (handed_over_by IS NULL)", name=op.f("ck_order_pickups_handed_over_by_somebody")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_order_pickups_member_id")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_order_pickups_merchant_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_pickups_order_id")),
        sa.ForeignKeyConstraint(
            *(["point_id", "merchant_id"], ["pickup_points.id", "pickup_points.merchant_id"]),
            name=op.f("fk_order_pickups_point_id_merchant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_pickups")),
        sa.UniqueConstraint("merchant_id", "digest", name=op.f("uq_order_pickups_merchant_id_digest")),
        sa.UniqueConstraint("order_id", name=op.f("uq_order_pickups_order_id")),
    )
    waiting = sa.text("state = 'WAITING'")
    op.create_index("ix_order_pickups_due", "order_pickups", ["deadline"], postgresql_where=waiting)
    op.create_index("ix_order_pickups_shop", "order_pickups", ["merchant_id", "deadline"], postgresql_where=waiting)


def _make_tries() -> None:
    op.create_table(
        "pickup_tries",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wrong", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("wrong > 0", name=op.f("ck_pickup_tries_wrong")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_pickup_tries_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", "day", name=op.f("pk_pickup_tries")),
    )
