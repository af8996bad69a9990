"""Why stock was changed, and by whom."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


UNCHANGED = """
CREATE FUNCTION stock_move_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'a movement of stock is never changed';
END $$
"""
TRIGGERS = {
    "stock_moves_unchanged": "BEFORE UPDATE OR DELETE ON stock_moves FOR EACH ROW",
    "stock_moves_not_truncated": "BEFORE TRUNCATE ON stock_moves FOR EACH STATEMENT",
}


def upgrade() -> None:
    op.execute(UNCHANGED)
    for name, when in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION stock_move_is_unchanged()")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name} ON stock_moves")
    op.execute("DROP FUNCTION stock_move_is_unchanged()")
