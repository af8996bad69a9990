"""Codes of single pieces, and what is kept of those who look one up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CREATED = (
    "CREATE TRIGGER piece_batches_unchanged BEFORE UPDATE OR DELETE ON piece_batches FOR EACH ROW EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER piece_batches_not_truncated BEFORE TRUNCATE ON piece_batches FOR EACH STATEMENT EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER pieces_unchanged BEFORE UPDATE OR DELETE ON pieces FOR EACH ROW EXECUTE FUNCTION trace_is_unchanged()",
    "CREATE TRIGGER pieces_not_truncated BEFORE TRUNCATE ON pieces FOR EACH STATEMENT EXECUTE FUNCTION trace_is_unchanged()",
    """
CREATE FUNCTION piece_scan_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '90 days' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.piece_id, NEW.at, NEW.slot, NEW.device)
        = (OLD.id, OLD.piece_id, OLD.at, OLD.slot, OLD.device)
    THEN
        IF NEW.address IS NULL AND NEW.region_code IS NOT DISTINCT FROM OLD.region_code
            AND OLD.at < now() - interval '7 days'
        THEN
            RETURN NEW;
        END IF;
        IF OLD.region_code IS NULL AND NEW.address IS NOT DISTINCT FROM OLD.address
            AND OLD.at > now() - interval '1 hour'
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: a scan is kept as it was until its time is over', TG_OP, TG_TABLE_NAME);
END $$
""",
    "CREATE TRIGGER piece_scans_kept BEFORE UPDATE OR DELETE ON piece_scans FOR EACH ROW EXECUTE FUNCTION piece_scan_is_kept()",
    "CREATE TRIGGER piece_scans_not_truncated BEFORE TRUNCATE ON piece_scans FOR EACH STATEMENT EXECUTE FUNCTION piece_scan_is_kept()",
)


def upgrade() -> None:
    op.create_table(
        "piece_batches",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("pieces BETWEEN 1 AND 20000", name=op.f("ck_piece_batches_pieces")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_piece_batches_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_batches")),
        sa.UniqueConstraint("lot_id", "request_key", name=op.f("uq_piece_batches_lot_id_request_key")),
    )
    op.create_table(
        "pieces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("serial BETWEEN 1 AND 20000", name=op.f("ck_pieces_serial")),
        sa.CheckConstraint("octet_length(digest) = 16", name=op.f("ck_pieces_digest")),
        sa.ForeignKeyConstraint(["batch_id"], ["piece_batches.id"], name=op.f("fk_pieces_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pieces")),
        sa.UniqueConstraint("batch_id", "serial", name=op.f("uq_pieces_batch_id_serial")),
        sa.UniqueConstraint("digest", name=op.f("uq_pieces_digest")),
    )
    op.create_table(
        "piece_scans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("piece_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("region_code", sa.String(length=9), nullable=True),
        sa.CheckConstraint(
            "octet_length(device) = 16 AND octet_length(address) = 16", name=op.f("ck_piece_scans_hashes")
        ),
        sa.CheckConstraint("region_code ~ '^[0-9]{6}$'", name=op.f("ck_piece_scans_county_at_most")),
        sa.ForeignKeyConstraint(["piece_id"], ["pieces.id"], name=op.f("fk_piece_scans_piece_id")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_piece_scans_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_scans")),
        sa.UniqueConstraint("piece_id", "device", "slot", name=op.f("uq_piece_scans_piece_id_device_slot")),
    )
    op.create_index("ix_piece_scans_at", "piece_scans", ["at"], unique=False)
    op.create_index(
        "ix_piece_scans_addresses",
        "piece_scans",
        ["at"],
        unique=False,
        postgresql_where=sa.text("address IS NOT NULL"),
    )
    op.create_table(
        "piece_totals",
        sa.Column("piece_id", sa.Uuid(), nullable=False),
        sa.Column("scans", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_region_code", sa.String(length=9), nullable=True),
        sa.CheckConstraint("scans >= 1 AND last_at >= first_at", name=op.f("ck_piece_totals_scans")),
        sa.ForeignKeyConstraint(
            ["first_region_code"], ["regions.code"], name=op.f("fk_piece_totals_first_region_code")
        ),
        sa.ForeignKeyConstraint(["piece_id"], ["pieces.id"], name=op.f("fk_piece_totals_piece_id")),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("pk_piece_totals")),
    )
    for statement in CREATED:
        op.execute(statement)


def downgrade() -> None:
    for table in ("piece_totals", "piece_scans", "pieces", "piece_batches"):
        op.drop_table(table)
    op.execute("DROP FUNCTION piece_scan_is_kept")
