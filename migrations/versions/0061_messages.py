"""Subscribe messages of WeChat: quotas, answers, and what was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

KIND = sa.Enum(
    *("SHIPPED", "PICKUP", "REFUND", "AFTER_SALE", "GROUP", "BALANCE", "COUPON"),
    name="messagekind",
    native_enum=False,
    create_constraint=True,
    length=32,
)
STATE = sa.Enum(
    *("NO_QUOTA", "WAITING", "SENDING", "SENT", "REFUSED", "FAILED", "UNKNOWN", "DROPPED"),
    name="messagestate",
    native_enum=False,
    create_constraint=True,
    length=32,
)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "message_quotas",
        sa.Column("member_id", sa.Uuid(), sa.ForeignKey("members.id"), primary_key=True),
        sa.Column("kind", KIND, primary_key=True),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("emptied_at", MOMENT),
        sa.Column("switched_off_at", MOMENT),
        sa.CheckConstraint("used BETWEEN 0 AND granted", name=op.f("ck_message_quotas_never_negative")),
    )
    op.create_table(
        "message_answers",
        sa.Column("member_id", sa.Uuid(), sa.ForeignKey("members.id"), primary_key=True),
        sa.Column("kind", KIND, primary_key=True),
        sa.Column("event", sa.String(40), primary_key=True),
        sa.Column("told_at", MOMENT, primary_key=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_message_answers_created", "message_answers", ["created_at"])
    op.create_table(
        "messages",
        sa.Column("notice_id", sa.Uuid(), sa.ForeignKey("notices.id", ondelete="CASCADE"), nullable=False),
        sa.Column("member_id", sa.Uuid(), sa.ForeignKey("members.id"), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT),
        sa.Column("msgid", sa.String(40)),
        sa.Column("errcode", sa.Integer()),
        sa.Column("note", sa.String(200)),
        sa.Column("ended_at", MOMENT),
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("created_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.UniqueConstraint("notice_id", name=op.f("uq_messages_notice_id")),
        sa.CheckConstraint("tries BETWEEN 0 AND 9", name=op.f("ck_messages_tries")),
        sa.CheckConstraint("(state = 'SENDING') <= (asked_at IS NOT NULL)", name=op.f("ck_messages_sending_has_time")),
    )
    op.create_index("ix_messages_member", "messages", ["member_id", "kind"])
    op.create_index("ix_messages_created", "messages", ["created_at", "kind", "state"])
    op.create_index("ix_messages_asked", "messages", ["asked_at"], postgresql_where=sa.text("state = 'SENDING'"))
    op.create_index("ix_messages_msgid", "messages", ["msgid"], postgresql_where=sa.text("msgid IS NOT NULL"))


def downgrade() -> None:
    op.drop_table("messages")
    op.drop_table("message_answers")
    op.drop_table("message_quotas")
