"""老带新: programmes, who invites and who was invited; channels of posters; coupons that are given by events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLES = ("channels", "channel_days", "channel_members", "inviters", "inviter_days", "referral_programmes", "referrals")


def upgrade() -> None:
    op.add_column("coupon_offers", sa.Column("by_event", sa.Boolean(), server_default="false", nullable=False))
    op.create_check_constraint(
        op.f("ck_coupon_offers_given_or_claimed"), "coupon_offers", "NOT by_event OR code IS NULL"
    )
    _make_channels()
    _make_channel_days()
    _make_channel_members()
    _make_inviters()
    _make_inviter_days()
    _make_referral_programmes()
    _make_referrals()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("coupon_offers", "by_event")


def _make_channels() -> None:
    op.create_table(
        "channels",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("picture_key", sa.String(length=64), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("length(name) >= 2", name=op.f("ck_channels_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("code", name=op.f("uq_channels_code")),
        sa.UniqueConstraint("name", name=op.f("uq_channels_name")),
    )


def _make_channel_days() -> None:
    op.create_table(
        "channel_days",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.CheckConstraint("came > 0", name=op.f("ck_channel_days_came")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_channel_days_channel_id")),
        sa.PrimaryKeyConstraint("channel_id", "day", name=op.f("pk_channel_days")),
    )


def _make_channel_members() -> None:
    op.create_table(
        "channel_members",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_channel_members_channel_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_channel_members_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_channel_members")),
    )
    op.create_index(op.f("ix_channel_members_channel_id"), "channel_members", ["channel_id"], unique=False)


def _make_inviters() -> None:
    op.create_table(
        "inviters",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("device_index", sa.LargeBinary(), nullable=True),
        sa.Column("picture_key", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_inviters_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_inviters")),
        sa.UniqueConstraint("code", name=op.f("uq_inviters_code")),
    )


def _make_inviter_days() -> None:
    op.create_table(
        "inviter_days",
        sa.Column("inviter_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.CheckConstraint("came > 0", name=op.f("ck_inviter_days_came")),
        sa.ForeignKeyConstraint(["inviter_id"], ["inviters.member_id"], name=op.f("fk_inviter_days_inviter_id")),
        sa.PrimaryKeyConstraint("inviter_id", "day", name=op.f("pk_inviter_days")),
    )


def _make_referral_programmes() -> None:
    op.create_table(
        "referral_programmes",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rules", sa.String(length=500), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "RUNNING",
                "STOPPED",
                name="programmestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inviter_campaign_id", sa.Uuid(), nullable=False),
        sa.Column("invitee_campaign_id", sa.Uuid(), nullable=False),
        sa.Column("bind_days", sa.SmallInteger(), nullable=False),
        sa.Column("order_days", sa.SmallInteger(), nullable=False),
        sa.Column("least_kept", sa.BigInteger(), nullable=False),
        sa.Column("per_inviter", sa.SmallInteger(), nullable=False),
        sa.Column("per_month", sa.SmallInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("rewarded", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held_from", sa.SmallInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state = 'DRAFT') = (published_at IS NULL)", name=op.f("ck_referral_programmes_published_has_time")
        ),
        sa.CheckConstraint(
            "(state = 'STOPPED') = (stopped_at IS NOT NULL)", name=op.f("ck_referral_programmes_stopped_has_time")
        ),
        sa.CheckConstraint(
            "state <> 'STOPPED' OR length(stop_reason) >= 2", name=op.f("ck_referral_programmes_stopped_has_reason")
        ),
        sa.CheckConstraint("state = 'DRAFT' OR length(rules) >= 4", name=op.f("ck_referral_programmes_rules_are_said")),
        sa.CheckConstraint("bind_days BETWEEN 1 AND 30", name=op.f("ck_referral_programmes_bind_days")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_referral_programmes_ends_after_start")),
        sa.CheckConstraint("held_from BETWEEN 2 AND 100", name=op.f("ck_referral_programmes_held_from")),
        sa.CheckConstraint("least_kept > 0", name=op.f("ck_referral_programmes_least_kept")),
        sa.CheckConstraint("order_days BETWEEN 1 AND 90", name=op.f("ck_referral_programmes_order_days")),
        sa.CheckConstraint("per_inviter BETWEEN 1 AND 20", name=op.f("ck_referral_programmes_per_inviter")),
        sa.CheckConstraint("per_month BETWEEN 1 AND per_inviter", name=op.f("ck_referral_programmes_per_month")),
        sa.CheckConstraint(
            "rewarded BETWEEN 0 AND total", name=op.f("ck_referral_programmes_never_more_than_there_are")
        ),
        sa.CheckConstraint("total BETWEEN 1 AND 1000000", name=op.f("ck_referral_programmes_total")),
        sa.ForeignKeyConstraint(
            ["invitee_campaign_id"],
            ["coupon_offers.campaign_id"],
            name=op.f("fk_referral_programmes_invitee_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["inviter_campaign_id"],
            ["coupon_offers.campaign_id"],
            name=op.f("fk_referral_programmes_inviter_campaign_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_programmes")),
    )
    op.create_index(
        "uq_referral_programmes_running",
        "referral_programmes",
        ["state"],
        unique=True,
        postgresql_where=sa.text("state = 'RUNNING'"),
    )


def _make_referrals() -> None:
    op.create_table(
        "referrals",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("inviter_id", sa.Uuid(), nullable=False),
        sa.Column("invitee_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "BOUND",
                "HELD",
                "REWARDED",
                "REFUSED",
                "MISSED",
                "LAPSED",
                "TAKEN_BACK",
                name="referralstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("address_index", sa.LargeBinary(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("kept", sa.BigInteger(), nullable=True),
        sa.Column("suspicions", sa.ARRAY(sa.String(length=20)), server_default="{}", nullable=False),
        sa.Column("nth", sa.SmallInteger(), nullable=True),
        sa.Column("inviter_coupon_id", sa.Uuid(), nullable=True),
        sa.Column("invitee_coupon_id", sa.Uuid(), nullable=True),
        sa.Column(
            "inviter_missed",
            sa.Enum(
                "INVITER_LIMIT",
                "MONTH_LIMIT",
                "PROGRAMME_LIMIT",
                "COUPONS_GONE",
                "COUPONS_OVER",
                "COUPON_LIMIT",
                "BLOCKED",
                name="inviter_missed_word",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "invitee_missed",
            sa.Enum(
                "INVITER_LIMIT",
                "MONTH_LIMIT",
                "PROGRAMME_LIMIT",
                "COUPONS_GONE",
                "COUPONS_OVER",
                "COUPON_LIMIT",
                "BLOCKED",
                name="invitee_missed_word",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("rewarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state IN ('BOUND', 'HELD')) = (ended_at IS NULL)", name=op.f("ck_referrals_ended_has_time")
        ),
        sa.CheckConstraint(
            "(state IN ('BOUND', 'LAPSED')) = (order_id IS NULL)", name=op.f("ck_referrals_decided_by_an_order")
        ),
        sa.CheckConstraint(
            "(state IN ('REWARDED', 'TAKEN_BACK')) = (inviter_coupon_id IS NOT NULL OR invitee_coupon_id IS NOT NULL)",
            name=op.f("ck_referrals_rewarded_is_given"),
        ),
        sa.CheckConstraint(
            "state <> 'HELD' OR cardinality(suspicions) > 0", name=op.f("ck_referrals_held_for_a_reason")
        ),
        sa.CheckConstraint(
            "state NOT IN ('REFUSED', 'TAKEN_BACK') OR length(reason) >= 2",
            name=op.f("ck_referrals_refused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "(inviter_coupon_id IS NOT NULL) = (nth IS NOT NULL) AND (nth IS NULL OR nth > 0)",
            name=op.f("ck_referrals_nth"),
        ),
        sa.CheckConstraint("(order_id IS NULL) = (kept IS NULL)", name=op.f("ck_referrals_order_has_kept")),
        sa.CheckConstraint(
            "invitee_coupon_id IS NULL OR invitee_missed IS NULL", name=op.f("ck_referrals_invitee_has_or_misses")
        ),
        sa.CheckConstraint(
            "inviter_coupon_id IS NULL OR inviter_missed IS NULL", name=op.f("ck_referrals_inviter_has_or_misses")
        ),
        sa.CheckConstraint("inviter_id <> invitee_id", name=op.f("ck_referrals_not_oneself")),
        sa.ForeignKeyConstraint(["invitee_coupon_id"], ["coupons.id"], name=op.f("fk_referrals_invitee_coupon_id")),
        sa.ForeignKeyConstraint(["invitee_id"], ["members.id"], name=op.f("fk_referrals_invitee_id")),
        sa.ForeignKeyConstraint(["inviter_coupon_id"], ["coupons.id"], name=op.f("fk_referrals_inviter_coupon_id")),
        sa.ForeignKeyConstraint(["inviter_id"], ["inviters.member_id"], name=op.f("fk_referrals_inviter_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_referrals_order_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["referral_programmes.id"], name=op.f("fk_referrals_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("invitee_coupon_id", name=op.f("uq_referrals_invitee_coupon_id")),
        sa.UniqueConstraint("invitee_id", name=op.f("uq_referrals_invitee_id")),
        sa.UniqueConstraint("inviter_coupon_id", name=op.f("uq_referrals_inviter_coupon_id")),
        sa.UniqueConstraint("order_id", name=op.f("uq_referrals_order_id")),
        sa.UniqueConstraint("programme_id", "inviter_id", "nth", name=op.f("uq_referrals_programme_id_inviter_id_nth")),
    )
    op.create_index(
        "ix_referrals_address",
        "referrals",
        ["address_index"],
        unique=False,
        postgresql_where=sa.text("address_index IS NOT NULL"),
    )
    op.create_index(
        "ix_referrals_device",
        "referrals",
        ["device_index"],
        unique=False,
        postgresql_where=sa.text("device_index IS NOT NULL"),
    )
    op.create_index(
        "ix_referrals_due", "referrals", ["due_at"], unique=False, postgresql_where=sa.text("state = 'BOUND'")
    )
    op.create_index(
        "ix_referrals_held", "referrals", ["created_at"], unique=False, postgresql_where=sa.text("state = 'HELD'")
    )
    op.create_index("ix_referrals_inviter", "referrals", ["inviter_id", "created_at"], unique=False)
    op.create_index(
        "ix_referrals_phone",
        "referrals",
        ["phone_index"],
        unique=False,
        postgresql_where=sa.text("phone_index IS NOT NULL"),
    )
    op.create_index("ix_referrals_programme", "referrals", ["programme_id", "created_at"], unique=False)
