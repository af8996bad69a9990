"""Where to look in a picture of goods, and a short video that explains them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clips",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("merchant_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("milliseconds BETWEEN 1 AND 60500", name=op.f("ck_clips_length")),
        sa.CheckConstraint("width > 0 AND height > 0 AND byte_size > 0", name=op.f("ck_clips_sizes")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_clips_merchant_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_clips")),
    )
    for name in ("focus_x", "focus_y"):
        op.add_column("product_images", sa.Column(name, sa.SmallInteger(), server_default="500", nullable=False))
    op.create_check_constraint(
        op.f("ck_product_images_focus"),
        "product_images",
        "focus_x BETWEEN 0 AND 1000 AND focus_y BETWEEN 0 AND 1000",
    )
    op.add_column("products", sa.Column("clip_key", sa.String(length=64), nullable=True))
    op.add_column("products", sa.Column("clip_poster_key", sa.String(length=64), nullable=True))
    op.create_foreign_key(op.f("fk_products_clip_key"), "products", "clips", ["clip_key"], ["key"])
    op.create_foreign_key(op.f("fk_products_clip_poster_key"), "products", "pictures", ["clip_poster_key"], ["key"])
    op.create_check_constraint(
        op.f("ck_products_clip_has_poster"), "products", "(clip_key IS NULL) = (clip_poster_key IS NULL)"
    )


def downgrade() -> None:
    op.drop_column("products", "clip_poster_key")
    op.drop_column("products", "clip_key")
    op.drop_column("product_images", "focus_y")
    op.drop_column("product_images", "focus_x")
    op.drop_table("clips")
