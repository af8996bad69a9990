"""Stories of the region: posts in versions, what they show, likes and comments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TABLES = ("post_comments", "post_likes", "post_goods", "post_pictures", "post_words", "posts")


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "PENDING",
                "PUBLISHED",
                "REJECTED",
                "HIDDEN",
                "REMOVED",
                name="poststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("like_count", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column(
            "hidden_for",
            sa.Enum(
                "ILLEGAL",
                "PRIVACY",
                "ABUSE",
                "ADVERTISING",
                "FALSE",
                "INFRINGEMENT",
                "COURT_ORDER",
                name="posthiding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("hidden_note", sa.String(length=200), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'HIDDEN') = (hidden_at IS NOT NULL)", name=op.f("ck_posts_hidden_has_time")),
        sa.CheckConstraint("(state = 'HIDDEN') = (hidden_for IS NOT NULL)", name=op.f("ck_posts_hidden_has_reason")),
        sa.CheckConstraint(
            "(state = 'PUBLISHED') = (words_id IS NOT NULL)", name=op.f("ck_posts_only_published_is_pointed_to")
        ),
        sa.CheckConstraint("(state = 'REMOVED') = (removed_at IS NOT NULL)", name=op.f("ck_posts_removed_has_time")),
        sa.CheckConstraint(
            "state NOT IN ('PUBLISHED', 'HIDDEN') OR published_at IS NOT NULL", name=op.f("ck_posts_published_has_time")
        ),
        sa.CheckConstraint("like_count >= 0 AND comment_count >= 0", name=op.f("ck_posts_counts")),
        sa.CheckConstraint("num_nonnulls(member_id, merchant_id) = 1", name=op.f("ck_posts_one_author")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_posts_member_id")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_posts_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("member_id", "request_key", name=op.f("uq_posts_member_id_request_key")),
        sa.UniqueConstraint("merchant_id", "request_key", name=op.f("uq_posts_merchant_id_request_key")),
    )
    op.create_index("ix_posts_desk", "posts", ["created_at", "id"], unique=False)
    op.create_index("ix_posts_member", "posts", ["member_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_posts_member_shown",
        "posts",
        ["member_id", "published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index("ix_posts_merchant", "posts", ["merchant_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_posts_merchant_shown",
        "posts",
        ["merchant_id", "published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index(
        "ix_posts_newest",
        "posts",
        ["published_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_table(
        "post_words",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "PENDING",
                "PUBLISHED",
                "REJECTED",
                "REPLACED",
                "REMOVED",
                name="postwordsstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("shown_as", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=9), nullable=True),
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
        sa.CheckConstraint("(state = 'REJECTED') = (refusal <> '')", name=op.f("ck_post_words_refused_says_why")),
        sa.CheckConstraint(
            "state <> 'REMOVED' OR (title = '' AND text = '' AND shown_as = '')",
            name=op.f("ck_post_words_removed_says_nothing"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'REMOVED') OR (title <> '' AND text <> '')",
            name=op.f("ck_post_words_handed_in_has_words"),
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_words_post_id")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_post_words_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_words")),
        sa.UniqueConstraint("post_id", "version", name=op.f("uq_post_words_post_id_version")),
    )
    op.create_index(
        "ix_post_words_region_shown",
        "post_words",
        ["region_code"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_index(
        "uq_post_words_open",
        "post_words",
        ["post_id"],
        unique=True,
        postgresql_where=sa.text("state = 'DRAFT' OR state = 'PENDING'"),
    )
    op.create_index(
        "uq_post_words_shown", "post_words", ["post_id"], unique=True, postgresql_where=sa.text("state = 'PUBLISHED'")
    )
    op.create_table(
        "post_pictures",
        sa.Column("words_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.CheckConstraint("position BETWEEN 0 AND 8", name=op.f("ck_post_pictures_nine")),
        sa.ForeignKeyConstraint(["words_id"], ["post_words.id"], name=op.f("fk_post_pictures_words_id")),
        sa.PrimaryKeyConstraint("words_id", "position", name=op.f("pk_post_pictures")),
    )
    op.create_table(
        "post_goods",
        sa.Column("words_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("bought", sa.Boolean(), nullable=False),
        sa.CheckConstraint("position BETWEEN 0 AND 2", name=op.f("ck_post_goods_three")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_post_goods_product_id")),
        sa.ForeignKeyConstraint(["words_id"], ["post_words.id"], name=op.f("fk_post_goods_words_id")),
        sa.PrimaryKeyConstraint("words_id", "position", name=op.f("pk_post_goods")),
        sa.UniqueConstraint("words_id", "product_id", name=op.f("uq_post_goods_words_id_product_id")),
    )
    op.create_index("ix_post_goods_product", "post_goods", ["product_id"], unique=False)
    op.create_table(
        "post_likes",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_post_likes_member_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_likes_post_id")),
        sa.PrimaryKeyConstraint("post_id", "member_id", name=op.f("pk_post_likes")),
    )
    op.create_table(
        "post_comments",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PENDING",
                "PUBLISHED",
                "REJECTED",
                "HIDDEN",
                "REMOVED",
                name="commentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("shown_as", sa.String(length=60), nullable=False),
        sa.Column("refusal", sa.String(length=200), nullable=False),
        sa.Column(
            "hidden_for",
            sa.Enum(
                "ILLEGAL",
                "PRIVACY",
                "ABUSE",
                "ADVERTISING",
                "FALSE",
                "INFRINGEMENT",
                "COURT_ORDER",
                name="posthiding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(state = 'HIDDEN') = (hidden_for IS NOT NULL)", name=op.f("ck_post_comments_hidden_has_reason")
        ),
        sa.CheckConstraint("(state = 'REJECTED') = (refusal <> '')", name=op.f("ck_post_comments_refused_says_why")),
        sa.CheckConstraint("(state = 'REMOVED') = (text = '')", name=op.f("ck_post_comments_removed_says_nothing")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_post_comments_member_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_comments_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_comments")),
        sa.UniqueConstraint("member_id", "request_key", name=op.f("uq_post_comments_member_id_request_key")),
    )
    op.create_index("ix_post_comments_day", "post_comments", ["member_id", "created_at"], unique=False)
    op.create_index("ix_post_comments_mine", "post_comments", ["member_id", "post_id"], unique=False)
    op.create_index(
        "ix_post_comments_shown",
        "post_comments",
        ["post_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )

    op.create_foreign_key("fk_posts_words_id", "posts", "post_words", ["words_id"], ["id"])


def downgrade() -> None:
    op.drop_constraint("fk_posts_words_id", "posts", type_="foreignkey")
    for table in TABLES:
        op.drop_table(table)
