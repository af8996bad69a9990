"""Codes that a person hands out: lots that a lost answer does not double, and codes that are taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

FACTS = (
    *("PAYMENT", "REFUND", "DISPUTE", "DISPUTE_ACCEPTED", "DISPUTE_RETURNED", "SETTLEMENT", "SETTLEMENT_RETURN"),
    *("PAYOUT", "PAYOUT_RETURNED", "FEE", "CARD_ISSUED", "CARD_REFUND", "VOUCHER_ISSUED", "VOUCHER_REFUND"),
    *("POINTS_GRANTED", "POINTS_ENDED", "COMPENSATION", "COMPENSATION_PAID"),
)
FACTS_NOW = (*FACTS[:12], "CARD_VOIDED", *FACTS[12:14], "VOUCHER_VOIDED", *FACTS[14:])
CARD_STATES = ("ISSUED", "ACTIVE", "FROZEN", "REPLACED", "REFUNDED")
VOUCHER_STATES = ("ISSUED", "ACTIVE", "FROZEN", "EXPIRED", "REFUNDING", "REFUNDED", "REDEEMED")
CARD_EVENTS = (
    *("ISSUED", "BOUND", "GIVEN", "SPENT", "RETURNED", "LOST", "FROZEN", "THAWED", "MOVED_OUT", "MOVED_IN"),
    *("EXTENDED", "REFUNDED"),
)
VOUCHER_EVENTS = (
    *("ISSUED", "BOUND", "GIVEN", "REDEEMED", "RETURNED", "LOST", "FROZEN", "THAWED", "EXPIRED", "EXTENDED"),
    *("REFUND_ASKED", "REFUNDED"),
)
TAKEN_BACK = ("SUSPENDED", "VOIDED")
# Table, column, name of the enum, its words before and after.
WORDS = (
    ("ledger_transactions", "kind", "transactionkind", FACTS, FACTS_NOW),
    ("cards", "state", "cardstate", CARD_STATES, (CARD_STATES[0], *TAKEN_BACK, *CARD_STATES[1:])),
    ("vouchers", "state", "voucherstate", VOUCHER_STATES, (VOUCHER_STATES[0], *TAKEN_BACK, *VOUCHER_STATES[1:])),
    ("card_events", "kind", "cardeventkind", CARD_EVENTS, (*CARD_EVENTS, "VOIDED")),
    ("voucher_events", "kind", "vouchereventkind", VOUCHER_EVENTS, (*VOUCHER_EVENTS, "VOIDED")),
)
NOBODYS = "(state = 'ISSUED') <= (holder_id IS NULL)"
NOBODYS_NOW = "state NOT IN ('ISSUED', 'SUSPENDED', 'VOIDED') OR holder_id IS NULL"
# Table, name, what it says before and after.
RULES = (
    ("cards", "issued_has_none", NOBODYS, NOBODYS_NOW),
    ("vouchers", "issued_has_none", NOBODYS, NOBODYS_NOW),
    (
        *("cards", "ended_is_empty", "state NOT IN ('REPLACED', 'REFUNDED') OR (balance = 0 AND held = 0)"),
        "state NOT IN ('REPLACED', 'REFUNDED', 'VOIDED') OR (balance = 0 AND held = 0)",
    ),
    (
        *("vouchers", "ended_is_empty", "state NOT IN ('REDEEMED', 'REFUNDED') OR balance = 0"),
        "state NOT IN ('REDEEMED', 'REFUNDED', 'VOIDED') OR balance = 0",
    ),
)
# What was handed out before: one lot for what was made in one transaction, whose codes nobody is told again.
THINGS = (("cards", "card"), ("vouchers", "voucher"))
EARLIER = """
INSERT INTO {one}_lots (id, batch_id, many, issued_by, idempotency_key, codes_until, created_at)
SELECT gen_random_uuid(), t.batch_id, count(*), b.created_by, 'before:' || t.batch_id || ':' || row_number() OVER (),
       t.created_at, t.created_at
FROM {many} t JOIN {one}_batches b ON b.id = t.batch_id
    JOIN {one}_events e ON e.{one}_id = t.id AND e.position = 1 AND e.kind = 'ISSUED' AND e.actor_kind <> 'MEMBER'
{online} GROUP BY t.batch_id, t.created_at, b.created_by
"""
THEIRS = """
UPDATE {many} t SET lot_id = l.id FROM {one}_lots l, {one}_events e
WHERE l.batch_id = t.batch_id AND l.created_at = t.created_at
    AND e.{one}_id = t.id AND e.position = 1 AND e.kind = 'ISSUED'
"""


def upgrade() -> None:
    for table, column, enum, _, after in WORDS:
        _say(table, column, enum, after)
    for table, name, _, after in RULES:
        _rule(table, name, after)
    for many, one in THINGS:
        _lots(f"{one}_lots", f"{one}_batches")
        op.add_column(many, sa.Column("lot_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(f"fk_{many}_lot_id"), many, f"{one}_lots", ["lot_id"], ["id"])
        online = "WHERE b.kind <> 'ONLINE'" if one == "card" else ""
        op.execute(EARLIER.format(many=many, one=one, online=online))
        op.execute(THEIRS.format(many=many, one=one))
        op.create_index(f"ix_{many}_lot", many, ["lot_id"], postgresql_where=sa.text("lot_id IS NOT NULL"))


def downgrade() -> None:
    for many, one in THINGS:
        op.drop_index(f"ix_{many}_lot", many)
        op.drop_column(many, "lot_id")
        op.drop_table(f"{one}_lots")
    for table, name, before, _ in RULES:
        _rule(table, name, before)
    for table, column, enum, before, _ in WORDS:
        _say(table, column, enum, before)


def _lots(table: str, batches: str) -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        table,
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("many", sa.SmallInteger(), nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("issued_by", sa.String(60), nullable=False),
        sa.Column("idempotency_key", sa.String(64), nullable=False),
        sa.Column("codes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("codes_until", moment, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("many BETWEEN 1 AND 1000", name=op.f(f"ck_{table}_many")),
        sa.ForeignKeyConstraint(["batch_id"], [f"{batches}.id"], name=op.f(f"fk_{table}_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "issued_by_id",
            "idempotency_key",
            name=op.f(f"uq_{table}_issued_by_id_idempotency_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(f"ix_{table}_batch", table, ["batch_id", "id"])
    sealed = sa.text("codes_sealed IS NOT NULL")
    op.create_index(f"ix_{table}_sealed", table, ["codes_until"], postgresql_where=sealed)


def _say(table: str, column: str, enum: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    _rule(table, enum, f"{column} IN ({listed})")


def _rule(table: str, name: str, says: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, says)
