"""拼团: offers to groups, groups, seats, and orders that wait for their group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STATES = ("AWAITING_PAYMENT", "AWAITING_SHIPMENT", "PARTLY_SHIPPED", "SHIPPED", "RECEIVED", "COMPLETED", "CLOSED")
REASONS = ("BUYER_CANCELLED", "PAYMENT_TIMEOUT", "REFUNDED", "OUT_OF_STOCK_AFTER_PAYMENT")
PAID = ("AWAITING_SHIPMENT", "PARTLY_SHIPPED", "SHIPPED", "RECEIVED", "COMPLETED")


def upgrade() -> None:
    _orders((STATES[0], "AWAITING_GROUP", *STATES[1:]), ("AWAITING_GROUP", *PAID), (*REASONS, "GROUP_FAILED"))
    _make_activities()
    _make_groups()
    _make_seats()


def downgrade() -> None:
    op.drop_table("group_seats")
    op.drop_table("groups")
    op.drop_table("group_activities")
    _orders(STATES, PAID, REASONS)


def _orders(states: tuple[str, ...], paid: tuple[str, ...], reasons: tuple[str, ...]) -> None:
    for table in ("orders", "order_steps"):
        op.drop_constraint(op.f(f"ck_{table}_orderstate"), table)
        op.create_check_constraint(op.f(f"ck_{table}_orderstate"), table, f"state IN ({_named(states)})")
    op.drop_constraint(op.f("ck_orders_closereason"), "orders")
    op.create_check_constraint(op.f("ck_orders_closereason"), "orders", f"close_reason IN ({_named(reasons)})")
    op.drop_constraint(op.f("ck_orders_after_payment_is_paid"), "orders")
    rule = f"state NOT IN ({_named(paid)}) OR paid_at IS NOT NULL"
    op.create_check_constraint(op.f("ck_orders_after_payment_is_paid"), "orders", rule)


def _named(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _state(name: str, *words: str) -> sa.Column[str]:
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column("state", kind, nullable=False)


def _row() -> tuple[sa.Column[object], ...]:
    made = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return sa.Column("id", sa.Uuid(), nullable=False), made


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _make_activities() -> None:
    name = "group_activities"
    checks = {
        "below_list_price": "price > 0 AND price < list_price",
        "size": "size BETWEEN 2 AND 50",
        "ttl": "ttl_minutes BETWEEN 10 AND 4320",
        "per_member": "per_member BETWEEN 1 AND 99",
        "taken": "stock BETWEEN 1 AND 9999999 AND taken BETWEEN 0 AND stock",
        "ends": "ends_at > starts_at",
        "stopped_has_time": "(state = 'STOPPED') = (stopped_at IS NOT NULL)",
    }
    op.create_table(
        name,
        *_row(),
        *(_id(column) for column in ("merchant_id", "product_id", "sku_id")),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("list_price", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.Column("ttl_minutes", sa.Integer(), nullable=False),
        sa.Column("per_member", sa.SmallInteger(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        _state("activitystate", "DRAFT", "RUNNING", "STOPPED"),
        _time("starts_at"),
        _time("ends_at"),
        _time("stopped_at", nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{check}")) for check, rule in checks.items()),
        _to(name, "merchant_id", "merchants"),
        _to(name, "product_id", "products"),
        _to(name, "sku_id", "skus"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    running = sa.text("state = 'RUNNING'")
    op.create_index("uq_group_activities_running", name, ["sku_id"], unique=True, postgresql_where=running)
    op.create_index("ix_group_activities_merchant", name, ["merchant_id", "created_at"])
    op.create_index("ix_group_activities_product", name, ["product_id"], postgresql_where=running)


def _make_groups() -> None:
    checks = {
        "seats": "0 <= seats_paid AND seats_paid <= seats_held AND seats_held <= size",
        "success_is_full": "(state = 'SUCCESS') = (seats_paid = size)",
        "merged_has_target": "(state = 'MERGED') = (merged_into_id IS NOT NULL)",
        "merged_is_empty": "state <> 'MERGED' OR seats_held = 0",
        "ended_has_time": "(state = 'FORMING') = (ended_at IS NULL)",
        "merged_elsewhere": "merged_into_id <> id",
    }
    op.create_table(
        "groups",
        *_row(),
        _id("activity_id"),
        _id("leader_id"),
        *(sa.Column(column, sa.SmallInteger(), nullable=False) for column in ("size", "seats_held", "seats_paid")),
        _state("groupstate", "FORMING", "SUCCESS", "FAILED", "MERGED"),
        _time("expires_at"),
        _time("ended_at", nullable=True),
        _id("merged_into_id", nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_groups_{check}")) for check, rule in checks.items()),
        _to("groups", "activity_id", "group_activities"),
        _to("groups", "leader_id", "members"),
        _to("groups", "merged_into_id", "groups"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    forming = sa.text("state = 'FORMING'")
    op.create_index("ix_groups_forming", "groups", ["activity_id", "expires_at"], postgresql_where=forming)
    op.create_index("ix_groups_expiring", "groups", ["expires_at"], postgresql_where=forming)
    op.create_index("ix_groups_activity", "groups", ["activity_id", "created_at"])


def _make_seats() -> None:
    name = "group_seats"
    op.create_table(
        name,
        *_row(),
        _id("activity_id"),
        _id("group_id", nullable=True),
        _id("order_id"),
        _id("member_id"),
        sa.Column("quantity", sa.SmallInteger(), nullable=False),
        _state("seatstate", "HELD", "PAID", "FREED", "REFUNDED"),
        sa.Column("may_merge", sa.Boolean(), nullable=False),
        sa.Column("may_move", sa.Boolean(), nullable=False),
        _id("moved_from_id", nullable=True),
        _time("paid_at", nullable=True),
        sa.CheckConstraint("state <> 'PAID' OR group_id IS NOT NULL", name=op.f("ck_group_seats_paid_has_group")),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name=op.f("ck_group_seats_quantity")),
        _to(name, "activity_id", "group_activities"),
        _to(name, "group_id", "groups"),
        _to(name, "order_id", "orders"),
        _to(name, "member_id", "members"),
        _to(name, "moved_from_id", "groups"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_seats")),
        sa.UniqueConstraint("order_id", name=op.f("uq_group_seats_order_id")),
    )
    living, unpaid = sa.text("state IN ('HELD', 'PAID')"), sa.text("state = 'HELD'")
    op.create_index("uq_group_seats_living", name, ["group_id", "member_id"], unique=True, postgresql_where=living)
    op.create_index("uq_group_seats_unpaid", name, ["activity_id", "member_id"], unique=True, postgresql_where=unpaid)
    op.create_index("ix_group_seats_group", name, ["group_id", "created_at"])
    op.create_index("ix_group_seats_member", name, ["member_id", "created_at"])
    op.create_index("ix_group_seats_activity", name, ["activity_id", "state"])
