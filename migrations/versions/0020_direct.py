"""Payments to the platform's own merchant number, and payouts by bank transfer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ACCOUNTS = (
    "WECHAT_RECEIVABLE",
    "BUYER_CLEARING",
    "SUSPENSE",
    "MERCHANT_PAYABLE",
    "PLATFORM_REVENUE",
    "FEE_EXPENSE",
    "COUPON_EXPENSE",
    "POINTS_LIABILITY",
    "GIFTCARD_LIABILITY",
    "COURIER_PAYABLE",
    "LEADER_PAYABLE",
    "DEPOSIT",
)
WAYS = sa.Enum("COMBINED", "DIRECT", name="payway", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    _say_accounts(("WECHAT_RECEIVABLE", "PLATFORM_BANK", *ACCOUNTS[1:]))
    op.add_column("payments", sa.Column("way", WAYS, server_default="COMBINED", nullable=False))
    op.add_column("payments", sa.Column("transaction_id", sa.String(length=32), nullable=True))
    op.create_unique_constraint("uq_payments_transaction_id", "payments", ["transaction_id"])
    op.create_check_constraint(op.f("ck_payments_transaction"), "payments", "transaction_id IS NULL OR way = 'DIRECT'")
    op.drop_constraint("uq_payment_parts_transaction_id", "payment_parts", type_="unique")
    op.create_unique_constraint(
        "uq_payment_parts_transaction_id_order_id", "payment_parts", ["transaction_id", "order_id"]
    )
    op.create_index(
        "uq_payment_parts_own_transaction",
        "payment_parts",
        ["transaction_id"],
        unique=True,
        postgresql_where=sa.text("sub_mchid <> ''"),
    )
    op.create_index(
        "uq_payouts_transfer", "payouts", ["provider_id"], unique=True, postgresql_where=sa.text("sub_mchid = ''")
    )


def _say_accounts(words: tuple[str, ...]) -> None:
    constraint, listed = "ck_ledger_accounts_accountkind", ", ".join(f"'{word}'" for word in words)
    op.execute(f"ALTER TABLE ledger_accounts DROP CONSTRAINT {constraint}")
    op.execute(f"ALTER TABLE ledger_accounts ADD CONSTRAINT {constraint} CHECK (kind IN ({listed})) NOT VALID")
    op.execute(f"ALTER TABLE ledger_accounts VALIDATE CONSTRAINT {constraint}")


def downgrade() -> None:
    op.drop_index("uq_payouts_transfer", table_name="payouts")
    op.drop_index("uq_payment_parts_own_transaction", table_name="payment_parts")
    op.drop_constraint("uq_payment_parts_transaction_id_order_id", "payment_parts", type_="unique")
    op.create_unique_constraint("uq_payment_parts_transaction_id", "payment_parts", ["transaction_id"])
    op.drop_constraint(op.f("ck_payments_transaction"), "payments", type_="check")
    op.drop_constraint("uq_payments_transaction_id", "payments", type_="unique")
    op.drop_column("payments", "transaction_id")
    op.drop_column("payments", "way")
    _say_accounts(ACCOUNTS)
