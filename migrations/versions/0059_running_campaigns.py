"""What runs for a product, and the price it makes: on cards, in filters and orders of a search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kinds = postgresql.ARRAY(sa.String(length=16))
    mark = sa.Enum(
        *("FLASH", "PRESALE", "GROUP"), name="campaignmark", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "running_campaigns",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("kinds", kinds, nullable=False),
        sa.Column("kind", mark, nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("price_per_500g", sa.BigInteger(), nullable=True),
        sa.Column("struck_price", sa.BigInteger(), nullable=True),
        sa.Column("varies", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kinds <@ ARRAY['FLASH', 'GROUP', 'PRESALE']::varchar[] AND cardinality(kinds) > 0",
            name=op.f("ck_running_campaigns_kinds"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(kind, price) IN (0, 2) AND price > 0", name=op.f("ck_running_campaigns_price")
        ),
        sa.CheckConstraint("kind <> 'GROUP' AND kind = ANY (kinds)", name=op.f("ck_running_campaigns_for_one_alone")),
        sa.CheckConstraint("struck_price > price", name=op.f("ck_running_campaigns_struck_price")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_running_campaigns_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_running_campaigns")),
    )
    op.add_column("search_documents", sa.Column("campaigns", kinds, server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("search_documents", "campaigns")
    op.drop_table("running_campaigns")
