"""秒杀: sessions, offers, what orders hold of them, and how much a member may have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_sessions()
    _make_offers()
    _make_buyers()
    _make_holds()


# What was set apart and nobody holds is for everybody again.
UNRESERVED = """
UPDATE stock SET held = held - o.rest FROM (
    SELECT sku_id, sum(total - taken) AS rest FROM flash_offers WHERE state = 'PUBLISHED' GROUP BY sku_id
) o WHERE stock.sku_id = o.sku_id
"""


def downgrade() -> None:
    op.execute(UNRESERVED)
    for table in ("flash_holds", "flash_buyers", "flash_offers", "flash_sessions"):
        op.drop_table(table)


def _state(name: str, *words: str) -> sa.Column[str]:
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column("state", kind, nullable=False)


def _row() -> tuple[sa.Column[object], ...]:
    made = sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    return sa.Column("id", sa.Uuid(), nullable=False), made


def _ids(*names: str) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.Uuid(), nullable=False) for name in names)


def _time(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _small(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.SmallInteger(), nullable=False)


def _count(name: str, first: int = 0) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), server_default=str(first), nullable=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _checks(table: str, **rules: str) -> tuple[sa.CheckConstraint, ...]:
    return tuple(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items())


def _make_sessions() -> None:
    name = "flash_sessions"
    op.create_table(
        name,
        *_row(),
        sa.Column("name", sa.String(length=20), nullable=False),
        _time("starts_at"),
        _time("ends_at"),
        sa.Column("pay_minutes", sa.SmallInteger(), server_default="5", nullable=False),
        _count("version", 1),
        *_checks(
            name,
            ends="ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'",
            pay_minutes="pay_minutes BETWEEN 1 AND 15",
        ),
        postgresql.ExcludeConstraint(
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"), using="gist", name="ex_flash_sessions_time"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index("ix_flash_sessions_ends", name, ["ends_at"])


def _make_offers() -> None:
    name = "flash_offers"
    op.create_table(
        name,
        *_row(),
        *_ids("session_id", "merchant_id", "product_id", "sku_id"),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("list_price", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        _count("taken"),
        _count("returned"),
        _small("per_member"),
        _state("flashstate", "APPLIED", "DECLINED", "WITHDRAWN", "PUBLISHED", "ENDED"),
        sa.Column("reason", sa.String(length=200), nullable=True),
        _time("decided_at", nullable=True),
        _time("ended_at", nullable=True),
        _count("version", 1),
        *_checks(
            name,
            below_list_price="price > 0 AND price < list_price",
            total="total BETWEEN 1 AND 99999",
            not_oversold="taken >= 0 AND returned >= 0 AND taken + returned <= total",
            per_member="per_member BETWEEN 1 AND 99 AND per_member <= total",
            taken_when_published="state IN ('PUBLISHED', 'ENDED') OR taken = 0",
            ended_is_settled="state <> 'ENDED' OR taken + returned = total",
            returned_at_the_end="state = 'ENDED' OR returned = 0",
            ended_has_time="(state = 'ENDED') = (ended_at IS NOT NULL)",
            declined_has_reason="(state = 'DECLINED') = (reason IS NOT NULL)",
        ),
        _to(name, "session_id", "flash_sessions"),
        _to(name, "merchant_id", "merchants"),
        _to(name, "product_id", "products"),
        _to(name, "sku_id", "skus"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("id", "per_member", name="uq_flash_offers_limit"),
    )
    living = sa.text("state IN ('APPLIED', 'PUBLISHED', 'ENDED')")
    op.create_index("uq_flash_offers_sku", name, ["session_id", "sku_id"], unique=True, postgresql_where=living)
    op.create_index("ix_flash_offers_merchant", name, ["merchant_id", "created_at"])
    published = sa.text("state = 'PUBLISHED'")
    op.create_index("ix_flash_offers_product", name, ["product_id"], postgresql_where=published)


def _make_buyers() -> None:
    name = "flash_buyers"
    op.create_table(
        name,
        *_ids("offer_id", "member_id"),
        _small("most"),
        _small("pieces"),
        *_checks(name, limit="pieces BETWEEN 0 AND most"),
        sa.ForeignKeyConstraint(
            ["offer_id", "most"], ["flash_offers.id", "flash_offers.per_member"], name="fk_flash_buyers_limit"
        ),
        _to(name, "member_id", "members"),
        sa.PrimaryKeyConstraint("offer_id", "member_id", name=op.f(f"pk_{name}")),
    )


def _make_holds() -> None:
    name = "flash_holds"
    op.create_table(
        name,
        *_row(),
        *_ids("offer_id", "order_id", "member_id"),
        _small("quantity"),
        _state("flashholdstate", "HELD", "SOLD", "FREED"),
        _time("settled_at", nullable=True),
        *_checks(name, quantity="quantity BETWEEN 1 AND 99"),
        _to(name, "offer_id", "flash_offers"),
        _to(name, "order_id", "orders"),
        _to(name, "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("order_id", name=op.f(f"uq_{name}_order_id")),
    )
    unpaid = sa.text("state = 'HELD'")
    op.create_index("uq_flash_holds_unpaid", name, ["offer_id", "member_id"], unique=True, postgresql_where=unpaid)
    op.create_index("ix_flash_holds_offer", name, ["offer_id", "state"])
