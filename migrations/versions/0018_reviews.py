"""Reviews of order lines, what they add up to, and the desk where strangers' words are checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

POINTERS = ("words_id", "follow_up_id", "reply_id")


def upgrade() -> None:
    op.create_table(
        "content_appeals",
        sa.Column(
            "subject",
            sa.Enum(
                "REVIEW", "POST", "COMMENT", name="marksubject", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OPEN", "UPHELD", "DISMISSED", name="appealstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'OPEN') = (decided_at IS NULL)", name=op.f("ck_content_appeals_decided_has_time")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_appeals")),
    )
    op.create_index(
        "ix_content_appeals_desk",
        "content_appeals",
        ["created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    op.create_index(
        "ix_content_appeals_subject", "content_appeals", ["subject", "subject_id", "created_at"], unique=False
    )
    op.create_index(
        "uq_content_appeals_open",
        "content_appeals",
        ["subject", "subject_id"],
        unique=True,
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    op.create_table(
        "content_checks",
        sa.Column(
            "subject",
            sa.Enum(
                "REVIEW_WORDS",
                "POST",
                "COMMENT",
                name="checksubject",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "author_kind",
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
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(length=2500), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PENDING",
                "PASSED",
                "REJECTED",
                "MANUAL",
                name="checkstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum("PASS", "REVIEW", "RISKY", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("label", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state = 'PENDING') = (next_at IS NOT NULL)", name=op.f("ck_content_checks_pending_has_time")
        ),
        sa.CheckConstraint(
            "(state IN ('PASSED', 'REJECTED')) = (decided_at IS NOT NULL)",
            name=op.f("ck_content_checks_decided_has_time"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_checks")),
        sa.UniqueConstraint(
            "subject", "subject_id", "version", name=op.f("uq_content_checks_subject_subject_id_version")
        ),
    )
    op.create_index(
        "ix_content_checks_desk",
        "content_checks",
        ["created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'MANUAL'"),
    )
    op.create_index(
        "ix_content_checks_due",
        "content_checks",
        ["next_at"],
        unique=False,
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_table(
        "content_reports",
        sa.Column(
            "subject",
            sa.Enum(
                "REVIEW", "POST", "COMMENT", name="marksubject", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reporter_kind",
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
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "ILLEGAL",
                "FALSE",
                "ABUSE",
                "PRIVACY",
                "ADVERTISING",
                "INFRINGEMENT",
                "OTHER",
                name="reportreason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_reports")),
        sa.UniqueConstraint(
            "subject", "subject_id", "reporter_id", name=op.f("uq_content_reports_subject_subject_id_reporter_id")
        ),
    )
    op.create_index(
        "ix_content_reports_open",
        "content_reports",
        ["created_at", "id"],
        unique=False,
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_table(
        "picture_verdicts",
        sa.Column("trace_id", sa.String(length=64), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("PASS", "REVIEW", "RISKY", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("label", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("trace_id", name=op.f("pk_picture_verdicts")),
    )
    op.create_table(
        "posted_pictures",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "uploader_id", name=op.f("pk_posted_pictures")),
    )
    op.create_index("ix_posted_pictures_created", "posted_pictures", ["created_at"], unique=False)
    op.create_table(
        "checked_pictures",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("trace_id", sa.String(length=64), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["check_id"], ["content_checks.id"], name=op.f("fk_checked_pictures_check_id")),
        sa.PrimaryKeyConstraint("check_id", "position", name=op.f("pk_checked_pictures")),
        sa.UniqueConstraint("trace_id", name=op.f("uq_checked_pictures_trace_id")),
    )
    op.create_table(
        "merchant_reviews",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ones", sa.Integer(), nullable=False),
        sa.Column("twos", sa.Integer(), nullable=False),
        sa.Column("threes", sa.Integer(), nullable=False),
        sa.Column("fours", sa.Integer(), nullable=False),
        sa.Column("fives", sa.Integer(), nullable=False),
        sa.Column("with_pictures", sa.Integer(), nullable=False),
        sa.Column("with_follow_up", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("freshness_count", sa.Integer(), nullable=False),
        sa.Column("freshness_sum", sa.BigInteger(), nullable=False),
        sa.Column("accuracy_count", sa.Integer(), nullable=False),
        sa.Column("accuracy_sum", sa.BigInteger(), nullable=False),
        sa.Column("logistics_count", sa.Integer(), nullable=False),
        sa.Column("logistics_sum", sa.BigInteger(), nullable=False),
        sa.Column("service_count", sa.Integer(), nullable=False),
        sa.Column("service_sum", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "count = ones + twos + threes + fours + fives", name=op.f("ck_merchant_reviews_distribution")
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_merchant_reviews_merchant_id")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_merchant_reviews")),
    )
    op.create_table(
        "product_reviews",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ones", sa.Integer(), nullable=False),
        sa.Column("twos", sa.Integer(), nullable=False),
        sa.Column("threes", sa.Integer(), nullable=False),
        sa.Column("fours", sa.Integer(), nullable=False),
        sa.Column("fives", sa.Integer(), nullable=False),
        sa.Column("with_pictures", sa.Integer(), nullable=False),
        sa.Column("with_follow_up", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("freshness_count", sa.Integer(), nullable=False),
        sa.Column("freshness_sum", sa.BigInteger(), nullable=False),
        sa.Column("accuracy_count", sa.Integer(), nullable=False),
        sa.Column("accuracy_sum", sa.BigInteger(), nullable=False),
        sa.Column("logistics_count", sa.Integer(), nullable=False),
        sa.Column("logistics_sum", sa.BigInteger(), nullable=False),
        sa.Column("service_count", sa.Integer(), nullable=False),
        sa.Column("service_sum", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "count = ones + twos + threes + fours + fives", name=op.f("ck_product_reviews_distribution")
        ),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_product_reviews_merchant_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_reviews_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_reviews")),
    )
    op.create_index("ix_product_reviews_merchant", "product_reviews", ["merchant_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PENDING",
                "PUBLISHED",
                "REJECTED",
                "HIDDEN",
                "WITHDRAWN",
                name="reviewstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("freshness", sa.SmallInteger(), nullable=True),
        sa.Column("accuracy", sa.SmallInteger(), nullable=True),
        sa.Column("logistics", sa.SmallInteger(), nullable=True),
        sa.Column("service", sa.SmallInteger(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("shown_as", sa.String(length=40), nullable=False),
        sa.Column("sku_name", sa.String(length=60), nullable=False),
        sa.Column("words_id", sa.Uuid(), nullable=True),
        sa.Column("follow_up_id", sa.Uuid(), nullable=True),
        sa.Column("reply_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("helpful_count", sa.Integer(), nullable=False),
        sa.Column("picture_count", sa.SmallInteger(), nullable=False),
        sa.Column(
            "hidden_for",
            sa.Enum(
                "ILLEGAL",
                "PRIVACY",
                "ABUSE",
                "ADVERTISING",
                "COURT_ORDER",
                "FABRICATED",
                name="reviewhiding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("hidden_note", sa.String(length=200), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'HIDDEN') = (hidden_for IS NOT NULL)", name=op.f("ck_reviews_hidden_has_reason")),
        sa.CheckConstraint("state <> 'PUBLISHED' OR words_id IS NOT NULL", name=op.f("ck_reviews_published_has_words")),
        sa.CheckConstraint(
            "state = 'PUBLISHED' OR (words_id IS NULL AND follow_up_id IS NULL AND reply_id IS NULL)",
            name=op.f("ck_reviews_only_published_is_pointed_to"),
        ),
        sa.CheckConstraint("NOT counted OR published_at IS NOT NULL", name=op.f("ck_reviews_counted_was_published")),
        sa.CheckConstraint("accuracy BETWEEN 1 AND 5", name=op.f("ck_reviews_accuracy")),
        sa.CheckConstraint("freshness BETWEEN 1 AND 5", name=op.f("ck_reviews_freshness")),
        sa.CheckConstraint("helpful_count >= 0 AND picture_count >= 0", name=op.f("ck_reviews_counts")),
        sa.CheckConstraint("logistics BETWEEN 1 AND 5", name=op.f("ck_reviews_logistics")),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_reviews_score")),
        sa.CheckConstraint("service BETWEEN 1 AND 5", name=op.f("ck_reviews_service")),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_reviews_line_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reviews_member_id")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_reviews_merchant_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_reviews_order_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_reviews_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("line_id", name=op.f("uq_reviews_line_id")),
    )
    op.create_index(
        "ix_reviews_hidden", "reviews", ["hidden_at", "id"], unique=False, postgresql_where=sa.text("state = 'HIDDEN'")
    )
    op.create_index("ix_reviews_member", "reviews", ["member_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_reviews_merchant",
        "reviews",
        ["merchant_id", "published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index("ix_reviews_order", "reviews", ["order_id"], unique=False)
    op.create_index("ix_reviews_product_all", "reviews", ["product_id"], unique=False)
    op.create_index(
        "ix_reviews_product_helpful",
        "reviews",
        ["product_id", "helpful_count", "published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index(
        "ix_reviews_product_newest",
        "reviews",
        ["product_id", "published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_table(
        "review_votes",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_review_votes_member_id")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_review_votes_review_id")),
        sa.PrimaryKeyConstraint("review_id", "member_id", name=op.f("pk_review_votes")),
    )
    op.create_table(
        "review_words",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "FIRST", "FOLLOW_UP", "REPLY", name="reviewpart", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PENDING",
                "PUBLISHED",
                "REJECTED",
                "HIDDEN",
                "WITHDRAWN",
                "REPLACED",
                name="wordsstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column(
            "author_kind",
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
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("refusal", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_review_words_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_words")),
        sa.UniqueConstraint("review_id", "part", "version", name=op.f("uq_review_words_review_id_part_version")),
    )
    op.create_index(
        "uq_review_words_shown",
        "review_words",
        ["review_id", "part"],
        unique=True,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index(
        "uq_review_words_waiting",
        "review_words",
        ["review_id", "part"],
        unique=True,
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_table(
        "review_pictures",
        sa.Column("words_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["words_id"], ["review_words.id"], name=op.f("fk_review_pictures_words_id")),
        sa.PrimaryKeyConstraint("words_id", "position", name=op.f("pk_review_pictures")),
    )
    for pointer in POINTERS:
        op.create_foreign_key(f"fk_reviews_{pointer}", "reviews", "review_words", [pointer], ["id"])


TABLES = (
    *("review_votes", "review_pictures", "merchant_reviews", "product_reviews"),
    *("review_words", "reviews", "checked_pictures", "picture_verdicts", "posted_pictures"),
    *("content_checks", "content_reports", "content_appeals"),
)


def downgrade() -> None:
    for pointer in POINTERS:
        op.drop_constraint(f"fk_reviews_{pointer}", "reviews", type_="foreignkey")
    for table in TABLES:
        op.drop_table(table)
