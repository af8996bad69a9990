"""What every SKU was offered for, and when; what a price that is struck through is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LOWEST = """
CREATE FUNCTION lowest_price_before(wanted uuid, moment timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COALESCE(
        (SELECT min(price) FROM sku_prices WHERE sku_id = wanted AND since < moment AND since >= COALESCE(
            (SELECT max(since) FROM sku_prices WHERE sku_id = wanted AND since <= moment - interval '7 days'),
            '-infinity')),
        (SELECT price FROM sku_prices WHERE sku_id = wanted AND price IS NOT NULL AND since < moment
            ORDER BY since DESC LIMIT 1))
$$
"""
KEPT = """
CREATE FUNCTION sku_price_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    offered bigint;
    before sku_prices;
    moment timestamptz;
BEGIN
    SELECT CASE WHEN NEW.active AND state = 'ON_SALE' THEN NEW.price END INTO offered
        FROM products WHERE id = NEW.product_id;
    SELECT * INTO before FROM sku_prices WHERE sku_id = NEW.id ORDER BY since DESC LIMIT 1;
    IF before.price IS DISTINCT FROM offered THEN
        moment := GREATEST(clock_timestamp(), before.since + interval '1 microsecond');
        NEW.lowest_before := CASE WHEN offered IS NOT NULL THEN lowest_price_before(NEW.id, moment) END;
        INSERT INTO sku_prices (sku_id, since, price) VALUES (NEW.id, moment, offered);
    ELSIF TG_OP = 'INSERT' AND offered IS NOT NULL THEN
        NEW.lowest_before := lowest_price_before(NEW.id, before.since);
    END IF;
    RETURN NEW;
END $$
"""
MOVED = """
CREATE FUNCTION product_prices_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE skus SET active = active WHERE product_id = NEW.id;
    RETURN NULL;
END $$
"""
ORDERED = """
CREATE FUNCTION sku_prices_are_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sku_prices WHERE sku_id = NEW.sku_id AND since > NEW.since) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'prices are recorded in order of time';
    END IF;
    RETURN NEW;
END $$
"""
UNCHANGED = """
CREATE FUNCTION sku_price_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'a price that was offered is never changed';
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER sku_price_is_kept BEFORE INSERT OR UPDATE OF price, active ON skus"
    " FOR EACH ROW EXECUTE FUNCTION sku_price_is_kept()",
    "CREATE TRIGGER product_prices_are_kept AFTER UPDATE OF state ON products FOR EACH ROW"
    " WHEN (OLD.state <> NEW.state AND 'ON_SALE' IN (OLD.state, NEW.state))"
    " EXECUTE FUNCTION product_prices_are_kept()",
    "CREATE TRIGGER sku_prices_are_in_order BEFORE INSERT ON sku_prices"
    " FOR EACH ROW EXECUTE FUNCTION sku_prices_are_in_order()",
    "CREATE TRIGGER sku_prices_unchanged BEFORE UPDATE OR DELETE ON sku_prices"
    " FOR EACH ROW EXECUTE FUNCTION sku_price_is_unchanged()",
    "CREATE TRIGGER sku_prices_not_truncated BEFORE TRUNCATE ON sku_prices"
    " FOR EACH STATEMENT EXECUTE FUNCTION sku_price_is_unchanged()",
)

FUNCTIONS = (
    "sku_price_is_kept",
    "product_prices_are_kept",
    "sku_prices_are_in_order",
    "sku_price_is_unchanged",
    "lowest_price_before",
)
CHECKS = {
    "ck_skus_market_basis_is_said": "(market_price IS NULL) = (market_basis IS NULL)",
    "ck_skus_market_source": "(market_source <> '') = (market_basis IS NOT DISTINCT FROM 'SUGGESTED')",
}


def upgrade() -> None:
    op.create_table(
        "sku_prices",
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("price > 0", name=op.f("ck_sku_prices_price")),
        sa.ForeignKeyConstraint(
            ["sku_id"], ["skus.id"], name=op.f("fk_sku_prices_sku_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("sku_id", "since", name=op.f("pk_sku_prices")),
    )
    basis = sa.Enum("ORIGINAL", "SUGGESTED", name="marketbasis", native_enum=False, create_constraint=True, length=32)
    op.add_column("skus", sa.Column("market_basis", basis, nullable=True))
    op.add_column("skus", sa.Column("market_source", sa.String(length=80), server_default="", nullable=False))
    op.add_column("skus", sa.Column("lowest_before", sa.BigInteger(), nullable=True))
    # Nothing is known of what was asked before today, so these are not shown until they are true.
    op.execute("UPDATE skus SET market_basis = 'ORIGINAL' WHERE market_price IS NOT NULL")
    for name, check in CHECKS.items():
        op.create_check_constraint(op.f(name), "skus", check)
    op.execute(
        "INSERT INTO sku_prices (sku_id, price) SELECT skus.id, price FROM skus JOIN products ON products.id = product_id"
        " WHERE active AND state = 'ON_SALE'"
    )
    for statement in (LOWEST, KEPT, MOVED, ORDERED, UNCHANGED, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER sku_price_is_kept ON skus")
    op.execute("DROP TRIGGER product_prices_are_kept ON products")
    for name in CHECKS:
        op.drop_constraint(op.f(name), "skus")
    op.drop_table("sku_prices")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    for name in ("lowest_before", "market_source", "market_basis"):
        op.drop_column("skus", name)
