"""Freight by region and weight or piece; what each shop asked until now becomes its default template."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# One fee whatever the weight: the first piece pays it, every further one nothing.
FLAT = """
WITH made AS (
    INSERT INTO freight_templates (id, merchant_id, name, unit, is_default, cold_fee, version, updated_at, created_at)
    SELECT gen_random_uuid(), id, '默认运费', 'PIECE', true, 0, 1, now(), now() FROM merchants
    RETURNING id, merchant_id
), ruled AS (
    INSERT INTO freight_rules (template_id, position, deliverable, reason, first, first_fee, step, step_fee)
    SELECT made.id, 0, true, '', 1, m.freight, 1, 0 FROM made JOIN merchants AS m ON m.id = made.merchant_id
)
INSERT INTO freight_frees (template_id, position, codes, from_amount)
SELECT made.id, 0, '{}', m.free_freight_from FROM made JOIN merchants AS m ON m.id = made.merchant_id
WHERE m.free_freight_from IS NOT NULL AND m.freight > 0
"""
DIMENSIONS = ("length", "width", "height")


def upgrade() -> None:
    _templates()
    _rules()
    op.add_column(
        "merchants", sa.Column("freight_mark", sa.Uuid(), nullable=False, server_default=sa.text("gen_random_uuid()"))
    )
    op.execute(FLAT)
    # The rows just made have a deferred rule to be checked, and no table may be altered while one waits.
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _products()


def _templates() -> None:
    op.create_table(
        "freight_templates",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("cold_fee", sa.BigInteger(), nullable=False),
        sa.Column("pack_grams", sa.Integer(), nullable=True),
        sa.Column("pack_fee", sa.BigInteger(), nullable=True),
        sa.Column("default_position", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("unit IN ('WEIGHT', 'PIECE')", name=op.f("ck_freight_templates_freightunit")),
        sa.CheckConstraint(
            "cold_fee >= 0 AND (pack_fee IS NULL OR pack_fee >= 0) AND pack_grams > 0",
            name=op.f("ck_freight_templates_surcharges"),
        ),
        sa.CheckConstraint("(pack_grams IS NULL) = (pack_fee IS NULL)", name=op.f("ck_freight_templates_pack_whole")),
        sa.CheckConstraint("default_position = 0", name=op.f("ck_freight_templates_default_position")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_freight_templates_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_freight_templates")),
        sa.UniqueConstraint("merchant_id", "name", name=op.f("uq_freight_templates_merchant_id_name")),
        sa.UniqueConstraint("merchant_id", "id", name=op.f("uq_freight_templates_merchant_id_id")),
    )
    op.create_index(
        "uq_freight_templates_one_default",
        "freight_templates",
        ["merchant_id"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )


def _rules() -> None:
    op.create_table(
        "freight_rules",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("deliverable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("first_fee", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("step_fee", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_freight_rules_position")),
        sa.CheckConstraint(
            "CASE WHEN deliverable THEN num_nonnulls(first, first_fee, step, step_fee) = 4 AND reason = ''"
            " ELSE num_nonnulls(first, first_fee, step, step_fee) = 0 AND reason <> '' END",
            name=op.f("ck_freight_rules_fee_or_reason"),
        ),
        sa.CheckConstraint("first > 0 AND step > 0", name=op.f("ck_freight_rules_units")),
        sa.CheckConstraint("first_fee >= 0 AND step_fee >= 0", name=op.f("ck_freight_rules_fees")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["freight_templates.id"],
            name=op.f("fk_freight_rules_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("template_id", "position", name=op.f("pk_freight_rules")),
    )
    op.create_foreign_key(
        "fk_freight_templates_default_rule",
        "freight_templates",
        "freight_rules",
        ["id", "default_position"],
        ["template_id", "position"],
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_table(
        "freight_places",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(9), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_freight_places_position")),
        sa.ForeignKeyConstraint(["code"], ["regions.code"], name=op.f("fk_freight_places_code")),
        sa.ForeignKeyConstraint(
            ["template_id", "position"],
            ["freight_rules.template_id", "freight_rules.position"],
            name="fk_freight_places_rule",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("template_id", "code", name=op.f("pk_freight_places")),
    )
    op.create_index("ix_freight_places_code", "freight_places", ["code"])
    op.create_table(
        "freight_frees",
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("codes", postgresql.ARRAY(sa.String(9)), nullable=False),
        sa.Column("from_quantity", sa.Integer(), nullable=True),
        sa.Column("from_amount", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_freight_frees_position")),
        sa.CheckConstraint("from_quantity > 0 AND from_amount > 0", name=op.f("ck_freight_frees_from")),
        sa.CheckConstraint("num_nonnulls(from_quantity, from_amount) > 0", name=op.f("ck_freight_frees_some_from")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["freight_templates.id"],
            name=op.f("fk_freight_frees_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("template_id", "position", name=op.f("pk_freight_frees")),
    )


def _products() -> None:
    op.add_column("products", sa.Column("freight_template_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_products_freight_template",
        "products",
        "freight_templates",
        ["merchant_id", "freight_template_id"],
        ["merchant_id", "id"],
    )
    op.create_index(
        "ix_products_freight_template",
        "products",
        ["freight_template_id"],
        postgresql_where=sa.text("freight_template_id IS NOT NULL"),
    )
    for name in DIMENSIONS:
        op.add_column("skus", sa.Column(name, sa.Integer(), nullable=True))
    op.create_check_constraint(
        op.f("ck_skus_dimensions_whole"), "skus", "num_nonnulls(length, width, height) IN (0, 3)"
    )
    op.create_check_constraint(op.f("ck_skus_dimensions"), "skus", "length > 0 AND width > 0 AND height > 0")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_skus_dimensions"), "skus")
    op.drop_constraint(op.f("ck_skus_dimensions_whole"), "skus")
    for name in DIMENSIONS:
        op.drop_column("skus", name)
    op.drop_constraint("fk_products_freight_template", "products")
    op.drop_column("products", "freight_template_id")
    op.drop_constraint("fk_freight_templates_default_rule", "freight_templates")
    for name in ("freight_frees", "freight_places", "freight_rules", "freight_templates"):
        op.drop_table(name)
    op.drop_column("merchants", "freight_mark")
