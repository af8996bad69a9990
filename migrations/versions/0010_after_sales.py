"""Refunds, returns, exchanges, and who decided them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = ("OPEN", "PAID", "CLOSED", "DISPUTED")


def upgrade() -> None:
    _count_refunds()
    _let_money_go_back()
    _make_cases()
    _make_claims()
    _make_messages()
    _make_evidence()
    _make_pictures()
    _make_addresses()


def downgrade() -> None:
    op.drop_table("after_sale_pictures")
    op.drop_table("evidence_pictures")
    op.drop_table("after_sale_messages")
    op.drop_table("line_claims")
    op.drop_table("after_sales")
    op.drop_table("return_addresses")
    op.drop_index("ix_payments_disputed", table_name="payments")
    op.execute("UPDATE payments SET state = 'DISPUTED' WHERE state = 'SENT_BACK'")
    _payment_states(STATES)
    op.drop_index("ix_refunds_abnormal", table_name="refunds")
    op.drop_column("refunds", "sent_at")
    op.drop_constraint(op.f("ck_payment_parts_refunded"), "payment_parts")
    op.drop_column("payment_parts", "refunded")
    op.drop_column("payment_parts", "paid")


def _count_refunds() -> None:
    op.add_column("payment_parts", sa.Column("paid", sa.BigInteger(), nullable=True))
    op.add_column("payment_parts", sa.Column("refunded", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE payment_parts SET refunded = asked.amount"
        " FROM (SELECT part_id, sum(amount) AS amount FROM refunds GROUP BY part_id) AS asked"
        " WHERE asked.part_id = payment_parts.id"
    )
    op.create_check_constraint(
        op.f("ck_payment_parts_refunded"), "payment_parts", "refunded >= 0 AND refunded <= coalesce(paid, amount)"
    )
    op.add_column("refunds", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_refunds_abnormal", "refunds", ["created_at"], postgresql_where=sa.text("state = 'ABNORMAL'"))


def _let_money_go_back() -> None:
    _payment_states((*STATES, "SENT_BACK"))
    op.create_index("ix_payments_disputed", "payments", ["created_at"], postgresql_where=sa.text("state = 'DISPUTED'"))


def _payment_states(states: tuple[str, ...]) -> None:
    named = ", ".join(f"'{state}'" for state in states)
    op.drop_constraint(op.f("ck_payments_paymentstate"), "payments")
    op.create_check_constraint(op.f("ck_payments_paymentstate"), "payments", f"state IN ({named})")


def _make_cases() -> None:
    op.create_table(
        "after_sales",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "REFUND_ONLY",
                "RETURN",
                "EXCHANGE",
                "DAMAGED",
                "MISSING",
                name="aftersalekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "APPLIED",
                "WAIT_RETURN",
                "RETURN_SHIPPED",
                "RECEIVED",
                "REPLACED",
                "REJECTED",
                "ESCALATED",
                "REFUNDING",
                "DONE",
                "CANCELLED",
                "CLOSED",
                name="aftersalestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "NOT_WANTED",
                "LATE_SHIPPING",
                "NO_REASON",
                "NOT_RECEIVED",
                "QUALITY",
                "DAMAGED",
                "WRONG_GOODS",
                "NOT_AS_DESCRIBED",
                "MISSING",
                "OTHER",
                name="aftersalereason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "refused_for",
            sa.Enum(
                "EVIDENCE_MISSING",
                "NOT_OUR_GOODS",
                "HARMED_BY_BUYER",
                "RETURN_INCOMPLETE",
                "ALREADY_SHIPPED",
                "SETTLED_OTHERWISE",
                name="aftersalerefusal",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("pieces_damaged", sa.SmallInteger(), nullable=True),
        sa.Column("pieces_received", sa.SmallInteger(), nullable=True),
        sa.Column("worth", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("freight", sa.BigInteger(), nullable=False),
        sa.Column("dear_units", sa.Integer(), nullable=False),
        sa.Column("before_shipping", sa.Boolean(), nullable=False),
        sa.Column("restocked", sa.Boolean(), nullable=True),
        sa.Column("return_to_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("return_carrier", sa.String(length=20), nullable=True),
        sa.Column("return_number", sa.String(length=40), nullable=True),
        sa.Column("replacement_carrier", sa.String(length=20), nullable=True),
        sa.Column("replacement_number", sa.String(length=40), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'DAMAGED') = (pieces_received IS NOT NULL)", name=op.f("ck_after_sales_damaged_has_pieces")
        ),
        sa.CheckConstraint(
            "(state IN ('DONE', 'CANCELLED', 'CLOSED')) = (finished_at IS NOT NULL)",
            name=op.f("ck_after_sales_ended_has_time"),
        ),
        sa.CheckConstraint(
            "(pieces_received IS NULL) = (pieces_damaged IS NULL) AND pieces_damaged BETWEEN 1 AND pieces_received",
            name=op.f("ck_after_sales_pieces"),
        ),
        sa.CheckConstraint(
            "(replacement_carrier IS NULL) = (replacement_number IS NULL)",
            name=op.f("ck_after_sales_replacement_parcel"),
        ),
        sa.CheckConstraint(
            "(return_carrier IS NULL) = (return_number IS NULL)", name=op.f("ck_after_sales_return_parcel")
        ),
        sa.CheckConstraint("dear_units BETWEEN 0 AND quantity", name=op.f("ck_after_sales_dear_units")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_after_sales_quantity")),
        sa.CheckConstraint(
            "worth >= 0 AND amount BETWEEN 0 AND worth AND freight >= 0", name=op.f("ck_after_sales_amount")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_after_sales_line_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_after_sales_member_id")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_after_sales_merchant_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_after_sales_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_after_sales")),
        sa.UniqueConstraint("line_id", "request_key", name=op.f("uq_after_sales_line_id_request_key")),
        sa.UniqueConstraint("number", name=op.f("uq_after_sales_number")),
    )
    op.create_index(
        "ix_after_sales_due",
        "after_sales",
        ["deadline_at"],
        unique=False,
        postgresql_where=sa.text("deadline_at IS NOT NULL"),
    )
    op.create_index(
        "ix_after_sales_escalated",
        "after_sales",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'ESCALATED'"),
    )
    op.create_index("ix_after_sales_member", "after_sales", ["member_id", "created_at", "id"], unique=False)
    op.create_index("ix_after_sales_merchant", "after_sales", ["merchant_id", "state", "created_at"], unique=False)
    op.create_index("ix_after_sales_order", "after_sales", ["order_id", "created_at"], unique=False)


def _make_claims() -> None:
    op.create_table(
        "line_claims",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.Integer(), nullable=False),
        sa.Column("uncounted", sa.Integer(), nullable=False),
        sa.CheckConstraint("claimed BETWEEN 0 AND quantity", name=op.f("ck_line_claims_claimed")),
        sa.CheckConstraint("uncounted BETWEEN 0 AND quantity", name=op.f("ck_line_claims_uncounted")),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_line_claims_line_id")),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_line_claims")),
    )


def _make_messages() -> None:
    op.create_table(
        "after_sale_messages",
        sa.Column("after_sale_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "APPLIED",
                "WAIT_RETURN",
                "RETURN_SHIPPED",
                "RECEIVED",
                "REPLACED",
                "REJECTED",
                "ESCALATED",
                "REFUNDING",
                "DONE",
                "CANCELLED",
                "CLOSED",
                name="aftersalestate",
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
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["after_sale_id"], ["after_sales.id"], name=op.f("fk_after_sale_messages_after_sale_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_after_sale_messages")),
    )
    op.create_index("ix_after_sale_messages_case", "after_sale_messages", ["after_sale_id", "created_at"], unique=False)


def _make_evidence() -> None:
    op.create_table(
        "evidence_pictures",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "uploader_id", name=op.f("pk_evidence_pictures")),
    )
    op.create_index("ix_evidence_pictures_created", "evidence_pictures", ["created_at"], unique=False)


def _make_pictures() -> None:
    op.create_table(
        "after_sale_pictures",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["after_sale_messages.id"], name=op.f("fk_after_sale_pictures_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name=op.f("pk_after_sale_pictures")),
    )


def _make_addresses() -> None:
    op.create_table(
        "return_addresses",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(length=9), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_return_addresses_merchant_id")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_return_addresses_region_code")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_return_addresses")),
    )
