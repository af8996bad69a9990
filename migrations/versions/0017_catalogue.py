"""What categories ask of goods, changes that wait for review, drafts; and how goods are sorted, sold and sent."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = (
    "listing_drafts",
    "product_changes",
    "place_stories",
    "word_exceptions",
    "forbidden_words",
    "merchant_papers",
    "required_papers",
    "category_policies",
    "product_attributes",
    "attributes",
)
CHECKS = {
    "harvest_day": "harvest_from_day BETWEEN 1 AND 31 AND (harvest_from_day IS NULL OR harvest_from IS NOT NULL)",
    "catch_weight_has_tolerance": "(sold_by = 'CATCH_WEIGHT') = (tolerance_percent IS NOT NULL)",
    "tolerance": "tolerance_percent BETWEEN 1 AND 30",
}
COLUMNS = ("harvest_from_day", "ships_from", "grade", "sold_by", "tolerance_percent")

# The rules a mall in China begins with; the console changes them from then on.
ADS, FOOD, MARKS = "广告法 9(3)", "食品安全法 73", "处罚办法 5(4)"
SUPERLATIVE = "绝对化用语：广告不得使用“最高级”一类说法"
MEDICAL = "食品不得宣传疾病预防、治疗功能"
WORDS: tuple[tuple[str, str, str, str, tuple[str, ...], str | None], ...] = (
    (
        "最",
        SUPERLATIVE,
        ADS,
        "BLOCK_IN_TITLE",
        ("最小起订量", "最低起订", "最近", "最后", "最晚", "最早", "最佳食用期", "最佳赏味期"),
        None,
    ),
    ("国家级", SUPERLATIVE, ADS, "BLOCK", ("国家级非物质文化遗产", "国家级自然保护区"), None),
    ("顶级", SUPERLATIVE, ADS, "BLOCK_IN_TITLE", (), None),
    ("极品", SUPERLATIVE, ADS, "BLOCK_IN_TITLE", (), None),
    ("第一", SUPERLATIVE, ADS, "BLOCK_IN_TITLE", ("第一茬", "第一批", "第一季", "第一天", "第一次", "第一时间"), None),
    ("全网底价", "虚假的价格比较", "明码标价规定 19", "BLOCK", (), None),
    ("史上最低", "虚假的价格比较", "明码标价规定 19", "BLOCK", (), None),
    ("特供", "不得借国家机关名义宣传", "广告法 9(2)", "BLOCK", (), None),
    ("治疗", MEDICAL, FOOD, "BLOCK", (), None),
    ("治愈", MEDICAL, FOOD, "BLOCK", (), None),
    ("药效", MEDICAL, FOOD, "BLOCK", (), None),
    ("疗效", MEDICAL, FOOD, "BLOCK", (), None),
    ("抗癌", MEDICAL, FOOD, "BLOCK", (), None),
    ("防癌", MEDICAL, FOOD, "BLOCK", (), None),
    ("降血压", MEDICAL, FOOD, "BLOCK", (), None),
    ("降血糖", MEDICAL, FOOD, "BLOCK", (), None),
    ("包治", MEDICAL, FOOD, "BLOCK", (), None),
    ("野生保护", "不得出售野生保护动植物", "野生动物保护法", "WARN", (), None),
    ("有机", "标“有机”须有有机产品认证", "有机产品认证管理办法", "BLOCK_IN_TITLE", ("有机肥", "有机质"), "ORGANIC"),
    ("地理标志", "使用地理标志须经授权", MARKS, "BLOCK_IN_TITLE", (), "GI_AUTHORISATION"),
)


def upgrade() -> None:
    _attributes()
    _policies()
    _words()
    _listings()
    _products()
    words = sa.table(
        "forbidden_words",
        sa.column("id", sa.Uuid()),
        *(sa.column(name, sa.String()) for name in ("word", "reason", "law", "severity", "unless_paper")),
        sa.column("harmless_in", postgresql.ARRAY(sa.String())),
        sa.column("active", sa.Boolean()),
    )
    names = ("word", "reason", "law", "severity", "harmless_in", "unless_paper")
    rows = [dict(zip(names, word, strict=True)) for word in WORDS]
    op.bulk_insert(
        words,
        [{"id": uuid.uuid4(), "active": True} | row | {"harmless_in": list(row["harmless_in"] or ())} for row in rows],
    )


def _products() -> None:
    op.add_column("products", sa.Column("harvest_from_day", sa.SmallInteger(), nullable=True))
    op.add_column("products", sa.Column("ships_from", sa.Date(), nullable=True))
    op.add_column("products", sa.Column("grade", sa.String(length=40), nullable=False, server_default=""))
    op.add_column(
        "products",
        sa.Column(
            "sold_by",
            sa.Enum(
                "PIECE", "WEIGHT", "CATCH_WEIGHT", name="soldby", native_enum=False, create_constraint=False, length=32
            ),
            nullable=False,
            server_default="PIECE",
        ),
    )
    op.create_check_constraint(op.f("ck_products_soldby"), "products", "sold_by IN ('PIECE', 'WEIGHT', 'CATCH_WEIGHT')")
    op.add_column("products", sa.Column("tolerance_percent", sa.SmallInteger(), nullable=True))
    for name, check in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_products_{name}"), "products", check)
    # What has a net weight was sold by it until now, and said so by its price of 500 g.
    op.execute("UPDATE products SET sold_by = 'WEIGHT' WHERE price_per_500g IS NOT NULL")
    op.add_column("skus", sa.Column("reviewed_price", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE skus SET reviewed_price = price FROM products p WHERE p.id = product_id AND p.published_at IS NOT NULL"
    )
    op.add_column("brands", sa.Column("story", sa.String(), nullable=False, server_default=""))


def _attributes() -> None:
    op.create_table(
        "attributes",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ENUM",
                "NUMBER",
                "TEXT",
                "BOOLEAN",
                name="attributekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit", sa.String(length=10), nullable=True),
        sa.Column("options", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("filterable", sa.Boolean(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'ENUM') = (cardinality(options) > 0)", name=op.f("ck_attributes_options_of_a_choice")
        ),
        sa.CheckConstraint("unit IS NULL OR kind = 'NUMBER'", name=op.f("ck_attributes_unit_of_a_number")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_attributes_category_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attributes")),
    )
    op.create_index(op.f("ix_attributes_category_id"), "attributes", ["category_id"], unique=False)
    op.create_index(
        "uq_attributes_category_id_name",
        "attributes",
        ["category_id", "name"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "product_attributes",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["attribute_id"], ["attributes.id"], name=op.f("fk_product_attributes_attribute_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_attributes_product_id")),
        sa.PrimaryKeyConstraint("product_id", "attribute_id", name=op.f("pk_product_attributes")),
    )
    op.create_index("ix_product_attributes_value", "product_attributes", ["attribute_id", "value"], unique=False)


def _policies() -> None:
    op.create_table(
        "category_policies",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_reason", sa.String(length=200), nullable=True),
        sa.Column("price_free_percent", sa.SmallInteger(), nullable=True),
        sa.Column("grades", postgresql.ARRAY(sa.String(length=20)), nullable=True),
        sa.CheckConstraint("blocked_reason <> ''", name=op.f("ck_category_policies_blocked_says_why")),
        sa.CheckConstraint("price_free_percent BETWEEN 0 AND 90", name=op.f("ck_category_policies_price_free_percent")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_category_policies_category_id")),
        sa.PrimaryKeyConstraint("category_id", name=op.f("pk_category_policies")),
    )
    op.create_table(
        "required_papers",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("any_of", postgresql.ARRAY(sa.String(length=32)), nullable=False),
        sa.Column("sellers", postgresql.ARRAY(sa.String(length=32)), server_default="{}", nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("cardinality(any_of) > 0", name=op.f("ck_required_papers_any_of")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_required_papers_category_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_papers")),
    )
    op.create_index(op.f("ix_required_papers_category_id"), "required_papers", ["category_id"], unique=False)
    op.create_table(
        "merchant_papers",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "FOOD_BUSINESS",
                "PREPACKAGED_FILING",
                "FOOD_PRODUCTION",
                "SMALL_WORKSHOP",
                "ANIMAL_QUARANTINE",
                "GI_AUTHORISATION",
                "ORGANIC",
                "ALCOHOL",
                "HEALTH_FOOD",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("picture_key", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "PENDING",
                "APPROVED",
                "REJECTED",
                name="paperstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'PENDING') = (decided_at IS NULL)", name=op.f("ck_merchant_papers_decided")),
        sa.CheckConstraint("state <> 'REJECTED' OR note <> ''", name=op.f("ck_merchant_papers_rejection_says_why")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_merchant_papers_merchant_id")),
        sa.ForeignKeyConstraint(["picture_key"], ["pictures.key"], name=op.f("fk_merchant_papers_picture_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant_papers")),
    )
    op.create_index(
        "ix_merchant_papers_open",
        "merchant_papers",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_index(
        "uq_merchant_papers_number",
        "merchant_papers",
        ["merchant_id", "kind", "number"],
        unique=True,
        postgresql_where=sa.text("state <> 'REJECTED'"),
    )


def _words() -> None:
    op.create_table(
        "forbidden_words",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("law", sa.String(length=80), nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "BLOCK",
                "BLOCK_IN_TITLE",
                "WARN",
                name="wordseverity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("harmless_in", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.Column(
            "unless_paper",
            sa.Enum(
                "FOOD_BUSINESS",
                "PREPACKAGED_FILING",
                "FOOD_PRODUCTION",
                "SMALL_WORKSHOP",
                "ANIMAL_QUARANTINE",
                "GI_AUTHORISATION",
                "ORGANIC",
                "ALCOHOL",
                "HEALTH_FOOD",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("word <> '' AND reason <> ''", name=op.f("ck_forbidden_words_says_why")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forbidden_words")),
        sa.UniqueConstraint("word", name=op.f("uq_forbidden_words_word")),
    )
    op.create_table(
        "word_exceptions",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("word_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("given_by", sa.String(length=60), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_word_exceptions_says_why")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_word_exceptions_product_id")),
        sa.ForeignKeyConstraint(["word_id"], ["forbidden_words.id"], name=op.f("fk_word_exceptions_word_id")),
        sa.PrimaryKeyConstraint("product_id", "word_id", name=op.f("pk_word_exceptions")),
    )
    op.create_table(
        "place_stories",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("picture_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["code"], ["regions.code"], name=op.f("fk_place_stories_code")),
        sa.ForeignKeyConstraint(["picture_key"], ["pictures.key"], name=op.f("fk_place_stories_picture_key")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_place_stories")),
    )


def _listings() -> None:
    op.create_table(
        "product_changes",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PENDING",
                "APPLIED",
                "WITHDRAWN",
                "REJECTED",
                name="changestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edits", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'PENDING') = (decided_at IS NULL)", name=op.f("ck_product_changes_decided")),
        sa.CheckConstraint("state <> 'REJECTED' OR note <> ''", name=op.f("ck_product_changes_rejection_says_why")),
        sa.CheckConstraint("jsonb_array_length(edits) > 0", name=op.f("ck_product_changes_changes_something")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_product_changes_merchant_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_product_changes_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_changes")),
    )
    op.create_index("ix_product_changes_product", "product_changes", ["product_id", "created_at"], unique=False)
    op.create_index(
        "ix_product_changes_waiting",
        "product_changes",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_index(
        "uq_product_changes_pending",
        "product_changes",
        ["product_id"],
        unique=True,
        postgresql_where=sa.text("state = 'PENDING'"),
    )
    op.create_table(
        "listing_drafts",
        sa.Column("merchant_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("octet_length(body) BETWEEN 2 AND 65536", name=op.f("ck_listing_drafts_body")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_listing_drafts_merchant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_drafts")),
    )
    op.create_index("ix_listing_drafts_merchant", "listing_drafts", ["merchant_id", "updated_at"], unique=False)


def downgrade() -> None:
    op.drop_column("brands", "story")
    op.drop_column("skus", "reviewed_price")
    for name in (*CHECKS, "soldby"):
        op.drop_constraint(op.f(f"ck_products_{name}"), "products")
    for column in COLUMNS:
        op.drop_column("products", column)
    for table in TABLES:
        op.drop_table(table)
