"""Campaigns, what they offer, and the coupons that members hold of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("merchants", sa.Column("promotions_mark", sa.Uuid(), nullable=True))
    op.create_table(
        "campaigns",
        sa.Column(
            "kind",
            sa.Enum(
                "COUPON",
                "REDUCTION",
                "GROUP_BUY",
                "FLASH_SALE",
                "PRESALE",
                name="campaignkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rules", sa.String(length=500), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "PUBLISHED",
                "STOPPED",
                name="campaignstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merchant_percent", sa.SmallInteger(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=True),
        sa.Column("promised_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "EVERYBODY", "NEW_BUYERS", name="campaignaudience", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("category_ids", sa.ARRAY(sa.Uuid()), nullable=True),
        sa.Column("product_ids", sa.ARRAY(sa.Uuid()), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'DRAFT') = (published_at IS NULL)", name=op.f("ck_campaigns_published_has_time")),
        sa.CheckConstraint(
            "(state = 'STOPPED') = (stopped_at IS NOT NULL)", name=op.f("ck_campaigns_stopped_has_time")
        ),
        sa.CheckConstraint(
            "kind <> 'REDUCTION' OR merchant_id IS NOT NULL", name=op.f("ck_campaigns_reductions_are_of_shops")
        ),
        sa.CheckConstraint(
            "state <> 'STOPPED' OR length(stop_reason) >= 2", name=op.f("ck_campaigns_stopped_has_reason")
        ),
        sa.CheckConstraint("state = 'DRAFT' OR length(rules) >= 4", name=op.f("ck_campaigns_rules_are_said")),
        sa.CheckConstraint(
            "cardinality(category_ids) > 0 AND cardinality(product_ids) > 0",
            name=op.f("ck_campaigns_scope_is_not_empty"),
        ),
        sa.CheckConstraint("category_ids IS NULL OR product_ids IS NULL", name=op.f("ck_campaigns_one_scope")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_campaigns_ends_after_start")),
        sa.CheckConstraint(
            "merchant_id IS NULL OR merchant_percent = 100", name=op.f("ck_campaigns_shops_pay_for_their_own")
        ),
        sa.CheckConstraint("merchant_percent BETWEEN 0 AND 100", name=op.f("ck_campaigns_merchant_percent")),
        sa.CheckConstraint(
            "promised_fen >= 0 AND (budget_fen IS NULL OR promised_fen <= budget_fen)", name=op.f("ck_campaigns_budget")
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_campaigns_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_index("ix_campaigns_merchant", "campaigns", ["merchant_id", "starts_at"], unique=False)
    op.create_index(
        "ix_campaigns_published",
        "campaigns",
        ["ends_at"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index("ix_campaigns_starts", "campaigns", ["starts_at"], unique=False)
    op.create_table(
        "reduction_steps",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("threshold", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("off", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("off > 0 AND off < threshold", name=op.f("ck_reduction_steps_off")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_reduction_steps_campaign_id")),
        sa.PrimaryKeyConstraint("campaign_id", "threshold", name=op.f("pk_reduction_steps")),
    )
    op.create_table(
        "coupon_offers",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("off", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("percent_off", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("claimed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("per_member", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("valid_days", sa.SmallInteger(), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(off > 0 AND percent_off = 0) OR (off = 0 AND percent_off BETWEEN 1 AND 90)",
            name=op.f("ck_coupon_offers_off"),
        ),
        sa.CheckConstraint(
            "(percent_off > 0) = (most IS NOT NULL) AND (most IS NULL OR most > 0)", name=op.f("ck_coupon_offers_most")
        ),
        sa.CheckConstraint("(valid_days IS NULL) <> (valid_until IS NULL)", name=op.f("ck_coupon_offers_one_end")),
        sa.CheckConstraint("claimed BETWEEN 0 AND total", name=op.f("ck_coupon_offers_never_more_than_there_are")),
        sa.CheckConstraint("off < threshold", name=op.f("ck_coupon_offers_goods_cost_something")),
        sa.CheckConstraint("per_member BETWEEN 1 AND 20", name=op.f("ck_coupon_offers_per_member")),
        sa.CheckConstraint("threshold > 0", name=op.f("ck_coupon_offers_threshold")),
        sa.CheckConstraint("total BETWEEN 1 AND 1000000", name=op.f("ck_coupon_offers_total")),
        sa.CheckConstraint("valid_days BETWEEN 1 AND 366", name=op.f("ck_coupon_offers_valid_days")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_coupon_offers_campaign_id")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_coupon_offers")),
        sa.UniqueConstraint("code", name=op.f("uq_coupon_offers_code")),
    )
    op.create_table(
        "coupons",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("nth", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "HELD", "USED", "EXPIRED", name="couponstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trade_id", sa.Uuid(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'USED') = (trade_id IS NOT NULL)", name=op.f("ck_coupons_used_by_a_trade")),
        sa.CheckConstraint("(state = 'USED') = (used_at IS NOT NULL)", name=op.f("ck_coupons_used_has_time")),
        sa.CheckConstraint("nth >= 1", name=op.f("ck_coupons_nth")),
        sa.ForeignKeyConstraint(["campaign_id"], ["coupon_offers.campaign_id"], name=op.f("fk_coupons_campaign_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_coupons_member_id")),
        sa.ForeignKeyConstraint(["trade_id"], ["trades.id"], name=op.f("fk_coupons_trade_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupons")),
        sa.UniqueConstraint("campaign_id", "member_id", "nth", name=op.f("uq_coupons_campaign_id_member_id_nth")),
    )
    op.create_index(
        "ix_coupons_held", "coupons", ["valid_until"], unique=False, postgresql_where=sa.text("state = 'HELD'")
    )
    op.create_index("ix_coupons_member", "coupons", ["member_id", "state", "valid_until"], unique=False)
    op.create_index(
        "ix_coupons_trade", "coupons", ["trade_id"], unique=False, postgresql_where=sa.text("trade_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_table("coupons")
    op.drop_table("coupon_offers")
    op.drop_table("reduction_steps")
    op.drop_table("campaigns")
    op.drop_column("merchants", "promotions_mark")
