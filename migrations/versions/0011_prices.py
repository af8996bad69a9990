"""What made a price, by line and by the party that pays for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = ("CAMPAIGN", "MEMBER", "REDUCTION", "MERCHANT_COUPON", "PLATFORM_COUPON", "POINTS")


TOTAL = "goods_total > 0 AND freight >= 0 AND total = goods_total + freight"
DISCOUNTED = (
    "goods_total > 0 AND discount_total BETWEEN 0 AND goods_total AND freight >= 0"
    " AND total = goods_total - discount_total + freight"
)
ACCOUNTED = """
CREATE FUNCTION line_discount_is_accounted_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    discount bigint;
    shared bigint;
BEGIN
    SELECT l.amount - l.payable INTO discount FROM order_lines l WHERE l.id = line;
    SELECT coalesce(sum(s.amount), 0) INTO shared FROM order_line_shares s WHERE s.line_id = line;
    IF shared <> discount THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'line_discount_is_accounted_for',
            MESSAGE = format('%s fen were taken off line %s, of which %s have a cause', discount, line, shared);
    END IF;
    RETURN NULL;
END $$
"""
OF_LINES = """
CREATE CONSTRAINT TRIGGER line_discount_is_accounted_for AFTER INSERT ON order_lines
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.payable <> NEW.amount)
EXECUTE FUNCTION line_discount_is_accounted_for('id')
"""
OF_SHARES = """
CREATE CONSTRAINT TRIGGER line_discount_is_accounted_for AFTER INSERT OR UPDATE ON order_line_shares
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION line_discount_is_accounted_for('line_id')
"""


def upgrade() -> None:
    op.add_column("orders", sa.Column("discount_total", sa.BigInteger(), nullable=False, server_default="0"))
    op.drop_constraint(op.f("ck_orders_total"), "orders")
    op.create_check_constraint(op.f("ck_orders_total"), "orders", DISCOUNTED)
    op.create_table(
        "order_line_shares",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="sharekind", native_enum=False, length=32), nullable=False),
        sa.Column("party", sa.Enum("PLATFORM", "MERCHANT", name="party", native_enum=False, length=32), nullable=False),
        sa.Column("source", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_order_line_shares_amount")),
        sa.CheckConstraint(
            "kind NOT IN ('REDUCTION', 'MERCHANT_COUPON') OR party = 'MERCHANT'",
            name=op.f("ck_order_line_shares_borne_by_the_shop"),
        ),
        sa.CheckConstraint(
            "kind <> 'POINTS' OR party = 'PLATFORM'", name=op.f("ck_order_line_shares_points_are_the_platforms")
        ),
        sa.CheckConstraint("source IS NOT NULL OR kind = 'POINTS'", name=op.f("ck_order_line_shares_has_source")),
        sa.CheckConstraint(f"kind IN {KINDS}", name=op.f("ck_order_line_shares_sharekind")),
        sa.CheckConstraint("party IN ('PLATFORM', 'MERCHANT')", name=op.f("ck_order_line_shares_party")),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_order_line_shares_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line_shares")),
        sa.UniqueConstraint(
            "line_id",
            "kind",
            "party",
            "source",
            name=op.f("uq_order_line_shares_line_id_kind_party_source"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    for statement in (ACCOUNTED, OF_LINES, OF_SHARES):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER line_discount_is_accounted_for ON order_lines")
    op.drop_table("order_line_shares")
    op.execute("DROP FUNCTION line_discount_is_accounted_for")
    op.drop_constraint(op.f("ck_orders_total"), "orders")
    op.drop_column("orders", "discount_total")
    op.create_check_constraint(op.f("ck_orders_total"), "orders", TOTAL)
