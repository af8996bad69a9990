"""Shops apply for campaigns of the platform, and bear nothing that they did not agree to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

KINDS = ("CAMPAIGN", "MEMBER", "REDUCTION", "MERCHANT_COUPON", "PLATFORM_COUPON", "POINTS")
MORE = (*KINDS[:3], "PLATFORM_REDUCTION", *KINDS[3:])
STATES = ("APPLIED", "ACCEPTED", "DECLINED", "WITHDRAWN", "REMOVED")
OLD = ("reductions_are_of_shops", "kind <> 'REDUCTION' OR merchant_id IS NOT NULL")
RULES = (
    (
        "shops_agree_first",
        "merchant_id IS NOT NULL OR apply_until IS NOT NULL OR (merchant_percent = 0 AND kind <> 'REDUCTION')",
    ),
    ("only_the_platform_invites", "apply_until IS NULL OR merchant_id IS NULL"),
    ("apply_until", "apply_until <= ends_at"),
    ("used_up", "used_up_at IS NULL OR (budget_fen IS NOT NULL AND kind = 'REDUCTION')"),
)
LIVING = "state IN ('APPLIED', 'ACCEPTED', 'REMOVED')"
AGREED = """
CREATE FUNCTION shop_bears_what_it_agreed_to() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shop uuid;
    agreed smallint;
    whole bigint;
BEGIN
    SELECT o.merchant_id INTO shop FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.id = NEW.line_id;
    IF NEW.kind IN ('PLATFORM_REDUCTION', 'PLATFORM_COUPON') THEN
        SELECT a.merchant_percent INTO agreed FROM campaign_applications a
            WHERE a.merchant_id = shop AND a.state = 'ACCEPTED' AND a.campaign_id = CASE NEW.kind
                WHEN 'PLATFORM_COUPON' THEN (SELECT c.campaign_id FROM coupons c WHERE c.id = NEW.source)
                ELSE NEW.source END
            FOR SHARE;
        SELECT sum(s.amount) INTO whole FROM order_line_shares s
            WHERE s.line_id = NEW.line_id AND s.kind = NEW.kind AND s.source = NEW.source;
        -- The fen that cannot be halved goes to one of the two.
        IF agreed IS NULL OR NEW.amount * 100 >= whole * agreed + 100 THEN
            agreed := NULL;
        END IF;
    ELSIF NEW.kind = 'REDUCTION' THEN
        SELECT 100 INTO agreed FROM campaigns c
            WHERE c.id = NEW.source AND c.merchant_id = shop AND c.kind = 'REDUCTION';
    ELSIF NEW.kind = 'MERCHANT_COUPON' THEN
        SELECT 100 INTO agreed FROM coupons p JOIN campaigns c ON c.id = p.campaign_id
            WHERE p.id = NEW.source AND c.merchant_id = shop;
    ELSIF NEW.kind = 'CAMPAIGN' THEN
        SELECT 100 INTO agreed WHERE EXISTS (SELECT FROM flash_offers WHERE id = NEW.source AND merchant_id = shop)
            OR EXISTS (SELECT FROM group_activities WHERE id = NEW.source AND merchant_id = shop)
            OR EXISTS (SELECT FROM presale_offers WHERE id = NEW.source AND merchant_id = shop);
    END IF;
    IF agreed IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shop_bears_what_it_agreed_to',
            MESSAGE = format('shop %s never agreed to bear %s fen of %s %s', shop, NEW.amount, NEW.kind, NEW.source);
    END IF;
    RETURN NULL;
END $$
"""
BORNE = """
CREATE CONSTRAINT TRIGGER shop_bears_what_it_agreed_to AFTER INSERT OR UPDATE ON order_line_shares
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.party = 'MERCHANT')
EXECUTE FUNCTION shop_bears_what_it_agreed_to()
"""


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("apply_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("campaigns", sa.Column("used_up_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(op.f(f"ck_campaigns_{OLD[0]}"), "campaigns")
    for name, rule in RULES:
        op.create_check_constraint(op.f(f"ck_campaigns_{name}"), "campaigns", rule)
    op.create_unique_constraint("uq_campaigns_terms", "campaigns", ["id", "merchant_percent"])
    _make_applications()
    _say(MORE, "kind IN ('REDUCTION', 'PLATFORM_REDUCTION')")
    op.execute(AGREED)
    op.execute(BORNE)


def downgrade() -> None:
    op.execute("DROP TRIGGER shop_bears_what_it_agreed_to ON order_line_shares")
    op.execute("DROP FUNCTION shop_bears_what_it_agreed_to")
    _say(KINDS, "kind = 'REDUCTION'")
    op.drop_table("campaign_applications")
    op.drop_constraint("uq_campaigns_terms", "campaigns", type_="unique")
    for name, _ in RULES:
        op.drop_constraint(op.f(f"ck_campaigns_{name}"), "campaigns")
    op.create_check_constraint(op.f(f"ck_campaigns_{OLD[0]}"), "campaigns", OLD[1])
    op.drop_column("campaigns", "used_up_at")
    op.drop_column("campaigns", "apply_until")


def _say(kinds: tuple[str, ...], reductions: str) -> None:
    op.drop_constraint(op.f("ck_order_line_shares_sharekind"), "order_line_shares")
    op.create_check_constraint(op.f("ck_order_line_shares_sharekind"), "order_line_shares", f"kind IN {kinds}")
    op.drop_index("ix_order_line_shares_reduction", table_name="order_line_shares")
    op.create_index(
        "ix_order_line_shares_reduction", "order_line_shares", ["source"], postgresql_where=sa.text(reductions)
    )


def _make_applications() -> None:
    op.create_table(
        "campaign_applications",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_percent", sa.SmallInteger(), nullable=False),
        sa.Column("product_ids", sa.ARRAY(sa.Uuid()), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="applicationstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("cardinality(product_ids) > 0", name=op.f("ck_campaign_applications_goods")),
        sa.CheckConstraint(
            "(state IN ('DECLINED', 'REMOVED')) = (length(reason) >= 2)",
            name=op.f("ck_campaign_applications_no_has_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'APPLIED') = (decided_at IS NULL)", name=op.f("ck_campaign_applications_decided_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id", "merchant_percent"],
            ["campaigns.id", "campaigns.merchant_percent"],
            name=op.f("fk_campaign_applications_terms"),
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_campaign_applications_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_applications")),
    )
    op.create_index(
        "uq_campaign_applications_shop",
        "campaign_applications",
        ["campaign_id", "merchant_id"],
        unique=True,
        postgresql_where=sa.text(LIVING),
    )
    for name in ("campaign", "merchant"):
        op.create_index(f"ix_campaign_applications_{name}", "campaign_applications", [f"{name}_id", "created_at"])
