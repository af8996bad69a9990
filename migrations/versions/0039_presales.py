"""预售: offers, bookings, a second payment of one trade, and what is owed for a deposit that is returned twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

BEFORE = ("AWAITING_PAYMENT", "AWAITING_GROUP")
PAID = ("AWAITING_SHIPMENT", "PARTLY_SHIPPED", "SHIPPED", "RECEIVED", "COMPLETED")
WAITING = ("RESERVED", "AWAITING_BALANCE")
REASONS = ("BUYER_CANCELLED", "PAYMENT_TIMEOUT", "REFUNDED", "OUT_OF_STOCK_AFTER_PAYMENT", "GROUP_FAILED")
ENDS = ("PRESALE_GIVEN_UP", "BALANCE_MISSED", "PRESALE_FAILED")
ACCOUNTS = (
    "WECHAT_RECEIVABLE",
    "PLATFORM_BANK",
    "BUYER_CLEARING",
    "SUSPENSE",
    "MERCHANT_PAYABLE",
    "PLATFORM_REVENUE",
    "FEE_EXPENSE",
    "COUPON_EXPENSE",
    "POINTS_LIABILITY",
    "GIFTCARD_LIABILITY",
    "CARD_SALES",
    "COURIER_PAYABLE",
    "LEADER_PAYABLE",
    "DEPOSIT",
)
FACTS = (
    "PAYMENT",
    "REFUND",
    "DISPUTE",
    "DISPUTE_ACCEPTED",
    "DISPUTE_RETURNED",
    "SETTLEMENT",
    "SETTLEMENT_RETURN",
    "PAYOUT",
    "PAYOUT_RETURNED",
    "FEE",
    "CARD_ISSUED",
    "CARD_REFUND",
)


def upgrade() -> None:
    states = (*BEFORE, *WAITING, *PAID, "CLOSED")
    _orders(states, ("AWAITING_GROUP", *WAITING, *PAID), (*REASONS, *ENDS), ("DEPOSIT_PAID",))
    op.add_column("trades", sa.Column("presale", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    due = sa.text("state = 'AWAITING_BALANCE'")
    op.create_index("ix_orders_balance_due", "orders", ["expires_at"], postgresql_where=due)
    op.add_column("payments", sa.Column("stage", sa.SmallInteger(), server_default="1", nullable=False))
    op.create_check_constraint(op.f("ck_payments_stage"), "payments", "stage BETWEEN 1 AND 2")
    op.create_check_constraint(op.f("ck_payments_cards_pay_at_once"), "payments", "way <> 'CARD' OR stage = 1")
    _settlements()
    _ledger((*ACCOUNTS, "BUYER_COMPENSATION"), (*FACTS, "COMPENSATION", "COMPENSATION_PAID"))
    _make_offers()
    _make_bookings()


def downgrade() -> None:
    op.drop_table("presale_bookings")
    op.drop_table("presale_offers")
    _ledger(ACCOUNTS, FACTS)
    op.drop_index("ix_settlements_order", "settlements")
    op.drop_index("uq_settlements_order", "settlements")
    op.drop_constraint(op.f("ck_settlements_release_is_empty"), "settlements")
    op.drop_column("settlements", "release")
    op.create_unique_constraint(op.f("uq_settlements_order_id"), "settlements", ["order_id"])
    op.drop_constraint(op.f("ck_payments_cards_pay_at_once"), "payments")
    op.drop_constraint(op.f("ck_payments_stage"), "payments")
    op.drop_column("payments", "stage")
    op.drop_index("ix_orders_balance_due", "orders")
    op.drop_column("trades", "presale")
    _orders((*BEFORE, *PAID, "CLOSED"), ("AWAITING_GROUP", *PAID), REASONS, ())


def _named(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _words(table: str, check: str, column: str, words: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{check}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{check}"), table, f"{column} IN ({_named(words)})")


def _orders(states: tuple[str, ...], paid: tuple[str, ...], reasons: tuple[str, ...], trades: tuple[str, ...]) -> None:
    for table in ("orders", "order_steps"):
        _words(table, "orderstate", "state", states)
    _words("orders", "closereason", "close_reason", reasons)
    _words("trades", "tradestate", "state", ("AWAITING_PAYMENT", *trades, "PAID", "CLOSED"))
    op.drop_constraint(op.f("ck_orders_after_payment_is_paid"), "orders")
    rule = f"state NOT IN ({_named(paid)}) OR paid_at IS NOT NULL"
    op.create_check_constraint(op.f("ck_orders_after_payment_is_paid"), "orders", rule)


def _ledger(accounts: tuple[str, ...], facts: tuple[str, ...]) -> None:
    _words("ledger_accounts", "accountkind", "kind", accounts)
    _words("ledger_transactions", "transactionkind", "kind", facts)


def _settlements() -> None:
    op.add_column("settlements", sa.Column("release", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    rule = "NOT release OR (held = 0 AND subsidy = 0)"
    op.create_check_constraint(op.f("ck_settlements_release_is_empty"), "settlements", rule)
    op.drop_constraint(op.f("uq_settlements_order_id"), "settlements")
    counts = sa.text("NOT release")
    op.create_index("uq_settlements_order", "settlements", ["order_id"], unique=True, postgresql_where=counts)
    op.create_index("ix_settlements_order", "settlements", ["order_id"])


def _enum(column: str, name: str, *words: str, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=nullable)


def _row() -> tuple[sa.Column[object], ...]:
    made = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return sa.Column("id", sa.Uuid(), nullable=False), made


def _times(*names: str, nullable: bool = False) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _make_offers() -> None:
    name = "presale_offers"
    checks = {
        "price": "price > 0 AND price <= list_price",
        "kind": "(kind = 'DEPOSIT') = (deposit IS NOT NULL) AND (kind = 'DEPOSIT') = (deposit_kind IS NOT NULL)"
        " AND (kind = 'DEPOSIT') = (balance_from IS NOT NULL) AND (kind = 'DEPOSIT') = (balance_until IS NOT NULL)",
        "deposit": "deposit > 0 AND deposit * 100 <= price * 20",
        "ends": "ends_at > starts_at",
        "balance_window": "balance_from >= ends_at AND balance_until > balance_from",
        "ships": "ships_at >= ends_at AND ship_days BETWEEN 1 AND 60",
        "per_member": "per_member BETWEEN 1 AND 99",
        "taken": "stock BETWEEN 1 AND 9999999 AND taken BETWEEN 0 AND stock",
        "stopped_has_time": "state NOT IN ('STOPPED') OR stopped_at IS NOT NULL",
        "allocated": "(state = 'ALLOCATED') = (allocated_at IS NOT NULL)"
        " AND (state = 'ALLOCATED') = (harvested IS NOT NULL) AND harvested >= 0",
    }
    op.create_table(
        name,
        *_row(),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in ("merchant_id", "product_id", "sku_id")),
        sa.Column("name", sa.String(length=40), nullable=False),
        _enum("kind", "presalekind", "FULL", "DEPOSIT"),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("list_price", sa.BigInteger(), nullable=False),
        sa.Column("deposit", sa.BigInteger(), nullable=True),
        _enum("deposit_kind", "depositkind", "DINGJIN", "DINGJIN_REFUNDABLE", nullable=True),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("per_member", sa.SmallInteger(), nullable=False),
        _enum("state", "presalestate", "DRAFT", "RUNNING", "STOPPED", "ALLOCATED"),
        *_times("starts_at", "ends_at"),
        *_times("balance_from", "balance_until", nullable=True),
        *_times("ships_at"),
        sa.Column("ship_days", sa.SmallInteger(), nullable=False),
        *_times("stopped_at", nullable=True),
        sa.Column("harvested", sa.Integer(), nullable=True),
        *_times("allocated_at", nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{check}")) for check, rule in checks.items()),
        _to(name, "merchant_id", "merchants"),
        _to(name, "product_id", "products"),
        _to(name, "sku_id", "skus"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    running = sa.text("state = 'RUNNING'")
    op.create_index("uq_presale_offers_running", name, ["sku_id"], unique=True, postgresql_where=running)
    op.create_index("ix_presale_offers_merchant", name, ["merchant_id", "created_at"])
    op.create_index("ix_presale_offers_product", name, ["product_id"], postgresql_where=running)


def _make_bookings() -> None:
    name = "presale_bookings"
    checks = {
        "quantity": "quantity BETWEEN 1 AND 99",
        "sums": "goods > 0 AND deposit >= 0 AND balance >= 0 AND (deposit = 0 OR deposit + balance >= goods)",
        "kind": "(deposit_kind IS NULL) = (deposit = 0) AND (deposit = 0) = (balance = 0)",
        "deposit": "deposit * 100 <= goods * 20",
        "agreed": "deposit_kind IS NULL OR agreed_at IS NOT NULL",
        "forfeited": "state <> 'FORFEITED' OR deposit_kind = 'DINGJIN'",
        "compensation": "compensation BETWEEN 0 AND deposit",
        "compensated": "compensation = 0 OR (state = 'REFUNDED' AND deposit_kind = 'DINGJIN')",
        "compensation_paid": "(compensation_paid_at IS NULL) = (compensation_ref IS NULL)",
        "compensation_due": "compensation_paid_at IS NULL OR compensation > 0",
        "booked_is_paid": "state NOT IN ('BOOKED', 'FORFEITED') OR paid_at IS NOT NULL",
        "balance_after_deposit": "balance_paid_at IS NULL OR paid_at IS NOT NULL",
    }
    op.create_table(
        name,
        *_row(),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in ("offer_id", "order_id", "member_id")),
        sa.Column("quantity", sa.SmallInteger(), nullable=False),
        _enum("state", "bookingstate", "HELD", "BOOKED", "FREED", "REFUNDED", "FORFEITED"),
        *(sa.Column(column, sa.BigInteger(), nullable=False) for column in ("goods", "deposit", "balance")),
        _enum("deposit_kind", "depositkind", "DINGJIN", "DINGJIN_REFUNDABLE", nullable=True),
        sa.Column("rules", sa.String(length=400), nullable=False),
        *_times("agreed_at", "paid_at", "balance_paid_at", nullable=True),
        sa.Column("allotted", sa.Boolean(), nullable=True),
        *_times("reminded_at", "ended_at", nullable=True),
        sa.Column("compensation", sa.BigInteger(), server_default="0", nullable=False),
        *_times("compensation_paid_at", nullable=True),
        sa.Column("compensation_ref", sa.String(length=64), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{check}")) for check, rule in checks.items()),
        _to(name, "offer_id", "presale_offers"),
        _to(name, "order_id", "orders"),
        _to(name, "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("order_id", name=op.f(f"uq_{name}_order_id")),
    )
    held = sa.text("state = 'HELD'")
    op.create_index("uq_presale_bookings_unpaid", name, ["offer_id", "member_id"], unique=True, postgresql_where=held)
    op.create_index("ix_presale_bookings_offer", name, ["offer_id", "state", "paid_at", "id"])
    op.create_index("ix_presale_bookings_member", name, ["member_id", "created_at"])
    failed = sa.text("state = 'BOOKED' AND NOT allotted")
    op.create_index("ix_presale_bookings_unallotted", name, ["offer_id"], postgresql_where=failed)
    owed = sa.text("compensation > 0 AND compensation_paid_at IS NULL")
    op.create_index("ix_presale_bookings_owed", name, ["created_at"], postgresql_where=owed)
